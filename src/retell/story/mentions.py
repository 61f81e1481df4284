"""Stage 5, beside the checks: the library's cards in, the places, voices and terms that a text names out."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from retell.story.library import dispute_passages, scene_passages
from retell.story.model import Accounts, Quote
from retell.story.phrases import Phrases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from retell.story.lesson import Lesson
    from retell.story.library import Entry, Library, Passage
    from retell.story.model import Dispute, Place, Story

ALIKE = str.maketrans(dict.fromkeys("’‘ʼ＇", "'") | dict.fromkeys("‐‑", "-"))
BATCH = 500  # texts looked through at once
APART = "\0"  # no white space and no part of a name: a story has no character that cannot be seen


class Names:
    """Every name of a set of cards, found in a text as whole words; the longest name wins."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a name and the id of its card; case counts, for "Lachin road" is no town."""
        self._owners = {flatten(name): card for name, card in names if name.strip()}

    @cached_property
    def cards(self) -> set[str]:
        """The ids of the cards that the names belong to."""
        return set(self._owners.values())

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self._owners)

    def left_out(self, text: str) -> str:
        """Give a text without these names."""
        flat = flatten(text)
        kept, behind = [], 0
        for found in self._phrases.find(flat):
            kept.append(flat[behind : found.start()])
            behind = found.end()
        return " ".join([*kept, flat[behind:]]) if kept else flat

    def namings(self, flat: str) -> Iterator[tuple[str, int, int]]:
        """Give each naming in a text that was flattened, in order: the card's id, and where it begins and ends."""
        for found in self._phrases.find(flat):
            yield self._owners[found[0]], found.start(), found.end()

    def found_in(self, text: str) -> list[str]:
        """Give the ids of the cards that a text names, in the order of their first naming."""
        return self.found_in_flat(flatten(text))

    def found_in_flat(self, text: str) -> list[str]:
        """Do the same for a text that has been flattened already, as `left_out` gives it."""
        return list(dict.fromkeys(card for card, _, _ in self.namings(text)))


def phrases(names: Iterable[str]) -> Phrases:
    """Return names to be found as they are spelt, in a text that was not flattened."""
    return Phrases({flatten(name) for name in names if name.strip()})


def flatten(text: str) -> str:
    """Make one what is set in more than one way: apostrophes, hyphens, accented letters and white space."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(ALIKE))
    return " ".join(text.split())


def set_apart(texts: Iterable[str]) -> str:
    """Join texts to be looked through at once, so that no name spans two of them."""
    return APART.join(texts)


def voice_names(library: Library) -> Names:
    """Give the names of all voices."""
    return Names(
        (form, entry.id)
        for entry in library.voices.values()
        for name in (entry.form.name, *entry.form.aliases)
        for form in (name, name[:1].upper() + name[1:])  # "the Kremlin" at the start of a sentence
    )


def place_names(library: Library) -> Names:
    """Give the names of all places, in every spelling and script that their cards give."""
    return Names((name, entry.id) for entry in library.places.values() for name in names_of(entry.form))


def names_of(place: Place) -> tuple[str, ...]:
    """Give a place's names: that of narration, each of two names alone, both spellings and the aliases."""
    names = (place.name, *place.name.split("/"), place.azerbaijani, place.armenian, *place.aliases)
    return tuple(name for name in names if name.strip())


def term_names(library: Library) -> Names:
    """Give all terms, as their cards spell them and with a capital."""
    return Names(
        (form, entry.id)
        for entry in library.terms.values()
        for name in (entry.form.term, *entry.form.aliases)
        for form in (name, name[:1].upper() + name[1:])
    )


def visible_texts(library: Library, hidden: Collection[str] = ("meaning",)) -> Iterator[str]:
    """Give every text that a reader or a teacher sees, without citations, but for passages of the hidden kinds.

    The texts of a dispute stand with those of the first scene that tells it. Where the answers are hidden, all else is
    as well that only a teacher sees.
    """
    if library.story:
        told = {scene.form.phase for scene in library.scenes.values()}
        yield from _texts_of_story(library.story.form, told)
    untold = dict(library.disputes)
    for scene in library.scenes.values():
        yield from _plain(scene_passages(scene), hidden)
        yield scene.form.title
        for beat in scene.form.beats:
            yield from (getattr(beat, name, None) or "" for name in ("quote", "lead", "aside", "note"))
            if isinstance(beat, Accounts) and (dispute := untold.pop(beat.accounts, None)):
                yield from _texts_of_dispute(dispute, hidden)
    for dispute in untold.values():
        yield from _texts_of_dispute(dispute, hidden)
    yield from _plain(library.other_passages(), hidden)
    if library.lesson:
        yield from _texts_of_lesson(library.lesson.form, hidden)


def _texts_of_story(story: Story, phases: Collection[str]) -> Iterator[str]:
    yield from (story.title, story.subtitle, story.question, story.about)
    yield from (phase.title for phase in story.phases if phase.id in phases)
    if story.map:
        yield from (story.map.note, *(road.name for road in story.map.roads))


def _texts_of_lesson(lesson: Lesson, hidden: Collection[str]) -> Iterator[str]:
    """Give the texts of a lesson that cite nothing."""
    yield from (lesson.task or "", *lesson.starters)
    if "answer" not in hidden:
        yield from (*lesson.aims, *lesson.sensitivity, *(mistaken.think for mistaken in lesson.misconceptions))


def _texts_of_dispute(dispute: Entry[Dispute], hidden: Collection[str]) -> Iterator[str]:
    yield from _plain(dispute_passages(dispute), hidden)
    yield from (dispute.form.question, dispute.form.notice or "", dispute.form.silent or "")
    yield from (claim.claim for claim in dispute.form.claims)


def _plain(passages: Iterable[Passage], hidden: Collection[str]) -> Iterator[str]:
    return (passage.prose.plain for passage in passages if passage.kind not in hidden)


def used_cards(library: Library, hidden: Collection[str] = ("meaning",)) -> dict[str, set[str]]:
    """Give the ids of the voices, places, terms and disputes that the story uses or names; see `visible_texts`."""
    used: dict[str, set[str]] = {kind: set() for kind in ("voices", "places", "terms", "disputes")}
    if library.story and library.story.form.map:
        used["places"].update(place for road in library.story.form.map.roads for place in road.through)
    for scene in library.scenes.values():
        if scene.form.where:
            used["places"].add(scene.form.where)
        for beat in scene.form.beats:
            if isinstance(beat, Accounts):
                used["disputes"].add(beat.accounts)
            elif isinstance(beat, Quote):
                used["voices"].add(beat.by)
    for dispute in library.disputes.values():
        used["voices"].update(position.voice for position in dispute.form.positions)
    names = {"voices": voice_names(library), "places": place_names(library), "terms": term_names(library)}
    _add_named(used, names, visible_texts(library, hidden))
    return used


def _add_named(used: dict[str, set[str]], names: dict[str, Names], texts: Iterator[str]) -> None:
    """Add the ids that texts name, by kind; a long story names all early, and is not looked through to its end."""
    while batch := set_apart(islice(texts, BATCH)):
        missing = [kind for kind in names if not names[kind].cards <= used[kind]]
        if not missing:
            break
        for kind in missing:
            used[kind].update(names[kind].found_in(batch))
