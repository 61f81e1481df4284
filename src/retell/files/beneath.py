"""Beneath folder: the name of a story's part in, an open folder out, which is not outside the story's own.

A link is followed only to a place within the story, and each name on the way there is opened as all others are. That
is what Linux calls RESOLVE_BENEATH (openat2(2)), for links that are relative or begin with the story's own path.
"""

from __future__ import annotations

import errno
import os
import stat

from retell.files.directory import Directory

MOST_LINKS = 40  # as many as Linux follows: path_resolution(7)
OUTSIDE = "it is a link that leads out of the story's folder"


class Beneath:
    """A folder and those below it, each opened once and held until all are closed."""

    def __init__(self, root: str, *, trusted: bool = False) -> None:
        """Take the path of the folder, which may be reached through links; below a trusted one they lead anywhere."""
        self._root = root
        self._trusted = trusted
        self._held: dict[tuple[str, ...], Directory] = {}

    def folder(self, part: str) -> Directory:
        """Open a folder below, as "cards/sources"; raises OSError, and PermissionError for one that leads out."""
        return self._open(tuple(part.split("/")) if self._trusted else self._settle(part))

    def place(self, path: str) -> tuple[Directory, str]:
        """Return the folder that a file stands in, and its name there, links followed; raises OSError as `folder`."""
        if self._trusted:
            above, name = os.path.split(os.path.realpath(os.path.join(self._root, path)))  # noqa: PTH118
            return self._open((above,)), name
        settled = self._settle(path)
        if not settled:
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        return self._open(settled[:-1]), settled[-1]

    def close(self) -> None:
        """Close all of them."""
        while self._held:
            self._held.popitem()[1].close()

    def _open(self, names: tuple[str, ...]) -> Directory:
        if names not in self._held:
            if self._trusted or not names:
                self._held[names] = Directory.open(os.path.join(self._root, *names))  # noqa: PTH118
            else:
                self._held[names] = self._open(names[:-1]).down(names[-1])
        return self._held[names]

    def _settle(self, path: str) -> tuple[str, ...]:
        """Return the names that lead from the root to a place without any link; the last may be of nothing."""
        settled: list[str] = []
        left = [*reversed(path.split("/"))]
        links = 0
        while left:
            name = left.pop()
            if name in ("", os.curdir):
                continue
            if name == os.pardir:
                if not settled:
                    raise PermissionError(errno.EPERM, OUTSIDE)
                settled.pop()
                continue
            folder = self._open(tuple(settled))
            if not stat.S_ISLNK(folder.mode(name) or 0):
                settled.append(name)
                continue
            links += 1
            if links > MOST_LINKS:
                raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
            target = folder.target(name)
            if os.path.isabs(target):  # noqa: PTH117
                settled, target = [], self._from_root(target)
            left += reversed(target.replace(os.sep, "/").split("/"))
        return tuple(settled)

    def _from_root(self, target: str) -> str:
        """Return a whole path as one from the root; raises PermissionError where it is not below that."""
        inside = os.path.join(os.path.realpath(self._root), "")  # noqa: PTH118
        if not target.startswith(inside):
            raise PermissionError(errno.EPERM, OUTSIDE)
        return target[len(inside) :]
