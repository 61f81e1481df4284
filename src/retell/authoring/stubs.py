"""Begin a scene or a card of a story: its form, to be filled in, with what the story says of it already."""

from __future__ import annotations

import re
import typing
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

import msgspec

from retell.authoring.scenelist import with_scene
from retell.authoring.schema import KINDS, comment_of, hint_of
from retell.files.atomic import write_file, write_folder
from retell.files.characters import without_unseen
from retell.files.decoding import NotTextError, decode
from retell.files.folder import read_ordinary
from retell.problems import RetellError
from retell.story.cards import CARDS
from retell.story.columns import wrap
from retell.story.filenames import is_refused_by_windows, slug
from retell.story.form import Form, bare, stated
from retell.story.model import NAME, Skill
from retell.story.references import ranges
from retell.story.typography import capitalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from retell.story.form import Kind
    from retell.story.library import Entry, Library
    from retell.story.model import Scene

FOLDERS: dict[str, Kind] = {folder.removesuffix("s"): folder for folder in CARDS}
STUBS = ("scene", *FOLDERS)
TYPED = "#¶"
"""How a line begins that holds an article's own words, for the author's eye; `bundle` leaves such lines out."""
COLUMNS = 100
OTHERS = ("story", "class", "wording", "readings")  # what story/ holds that is no scene
OPTIONAL = "# These may be left out:"
ABOUT_TYPED = f"""\
# Lines that begin with '{TYPED}' are the source's own words: tell them in yours, and delete them. Nothing shows them,
# and 'retell pack' leaves them out.
"""


def place_of(library: Library, kind: str, name: str) -> str:
    """Return where in its story a new scene or card stands: `story/04-noon.yaml`, `cards/voices/ann-hill.yaml`.

    Raises RetellError for a name that nothing of a story can have, or that another has already.
    """
    if not re.fullmatch(NAME, name) or is_refused_by_windows(name):
        meant = slug(name.removesuffix(".yaml"))
        better = meant if meant and not is_refused_by_windows(meant) else f"the-{meant or kind}"
        raise RetellError(f"'{name}' cannot be the name of a {kind}'s file: small letters, digits, hyphens: {better}")
    if kind != "scene":
        entry = library.cards(FOLDERS[kind]).get(name)
        if entry:
            raise RetellError(f"the {kind} '{name}' is there already: {entry.file.name}")
        return f"cards/{FOLDERS[kind]}/{name}.yaml"
    if name in library.scenes:
        raise RetellError(f"the scene '{name}' is there already: {library.scenes[name].file.name}")
    if library.story and name in {phase.id for phase in library.story.form.phases}:
        raise RetellError(f"a phase is named '{name}': give the scene another name")
    if name in OTHERS:
        raise RetellError(f"story/{name}.yaml holds something else: give the scene another name")
    return f"story/{max(map(_number, library.scenes.values()), default=0) + 1:02}-{name}.yaml"


def _number(scene: Entry[Scene]) -> int:
    """Return the number by which a scene's file is sorted; 0 where it has none."""
    found = re.match(r"\d{1,4}(?=-)", re.split(r"[\\/]", scene.file.name)[-1])
    return int(found[0]) if found else 0


def write_card(library: Library, kind: str, name: str) -> str:
    """Return a card as YAML: its name as the file's suggests it, and every other field to be filled in."""
    title = name.replace("-", " ")
    sides = sorted({voice.form.side for voice in library.voices.values() if voice.form.side})
    known = {"side": f"so far: {', '.join(sides)}"} if sides else {}
    named = {"name": title.title(), "term": title}
    return "\n".join([comment_of(kind), *_fields(KINDS[kind], named, known), ""])


def write_scene(library: Library, name: str, key: str = "", paragraphs: Mapping[int, str] | None = None) -> str:
    """Return a scene as YAML, with a beat for each paragraph, which stands above it in the lines of a comment."""
    phases = [phase.id for phase in library.story.form.phases if phase.id] if library.story else []
    told = [scene.form.phase for scene in library.told() if scene.form.phase in phases]
    given = {"title": capitalise(name.replace("-", " ")), "phase": next(iter((*reversed(told), *phases)), "")}
    known = {"phase": f"one of: {', '.join(phases)}", "where": f"so far: {', '.join(library.places)}"}
    texts = paragraphs or {}
    cited = _citation(key, texts)
    head = {name: given.get(name, "") for name in ("title", "phase", "when", "where")}
    lines = [comment_of("scene"), *(ABOUT_TYPED.splitlines() if texts else ())]
    lines += [_line(field, text, known.get(field, "")) for field, text in head.items()]
    lines += _text("gist", cited, "")
    lines.append("beats:")
    for number, text in texts.items():
        lines += wrap(without_unseen(text), COLUMNS, f"  {TYPED}{number} ", f"  {TYPED} ")
        lines += _text("- say", _citation(key, {number: text}), "  ")
    lines += [] if texts else _text("- say", "", "  ")
    lines += ["questions:", "  - ask:", f"    skill: # one of: {', '.join(typing.get_args(Skill))}"]
    return "\n".join([*lines, *_text("answer", cited, "    "), ""])


def _citation(key: str, numbers: Iterable[int]) -> str:
    listed = sorted(numbers)
    if not listed:
        return ""
    return f"[@{key}, para{'s' if len(listed) > 1 else ''}. {ranges(listed).replace('–', '-')}]"


def _text(field: str, cited: str, indent: str) -> list[str]:
    """Return a field whose text begins on the next line, with its citation where that is known."""
    inner = f"{indent}{'  ' if field.startswith('- ') else ''}  "
    return [f"{indent}{field}: >-", f"{inner}{cited}."] if cited else [f"{indent}{field}:"]


def _fields(form: type[Form], given: Mapping[str, str], said: Mapping[str, str]) -> list[str]:
    """Return a line for each field of a form: those that are needed, then those that may be left out."""
    needed: list[str] = []
    others: list[str] = []
    for field in stated(form):
        name = field.encode_name
        hint = "; ".join(filter(None, (hint_of(field).removesuffix("; may be left out"), said.get(name, ""))))
        (needed if field.required else others).append(_line(name, given.get(name, ""), hint))
        if field.required and (inner := _items(field)):
            lines = [line.partition(" #")[0].rstrip() for line in _fields(inner, {}, {})]
            needed += [f"  {'  ' if number else '- '}{line}" for _ in range(2) for number, line in enumerate(lines)]
    return [*needed, *([OPTIONAL, *others] if others else [])]


def _items(field: msgspec.structs.FieldInfo) -> type[Form] | None:
    """Return the form of the items of a list, where they are groups of fields."""
    first = next(iter(typing.get_args(bare(field.type))), None)
    return first if isinstance(first, type) and issubclass(first, Form) else None


def _line(field: str, text: str, hint: str) -> str:
    start = f"{field}: {text}".rstrip()
    return f"{start:<16} # {hint}" if hint else start


def write(root: Path, place: str, text: str) -> None:
    """Write a new file of a story, and the folder of its kind where there is none yet; raises RetellError."""
    path = root / place
    if path.parent.is_dir():
        write_file(path, text, story=root)
        return
    if not path.parents[1].is_dir():
        write_folder(path.parents[1], {f"{path.parent.name}/{path.name}": text.encode()}, story=root)
        return
    write_folder(path.parent, {path.name: text.encode()}, story=root)


def make_folder(root: Path, place: str) -> None:
    """Make the folder in which a file of a story is to stand, where it is not there yet; raises RetellError."""
    for folder in reversed((root / place).parents[:2]):
        if not folder.is_dir():
            write_folder(folder, {}, story=root)


def list_scene(root: Path, name: str) -> bool:
    """Add a scene to the list in story.yaml, all else in it as it is; False where that is not clearly done."""
    path = root / "story" / "story.yaml"
    try:
        raw = read_ordinary(path)
        text = decode(raw)
    except (OSError, NotTextError):
        return False
    new = with_scene(text, name)
    line_end = "\r\n" if b"\r\n" in raw else "\n"
    kept = BOM_UTF8 if raw.startswith(BOM_UTF8) else b""
    if not new or text.replace("\n", line_end).encode() != raw.removeprefix(BOM_UTF8):
        return False
    write_file(path, kept + new.replace("\n", line_end).encode(), force=True, story=root)
    return True
