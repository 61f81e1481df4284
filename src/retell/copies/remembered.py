"""The folder of a reader's copies, kept by its name alone in a file of its own for each story."""

from __future__ import annotations

from pathlib import Path

from retell.files.folder import read_ordinary
from retell.problems import RetellError

MOST_BYTES = 2**14


def recall(file: Path) -> Path | None:
    """Return the folder that is remembered, or None; a file that cannot be read, or was damaged, remembers none."""
    try:
        name = read_ordinary(file, MOST_BYTES).decode("utf-8", "surrogateescape").rstrip("\n")
    except OSError:
        return None
    return Path(name) if not {"\0", "\n"} & {*name} and Path(name).is_absolute() else None


def remember(file: Path, folder: Path) -> None:
    """Keep the name of a folder; raises RetellError where that cannot be done."""
    from retell.files.atomic import write_file  # noqa: PLC0415 - a telling only recalls

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RetellError(f"{file.parent} cannot be made: {error.strerror}") from None
    place = file.parent.resolve() / file.name  # a reader's own folder may be reached through links
    write_file(place, f"{folder.absolute()}\n".encode("utf-8", "surrogateescape"), force=True)


def forget(file: Path) -> bool:
    """Remember a folder no longer; returns whether one was remembered. Raises RetellError where that cannot be done."""
    try:
        file.unlink()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise RetellError(f"{file} cannot be taken away: {error.strerror}") from None
    return True
