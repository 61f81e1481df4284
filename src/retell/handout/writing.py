"""Stage 10: a text and a path in, a file out, whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from retell.problems import RetellError


def write_file(path: Path, text: str, *, force: bool = False) -> None:
    """Write a text to a path; raises RetellError, in one line, and then the path is as it was.

    An existing file is kept unless `force`. The text is written beside its place and then put there in one move. A
    device or a pipe is written to as it is.
    """
    target = path.resolve()
    if target.is_dir():
        raise RetellError(f"{path} is a folder: name a file in it")
    if target.exists() and not target.is_file():
        _write(target, text, os.O_WRONLY, path)
        return
    if target.exists() and not force:
        raise RetellError(f"{path} is there already: give another name, or --force to replace it")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _write(part, text, os.O_WRONLY | os.O_CREAT | os.O_EXCL, path)
        _put(part, target, path, force=force)
    finally:
        with suppress(OSError):
            part.unlink()


def _write(target: Path, text: str, flags: int, shown: Path) -> None:
    try:
        with os.fdopen(os.open(target, flags, 0o666), "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            with suppress(OSError):  # not every device can
                os.fsync(stream.fileno())
    except FileNotFoundError:
        raise RetellError(f"{shown} cannot be written: there is no folder {shown.parent}") from None
    except OSError as error:
        raise RetellError(f"{shown} cannot be written: {error.strerror}") from None


def _put(part: Path, target: Path, shown: Path, *, force: bool) -> None:
    try:
        if not force:
            with suppress(NotImplementedError, PermissionError, AttributeError):
                os.link(part, target)  # fails where a file has come there meanwhile, as a move would not
                return
        part.replace(target)
    except FileExistsError:
        raise RetellError(f"{shown} is there already: give another name, or --force to replace it") from None
    except OSError as error:
        raise RetellError(f"{shown} cannot be written: {error.strerror}") from None
