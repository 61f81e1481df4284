"""Stage 8, beneath both tellings: a text and a path in, a file out, whole or not at all."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from pathlib import Path

from retell.problems import RetellError

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}  # what a file system without fsync answers


def write_file(path: Path, content: str | bytes, *, force: bool = False) -> None:
    """Write a text, or bytes, to a path; raises RetellError, in one line, and then the path is as it was.

    An existing file is kept unless `force`. The text is written beside its place and then put there in one move. A
    symbolic link is followed. A device or a pipe is written to as it is.
    """
    try:
        _write_file(path, content.encode() if isinstance(content, str) else content, force=force)
    except FileExistsError:
        raise RetellError(f"{path} is there already: give another name, or --force to replace it") from None
    except IsADirectoryError:
        raise RetellError(f"{path} is a folder: name a file in it") from None
    except FileNotFoundError:
        folder = path.resolve().parent if path.is_symlink() else path.parent
        raise RetellError(f"{path} cannot be written: there is no folder {folder}") from None
    except OSError as error:
        raise RetellError(f"{path} cannot be written: {error.strerror}") from None
    except RuntimeError:  # how Python 3.12 and older tell of links that lead in a circle
        raise RetellError(f"{path} cannot be written: {os.strerror(errno.ELOOP)}") from None


def _write_file(path: Path, data: bytes, *, force: bool) -> None:
    if path.is_dir():
        raise IsADirectoryError
    if path.exists() and not path.is_file():
        _write(path, data, os.O_WRONLY)
        return
    if path.exists() and not force:
        raise FileExistsError
    target = path.resolve()
    part = target.with_name(f".retell-{secrets.token_hex(4)}.part")
    try:
        _write(part, data, NEW)
        if force:
            part.replace(target)
        else:
            _move_to_free_place(part, target)
    finally:
        with suppress(OSError):
            part.unlink()


def _write(target: Path, data: bytes, flags: int) -> None:
    with os.fdopen(os.open(target, flags | getattr(os, "O_BINARY", 0), 0o666), "wb") as stream:
        stream.write(data)
        stream.flush()
        if flags != NEW:
            return
        try:
            os.fsync(stream.fileno())  # a full disk may be told of only now
        except OSError as error:
            if error.errno not in NO_SYNC:
                raise


def _move_to_free_place(part: Path, target: Path) -> None:
    """Move a file; raises FileExistsError where another has come to the place meanwhile."""
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError, AttributeError):  # no hard links here: take the place first, then move
        os.close(os.open(target, NEW, 0o666))
        try:
            part.replace(target)
        except OSError:
            target.unlink()
            raise
