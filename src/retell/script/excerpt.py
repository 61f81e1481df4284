"""Take a part of a story: the scenes asked for, or their gists, and only the cards that these need.

What comes of it is a story like the whole one, so that all that can be made of a story can be made of a part of it.
"""

from __future__ import annotations

import re
from itertools import chain, takewhile
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from retell.script.resolver import scenes_of
from retell.story.mentions import cards_in
from retell.story.model import Aside, Quote, Say
from retell.story.texts import disputes_in, texts
from retell.story.uses import used_cards, visible_texts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from retell.story.citations import Citation
    from retell.story.form import Role
    from retell.story.lesson import Lesson
    from retell.story.model import Beat, MapRoad, Question, Skill
    from retell.story.told import Told, ToldScene

Length: TypeAlias = Literal["short", "packet", "full"]

FOR_STUDENTS: tuple[Role, ...] = ("meaning", "answer", "plan")
"""What is hidden from them, as `visible_texts` knows it."""
NAMED_CODE = re.compile(r"\b([A-Z])(?= ¶\d)|\b[Aa]rticle ([A-Z])\b")
MOST_DISPUTES = 3  # those that a short handout tells where no card is marked
FEWEST_ON_A_ROAD = 2  # places that are named, for the road to be on the map
MOST_QUESTIONS = 4  # of a packet: a group has some twenty minutes for them


def excerpt(
    told: Told, parts: Sequence[str] = (), length: Length = "full", *, support: bool = False, also: Iterable[str] = ()
) -> Told:
    """Return the scenes of these parts (as `scenes_of` knows them; none: the whole story) and the cards that they need.

    A short one keeps of each scene its gist and the accounts and questions that are marked `short`, of what is unknown
    the same, and the story's opening. A packet keeps the scenes as they are told, without notes, and a few questions.
    With `support` a gist is the one in shorter sentences, where its scene has one. The cards are also those that these
    disputes need, which are told beside the scenes.
    Raises UnknownNameError when the story has no such part.
    """
    kept = {scene.id for part in parts or ("",) for scene in scenes_of(told, part)}
    scenes = (_with_one_gist(scene, plain=support) for scene in told.scenes if scene.id in kept)
    chosen = msgspec.structs.replace(told, scenes=tuple(scenes))
    if parts:
        chosen = msgspec.structs.replace(
            chosen,
            story=msgspec.structs.replace(told.story, subtitle="", about=""),
            lesson=_lesson_of(told.lesson, kept),
        )
    if length != "full":
        chosen = _shortened(chosen) if length == "short" else _for_a_group(chosen)
    disputes = chosen.told_disputes | {name: told.disputes[name] for name in also}
    return _with_needed_cards(
        msgspec.structs.replace(chosen, disputes=disputes, whole=told.whole or told), whole=not parts
    )


def _with_one_gist(scene: ToldScene, *, plain: bool) -> ToldScene:
    gist = scene.plain if plain and scene.plain else scene.gist
    return msgspec.structs.replace(scene, gist=gist, plain=None)


def _lesson_of(lesson: Lesson, scenes: Collection[str]) -> Lesson:
    """Keep of a lesson's misconceptions and unknowns those that belong to these scenes; its task is on the whole."""
    return msgspec.structs.replace(
        lesson,
        misconceptions=tuple(entry for entry in lesson.misconceptions if entry.scene in scenes),
        unknown=tuple(entry for entry in lesson.unknown if entry.scene in scenes),
        task=None,
        look_up=(),
        samples=(),
        starters=(),
    )


def _for_a_group(told: Told) -> Told:
    """Keep the scenes without their notes, and of the questions one for each skill, then the next ones."""
    beats = [beat for scene in told.scenes for beat in scene.beats]
    asked = _answerable(told, set(_shown(told, told.told_disputes, beats)))
    first = {question.skill: question for question in reversed(asked)}
    ranked = sorted(asked, key=lambda question: first[question.skill] is not question)[:MOST_QUESTIONS]
    return msgspec.structs.replace(told, scenes=tuple(_told_to_a_group(scene, ranked) for scene in told.scenes))


def _told_to_a_group(scene: ToldScene, questions: Collection[Question]) -> ToldScene:
    return msgspec.structs.replace(
        scene,
        beats=tuple(
            msgspec.structs.replace(beat, note="") if isinstance(beat, Say | Quote) else beat for beat in scene.beats
        ),
        questions=tuple(question for question in scene.questions if question in questions),
    )


def _shortened(told: Told) -> Told:
    disputes = _short_disputes(told)
    opening = _opening(told)
    questions = _short_questions(told, disputes, opening)
    unknown = tuple(unknown for unknown in told.lesson.unknown if unknown.short) or told.lesson.unknown
    return msgspec.structs.replace(
        told,
        scenes=tuple(_shortened_scene(scene, disputes, questions, opening) for scene in told.scenes),
        lesson=msgspec.structs.replace(told.lesson, unknown=unknown),
    )


def _shortened_scene(
    scene: ToldScene, disputes: Collection[str], questions: Sequence[Question], opening: Sequence[Beat]
) -> ToldScene:
    kept = [beat for beat in scene.beats if disputes_in([beat]).keys() & set(disputes)]
    return msgspec.structs.replace(
        scene,
        beats=(*(beat for beat in opening if beat in scene.beats), *kept),
        questions=tuple(question for question in scene.questions if question in questions),
    )


def _opening(told: Told) -> tuple[Beat, ...]:
    """Return how the story begins: its first narration, and an aside that follows; none where that is not told."""
    if not told.scenes or told.scenes[0].number != 1:
        return ()
    begun = tuple(takewhile(lambda beat: isinstance(beat, Say | Aside), told.scenes[0].beats))
    return begun[:2] if len(begun) > 1 and isinstance(begun[1], Aside) else begun[:1]


def _short_disputes(told: Told) -> set[str]:
    """Return the ids of the disputes marked short; without a mark, those on which the most voices speak."""
    disputes = told.told_disputes
    marked = {name for name, dispute in disputes.items() if dispute.short}
    most_voices = sorted(disputes, key=lambda name: -len(disputes[name].positions))[:MOST_DISPUTES]
    return marked or set(most_voices)


def _short_questions(told: Told, disputes: Collection[str], opening: Sequence[Beat]) -> list[Question]:
    """Return the questions marked short, and for a skill without one its first; none whose answer needs more text.

    What a student has to cite for its answer, the gists, the opening and the disputes cite.
    """
    gists = chain.from_iterable(_cited(scene.gist.citations) for scene in told.scenes)
    asked = _answerable(told, {*gists, *_shown(told, disputes, opening)})
    marked = [question for question in asked if question.short]
    skills = {question.skill for question in marked}
    first: dict[Skill, Question] = {}
    for question in asked:
        if question.skill not in skills:
            first.setdefault(question.skill, question)
    return [question for question in asked if question in marked or first.get(question.skill) is question]


def _answerable(told: Told, shown: set[tuple[str, int]]) -> list[Question]:
    """Return the questions whose answers cite nothing but these places; where there is none, all."""
    asked = [question for scene in told.scenes for question in scene.questions]
    return [question for question in asked if shown.issuperset(_cited(question.answer.citations))] or asked


def _shown(told: Told, disputes: Iterable[str], beats: Iterable[Beat]) -> Iterator[tuple[str, int]]:
    """Yield the places that these disputes and beats cite."""
    for beat in beats:
        if not disputes_in([beat]):
            for text in told.texts_of(beat):
                yield from _cited(text.citations)
    for name in disputes:
        for position in told.disputes[name].positions:
            yield from _cited(position.says.citations)


def _cited(citations: Iterable[Citation]) -> Iterator[tuple[str, int]]:
    for citation in citations:
        for number in citation.paragraphs:
            yield citation.key, number


def _with_needed_cards(told: Told, *, whole: bool) -> Told:
    """Keep the cards that are used or named, and of a part the map's roads of whose places it names more than one."""
    roads = told.story.map.roads if told.story.map else ()
    told = _with_roads(told, ())
    used = used_cards(told, FOR_STUDENTS)
    if not whole:
        by = ((road, set(road.through)) for road in roads)
        roads = tuple(r for r, places in by if len(places & used["places"]) >= min(FEWEST_ON_A_ROAD, len(places)))
    told = _with_roads(told, roads)
    for kind, cards in cards_in(told.names, (text.plain for road in roads for text in texts(road)), roads).items():
        used[kind] |= cards
    told = msgspec.structs.replace(
        told,
        voices={name: voice for name, voice in told.voices.items() if name in used["voices"]},
        places={name: place for name, place in told.places.items() if name in used["places"]},
        terms={name: term for name, term in told.terms.items() if name in used["terms"]},
    )
    needed = _needed_articles(told)
    return msgspec.structs.replace(told, sources={key: told.sources[key] for key in told.sources if key in needed})


def _with_roads(told: Told, roads: tuple[MapRoad, ...]) -> Told:
    if told.story.map is None:
        return told
    changed = msgspec.structs.replace(told.story.map, roads=roads)
    return msgspec.structs.replace(told, story=msgspec.structs.replace(told.story, map=changed))


def _needed_articles(told: Told) -> set[str]:
    """Return the keys of the articles that a citation or a text names; those of the answers show where to look."""
    needed = {citation.key for citation in told.citations()}
    seen = list(visible_texts(told))
    while True:  # what is said of one article may name another
        notes = [note for key in needed for note in told.sources[key].worked_out]
        named = {code or other for code, other in NAMED_CODE.findall("\n".join(seen + notes))}
        more = {key for key, source in told.sources.items() if source.code in named} - needed
        if not more:
            return needed
        needed |= more
