"""The bad stories of `stories.yaml`, each put into a copy of the small story."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import msgspec
import yaml

HERE = Path(__file__).parent
MINI = HERE.parent / "mini"
SPARSE_BYTES = 2 * 1024**3


class BadStory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One change of one file; the head of the table says what each field means."""

    name: str
    in_: str = msgspec.field(name="in")
    for_: str | None = msgspec.field(name="for", default=None)
    write: str | None = None
    fill: str = ""
    times: int = 0
    raw: str | None = None
    rename: str | None = None
    make: str | None = None
    delete: bool = False
    says: str = ""
    tells: str | None = None


def bad_stories() -> list[BadStory]:
    table = yaml.load((HERE / "stories.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return msgspec.convert(table, list[BadStory])


def put(bad: BadStory, root: Path) -> None:
    """Copy the small story to the root and break it."""
    shutil.copytree(MINI, root)
    path = root / bad.in_
    if bad.write is not None and bad.for_ is not None:
        text = path.read_text("utf-8")
        assert text.count(bad.for_) == 1, f"{bad.for_!r} stands {text.count(bad.for_)} times in {bad.in_}"
        path.write_bytes(text.replace(bad.for_, _written(bad)).encode())
    elif bad.rename is not None:
        name = bad.rename.encode().replace(b"{byte}", b"\xff")
        path.rename(root / os.fsdecode(name))
    else:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        _make(bad, path)


def _written(bad: BadStory) -> str:
    filling = bad.fill * bad.times
    if "{n}" in bad.fill:
        filling = "".join(bad.fill.replace("{n}", str(n)) for n in range(bad.times))
    return (bad.write or "").replace("{*}", filling)


def _make(bad: BadStory, path: Path) -> None:
    if bad.make == "folder":
        path.mkdir()
    elif bad.make == "pipe":
        os.mkfifo(path)
    elif bad.make == "sparse":
        with path.open("wb") as stream:
            stream.truncate(SPARSE_BYTES)
    elif not bad.delete:
        path.write_bytes(_written(bad).encode() if bad.raw is None else bad.raw.encode("latin-1"))
