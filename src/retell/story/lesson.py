"""What a class needs that is a story's own, as frozen types; `filling` fills them as well."""

from typing import Annotated

from retell.story.form import Form, holds
from retell.story.prose import Prose


class Misconception(Form, frozen=True, kw_only=True):
    """What students may think, and what the articles say."""

    think: Annotated[str, holds("what a student may think, in a student's words", "plan")]
    says: Annotated[Prose, holds("what the sources say, cited", "answer")]
    scene: Annotated[str | None, holds("the name of the scene in which it comes up; may be left out")] = None


class Unknown(Form, frozen=True, kw_only=True):
    """Something that the articles leave open."""

    what: Annotated[Prose, holds("what they do not tell, cited", "say")]
    scene: Annotated[str | None, holds("the name of the scene in which it comes up; may be left out")] = None
    short: Annotated[bool, holds("true if the short handout has it too; may be left out")] = False


class Sample(Form, frozen=True, kw_only=True):
    """A paragraph as a student may write it for the task, to mark by."""

    quality: Annotated[str, holds("how good it is, in a word", "plan")]
    paragraph: Annotated[Prose, holds("the paragraph, cited", "answer")]
    why: Annotated[str, holds("why it is no better, or what is good about it", "plan")]


class Lesson(Form, frozen=True, kw_only=True):
    """`story/class.yaml`: what a class needs that is this story's own; all of it may be left out."""

    aims: Annotated[tuple[str, ...], holds("what students can do at the end, each after 'students can'", "plan")] = ()
    sensitivity: Annotated[
        tuple[str, ...], holds("what to know before teaching this story, a paragraph each", "plan")
    ] = ()
    misconceptions: Annotated[tuple[Misconception, ...], holds("each with 'think', 'says' and 'scene'")] = ()
    task: Annotated[str | None, holds("the writing task", "ask")] = None
    starters: Annotated[tuple[str, ...], holds("beginnings of sentences for the writing task", "ask")] = ()
    unknown: Annotated[tuple[Unknown, ...], holds("what the sources leave open, each with 'what' and 'scene'")] = ()
    look_up: Annotated[tuple[str, ...], holds("what a teacher looks up before class; it claims nothing", "plan")] = ()
    samples: Annotated[
        tuple[Sample, ...], holds("paragraphs to mark by, each with 'quality', 'paragraph' and 'why'; best last")
    ] = ()
