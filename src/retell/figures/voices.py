"""Count who speaks: which side and voice, in which phase, through which article."""

from __future__ import annotations

import re
from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from retell.figures.turns import Fragment, Turn, turns
from retell.story.references import Reference
from retell.story.typography import set_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retell.story.cards import Source, Voice
    from retell.story.told import Told

PRESS, OTHER = "press", "other"  # the sides that mean something of themselves; all others are the story's own
SMALL_WORDS = {"and", "for", "in", "of", "on", "the"}
ARTICLES = {"a", "an", "the"}
NO_TITLES: Mapping[str, str] = MappingProxyType({})
FEWEST_WORDS_ECHOED = 2  # one word in two mouths says nothing


class PhaseName(msgspec.Struct, frozen=True):
    """A phase that is told, and how many times anybody speaks in it."""

    id: str
    title: str
    times: int


class Share(msgspec.Struct, frozen=True):
    """How often one voice, or all voices of a side, speak: in all, by phase id and by article's code; no zeros."""

    id: str
    name: str
    side: str
    times: int
    phases: dict[str, int]
    articles: dict[str, int]


class Saying(msgspec.Struct, frozen=True):
    """Who uses a phrase, in which scenes (by number), and where it stands."""

    voice: str
    name: str
    side: str
    scenes: tuple[int, ...]
    cited: tuple[Reference, ...]


class Echo(msgspec.Struct, frozen=True):
    """One phrase that is quoted from voices of different sides; the press reports, so it is none of them."""

    phrase: str
    sayings: tuple[Saying, ...]


class Balance(msgspec.Struct, frozen=True):
    """Who speaks in a story, the most heard first; `opens` counts the told disputes in which a side speaks first."""

    times: int
    phases: tuple[PhaseName, ...]
    sides: tuple[Share, ...]
    voices: tuple[Share, ...]
    unheard: tuple[str, ...]
    opens: dict[str, int]
    echoes: tuple[Echo, ...]

    def part(self, share: Share) -> str:
        """Return what part of all that is said a side or a voice says: `36 %`."""
        return f"{100 * share.times / self.times:.0f} %"


def balance(told: Told) -> Balance:
    """Return who speaks how often in a story."""
    said = tuple(turns(told))
    phases = {scene.phase for scene in told.scenes}
    by_phase = Counter(turn.phase for turn in said)
    by_voice: dict[str, list[Turn]] = {}
    by_side: dict[str, list[Turn]] = {}
    for turn in said:
        by_voice.setdefault(turn.voice, []).append(turn)
        by_side.setdefault(_side(told, turn.voice), []).append(turn)
    return Balance(
        times=len(said),
        phases=tuple(
            PhaseName(phase.id, set_line(phase.title), by_phase[phase.id])
            for phase in told.story.phases
            if phase.id in phases
        ),
        sides=_most_first(
            _share(side, side_name(side, told.story.sides), side, mine) for side, mine in by_side.items()
        ),
        voices=_most_first(
            _share(voice, _name(told, voice), _side(told, voice), mine) for voice, mine in by_voice.items()
        ),
        unheard=tuple(_name(told, voice) for voice in told.voices if voice not in by_voice),
        opens=dict(Counter(_side(told, dispute.positions[0].voice) for dispute in told.told_disputes.values())),
        echoes=tuple(_echoes(told, said)),
    )


def camp(voices: Mapping[str, Voice], voice: str) -> str:
    """Return the side that a voice stands on; one of side `other` stands for itself alone."""
    side = voices[voice].side
    return voice if side == OTHER else side


def is_outlet(voice: Voice, sources: Iterable[Source]) -> bool:
    """Return whether a voice of the press is the paper, the site or the station of a source, and no reporter."""
    if voice.side != PRESS:
        return False
    names = {_bare(name) for name in (voice.name, *voice.aliases)}
    return any(_bare(source.container_title or "") in names for source in sources)


def _bare(name: str) -> str:
    return set_line(name).casefold().removeprefix("the ")


def by_name(voices: Iterable[Voice]) -> list[Voice]:
    """Return voices by the names that are shown, an article before them left out."""
    return sorted(voices, key=lambda voice: (_bare(voice.name), voice.name))


def side_name(side: str, titles: Mapping[str, str] = NO_TITLES) -> str:
    """Write a side as readers see it: by its title, or `United States`, `Friends of the Bell`, `the press`."""
    if side in titles:
        return set_line(titles[side])
    if side in (PRESS, OTHER):
        return {PRESS: "the press", OTHER: "others"}[side]
    first, *others = side.split("-")
    return " ".join([first.capitalize(), *(word if word in SMALL_WORDS else word.capitalize() for word in others)])


def _share(name: str, shown: str, side: str, mine: Sequence[Turn]) -> Share:
    articles = Counter(code for turn in mine for code in {cited.code for cited in turn.cited})
    phases = dict(Counter(turn.phase for turn in mine))
    return Share(name, shown, side, len(mine), phases, dict(sorted(articles.items())))


def _most_first(shares: Iterable[Share]) -> tuple[Share, ...]:
    return tuple(sorted(shares, key=lambda share: (-share.times, share.name)))


def _echoes(told: Told, said: Iterable[Turn]) -> Iterator[Echo]:
    users: dict[str, dict[str, list[tuple[int, Fragment]]]] = {}
    for turn in said:
        for fragment in turn.fragments:
            words = [word for word in re.findall(r"\w+", fragment.text.casefold()) if word not in ARTICLES]
            if len(words) >= FEWEST_WORDS_ECHOED and _side(told, turn.voice) != PRESS:
                users.setdefault(" ".join(words), {}).setdefault(turn.voice, []).append((turn.scene, fragment))
    for phrase, voices in users.items():
        if len({camp(told.voices, voice) for voice in voices}) > 1:
            yield Echo(phrase, tuple(_saying(told, voice, uses) for voice, uses in voices.items()))


def _saying(told: Told, voice: str, uses: list[tuple[int, Fragment]]) -> Saying:
    scenes = tuple(dict.fromkeys(scene for scene, _ in uses))
    cited = tuple(dict.fromkeys(cited for _, fragment in uses for cited in fragment.cited))
    return Saying(voice, _name(told, voice), _side(told, voice), scenes, cited)


def _side(told: Told, voice: str) -> str:
    return told.voices[voice].side


def _name(told: Told, voice: str) -> str:
    return set_line(told.voices[voice].name)
