"""Write a file or a folder whole or not at all.

Nothing is written through a link, nor into a pipe or a device: a stranger's folder may hold any of them under the very
name that is about to be written. Links are followed only on the way to a folder that was named from the root of the
disk, and not where that is in the current folder or in the story's.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import msgspec

from retell.files.directory import Directory, LinkError
from retell.problems import RetellError

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL
NO_SYNC = {errno.EINVAL, errno.ENOTSUP, errno.ENOSYS}  # what a file system without fsync answers
MOST_SET_ASIDE = 100
NO_HARD_LINKS = (OSError, NotImplementedError, AttributeError)


def write_file(path: Path, content: str | bytes, *, force: bool = False, story: Path | None = None) -> None:
    """Write a text, or bytes, to a path; raises RetellError, in one line, and then the path is as it was.

    An existing file is kept unless `force`. The text is written beside its place and then put there in one move.
    `story` is the folder of a story that may be a stranger's.
    """
    data = content.encode() if isinstance(content, str) else content
    with _errors_named(path), _folder_of(path, story) as folder:
        _write_file(folder, path.name, data, force=force)


def write_folder(folder: Path, files: Mapping[str, bytes], *, force: bool = False, story: Path | None = None) -> None:
    """Write files into a folder, by their names in it; raises RetellError, and then all is as it was.

    An existing folder is kept unless `force`; then files of these names are replaced, and no other is touched.
    """
    with _errors_named(folder), _folder_in_place(folder, files, force=force, story=story):
        pass


def write_file_and_folder(  # noqa: PLR0913 - it writes two things
    path: Path, data: bytes, folder: Path, files: Mapping[str, bytes], *, force: bool, story: Path | None = None
) -> None:
    """Write a file and a folder that belongs to it, both or neither; see `write_file` and `write_folder`."""
    with _errors_named(path), _folder_of(path, story) as above:
        _refuse(above, path.name, force=force)  # said before anything is written
        with _folder_in_place(folder, files, force=force, story=story):
            _write_file(above, path.name, data, force=force)


@contextmanager
def locked(path: Path, story: Path | None = None) -> Iterator[None]:
    """Keep other runs that lock the folder of a file waiting while it is read and written; raises RetellError."""
    with _errors_named(path), _folder_of(path, story) as folder:
        folder.lock()
        yield


def set_aside(path: Path) -> None:
    """Keep a file under a name of its own beside it, before another takes its place; raises RetellError."""
    with _errors_named(path), _folder_of(path, None) as folder:
        for number in range(1, MOST_SET_ASIDE + 1):
            name = f"{path.name}.old-{number}"
            try:
                folder.link(path.name, name)
            except FileExistsError:
                continue
            except NO_HARD_LINKS:
                if folder.mode(name) is not None:
                    continue
                folder.rename(path.name, name)
            return
    raise RetellError(f"{path} cannot be replaced: {MOST_SET_ASIDE} older ones are kept beside it")


@contextmanager
def _errors_named(path: Path) -> Iterator[None]:
    """Turn what the system says into one line for the user."""
    try:
        yield
    except LinkError as error:
        raise RetellError(
            f"{Path(error.filename)} is a link, and nothing is written through one: name what it leads to"
        ) from None
    except FileExistsError:
        raise RetellError(f"{path} is there already: give another name, or --force to replace it") from None
    except IsADirectoryError:
        raise RetellError(f"{path} is a folder: name a file in it") from None
    except FileNotFoundError:
        raise RetellError(f"{path} cannot be written: there is no folder {path.parent}") from None
    except OSError as error:
        raise RetellError(f"{path} cannot be written: {error.strerror}") from None


def _folder_of(path: Path, story: Path | None) -> Directory:
    """Open the folder that a path stands in; raises LinkError for a link on the way that may be a stranger's."""
    start, names = _way_to(path.parent, story)
    folder = Directory.open(start)
    for name in names:
        with folder:
            folder = folder.down(name)
    return folder


def _way_to(folder: Path, story: Path | None) -> tuple[Path, tuple[str, ...]]:
    """Return the folder from which on no link is followed, and the names that lead on from there."""
    if not folder.is_absolute():
        above = 0
        while folder.parts[above : above + 1] == (os.pardir,):
            above += 1
        return Path(*folder.parts[:above]), folder.parts[above:]
    starts = [Path(os.path.abspath(start)) for start in (_here(), story) if start is not None]  # noqa: PTH100 - keeps links
    inside = [start for start in starts if folder.is_relative_to(start) and start != start.parent]
    start = min(inside, key=lambda start: len(start.parts), default=folder)
    return start, folder.relative_to(start).parts


def _here() -> Path | None:
    """Return the current folder, or None where it is gone."""
    try:
        return Path.cwd()
    except OSError:
        return None


@contextmanager
def _folder_in_place(folder: Path, files: Mapping[str, bytes], *, force: bool, story: Path | None) -> Iterator[None]:
    """Put files into a folder, and take them back when they, or what is done meanwhile, fail."""
    if outside := next((name for name in files if ".." in Path(name).parts or Path(name).is_absolute()), ""):
        raise RetellError(f"{outside} is no name of a file in {folder}")
    with ExitStack() as opened:
        if folder.name in ("", os.pardir):  # the current folder, the one above, the root of a disk
            there, mode = opened.enter_context(_folder_of(folder / "file", story)), stat.S_IFDIR
        else:
            there = opened.enter_context(_folder_of(folder, story))
            mode = there.mode(folder.name) or 0
            if stat.S_ISDIR(mode) and force:
                there = opened.enter_context(there.down(folder.name))
        if stat.S_ISLNK(mode):
            raise LinkError(str(folder))
        if mode and not stat.S_ISDIR(mode):
            raise RetellError(f"{folder} is there already, and is no folder: give another name")
        if mode and not force:
            raise RetellError(f"{folder} is there already: give another name, or --force to replace its files")
        placed = _files_in_place(there, folder, files) if mode else _new_folder_in_place(there, folder.name, files)
        with placed:
            yield


@contextmanager
def _new_folder_in_place(above: Directory, name: str, files: Mapping[str, bytes]) -> Iterator[None]:
    """Put files into a folder that is not there yet, or nothing."""
    part = _part()
    with ExitStack() as always, ExitStack() as undo:
        above.make(part)
        undo.callback(_quietly, above.remove_folder, part)
        new = always.enter_context(above.down(part))
        for place, data in files.items():
            folder, file = _place(new, place, always, undo)
            undo.callback(_quietly, folder.remove, file)
            _write(folder, file, data)
        above.rename(part, name)
        undo.callback(above.rename, name, part)
        yield
        undo.pop_all()


class _Part(msgspec.Struct, frozen=True):
    """A file that is written already, and waits beside its place."""

    folder: Directory
    name: str
    part: str


@contextmanager
def _files_in_place(root: Directory, shown: Path, files: Mapping[str, bytes]) -> Iterator[None]:
    """Put files where others may be, and put those back when this, or what is done meanwhile, fails."""
    with ExitStack() as always, ExitStack() as undo:
        parts = []
        for place, data in files.items():
            folder, name = _place(root, place, always, undo)
            if stat.S_ISDIR(folder.mode(name) or 0):
                raise RetellError(f"{shown / place} is a folder, and a file is to be written there: move it away")
            with _errors_named(shown / place):
                _refuse(folder, name, force=True)
            part = _Part(folder, name, _part())
            undo.callback(_quietly, folder.remove, part.part)
            parts.append(part)
            _write(folder, part.part, data)
        for part in parts:
            _replace(part, always, undo)
        yield
        undo.pop_all()


def _place(root: Directory, place: str, always: ExitStack, undo: ExitStack) -> tuple[Directory, str]:
    """Open the folder that a file of `root` stands in, and make those that are missing; returns its name, too."""
    *way, name = Path(place).parts
    folder = root
    for step in way:
        if folder.mode(step) is None:
            folder.make(step)
            undo.callback(_quietly, folder.remove_folder, step)
        folder = folder.down(step)
        always.callback(folder.close)
    return folder, name


def _replace(part: _Part, always: ExitStack, undo: ExitStack) -> None:
    """Move a part to its place; `undo` gives back what was there, and `always` takes it away in the end."""
    folder, name = part.folder, part.name
    if folder.mode(name) is not None:
        folder.keep_mode(name, part.part)
        former = _part()
        try:
            folder.link(name, former)  # so that a file of this name is there at every moment
        except NO_HARD_LINKS:
            folder.rename(name, former)
        always.callback(_quietly, folder.remove, former)
        undo.callback(folder.rename, former, name)
    folder.rename(part.part, name)
    undo.callback(_quietly, folder.remove, name)


def _write_file(folder: Directory, name: str, data: bytes, *, force: bool) -> None:
    _refuse(folder, name, force=force)
    part = _part()
    try:
        _write(folder, part, data)
        if force:
            folder.keep_mode(name, part)
            folder.rename(part, name)
        else:
            _move_to_free_place(folder, part, name)
    finally:
        _quietly(folder.remove, part)


def _refuse(folder: Directory, name: str, *, force: bool) -> None:
    """Raise an error where what has a name in a folder is not to be replaced by a file."""
    mode = folder.mode(name) if name else stat.S_IFDIR
    if stat.S_ISDIR(mode or 0):
        raise IsADirectoryError
    if stat.S_ISLNK(mode or 0):
        raise LinkError(os.path.join(folder.path, name))  # noqa: PTH118
    if mode is not None and not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device; for standard output, give - as the name")
    if mode is not None and not force:
        raise FileExistsError


def _write(folder: Directory, name: str, data: bytes) -> None:
    """Write a file that is not there yet, down to the disk."""
    with os.fdopen(folder.open_file(name, NEW), "wb") as stream:
        stream.write(data)
        stream.flush()
        try:
            os.fsync(stream.fileno())  # a full disk may be told of only now
        except OSError as error:
            if error.errno not in NO_SYNC:
                raise


def _move_to_free_place(folder: Directory, part: str, name: str) -> None:
    """Move a file; raises FileExistsError where another has come to the place meanwhile."""
    try:
        folder.link(part, name)
    except FileExistsError:
        raise
    except NO_HARD_LINKS:  # take the place first, then move
        os.close(folder.open_file(name, NEW))
        try:
            folder.rename(part, name)
        except OSError:
            folder.remove(name)
            raise


def _quietly(remove: Callable[[str], None], name: str) -> None:
    """Take something away, if it is still there."""
    with suppress(OSError):
        remove(name)


def _part() -> str:
    """Return a free name, for what is not yet, or no longer, in its place."""
    return f".retell-{os.urandom(4).hex()}.part"
