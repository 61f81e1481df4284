"""Keep the place where a reader stopped, in a file of its own for each story, and find the step to go on from.

The file is JSON: the edition, the scene by its id and the beat by its number, a digest of the scene's file (a beat's
number means nothing once it has changed), the scenes that came after it (one of them is next if it is gone), the pace,
and how much of a text comes at once.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from retell.files.folder import read_ordinary
from retell.problems import RetellError
from retell.script.selection import scene_starts
from retell.script.steps import PhaseStep, SceneStep
from retell.story.filenames import slug
from retell.story.library import shipped_root
from retell.terminal.show.pace import AT_ONCE, FASTEST, SLOWEST, Pace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType

    from retell.script.resolver import Telling
    from retell.script.steps import Step


MOST_BYTES = 2**20  # that of a story of a thousand scenes has a thirtieth of it


class Bookmark(msgspec.Struct, frozen=True):
    """What is kept; no scene: the story was read to its end, or only the pace is known (words a minute, 0: instant)."""

    edition: str
    scene: str = ""
    beat: int = 0
    digest: str = ""
    after: tuple[str, ...] = ()
    pace: int | None = None
    reveal: str = ""


class Return(msgspec.Struct, frozen=True):
    """Where a reader goes on: the number of a step and its scene, or nothing: the beginning; and what to tell them."""

    at: int = 0
    scene: SceneStep | None = None
    notice: str = ""


def file_for(folder: Path, root: Path) -> Path:
    """Return a story's file in a folder of bookmarks: it is known by its own folder, the shipped one by name."""
    place = root.resolve()
    if place == shipped_root().resolve():
        return folder / "shipped.json"  # the same story after an update that moved it
    return folder / f"{slug(place.name)}-{_sha256(os.fsencode(place))}.json"


class UnreadableError(RetellError):
    """A bookmark is there and cannot be read; nothing is known of what it holds, and it is left as it is."""


class UnknownFormError(RetellError):
    """A bookmark is damaged, or of a form that this retell does not know."""


def read(file: Path) -> Bookmark | None:
    """Read a bookmark, or None where there is none; raises RetellError, in one line, when it cannot be read."""
    return _read(file)[0]


def _read(file: Path) -> tuple[Bookmark | None, bool]:
    """Read a bookmark, and say whether that is all that the file holds: a newer retell may have kept more in it.

    Raises UnreadableError and UnknownFormError.
    """
    try:
        raw = read_ordinary(file, MOST_BYTES)
        fields = msgspec.json.decode(raw)
        bookmark = msgspec.convert(fields, Bookmark)
    except (FileNotFoundError, NotADirectoryError):
        return None, True
    except OSError as error:
        reason = "it is too large" if error.errno == errno.EFBIG else error.strerror
        raise UnreadableError(f"the bookmark {file} cannot be read: {reason}") from None
    except msgspec.ValidationError:
        raise UnknownFormError(f"the bookmark {file} is of a form that this retell does not know") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise UnknownFormError(f"the bookmark {file} is damaged") from None
    if bookmark.pace in (None, AT_ONCE) or SLOWEST <= (bookmark.pace or 0) <= FASTEST:
        return bookmark, fields.keys() <= {*Bookmark.__struct_fields__}
    return msgspec.structs.replace(bookmark, pace=None), False


def find(bookmark: Bookmark, telling: Telling) -> Return:
    """Find a bookmark's place in the telling of the whole story, as it is now."""
    if not bookmark.scene:
        return Return()
    steps = telling.steps
    scenes = {steps[i].place.scene: i for i in scene_starts(steps)}
    edition = _edition(telling)
    notice = "" if bookmark.edition == edition else f"This is another edition, of {edition}. "
    ids = (bookmark.scene, *bookmark.after)
    here = next((scene for scene in ids if scene in scenes), "")
    if not here:
        return Return(notice=f"{notice}The scene where you stopped is gone; the story begins again.")
    start = scenes[here]
    scene = steps[start]
    assert isinstance(scene, SceneStep)
    if here != bookmark.scene:
        notice += "The scene where you stopped is gone; this is the next one."
    elif bookmark.digest != _digest(telling, here):
        notice += "The scene where you stopped has changed; it begins again."
    elif at := _beat(telling, start, bookmark.beat):
        return Return(at, scene, notice.strip())
    return Return(_with_phase(steps, start), scene, notice.strip())


def _beat(telling: Telling, scene: int, beat: int) -> int | None:
    """Return the step of a beat, or of the first after it that is no pause; None for the first of its scene."""
    for i, step in enumerate(telling.steps[scene + 1 :], scene + 1):
        if step.place.scene != telling.steps[scene].place.scene:
            return None
        if step.place.beat >= beat > 0 and step.is_beat:
            return i
    return None


class Keeper:
    """Keeps the place and the pace in a file; a file that cannot be written is no reason to stop a telling.

    Another window may keep the same story's place in the same file. So it is read again before it is written, and a
    place that was kept there meanwhile gives way only to one further on in the story. What cannot be read is left
    alone; what is of another form is kept beside the file, under a name of its own.
    """

    def __init__(
        self, file: Path, telling: Telling, kept: Bookmark | None, *, unchosen: Pace | None, place: bool
    ) -> None:
        """Take the file, the story, and what the file holds.

        `unchosen` is the pace that the reader has not asked to be remembered, if so; without `place` only the pace is
        kept.
        """
        self._file = file
        self._telling = telling
        self._seen = _place_of(kept)
        self._unchosen = unchosen
        self._place = place
        self._began: int | None = None
        self.reveal = ""
        self.problem = ""
        self.gave_way = ""

    def foresee(self) -> str:
        """Return why a place could not be kept, as far as that can be seen without keeping one; nothing if it could."""
        folder = next((each for each in self._file.parents if os.path.lexists(each)), self._file.parent)
        if not folder.is_dir():
            return f"{folder} is no folder"
        return "" if os.access(folder, os.W_OK | os.X_OK) else f"nothing may be written into {folder}"

    def keep(self, at: int | None, pace: Pace) -> None:
        """Keep the place of a step (None: the place as it is) and the pace; what goes wrong is in `problem`."""
        if self._began is None:
            self._began = at
        if pace != self._unchosen:
            self._unchosen = None
        try:
            self._write(at if self._place else None, None if self._unchosen else pace.words_a_minute or AT_ONCE)
        except OSError as error:
            self.problem = f"{self._file.parent} cannot be made: {error.strerror}"
        except RetellError as error:
            self.problem = str(error)

    def _write(self, at: int | None, pace: int | None) -> None:
        """Write the file where something has changed; raises OSError, RetellError."""
        try:
            there, whole = _read(self._file)
        except UnknownFormError:
            there, whole = None, False
        kept = there or Bookmark(_edition(self._telling))
        ours = at is not None and not self._gives_way(there, at)
        self.gave_way = there.scene if there and at is not None and not ours else ""
        new = self._marked(at) if at is not None and ours else kept
        pace = kept.pace if pace is None else pace
        new = msgspec.structs.replace(new, pace=pace, reveal=self.reveal or kept.reveal)
        if new != kept:
            from retell.files.atomic import set_aside, write_file  # noqa: PLC0415 - the title page does not wait for it

            self._file.parent.mkdir(parents=True, exist_ok=True)
            file = self._file.parent.resolve() / self._file.name  # a reader's own folder may be reached through links
            if not whole:
                set_aside(file)
            write_file(file, msgspec.json.format(msgspec.json.encode(new)).decode() + "\n", force=True)
        if ours:
            self._seen = _place_of(new)

    def _gives_way(self, there: Bookmark | None, at: int) -> bool:
        """Return whether another window has kept a place meanwhile that is worth more than that of a step."""
        if there is None or _place_of(there) == self._seen:
            return False
        if at == self._began:  # nothing was read here
            return True
        scenes = {scene.id: number for number, scene in enumerate(self._telling.told.scenes)}
        ours = self._marked(at)
        if there.scene not in scenes or ours.scene not in scenes:
            return False
        return (scenes[there.scene], there.beat) > (scenes[ours.scene], ours.beat)

    def _marked(self, at: int) -> Bookmark:
        edition = _edition(self._telling)
        step = self._telling.steps[at] if at < len(self._telling.steps) else None
        if step is None or not step.place.scene:
            return Bookmark(edition)
        scenes = [scene.id for scene in self._telling.told.scenes]
        here = step.place.scene
        after = tuple(scenes[scenes.index(here) + 1 :])
        return Bookmark(edition, here, step.place.beat, _digest(self._telling, here), after)


def _place_of(bookmark: Bookmark | None) -> tuple[str, int]:
    return (bookmark.scene, bookmark.beat) if bookmark else ("", 0)


def _digest(telling: Telling, scene: str) -> str:
    typed = next(told.typed for told in telling.told.scenes if told.id == scene)
    return _sha256(typed.encode("utf-8", "replace"))


def _sha256(data: bytes) -> str:
    """Return the first 12 hex digits of a SHA-256."""
    return str(_hashing().sha256(data).hexdigest()[:12])


@cache
def _hashing() -> ModuleType:
    """Return the module that makes a SHA-256: hashlib loads OpenSSL for it (3.5 MiB), so Python's own comes first."""
    for name in ("_sha2", "_sha256"):  # since Python 3.12, and before
        with suppress(ImportError):
            return import_module(name)
    return import_module("hashlib")


def _edition(telling: Telling) -> str:
    return str(telling.told.story.edition)


def _with_phase(steps: Sequence[Step], scene: int) -> int:
    """Begin with the phase where a scene is its first."""
    return scene - 1 if scene and isinstance(steps[scene - 1], PhaseStep) else scene
