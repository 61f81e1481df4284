"""Stage 8: the one place that our templates are read from; only they are templates, never a text of a story."""

from __future__ import annotations

import hashlib
import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import msgspec
from jinja2 import FileSystemBytecodeCache, FileSystemLoader, StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from retell.files.atomic import write_file
from retell.problems import RetellError

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.bccache import Bucket

TEMPLATES = Path(__file__).parent / "templates"
DIGEST_BYTES = 32  # SHA-256


class CompiledTemplates(FileSystemBytecodeCache):
    """Our templates, compiled once, which takes longer than to fill them.

    They stand where Python keeps its modules compiled (https://peps.python.org/pep-3147/), and like them are written
    only if Python may write them; where they cannot be, they are kept for all documents of one command.
    """

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made when there is something to keep."""
        super().__init__(str(folder), "%s.j2c")
        self._compiled: dict[str, bytes] = {}

    def get_source_checksum(self, source: str) -> str:
        """Give what changes with a template, and with the compiler."""
        return f"{super().get_source_checksum(source)} {os.stat(jinja2.__file__).st_mtime_ns}"  # noqa: PTH116

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket where its template, as it is now, was compiled before."""
        if bucket.key in self._compiled:
            bucket.bytecode_from_string(self._compiled[bucket.key])
            return
        with suppress(OSError):
            kept = self._file(bucket).read_bytes()
            # read as Python code, damaged bytes could do anything: only those are that were written here
            if kept.startswith(_digest(kept[DIGEST_BYTES:])):
                bucket.bytecode_from_string(kept[DIGEST_BYTES:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled."""
        compiled = bucket.bytecode_to_string()
        self._compiled[bucket.key] = compiled
        if not sys.dont_write_bytecode:
            with suppress(OSError, RetellError):
                Path(self.directory).mkdir(parents=True, exist_ok=True)
                write_file(self._file(bucket), _digest(compiled) + compiled, force=True)

    def _file(self, bucket: Bucket) -> Path:
        return Path(self.directory) / (self.pattern % bucket.key)


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


class Sandbox(SandboxedEnvironment):
    """Templates that reach nothing but what they are given."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give an attribute that a template may have; the fields of ours are data, and of these there are many."""
        if isinstance(obj, msgspec.Struct) and attribute in obj.__struct_fields__:
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)


COMPILED = CompiledTemplates(Path(cache_from_source(str(TEMPLATES / "templates.py"))).parent)


def our_templates(*, autoescape: bool) -> Environment:
    """Give the templates; with `autoescape` what is filled into them is escaped for HTML and SVG.

    Should a story's text ever become one of them, it could still reach nothing: they are in a sandbox.
    """
    return Sandbox(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=autoescape,
        bytecode_cache=COMPILED,
    )
