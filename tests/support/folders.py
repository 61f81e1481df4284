"""Where the tests' own files stand: the checkout, the small story, the golden files."""

from pathlib import Path

TOP = Path(__file__).parents[2]
TESTS = TOP / "tests"
MINI = TESTS / "mini"
GOLDEN = TESTS / "golden"
