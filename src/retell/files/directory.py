"""An open folder: what stands in it is reached through it, one name at a time, and no link is ever followed.

Whoever may write to a disk can exchange a folder for a link between a look at it and the opening behind that. So each
name is opened once, from the folder that it stands in (`openat`, POSIX.1-2017), and what was opened is what is used.
A system that has no such call (Windows) is asked about each name before.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType

HELD = os.open in os.supports_dir_fd and os.scandir in os.supports_fd
IN_PLACE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
AS_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0)
CLOSED = -1  # no descriptor is: whatever is asked of a closed folder ends in an error
LINKS_IN_PLACE = os.link in os.supports_follow_symlinks
WAIT, MOST_WAITS = 0.01, 200  # seconds, and how often


class LinkError(OSError):
    """A name in a folder is a link, and was not followed."""

    def __init__(self, path: str) -> None:
        """Take the path, which is `filename` of the error."""
        super().__init__(errno.ELOOP, "it is a link", path)


class Directory:
    """A folder, held open until it is closed. Each method takes a single name; all raise OSError."""

    def __init__(self, path: str, held: int | None) -> None:
        """Take the path, for messages, and the descriptor, None where the system cannot work from one."""
        self.path = path
        self._held = held

    @classmethod
    def open(cls, path: str | Path) -> Directory:
        """Open a folder that the user has named; links are followed on the way to it."""
        if HELD:
            return cls(os.fspath(path), os.open(path, AS_FOLDER))
        if not os.path.isdir(path):  # noqa: PTH112
            os.scandir(path).close()  # which says why not
        return cls(os.fspath(path), None)

    def __enter__(self) -> Directory:
        """Return this folder."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the folder."""
        if self._held is not None:
            os.close(self._held)
            self._held = CLOSED

    def lock(self) -> None:
        """Wait until no other run holds the lock of this folder, two seconds at most, and hold it until it is closed.

        Nothing is locked where the system or the disk has no locks (flock(2)).
        """
        if self._held is None:
            return
        with suppress(ImportError, OSError):
            import fcntl  # noqa: PLC0415 - not there on Windows

            for _ in range(MOST_WAITS):
                with suppress(BlockingIOError):
                    fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                time.sleep(WAIT)

    def down(self, name: str) -> Directory:
        """Open a folder in this one; raises LinkError for a link, NotADirectoryError for another thing."""
        path = self._path(name)
        if self._held is None:
            mode = self.mode(name)
            if mode is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
            if not stat.S_ISDIR(mode):
                raise _no_folder(mode, path)
            return Directory(path, None)
        try:
            return Directory(path, os.open(name, AS_FOLDER | IN_PLACE, dir_fd=self._held))
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.EMLINK):  # systems differ in what a link gives
                raise _no_folder(self.mode(name) or 0, path) from None
            raise

    def mode(self, name: str) -> int | None:
        """Return what kind of thing has this name, as `st_mode` says it, or None where there is nothing."""
        try:
            return os.stat(self._named(name), dir_fd=self._held, follow_symlinks=False).st_mode
        except FileNotFoundError:
            return None

    def target(self, name: str) -> str:
        """Return what a link says."""
        return os.readlink(self._named(name), dir_fd=self._held)

    def open_file(self, name: str, flags: int, mode: int = 0o666) -> int:
        """Open a file in this folder, never through a link; return its descriptor. Raises LinkError."""
        if not IN_PLACE and stat.S_ISLNK(self.mode(name) or 0):
            raise LinkError(self._path(name))
        try:
            return os.open(self._named(name), flags | IN_PLACE | getattr(os, "O_BINARY", 0), mode, dir_fd=self._held)
        except OSError as error:
            if error.errno in (errno.ELOOP, errno.EMLINK):
                raise LinkError(self._path(name)) from None
            raise

    def scan(self) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        """Return what stands in this folder, to be closed again."""
        return os.scandir(self.path if self._held is None else self._held)

    def make(self, name: str) -> None:
        """Make a folder in this one."""
        os.mkdir(self._named(name), dir_fd=self._held)

    def rename(self, name: str, new: str) -> None:
        """Rename a thing in this folder; what has that name is replaced, and a link not followed."""
        os.replace(self._named(name), self._named(new), src_dir_fd=self._held, dst_dir_fd=self._held)

    def link(self, name: str, new: str) -> None:
        """Add a second name to a file in this folder; raises FileExistsError where something has it."""
        options = {"follow_symlinks": False} if LINKS_IN_PLACE else {}
        os.link(self._named(name), self._named(new), src_dir_fd=self._held, dst_dir_fd=self._held, **options)

    def keep_mode(self, name: str, new: str) -> None:
        """Let only those read the file `new` who could read the file `name`; says nothing where that cannot be done."""
        try:
            mode = self.mode(name)
            if mode is not None:
                os.chmod(self._named(new), mode & 0o777, dir_fd=self._held)
        except OSError:
            pass

    def remove(self, name: str) -> None:
        """Take away a file."""
        os.unlink(self._named(name), dir_fd=self._held)

    def remove_folder(self, name: str) -> None:
        """Take away a folder that is empty."""
        os.rmdir(self._named(name), dir_fd=self._held)

    def _named(self, name: str) -> str:
        return self._path(name) if self._held is None else name

    def _path(self, name: str) -> str:
        return os.path.join(self.path, name)  # noqa: PTH118


def _no_folder(mode: int, path: str) -> OSError:
    if stat.S_ISLNK(mode):
        return LinkError(path)
    return NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path)
