"""Run by hand: an entry's name and libFuzzer's options in; what makes it raise out, saved as `crash-*`.

    pip install atheris
    python -m tests.fuzz.run yaml -max_total_time=600

It starts from `corpus/` and keeps what it finds on the way in a folder of its own, which is not part of the project.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["retell", "yaml"]):
    from tests.fuzz.entries import ENTRIES

CORPUS = Path(__file__).parent / "corpus"

if __name__ == "__main__":
    name, *options = sys.argv[1:]
    with tempfile.TemporaryDirectory() as found:
        atheris.Setup([sys.argv[0], *options, found, str(CORPUS / name)], ENTRIES[name])
        atheris.Fuzz()
