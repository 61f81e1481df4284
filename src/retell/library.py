"""Stage 4: a folder with story/ and cards/ in, a Library and its problems out; the only reader of those files."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import msgspec

from retell.forms import fill
from retell.model import (
    CARDS,
    Dispute,
    Form,
    Place,
    Say,
    Scene,
    Source,
    Story,
    Term,
    Voice,
)
from retell.problems import Location, Problem, RetellError
from retell.yamlfile import Trail, YamlFile, read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retell.prose import Prose

F = TypeVar("F", bound=Form)
SCENE_NAME = re.compile(r"(?:\d+-)?(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)")
HELP_NAME = "name it in small letters, digits and hyphens, as in 03-the-bridge.yaml"


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

    def passages(self) -> Iterator[Passage]:
        """Give every prose field of scenes, disputes and terms, in file order."""
        for entry in self.scenes.values():
            yield from _scene_passages(entry)
        for dispute in self.disputes.values():
            for i, position in enumerate(dispute.form.positions):
                yield Passage(dispute.file, ("positions", i, "says"), position.says, "position")
        for term in self.terms.values():
            yield Passage(term.file, ("meaning",), term.form.meaning, "meaning")


def shipped_root() -> Path:
    """Give the folder of the shipped story: inside the installed package, or the checkout around `src/`."""
    inside = Path(__file__).parent / "shipped"
    return inside if inside.is_dir() else Path(__file__).parents[2]


def load(root: Path, opened: Callable[[Story], None] | None = None) -> Library:
    """Read a story folder whole; raises RetellError when it is none. Everything else that is wrong is a problem.

    Where story.yaml is right, `opened` is called with it before the scenes are read.
    """
    if not (root / "story").is_dir():
        raise RetellError(f"no story here: {_shown(root)} has no folder 'story'")
    library = Library(root)
    files: list[YamlFile] = []
    paths = _yaml_files(root / "story", library)
    for path in sorted(paths, key=lambda path: path.stem != "story"):
        _add_story_file(library, path, files)
        if opened and path.stem == "story" and library.story and not library.story.file.problems:
            opened(library.story.form)
    for kind, form in CARDS.items():
        for path in _yaml_files(root / "cards" / kind, library):
            _add(getattr(library, kind), form, path, path.stem, files)
    if library.story is None:
        place = Location(_shown(root / "story" / "story.yaml"))
        library.problems.append(Problem("missing-file", place, "a story needs this file: title, phases, scene order"))
    library.problems.extend(problem for file in files for problem in file.problems)
    return library


def _add_story_file(library: Library, path: Path, files: list[YamlFile]) -> None:
    if path.stem == "story":
        found: dict[str, Entry[Story]] = {}
        library.story = _add(found, Story, path, "story", files)
        return
    match = SCENE_NAME.fullmatch(path.stem)
    # an ill-named scene is read under the name that it seems to mean, so that it is not called unknown as well
    name = match["id"] if match else re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("0123456789-")
    if match is None:
        place = Location(str(path))
        library.problems.append(Problem("file-name", place, "this is no name for a scene's file", HELP_NAME))
    if name not in library.scenes:
        _add(library.scenes, Scene, path, name, files)
    elif match:
        message = f"the scene '{name}' has a file already: {library.scenes[name].file.name}"
        library.problems.append(Problem("file-name", Location(str(path)), message, "rename one of the two"))


def _add(entries: dict[str, Entry[F]], form: type[F], path: Path, name: str, files: list[YamlFile]) -> Entry[F] | None:
    file = read_yaml(path, str(path))
    files.append(file)
    filled = None if file.problems and file.root is None else fill(form, file, file.data)
    if filled is None:
        # what could not be read keeps its name and a blank form, so that nothing that refers to it is called unknown
        filled = fill(form, YamlFile(file.name, "{}"), {})
        assert filled is not None, "a mapping always fills a form"
    entries[name] = Entry(name, filled, file)
    return entries[name]


def _yaml_files(folder: Path, library: Library) -> list[Path]:
    """Give the paths of a folder's files, as they are shown to the user."""
    folder = Path(_shown(folder))
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as error:
        library.problems.append(Problem("missing-file", Location(str(folder)), f"cannot be read: {error.strerror}"))
        return []
    for path in paths:
        if path.suffix == ".yml":
            place = Location(str(path))
            library.problems.append(Problem("file-name", place, "the name of this file ends in .yml", "name it .yaml"))
    return [path for path in paths if path.suffix in (".yaml", ".yml")]


def _shown(path: Path) -> str:
    """Name a file or folder as short as the user's own folder allows."""
    try:
        near = os.path.relpath(path)
    except ValueError:  # another drive, on Windows
        return str(path)
    return str(path) if near.startswith("..") else near


def _scene_passages(entry: Entry[Scene]) -> Iterator[Passage]:
    yield Passage(entry.file, ("gist",), entry.form.gist, "narration")
    for i, beat in enumerate(entry.form.beats):
        if isinstance(beat, Say):
            yield Passage(entry.file, ("beats", i, "say"), beat.say, "narration")
    for i, question in enumerate(entry.form.questions):
        yield Passage(entry.file, ("questions", i, "ask"), question.ask, "ask")
        yield Passage(entry.file, ("questions", i, "answer"), question.answer, "answer")
