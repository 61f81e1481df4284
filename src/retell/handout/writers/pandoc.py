"""Find Pandoc, of the extra `retell[docx]` or the reader's own, and say how to get what is missing."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec

from retell.problems import RetellError

EXTRA = "docx"
OLDEST_MODEL = [1, 21]  # of Pandoc 2.10, whose tables are those of today: https://pandoc.org/releases.html


def find_pandoc() -> str:
    """Return the path of Pandoc; raises RetellError where there is none."""
    try:
        import pypandoc  # noqa: PLC0415 - an extra that may not be there

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        found = shutil.which("pandoc")
    if found is None:
        raise RetellError(f"a Word file is made by Pandoc, which is not here: {how_to_get_it()} brings it")
    return found


def model_version(pandoc: str) -> list[int]:
    """Return the version of the document model that this Pandoc reads: it refuses every other.

    Raises RetellError where that is older than ours.
    """
    asked = subprocess.run([pandoc, "--from=markdown", "--to=json"], input=b"", capture_output=True, check=False)
    found = re.search(rb'"pandoc-api-version":\[([\d,]+)\]', asked.stdout)
    version = [int(number) for number in found[1].split(b",")] if found else []
    if version < OLDEST_MODEL:
        raise RetellError(
            f"the Pandoc that is here is too old for our Word files ({pandoc}): {how_to_get_it()} brings one"
        )
    return version


def how_to_get_it() -> str:
    """Return the command that brings what the extra needs to the Python that runs retell, however it was installed."""
    try:
        needed = [each.partition(";")[0].strip() for each in requires("retell") or () if f"'{EXTRA}'" in _plain(each)]
    except PackageNotFoundError:
        needed = []
    uv = ["uv", "pip", "install", "--python", sys.executable]  # an environment of uv's has no pip of its own
    install = [sys.executable, "-m", "pip", "install"] if find_spec("pip") else uv
    return shlex.join([*install, *(needed or ["pypandoc-binary", "resvg-py"])])


def _plain(requirement: str) -> str:
    return requirement.replace('"', "'")
