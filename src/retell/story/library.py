"""Stage 4: a folder with story/ and cards/, or a zip of them, in, a Library and its problems out."""

from __future__ import annotations

import os
import re
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import msgspec

from retell.files.folder import DiskFolder, Folder, StoryFile
from retell.files.yamlfile import Trail, YamlFile, read_yaml
from retell.problems import Location, Problem, RetellError
from retell.story import rules
from retell.story.filenames import SCENE_NAME, kind_of, mislaid_cards, misplaced, yaml_files
from retell.story.filling import fill
from retell.story.lesson import Lesson
from retell.story.model import (
    CARDS,
    FORMAT,
    NAME,
    Dispute,
    Form,
    Place,
    Quote,
    Say,
    Scene,
    Source,
    Story,
    Term,
    Voice,
)
from retell.story.readings import Readings
from retell.story.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retell.story.citations import Citation, Locators
    from retell.story.prose import Prose

F = TypeVar("F", bound=Form)


class Entry(msgspec.Struct, Generic[F], frozen=True):
    """A filled form with its id and the file it came from."""

    id: str
    form: F
    file: YamlFile


class Passage(msgspec.Struct, frozen=True):
    """One prose field of the library, where it stands, and what it is: that decides which rules it must keep."""

    file: YamlFile
    trail: Trail
    prose: Prose
    kind: Literal["narration", "position", "ask", "answer", "meaning"]


class Library(msgspec.Struct):
    """Everything read: the story, scenes in file order, cards by id, and what was wrong with the files."""

    root: Path
    story: Entry[Story] | None = None
    lesson: Entry[Lesson] | None = None
    wording: Entry[Wording] | None = None
    readings: Entry[Readings] | None = None
    scenes: dict[str, Entry[Scene]] = msgspec.field(default_factory=dict)
    sources: dict[str, Entry[Source]] = msgspec.field(default_factory=dict)
    voices: dict[str, Entry[Voice]] = msgspec.field(default_factory=dict)
    places: dict[str, Entry[Place]] = msgspec.field(default_factory=dict)
    terms: dict[str, Entry[Term]] = msgspec.field(default_factory=dict)
    disputes: dict[str, Entry[Dispute]] = msgspec.field(default_factory=dict)
    problems: list[Problem] = msgspec.field(default_factory=list)

    def told(self) -> Iterator[Entry[Scene]]:
        """Give the scenes that the story lists, in its order."""
        listed = self.story.form.scenes if self.story else ()
        return (self.scenes[scene] for scene in listed if scene in self.scenes)

    def numbered(self) -> Iterator[tuple[int, Entry[Scene]]]:
        """Give the scenes that are told, each with its number (from 1) in the story's list."""
        listed = self.story.form.scenes if self.story else ()
        return ((number, self.scenes[scene]) for number, scene in enumerate(listed, 1) if scene in self.scenes)

    def citations(self) -> Iterator[Citation]:
        """Give every citation of scenes, disputes, terms and the class's file."""
        for passage in self.passages():
            yield from passage.prose.citations
        for _, _, locators in self.locators():
            yield from locators.citations

    def locators(self) -> Iterator[tuple[YamlFile, Trail, Locators]]:
        """Give every field that only cites, and where it stands: of quotations, and of the claims of disputes."""
        for scene in self.scenes.values():
            for i, beat in enumerate(scene.form.beats):
                if isinstance(beat, Quote):
                    yield scene.file, ("beats", i, "cite"), beat.cite
        for dispute in self.disputes.values():
            for i, claim in enumerate(dispute.form.claims):
                yield dispute.file, ("claims", i, "says"), claim.says
                yield dispute.file, ("claims", i, "otherwise"), claim.otherwise

    def passages(self) -> Iterator[Passage]:
        """Give every prose field of scenes, disputes, terms and the lesson, in file order."""
        for entry in self.scenes.values():
            yield from scene_passages(entry)
        for dispute in self.disputes.values():
            yield from dispute_passages(dispute)
        yield from self.other_passages()

    def other_passages(self) -> Iterator[Passage]:
        """Give every prose field of terms and the lesson."""
        for term in self.terms.values():
            yield Passage(term.file, ("meaning",), term.form.meaning, "meaning")
        if self.lesson:
            yield from _lesson_passages(self.lesson)


def shipped_root() -> Path:
    """Give the folder of the shipped story: inside the installed package, or the checkout around `src/`."""
    inside = Path(__file__).parents[1] / "shipped"
    return inside if inside.is_dir() else Path(__file__).parents[3]


def load(root: Path, opened: Callable[[Story], None] | None = None) -> Library:
    """Read a story's folder or zip whole; raises RetellError when it is none. All else that is wrong is a problem.

    Where story.yaml is right, `opened` is called with it before the scenes are read. Of a story in a newer format that
    is the only problem: nothing else of it can be judged.
    """
    with closing(open_folder(root)) as folder:
        if not folder.has("story"):
            raise RetellError(f"no story here: {folder.shown} has no folder 'story'")
        library = Library(root)
        files: list[YamlFile] = []
        if _read_scenes(library, folder, files, opened):
            _read_cards(library, folder, files)
            for file in mislaid_cards(folder, library.problems):
                _add_mislaid(library, file, files)
            if library.story is None:
                place = Location(str(Path(folder.shown, "story", "story.yaml")))
                library.problems.append(rules.MISSING_FILE.at(place))
            library.problems.extend(problem for file in files for problem in file.problems)
    return library


def open_folder(root: Path) -> Folder:
    """Give the folder or zip at a path, to be closed again; raises RetellError for a zip that cannot be opened."""
    if os.path.isfile(root):  # noqa: PTH113 - unlike Path, it never raises
        from retell.files.archive import ZipFolder  # noqa: PLC0415 - most stories are folders

        return ZipFolder(root)
    return DiskFolder(root, trusted=root == shipped_root())


def _read_scenes(
    library: Library, folder: Folder, files: list[YamlFile], opened: Callable[[Story], None] | None
) -> bool:
    """Read story/, its story.yaml first; False when that is in a newer format, and nothing else was read."""
    for file in sorted(yaml_files(folder, "story", library.problems), key=lambda file: file.stem != "story"):
        _add_story_file(library, file, files)
        if file.stem == "story" and library.story:
            newer = newer_format(library.story.file)
            if newer:
                library.story, library.problems = None, [newer]
                return False
            if opened and not library.story.file.problems:
                opened(library.story.form)
    return True


def newer_format(file: YamlFile) -> Problem | None:
    """Give the problem of a story.yaml that names a newer format of stories than this retell reads, or None."""
    named = file.data.get("format") if isinstance(file.data, dict) else None
    if not isinstance(named, str) or not re.fullmatch("[1-9][0-9]{0,8}", named) or int(named) <= FORMAT:
        return None
    return rules.NEWER_FORMAT.at(file.locate(("format",)), named=named, known=FORMAT)


def _read_cards(library: Library, folder: Folder, files: list[YamlFile]) -> None:
    for kind, form in CARDS.items():
        for file in yaml_files(folder, f"cards/{kind}", library.problems):
            if not re.fullmatch(NAME, file.stem):
                library.problems.append(rules.NO_CARD_NAME.at(Location(file.shown), example="ann-hill.yaml"))
            _add(getattr(library, kind), form, file, file.stem, files)


def _add_mislaid(library: Library, path: StoryFile, files: list[YamlFile]) -> None:
    """Note a card that stands in cards/ itself, and read it as one of the kind that it seems to be."""
    kind = kind_of(read_yaml(path, path.shown).data)
    library.problems.append(misplaced(path, kind))
    if kind and path.stem not in getattr(library, kind):
        _add(getattr(library, kind), CARDS[kind], path, path.stem, files)


def _add_story_file(library: Library, path: StoryFile, files: list[YamlFile]) -> None:
    if path.stem == "story":
        found: dict[str, Entry[Story]] = {}
        library.story = _add(found, Story, path, "story", files)
        return
    if path.stem == "class":
        lesson: dict[str, Entry[Lesson]] = {}
        library.lesson = _add(lesson, Lesson, path, "class", files)
        return
    if path.stem == "wording":
        wording: dict[str, Entry[Wording]] = {}
        library.wording = _add(wording, Wording, path, "wording", files)
        return
    if path.stem == "readings":
        readings: dict[str, Entry[Readings]] = {}
        library.readings = _add(readings, Readings, path, "readings", files)
        return
    match = SCENE_NAME.fullmatch(path.stem)
    # an ill-named scene is read under the name that it seems to mean, so that it is not called unknown as well
    name = match["id"] if match else re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("0123456789-")
    if match is None:
        library.problems.append(rules.NO_SCENE_NAME.at(Location(path.shown), example="03-the-bridge.yaml"))
    if name not in library.scenes:
        _add(library.scenes, Scene, path, name, files)
    elif match:
        first = library.scenes[name].file.name
        library.problems.append(rules.SECOND_FILE.at(Location(path.shown), scene=name, file=first))


def _add(
    entries: dict[str, Entry[F]], form: type[F], path: StoryFile, name: str, files: list[YamlFile]
) -> Entry[F] | None:
    file = read_yaml(path, path.shown)
    files.append(file)
    filled = None if file.problems and file.root is None else fill(form, file, file.data)
    if filled is None:
        # what could not be read keeps its name and a blank form, so that nothing that refers to it is called unknown
        filled = fill(form, YamlFile(file.name, "{}"), {})
        assert filled is not None, "a mapping always fills a form"
    entries[name] = Entry(name, filled, file)
    return entries[name]


def scene_passages(entry: Entry[Scene]) -> Iterator[Passage]:
    """Give every prose field of a scene, in the order of the file's fields."""
    yield Passage(entry.file, ("gist",), entry.form.gist, "narration")
    for i, beat in enumerate(entry.form.beats):
        if isinstance(beat, Say):
            yield Passage(entry.file, ("beats", i, "say"), beat.say, "narration")
    for i, question in enumerate(entry.form.questions):
        yield Passage(entry.file, ("questions", i, "ask"), question.ask, "ask")
        yield Passage(entry.file, ("questions", i, "answer"), question.answer, "answer")


def dispute_passages(entry: Entry[Dispute]) -> Iterator[Passage]:
    """Give every prose field of a dispute."""
    for i, position in enumerate(entry.form.positions):
        yield Passage(entry.file, ("positions", i, "says"), position.says, "position")


def _lesson_passages(entry: Entry[Lesson]) -> Iterator[Passage]:
    for i, misconception in enumerate(entry.form.misconceptions):
        yield Passage(entry.file, ("misconceptions", i, "says"), misconception.says, "answer")
    for i, unknown in enumerate(entry.form.unknown):
        yield Passage(entry.file, ("unknown", i, "what"), unknown.what, "narration")
