"""Read a folder with story/ and cards/, or a zip of them: a Library of all that is in it, and its problems."""

from __future__ import annotations

import os
import re
from contextlib import closing
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from retell.files.folder import DiskFolder, Folder, StoryFile
from retell.files.yamlfile import Trail, YamlFile, read_yaml
from retell.problems import Location, Problem, RetellError, nearest
from retell.story import rules
from retell.story.filenames import SCENE_NAME, ill_named, kind_of, mislaid_cards, misplaced, slug, yaml_files
from retell.story.filling import blank, fill
from retell.story.form import Form, Kind, Role
from retell.story.model import FORMAT, NAME, Scene, Story
from retell.story.prose import Prose
from retell.story.texts import contents
from retell.story.volume import Files

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from retell.story.cards import Dispute, Place, Source, Term, Voice
    from retell.story.citations import Citation, Locators
    from retell.story.documents import ShippedText
    from retell.story.lesson import Lesson
    from retell.story.readings import Readings
    from retell.story.texts import Contents, Naming, Text
    from retell.story.wording import Wording

F = TypeVar("F", bound=Form)
BESIDE = ("class", "wording", "readings")
"""Files of story/ that a teacher or the check needs, by their names; they may be larger than the story itself."""
MOST_COMPARED = 100  # names that nothing has: whoever has more mends these first


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
    role: Role


class Library(msgspec.Struct, dict=True):
    """Everything read: the story, scenes in file order, cards by id, documents by their sources, and what was wrong."""

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
    documents: dict[str, ShippedText] = msgspec.field(default_factory=dict)
    problems: list[Problem] = msgspec.field(default_factory=list)
    _compared: int = 0

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """Return which known name was meant, see `problems.nearest`; nothing once it was asked a hundred times."""
        self._compared += 1
        return nearest(name, known) if self._compared <= MOST_COMPARED else ""

    def told(self) -> Iterator[Entry[Scene]]:
        """Yield the scenes that the story lists, in its order."""
        listed = self.story.form.scenes if self.story else ()
        return (self.scenes[scene] for scene in listed if scene in self.scenes)

    def cards(self, kind: Kind) -> dict[str, Entry[Any]]:
        """Return the cards of a kind, by id."""
        kinds: dict[Kind, dict[str, Any]] = {
            "sources": self.sources,
            "voices": self.voices,
            "places": self.places,
            "terms": self.terms,
            "disputes": self.disputes,
        }
        return kinds[kind]

    def entries(self) -> Iterator[Entry[Any]]:
        """Yield everything that has a file: the story, the scenes, the cards and the lesson."""
        yield from filter(None, (self.story,))
        for told in (self.scenes, self.disputes, self.terms):
            yield from told.values()
        yield from filter(None, (self.lesson,))
        for listed in (self.sources, self.voices, self.places):
            yield from listed.values()

    @cached_property
    def _contents(self) -> list[tuple[YamlFile, Contents]]:
        """What is in each file; asked for once all has been read."""
        return [(entry.file, contents(entry.form)) for entry in self.entries()]

    def texts(self) -> Iterator[tuple[YamlFile, Text]]:
        """Yield every text, and the file that it stands in."""
        return ((file, text) for file, found in self._contents for text in found.texts)

    def namings(self) -> Iterator[tuple[YamlFile, Naming]]:
        """Yield every card that is named, and the file in which it is."""
        return ((file, naming) for file, found in self._contents for naming in found.namings)

    def locators(self) -> Iterator[tuple[YamlFile, Trail, Locators]]:
        """Yield every field that only cites, and where it stands."""
        return ((file, trail, located) for file, found in self._contents for trail, located in found.locators)

    def passages(self) -> Iterator[Passage]:
        """Yield every prose field, in the order of the files."""
        for file, text in self.texts():
            if isinstance(text.value, Prose):
                yield Passage(file, text.trail, text.value, text.role)

    def citations(self) -> Iterator[Citation]:
        """Yield every citation."""
        for passage in self.passages():
            yield from passage.prose.citations
        for _, _, found in self.locators():
            yield from found.citations


def forms(entries: dict[str, Entry[F]]) -> dict[str, F]:
    """Return what was filled, without the files, by id."""
    return {name: entry.form for name, entry in entries.items()}


def shipped_root() -> Path:
    """Return the folder of the shipped story: inside the installed package, or the checkout around `src/`."""
    inside = Path(__file__).parents[1] / "shipped"
    return inside if inside.is_dir() else Path(__file__).parents[3]


def load(root: Path, opened: Callable[[Story], None] | None = None, leave_out: Collection[str] = ()) -> Library:
    """Read a story's folder or zip whole; raises RetellError when it is none. All else that is wrong is a problem.

    Where story.yaml is right, `opened` is called with it before the scenes are read. Of a story in a newer format that
    is the only problem: nothing else of it can be judged. What is named in `leave_out` of story/ (see BESIDE) is not
    read: a telling does without it.
    """
    with closing(open_folder(root)) as folder:
        if not folder.has("story"):
            raise RetellError(f"no story here: {folder.shown} has no folder 'story'")
        library = Library(root)
        files = Files(folder.shown)
        if _read_scenes(library, folder, files, opened, leave_out):
            _read_cards(library, folder, files)
            for file in mislaid_cards(folder, library.problems):
                _add_mislaid(library, file, files)
            unsure = frozenset(key for key, source in library.sources.items() if source.file.problems)
            if folder.has("documents"):
                from retell.story.documents import read_documents  # noqa: PLC0415 - few stories have any

                library.documents = read_documents(folder, forms(library.sources), library.problems, unsure)
            if library.story is None:
                place = Location(str(Path(folder.shown, "story", "story.yaml")))
                library.problems.append(rules.MISSING_FILE.at(place))
            library.problems.extend(problem for file in files for problem in file.problems)
    return library


def open_folder(root: Path) -> Folder:
    """Return the folder or zip at a path, to be closed again; raises RetellError for a zip that cannot be opened."""
    if os.path.isfile(root):  # noqa: PTH113 - unlike Path, it never raises
        from retell.files.archive import ZipFolder  # noqa: PLC0415 - most stories are folders

        return ZipFolder(root)
    return DiskFolder(root, trusted=root == shipped_root())


def _read_scenes(
    library: Library,
    folder: Folder,
    files: Files,
    opened: Callable[[Story], None] | None,
    leave_out: Collection[str],
) -> bool:
    """Read story/, its story.yaml first; False when that is in a newer format, and nothing else was read."""
    for file in sorted(yaml_files(folder, "story", library.problems), key=lambda file: file.stem != "story"):
        if file.stem in leave_out:
            continue
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
    """Return the problem of a story.yaml that names a newer format of stories than this retell reads, or None."""
    named = file.data.get("format") if isinstance(file.data, dict) else None
    if not isinstance(named, str) or not re.fullmatch("[1-9][0-9]{0,8}", named) or int(named) <= FORMAT:
        return None
    return rules.NEWER_FORMAT.at(file.locate(("format",)), named=named, known=FORMAT)


def _read_cards(library: Library, folder: Folder, files: Files) -> None:
    from retell.story.cards import CARDS  # noqa: PLC0415 - the title page does not wait for them

    for kind, form in CARDS.items():
        for file in yaml_files(folder, f"cards/{kind}", library.problems):
            if not re.fullmatch(NAME, file.stem):
                library.problems.append(ill_named(rules.NO_CARD_NAME, file, "ann-hill.yaml"))
            library.cards(kind)[file.stem] = _read(form, file, file.stem, files)


def _add_mislaid(library: Library, path: StoryFile, files: Files) -> None:
    """Note a card that stands in cards/ itself, and read it as one of the kind that it seems to be."""
    from retell.story.cards import CARDS  # noqa: PLC0415 - the title page does not wait for them

    kind = kind_of(read_yaml(path, path.shown).data)
    library.problems.append(misplaced(path, kind))
    if kind and path.stem not in library.cards(kind):
        library.cards(kind)[path.stem] = _read(CARDS[kind], path, path.stem, files)


def _add_story_file(library: Library, path: StoryFile, files: Files) -> None:
    match path.stem:
        case "story":
            library.story = _read(Story, path, "story", files)
        case "class":
            from retell.story.lesson import Lesson  # noqa: PLC0415 - a telling does without it

            library.lesson = _read(Lesson, path, "class", files)
        case "wording":
            from retell.story.wording import Wording  # noqa: PLC0415 - a telling does without it

            library.wording = _read(Wording, path, "wording", files)
        case "readings":
            from retell.story.readings import Readings  # noqa: PLC0415 - a telling does without them

            library.readings = _read(Readings, path, "readings", files)
        case _:
            _add_scene(library, path, files)


def _add_scene(library: Library, path: StoryFile, files: Files) -> None:
    match = SCENE_NAME.fullmatch(path.stem)
    # an ill-named scene is read under the name that it seems to mean, so that it is not called unknown as well
    name = match["id"] if match else slug(path.stem).strip("0123456789-")
    if match is None:
        library.problems.append(ill_named(rules.NO_SCENE_NAME, path, "03-the-bridge.yaml"))
    if name not in library.scenes:
        library.scenes[name] = _read(Scene, path, name, files)
    elif match:
        first = library.scenes[name].file.name
        library.problems.append(rules.SECOND_FILE.at(Location(path.shown), scene=name, file=first))


def _read(form: type[F], path: StoryFile, name: str, files: Files) -> Entry[F]:
    file = read_yaml(path, path.shown, max(1, files.room))
    files.add(file)
    # what could not be read keeps its name and a blank form, so that nothing that refers to it is called unknown
    filled = None if file.problems and file.root is None else fill(form, file, file.data)
    files.room -= len(file.problems)
    return Entry(name, filled or blank(form), file)
