"""Keep the place where a reader stopped, in a file of its own for each story, and find the step to go on from.

The file is JSON: the edition, the scene by its id and the beat by its number, a digest of the scene's file (a beat's
number means nothing once it has changed), the scenes that came after it (one of them is next if it is gone), the pace.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from retell.problems import RetellError
from retell.script.steps import PauseStep, PhaseStep, SceneStep, SourcesStep
from retell.story.library import shipped_root
from retell.terminal.show.pace import AT_ONCE, FASTEST, SLOWEST, Pace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retell.script.resolver import Telling
    from retell.script.steps import Step


class Bookmark(msgspec.Struct, frozen=True):
    """What is kept; no scene: the story was read to its end, or only the pace is known (words a minute, 0: instant)."""

    edition: str
    scene: str = ""
    beat: int = 0
    digest: str = ""
    after: tuple[str, ...] = ()
    pace: int | None = None


class Return(msgspec.Struct, frozen=True):
    """Where a reader goes on: the number of a step and its scene, or nothing: the beginning; and what to tell them."""

    at: int = 0
    scene: SceneStep | None = None
    notice: str = ""


def file_for(folder: Path, root: Path) -> Path:
    """Return a story's file in a folder of bookmarks: it is known by its own folder, the shipped one by name."""
    if root.resolve() == shipped_root().resolve():
        return folder / "shipped.json"  # the same story after an update that moved it
    import hashlib  # noqa: PLC0415 - the title page does not wait for it

    name = re.sub(r"[^a-z0-9]+", "-", root.resolve().name.lower()).strip("-")
    return folder / f"{name}-{hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:12]}.json"


def read(file: Path) -> Bookmark | None:
    """Read a bookmark, or None where there is none; raises RetellError, in one line, when it cannot be read."""
    try:
        bookmark = msgspec.json.decode(file.read_bytes(), type=Bookmark)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise RetellError(f"the bookmark {file} cannot be read: {error.strerror}") from None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        raise RetellError(f"the bookmark {file} is damaged") from None
    known = bookmark.pace is None or bookmark.pace == AT_ONCE or SLOWEST <= bookmark.pace <= FASTEST
    return bookmark if known else msgspec.structs.replace(bookmark, pace=None)


def find(bookmark: Bookmark, telling: Telling) -> Return:
    """Find a bookmark's place in the telling of the whole story, as it is now."""
    if not bookmark.scene:
        return Return()
    steps = telling.steps
    scenes = {step.place.scene: i for i, step in enumerate(steps) if isinstance(step, SceneStep)}
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
        if isinstance(step, SceneStep | PhaseStep | SourcesStep):
            return None
        if step.place.beat >= beat > 0 and not isinstance(step, PauseStep):
            return i
    return None


class Keeper:
    """Keeps the place and the pace in a file; a file that cannot be written is no reason to stop a telling."""

    def __init__(
        self, file: Path, telling: Telling, kept: Bookmark | None, *, unchosen: Pace | None, place: bool
    ) -> None:
        """Take the file, the story, and what the file holds.

        `unchosen` is the pace that the reader has not asked to be remembered, if so; without `place` only the pace is
        kept.
        """
        self._file = file
        self._telling = telling
        self._kept = kept
        self._unchosen = unchosen
        self._place = place
        self.problem = ""

    def keep(self, at: int | None, pace: Pace) -> None:
        """Keep the place of a step (None: the place as it is) and the pace; what goes wrong is in `problem`."""
        kept = self._kept or Bookmark(_edition(self._telling))
        if pace != self._unchosen:
            self._unchosen = None
        chosen = kept.pace if self._unchosen else pace.words_a_minute or AT_ONCE
        new = msgspec.structs.replace(self._marked(at) if self._place and at is not None else kept, pace=chosen)
        if new == kept:
            return
        try:
            from retell.files.atomic import write_file  # noqa: PLC0415 - the title page does not wait for it

            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_file(self._file, msgspec.json.format(msgspec.json.encode(new)).decode() + "\n", force=True)
            self._kept = new
        except OSError as error:
            self.problem = f"{self._file.parent} cannot be made: {error.strerror}"
        except RetellError as error:
            self.problem = str(error)

    def _marked(self, at: int) -> Bookmark:
        edition = _edition(self._telling)
        step = self._telling.steps[at] if at < len(self._telling.steps) else None
        if step is None or isinstance(step, SourcesStep):
            return Bookmark(edition)
        scenes = [scene.id for scene in self._telling.library.told()]
        here = step.place.scene
        after = tuple(scenes[scenes.index(here) + 1 :])
        return Bookmark(edition, here, step.place.beat, _digest(self._telling, here), after)


def _digest(telling: Telling, scene: str) -> str:
    import hashlib  # noqa: PLC0415 - the title page does not wait for it

    return hashlib.sha256(telling.library.scenes[scene].file.text.encode("utf-8", "replace")).hexdigest()[:12]


def _edition(telling: Telling) -> str:
    assert telling.library.story is not None, "only a whole story is told"
    return str(telling.library.story.form.edition)


def _with_phase(steps: Sequence[Step], scene: int) -> int:
    """Begin with the phase where a scene is its first."""
    return scene - 1 if scene and isinstance(steps[scene - 1], PhaseStep) else scene
