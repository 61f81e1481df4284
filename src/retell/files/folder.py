"""Read a story's folder: its files by name, within limits and never from outside.

A stranger's story may hold links, pipes and devices. Links are followed only within the story's own folder; nothing
but an ordinary file is ever opened. The limits hold for zips, too (`archive`).
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Protocol

import msgspec

from retell.files.beneath import Beneath
from retell.files.directory import Directory, LinkError
from retell.problems import RetellError

# half a million words, each cited, are about seven million bytes; the shipped story has 100,000 bytes in 80 files.
# So much is told, or refused, within ten seconds and 400 MiB by every command
MOST_FILE_BYTES = 2 * 2**20
MOST_FILES = 20_000
MOST_BYTES = 8 * 2**20
TOO_LARGE = f"it is larger than {MOST_FILE_BYTES // 2**20} MiB, the most that a file of a story may have"
READ_ONLY = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)


class StoryFile(msgspec.Struct, frozen=True):
    """One file of a story: its name, how that is shown to the user, and how to get at its bytes (raises OSError)."""

    name: str
    shown: str
    read_bytes: Callable[[], bytes]

    @property
    def stem(self) -> str:
        """The name without its ending."""
        return os.path.splitext(self.name)[0]  # noqa: PTH122 - a Path of each name would cost more than reading it

    @property
    def suffix(self) -> str:
        """The ending of the name, with its dot."""
        return os.path.splitext(self.name)[1]  # noqa: PTH122


class Folder(Protocol):
    """What holds a story's files: a folder of the disk, or a zip."""

    shown: str

    def has(self, part: str) -> bool:
        """Return whether there is such a folder in it, as "cards/sources"."""

    def files(self, part: str) -> list[StoryFile]:
        """Return the files that stand directly in a part, by name, without hidden ones; raises OSError, RetellError."""

    def entries(self, part: str) -> dict[str, bool]:
        """Return the names that stand in a part, hidden ones left out, and whether each is a folder's."""

    def close(self) -> None:
        """Let go of what is open."""


class Allowance:
    """Counts what is read of one story, and refuses to read on beyond the limits."""

    def __init__(self, shown: str) -> None:
        """Take the story's name as shown to the user."""
        self._shown = shown
        self._files = self._bytes = 0

    def add_file(self) -> None:
        """Count one more file; raises RetellError when there are too many."""
        self._files += 1
        if self._files > MOST_FILES:
            raise RetellError(f"{self._shown} has more than {MOST_FILES:,} files, the most that a story may have")

    def add_bytes(self, data: bytes) -> bytes:
        """Count what was read of a file and give it back; raises RetellError when it is too much in all."""
        self._bytes += len(data)
        if self._bytes > MOST_BYTES:
            most = f"{MOST_BYTES // 2**20} MiB"
            raise RetellError(f"{self._shown} holds more than {most}, the most that a story may have")
        return data


class DiskFolder:
    """A folder of the disk. One that came with retell itself is trusted: its links may lead anywhere."""

    def __init__(self, root: Path, *, trusted: bool = False) -> None:
        """Take the folder that holds story/ and cards/."""
        self.shown = shorten(root)
        self._allowance = Allowance(self.shown)
        self._beneath = Beneath(os.fspath(root), trusted=trusted)

    def has(self, part: str) -> bool:
        """Return whether there is such a folder in it, as "cards/sources"."""
        try:
            self._beneath.folder(part)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError as error:
            return error.errno != errno.ELOOP  # it is there, and why it cannot be read is said where it is
        return True

    def files(self, part: str) -> list[StoryFile]:
        """Return the files that stand directly in a part, hidden ones left out, by name.

        Raises OSError when the part cannot be listed, RetellError when there are too many files.
        """
        names = []
        try:
            folder = self._beneath.folder(part)
        except FileNotFoundError:
            return []
        with folder.scan() as entries:
            for entry in entries:
                if not entry.name.startswith("."):
                    self._allowance.add_file()
                    names.append(entry.name)
        shown = os.path.join(Path(self.shown, part), "")  # noqa: PTH118 - a Path of each name would cost more than reading it
        return [StoryFile(name, shown + name, self._reader(part, folder, name)) for name in sorted(names)]

    def entries(self, part: str) -> dict[str, bool]:
        """Return the names that stand in a part, hidden ones left out, and whether each is a folder's.

        There are none where the part cannot be listed.
        """
        try:
            with self._beneath.folder(part).scan() as entries:
                few = islice((each for each in entries if not each.name.startswith(".")), MOST_FILES)
                return dict(sorted((each.name, each.is_dir()) for each in few))
        except OSError:
            return {}  # that has been said where its files were wanted

    def close(self) -> None:
        """Let go of the folders that are open."""
        self._beneath.close()

    def _reader(self, part: str, folder: Directory, name: str) -> Callable[[], bytes]:
        def read() -> bytes:
            try:
                data = read_in(folder, name)
            except LinkError:
                data = read_in(*self._beneath.place(f"{part}/{name}"))
            return self._allowance.add_bytes(data)

        return read


def read_ordinary(path: str | Path, most: int = MOST_FILE_BYTES) -> bytes:
    """Read an ordinary file of at most so many bytes; raises OSError for a larger one, a pipe, a device or a link."""
    above, name = os.path.split(path)
    with Directory.open(above or os.curdir) as folder:
        return read_in(folder, name, most)


def read_in(folder: Directory, name: str, most: int = MOST_FILE_BYTES) -> bytes:
    """Read a file that stands in a folder, as `read_ordinary`; raises LinkError for a link."""
    mode = folder.mode(name)
    if mode is not None and stat.S_ISLNK(mode):
        raise LinkError(name)
    if mode is not None and not stat.S_ISREG(mode):  # a pipe or device is not even opened: that alone can do something
        raise _no_file(mode)
    with os.fdopen(folder.open_file(name, READ_ONLY), "rb") as stream:
        found = os.fstat(stream.fileno())
        if not stat.S_ISREG(found.st_mode):  # it was put there just now
            raise _no_file(found.st_mode)
        data = stream.read(min(found.st_size, most) + 1)
        if len(data) > found.st_size:
            data += stream.read(most + 1 - len(data))  # it has grown meanwhile
    if len(data) > most:
        raise OSError(errno.EFBIG, TOO_LARGE)
    return data


def _no_file(mode: int) -> OSError:
    return OSError(errno.EINVAL, "it is a folder" if stat.S_ISDIR(mode) else "it is no ordinary file")


def shorten(path: Path) -> str:
    """Return a path relative to the current folder where that is shorter."""
    try:
        near = os.path.relpath(path)
    except (ValueError, OSError):  # another drive, on Windows; the user's own folder is gone
        return str(path)
    return str(path) if near.startswith("..") else near
