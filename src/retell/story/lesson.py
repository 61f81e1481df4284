"""Stage 3, beside the model: what a class needs that is a story's own, as frozen types; `forms` fills them as well."""

from __future__ import annotations

from typing import Annotated

from retell.story.model import Form, told
from retell.story.prose import Prose


class Misconception(Form, frozen=True, kw_only=True):
    """What students may think, and what the articles say."""

    think: Annotated[str, told("what a student may think, in a student's words")]
    says: Annotated[Prose, told("what the articles say, cited")]
    scene: Annotated[str | None, told("the name of the scene in which it comes up; may be left out")] = None


class Unknown(Form, frozen=True, kw_only=True):
    """Something that the articles leave open."""

    what: Annotated[Prose, told("what they do not tell, cited")]
    scene: Annotated[str | None, told("the name of the scene in which it comes up; may be left out")] = None
    short: Annotated[bool, told("true if the short handout has it too; may be left out")] = False


class Lesson(Form, frozen=True, kw_only=True):
    """`story/class.yaml`: what a class needs that is this story's own; all of it may be left out."""

    aims: Annotated[tuple[str, ...], told("what students can do at the end, each after 'students can'")] = ()
    sensitivity: Annotated[tuple[str, ...], told("what to know before teaching this story, a paragraph each")] = ()
    misconceptions: Annotated[tuple[Misconception, ...], told("each with 'think', 'says' and 'scene'")] = ()
    task: Annotated[str | None, told("the writing task")] = None
    starters: Annotated[tuple[str, ...], told("beginnings of sentences for the writing task")] = ()
    unknown: Annotated[tuple[Unknown, ...], told("what the articles leave open, each with 'what' and 'scene'")] = ()
