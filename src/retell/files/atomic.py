"""Write a file or a folder whole or not at all."""

from __future__ import annotations

import errno
import os
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from retell.problems import RetellError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}  # what a file system without fsync answers


def write_file(path: Path, content: str | bytes, *, force: bool = False) -> None:
    """Write a text, or bytes, to a path; raises RetellError, in one line, and then the path is as it was.

    An existing file is kept unless `force`. The text is written beside its place and then put there in one move. A
    symbolic link is followed. A device or a pipe is written to as it is.
    """
    with _errors_named(path):
        _write_file(path, content.encode() if isinstance(content, str) else content, force=force)


def write_folder(folder: Path, files: Mapping[str, bytes], *, force: bool = False) -> None:
    """Write files into a folder, by their names in it; raises RetellError, and then all is as it was.

    An existing folder is kept unless `force`; then files of these names are replaced, and no other is touched.
    """
    with _errors_named(folder), _folder_in_place(folder, files, force=force):
        pass


def write_file_and_folder(path: Path, data: bytes, folder: Path, files: Mapping[str, bytes], *, force: bool) -> None:
    """Write a file and a folder that belongs to it, both or neither; see `write_file` and `write_folder`."""
    if path.is_dir() or (path.exists() and not force):  # said before anything is written
        write_file(path, data)
    with _errors_named(path), _folder_in_place(folder, files, force=force):
        write_file(path, data, force=force)


@contextmanager
def _errors_named(path: Path) -> Iterator[None]:
    """Turn what the system says into one line for the user."""
    try:
        yield
    except FileExistsError:
        raise RetellError(f"{path} is there already: give another name, or --force to replace it") from None
    except IsADirectoryError:
        raise RetellError(f"{path} is a folder: name a file in it") from None
    except FileNotFoundError:
        parent = path.resolve().parent if path.is_symlink() else path.parent
        raise RetellError(f"{path} cannot be written: there is no folder {parent}") from None
    except OSError as error:
        raise RetellError(f"{path} cannot be written: {error.strerror}") from None
    except RuntimeError:  # how Python 3.12 and older tell of links that lead in a circle
        raise RetellError(f"{path} cannot be written: {os.strerror(errno.ELOOP)}") from None


@contextmanager
def _folder_in_place(folder: Path, files: Mapping[str, bytes], *, force: bool) -> Iterator[None]:
    """Put files into a folder, and take them back when they, or what is done meanwhile, fail."""
    if outside := next((name for name in files if ".." in Path(name).parts or Path(name).is_absolute()), ""):
        raise RetellError(f"{outside} is no name of a file in {folder}")
    if folder.exists() or folder.is_symlink():
        if not folder.is_dir():
            raise RetellError(f"{folder} is there already, and is no folder: give another name")
        if not force:
            raise RetellError(f"{folder} is there already: give another name, or --force to replace its files")
        with _files_in_place({(folder / name).resolve(): data for name, data in files.items()}):
            yield
        return
    part = _part_of(folder)
    try:
        part.mkdir()
        for name, data in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            _write(part / name, data, NEW)
        part.rename(folder)
        try:
            yield
        except BaseException:
            folder.rename(part)
            raise
    finally:
        if part.exists():
            from shutil import rmtree  # noqa: PLC0415 - only a failure needs it

            rmtree(part, ignore_errors=True)


@contextmanager
def _files_in_place(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Put files where others may be, and put those back when this, or what is done meanwhile, fails."""
    with ExitStack() as always, ExitStack() as undo:
        parts = {}
        for target, data in files.items():
            if target.is_dir():
                raise RetellError(f"{target} is a folder, and a file is to be written there: move it away")
            for parent in reversed([parent for parent in target.parents if not parent.exists()]):
                parent.mkdir()
                undo.callback(_remove_folder, parent)
            parts[target] = _part_of(target)
            always.callback(_remove, parts[target])
            undo.callback(_remove, parts[target])
            _write(parts[target], data, NEW)
        for target, part in parts.items():
            _replace(target, part, always, undo)
        yield
        undo.pop_all()


def _replace(target: Path, part: Path, always: ExitStack, undo: ExitStack) -> None:
    """Move a part to its target; `undo` gives back what was there, and `always` takes it away in the end."""
    if target.exists():
        _keep_mode(target, part)
        former = _part_of(target)
        try:
            os.link(target, former)  # so that a file of this name is there at every moment
        except (OSError, NotImplementedError, AttributeError):  # no hard links here
            target.rename(former)
        always.callback(_remove, former)
        undo.callback(former.replace, target)
    part.replace(target)
    undo.callback(_remove, target)


def _keep_mode(target: Path, part: Path) -> None:
    """Let only those read what takes a file's place who could read that."""
    with suppress(OSError):
        part.chmod(target.stat().st_mode & 0o777)


def _remove(file: Path) -> None:
    with suppress(OSError):
        file.unlink()


def _remove_folder(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def _part_of(target: Path) -> Path:
    """Return a free name beside a target, for what is not yet, or no longer, in its place."""
    return target.with_name(f".retell-{os.urandom(4).hex()}.part")


def _write_file(path: Path, data: bytes, *, force: bool) -> None:
    if path.is_dir():
        raise IsADirectoryError
    if path.exists() and not path.is_file():
        _write(path, data, os.O_WRONLY)
        return
    if path.exists() and not force:
        raise FileExistsError
    target = path.resolve()
    if target.is_symlink():  # how Python 3.13 and newer tell of links that lead in a circle
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    part = _part_of(target)
    try:
        _write(part, data, NEW)
        if force:
            _keep_mode(target, part)
            part.replace(target)
        else:
            _move_to_free_place(part, target)
    finally:
        _remove(part)


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
