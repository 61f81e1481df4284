"""Check for names that point nowhere: of sources, paragraphs, cards, phases and scenes.

A blank name is passed over: that it is missing has been said already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.files.folder import MOST_BYTES
from retell.files.rules import TOO_LARGE
from retell.problems import Rule
from retell.story.invocation import beginning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.files.yamlfile import Trail, YamlFile
    from retell.problems import Problem
    from retell.story.citations import Citation
    from retell.story.form import Kind
    from retell.story.library import Entry, Library
    from retell.story.model import Scene

UNKNOWN_SOURCE = Rule(
    "unknown-source", "A citation's key is that of a source card.", message="no source named '{key}'", help="{nearest}"
)
UNKNOWN_CARD = Rule(
    "unknown-card",
    "A voice, place or dispute that is named has its card.",
    message="no card named '{name}' in cards/{kind}",
    help="{nearest}",
)
UNKNOWN_PHASE = Rule(
    "unknown-phase", "A scene's phase is one of the story's.", message="no phase named '{name}'", help="{nearest}"
)
UNKNOWN_SCENE = Rule(
    "unknown-scene", "A scene that the story lists has its file.", message="no scene named '{name}'", help="{nearest}"
)
REPEATED_NAME = Rule(
    "repeated-name",
    "No two phases, listed scenes or source codes are the same, nor a phase and a scene.",
    message="the {what} '{name}' is used a second time",
    help="the first is in {file}",
)
PHASE_AND_SCENE = REPEATED_NAME.saying(
    "a phase and a scene are both named '{name}'", "rename one of them, for 'retell read {name}' could mean either"
)
PARAGRAPH_OUT_OF_RANGE = Rule(
    "paragraph-out-of-range",
    "A cited paragraph is one that the source has.",
    message="{key} has no paragraph {number}",
    help="its paragraphs are numbered 1 to {last}",
)
TOLD_TOO_OFTEN = TOO_LARGE.saying(
    "the cards that are named up to here hold more than {most} MiB, counted each time that they are named",
    "name them less often, or write less in them",
)
TOO_MANY_PHASES = TOO_LARGE.saying("a story has at most {most} phases", "join those that belong together")
MOST_PHASES = 60
"""Each is a packet of its own."""


def check(library: Library) -> Iterator[Problem]:
    """Yield the problems of this family."""
    for passage in library.passages():
        yield from _citations(library, passage.file, passage.trail, passage.prose.citations)
    for file, trail, locators in library.locators():
        yield from _citations(library, file, trail, locators.citations)
    phases = {phase.id for phase in library.story.form.phases} if library.story else set()
    for scene in library.scenes.values():
        yield from _scene(library, scene, phases)
    yield from _lesson(library)
    yield from _cards(library)
    yield from _story(library)
    codes = [(source.form.code, source.file, ("code",)) for source in library.sources.values()]
    yield from _repeated("source code", codes)


def _cards(library: Library) -> Iterator[Problem]:
    """Yield where no card has the name, and where so much is told again that it has no end."""
    told, lengths = 0, _lengths(library)
    for file, naming in library.namings():
        if naming.card not in library.cards(naming.kind):
            if naming.card:
                known, kind = library.cards(naming.kind), naming.kind.removesuffix("s")
                help_text = _help(library, naming.card, known, kind)
                yield UNKNOWN_CARD.at(file.locate(naming.trail), name=naming.card, kind=naming.kind, nearest=help_text)
            continue
        before, told = told, told + lengths[naming.kind, naming.card]
        if before <= MOST_BYTES < told:
            yield TOLD_TOO_OFTEN.at(file.locate(naming.trail), most=MOST_BYTES // 2**20)


def _lengths(library: Library) -> dict[tuple[Kind, str], int]:
    """Return how long the file of each card is, and with a dispute's those of the voices that speak in it."""
    kinds: tuple[Kind, ...] = ("voices", "places", "disputes")
    lengths = {(kind, name): len(card.file.text) for kind in kinds for name, card in library.cards(kind).items()}
    disputes = {dispute.file: name for name, dispute in library.disputes.items()}
    for file, naming in library.namings():
        if file in disputes:
            lengths["disputes", disputes[file]] += lengths.get((naming.kind, naming.card), 0)
    return lengths


def _citations(library: Library, file: YamlFile, trail: Trail, citations: Iterable[Citation]) -> Iterator[Problem]:
    for citation in citations:
        source = library.sources.get(citation.key)
        if source is None:
            # a citation begins with its '@'; the key stands behind it
            place = file.locate(trail, citation.offset + 1)
            help_text = _help(library, citation.key, library.sources, "source")
            yield UNKNOWN_SOURCE.at(place, key=citation.key, nearest=help_text)
            continue
        last = len(source.form.paragraphs)
        outside = [number for number in citation.paragraphs if not 1 <= number <= last]
        if outside and last:
            place = file.locate(trail, citation.offset)
            yield PARAGRAPH_OUT_OF_RANGE.at(place, key=citation.key, number=outside[0], last=last)


def _scene(library: Library, scene: Entry[Scene], phases: set[str]) -> Iterator[Problem]:
    listed = bool(phases) or (library.story is not None and not library.story.file.problems)
    if scene.form.phase and listed and "" not in phases and scene.form.phase not in phases:
        place, name = scene.file.locate(("phase",)), scene.form.phase
        yield UNKNOWN_PHASE.at(place, name=name, nearest=library.nearest(name, phases))


def _lesson(library: Library) -> Iterator[Problem]:
    if library.lesson is None:
        return
    lesson, file = library.lesson.form, library.lesson.file
    for field, scenes in (
        ("misconceptions", [misconception.scene for misconception in lesson.misconceptions]),
        ("unknown", [unknown.scene for unknown in lesson.unknown]),
    ):
        for i, scene in enumerate(scenes):
            yield from _listed(library, file, (field, i, "scene"), scene)


def _listed(library: Library, file: YamlFile, trail: Trail, name: str | None) -> Iterator[Problem]:
    if name and name not in library.scenes:
        yield UNKNOWN_SCENE.at(file.locate(trail), name=name, nearest=_help(library, name, library.scenes, "scene"))


def _help(library: Library, name: str, known: Iterable[str], kind: str) -> str:
    """Return which name was meant, or else the command that begins what has this one; of a card both."""
    close = library.nearest(name, known)
    begin = beginning(library.root, kind, name)
    if not begin or (close.startswith("did") and kind in ("source", "scene")):
        return close
    return f"{close}{' or' if close.endswith('?') else '; or' if close else ''} begin it: {begin}".strip()


def _story(library: Library) -> Iterator[Problem]:
    if library.story is None:
        return
    story, file = library.story.form, library.story.file
    for i, scene in enumerate(story.scenes):
        yield from _listed(library, file, ("scenes", i), scene)
    yield from _repeated("scene", [(scene, file, ("scenes", i)) for i, scene in enumerate(story.scenes)])
    yield from _repeated("phase", [(phase.id, file, ("phases", i, "id")) for i, phase in enumerate(story.phases)])
    if len(story.phases) > MOST_PHASES:
        yield TOO_MANY_PHASES.at(file.locate(("phases", MOST_PHASES)), most=MOST_PHASES)
    listed = set(story.scenes)
    for i, phase in enumerate(story.phases):
        if phase.id and phase.id in listed:
            yield PHASE_AND_SCENE.at(file.locate(("phases", i, "id")), name=phase.id)


def _repeated(what: str, named: Iterable[tuple[str, YamlFile, Trail]]) -> Iterator[Problem]:
    first: dict[str, YamlFile] = {}
    for name, file, trail in named:
        if name and name in first:
            yield REPEATED_NAME.at(file.locate(trail), what=what, name=name, file=first[name].name)
        first.setdefault(name, file)
