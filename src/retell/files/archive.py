"""Read a story's zip: its files by name, in place; nothing is ever unpacked to the disk.

Only what stands under story/, cards/ and documents/ is read, directly in the zip or in the one folder that encloses
them, as people zip a folder. Whatever else it holds is passed over. What makes a zip unsafe, or two readers of it see
two stories, ends in one line: https://docs.python.org/3/library/zipfile.html#decompression-pitfalls
"""

from __future__ import annotations

import errno
import io
import os
import stat
import struct
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from retell.files.folder import MOST_BYTES, MOST_FILE_BYTES, TOO_LARGE, Allowance, StoryFile, shorten
from retell.problems import RetellError

PARTS = ("story", "cards", "documents")
MOST_ZIP_BYTES = 2 * MOST_BYTES  # it may hold more than a story
MOST_DIRECTORY_BYTES = 4 * 2**20  # room for the names of MOST_FILES files, of 150 letters each
ZIP_ERRORS = (BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What `zipfile` raises at a zip that is damaged, or made so."""
ENCRYPTED = 1  # bit 0 of the flags: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.4
FOREIGN = ("__MACOSX",)  # what macOS adds to a zip of its own


class ZipFolder:
    """A zip of a story."""

    def __init__(self, path: Path) -> None:
        """Open the zip and look through its names; raises RetellError when it cannot be read or is not safe."""
        self.shown = shorten(path)
        self._allowance = Allowance(self.shown)
        try:
            self._zip = ZipFile(_Bounded(path))
        except RetellError:
            raise
        except ZIP_ERRORS:
            raise RetellError(f"{self.shown} is neither a folder nor a zip that can be read") from None
        try:
            self._members = self._sort(self._zip.infolist())
        except RetellError as error:
            self.close()
            raise RetellError(f"{self.shown} is not opened: {error}") from None

    def has(self, part: str) -> bool:
        """Return whether there is such a folder in it, as "cards/sources"."""
        return part in self._members

    def files(self, part: str) -> list[StoryFile]:
        """Return the files that stand directly in a part, hidden ones left out, by name."""
        shown = Path(self.shown, part)
        return [
            StoryFile(name, str(shown / name), self._reader(info))
            for name, info in sorted(self._members.get(part, {}).items())
        ]

    def entries(self, part: str) -> dict[str, bool]:
        """Return the names that stand in a part, hidden ones left out, and whether each is a folder's."""
        inside = (name.removeprefix(f"{part}/") for name in self._members if name.startswith(f"{part}/"))
        folders = {name.split("/")[0] for name in inside if not name.startswith(".")}
        return {**dict.fromkeys(self._members.get(part, {}), False), **dict.fromkeys(sorted(folders), True)}

    def close(self) -> None:
        """Close the zip."""
        self._zip.close()

    def _reader(self, info: ZipInfo) -> Callable[[], bytes]:
        return lambda: self._allowance.add_bytes(self._read(info))

    def _read(self, info: ZipInfo) -> bytes:
        """Read one file; the size that the zip claims is not believed."""
        try:
            with self._zip.open(info) as stream:
                data = stream.read(MOST_FILE_BYTES + 1)
        except ZIP_ERRORS:
            raise OSError(errno.EIO, "it is damaged in the zip") from None
        if len(data) > MOST_FILE_BYTES:
            raise OSError(errno.EFBIG, TOO_LARGE)
        return data

    def _sort(self, members: list[ZipInfo]) -> dict[str, dict[str, ZipInfo]]:
        """Return the files of a story's parts, by folder and name."""
        places = [_place(info) for info in members]
        inside = _enclosing(places)
        seen: set[str] = set()
        found: dict[str, dict[str, ZipInfo]] = {}
        for place, info in zip(places, members, strict=True):
            if place[: len(inside)] != inside or len(place) < len(inside) + 2:
                continue
            *folders, name = place[len(inside) :]
            if folders[0].casefold() not in PARTS:
                continue
            shown = "/".join([*folders, name])
            alike = unicodedata.normalize("NFC", shown).casefold()
            if alike in seen:
                raise RetellError(f"two of its files have one name, or differ only in capitals: {shown!r}")
            seen.add(alike)
            _refuse_unreadable(info)
            self._allowance.add_file()
            if not name.startswith("."):
                found.setdefault("/".join(folders), {})[name] = info
        return found


def _enclosing(places: list[list[str]]) -> list[str]:
    """Return the folder that story/ stands in: none, or the only one that there is."""
    if any(len(place) > 1 and place[0] == "story" for place in places):
        return []
    holding = {place[0] for place in places if len(place) > 2 and place[1] == "story"} - {*FOREIGN}
    return [*holding] if len(holding) == 1 else []


def _place(info: ZipInfo) -> list[str]:
    """Return the folders of a file and its name; nothing for the entry of a folder itself.

    Raises RetellError for a name that is absolute, leads out of the zip, or is another one on another system. Some
    programs on Windows put backslashes between them, which "unzip" and the Explorer read so; others begin with "./".
    """
    name = info.orig_filename
    parts = name.replace("\\", "/").split("/")
    if "\0" in name or not parts[0] or ":" in parts[0] or ".." in parts:
        raise RetellError(f"it holds a name that could lead out of it: {name!r}")
    return [part for part in parts if part not in ("", ".")] if parts[-1] else []


def _refuse_unreadable(info: ZipInfo) -> None:
    """Raise RetellError for what is no ordinary file, or is packed as no zip of a story is."""
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise RetellError(f"it holds a link or a device: {info.filename!r}")
    if info.flag_bits & ENCRYPTED:
        raise RetellError("it is encrypted; make it again without a password")
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise RetellError("it is packed in an unusual way; make it again with 'retell pack'")


class _Bounded(io.FileIO):
    """A zip's bytes. `zipfile` reads the list of names in one piece, and no piece is larger than a story needs."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._size = os.fstat(self.fileno()).st_size
        if self._size > MOST_ZIP_BYTES:
            self.close()
            raise RetellError(f"{shorten(path)} is not opened: it is larger than {MOST_ZIP_BYTES // 2**20} MiB")

    def read(self, size: int | None = -1, /) -> bytes:
        """Read so many bytes, or all that are left; raises RetellError for more at once than a story needs."""
        left = max(0, self._size - self.tell())
        wanted = left if size is None or size < 0 else min(size, left)
        if wanted > MOST_DIRECTORY_BYTES:
            raise RetellError("this zip's list of names is larger than that of any story")
        return super().read(wanted) or b""
