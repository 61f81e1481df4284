"""What the check says of small inputs of each kind: one table a kind, in kinds/.

A row has what is wanted (`passes`, `flagged`), an article's paragraph (`|` parts two, and the claim cites both) and a
claim, parted by tabs; a fourth cell, `quote`, makes the claim the fragment of a quotation.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.support.small import Small, Told, problems, told_of, voice, write

TABLES = sorted(Path(__file__).with_name("kinds").glob("*.tsv"))
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
VOICES = {
    "ann-hill": voice("Ann Hill", "Hill"),
    "ben-dale": voice("Ben Dale", "Dale"),
    "jose-diaz": voice("José Díaz"),
    "north-river": voice("North-River Council", "North-River"),
    "obrien": voice("Tim O'Brien", "O'Brien"),
    "jury": voice("the jury"),
}


class Row(NamedTuple):
    """One row: what is wanted, the paragraphs, the claim, and whether it is a quotation's fragment."""

    want: str
    paragraphs: list[str]
    claim: str
    quoted: bool


def rows(table: Path) -> list[Row]:
    found = []
    for line in table.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            want, article, claim, *kind = ESCAPE.sub(lambda code: chr(int(code[1], 16)), line).split("\t")
            found.append(Row(want, article.split("|"), claim, kind == ["quote"]))
    return found


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_kind_of_input(tmp_path: Path, table: Path) -> None:
    found = rows(table)
    article: list[str] = []
    told = []
    for row in found:
        cited = [*range(len(article) + 1, len(article) + 1 + len(row.paragraphs))]
        article += row.paragraphs
        told.append(
            Told(row.claim, f"@post, {'paras.' if cited[1:] else 'para.'} {', '.join(map(str, cited))}", row.quoted)
        )
    places = write(tmp_path, Small({"post": article}, VOICES), told)
    got = ["flagged" if each else "passes" for each in told_of(problems(tmp_path), places)]
    assert [(row.want, row) for row in found] == list(zip(got, found, strict=True))


def test_there_is_a_table_of_each_kind_and_each_wants_both() -> None:
    assert len(TABLES) >= 28
    for table in TABLES:
        found = rows(table)
        assert len(found) >= 12
        assert {row.want for row in found} == {"passes", "flagged"}
