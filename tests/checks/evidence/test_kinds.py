"""What the check says of small inputs of each kind: one table a kind, in kinds/.

A row has what is wanted (`passes`, `flagged`), an article's paragraph (`|` parts two, and the claim cites both) and a
claim, parted by tabs; a fourth cell, `quote`, makes the claim the fragment of a quotation.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from retell.checks.evidence import check_with_copies
from retell.copies.fingerprints import fingerprint
from retell.story.library import load

TABLES = sorted(Path(__file__).with_name("kinds").glob("*.tsv"))
ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
VOICES = {
    "ann-hill": ("Ann Hill", ["Hill"]),
    "ben-dale": ("Ben Dale", ["Dale"]),
    "jose-diaz": ("José Díaz", []),
    "north-river": ("North-River Council", ["North-River"]),
    "obrien": ("Tim O'Brien", ["O'Brien"]),
}
STORY = """\
title: The Old Mill
subtitle: A made-up story
question: What happened at the mill?
about: A made-up story of a mill.
format: 1
edition: 2026-01-01
revisions: [{date: 2026-01-01, what: First.}]
phases: [{id: the-mill, title: The mill}]
scenes: [start]
"""
CARD = """\
type: article-newspaper
title: The mill
container-title: The Post
issued: 2020-05-01
code: A
genre: news report
summary: It is about the mill.
stance: It stands where it stands.
leaves-out: Everybody else.
paragraphs: [%s]
"""
HEAD = """\
title: Start
phase: the-mill
when: 2020
gist: It began [@post, para. 1].
questions: [{ask: What?, skill: sourcing, answer: "It began [@post, para. 1]."}]
beats:
"""


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


def beat(row: Row, cited: str) -> str:
    if not row.quoted:
        return f"  - say: {json.dumps(f'{row.claim} [@post, {cited}].', ensure_ascii=False)}\n"
    quote = json.dumps(row.claim, ensure_ascii=False)
    return f'  - quote: {quote}\n    lead: Ann Hill told the council.\n    by: ann-hill\n    cite: "@post, {cited}"\n'


def tell(folder: Path, told: list[Row]) -> list[range]:
    """Write a story of these rows and its one article; give the lines of each row's beat."""
    article: list[str] = []
    scene, places = HEAD, []
    for row in told:
        first = len(article) + 1
        article += row.paragraphs
        more = f"paras. {first}-{len(article)}" if len(row.paragraphs) > 1 else f"para. {first}"
        start = scene.count("\n") + 1
        scene += beat(row, more)
        places.append(range(start, scene.count("\n") + 1))
    files = {
        "story/story.yaml": STORY,
        "story/01-start.yaml": scene,
        "cards/sources/post.yaml": CARD % ", ".join(map(fingerprint, article)),
        "copies/post.txt": "\n\n".join(article) + "\n",
    }
    for voice, (name, aliases) in VOICES.items():
        card = {"name": name, "role": "somebody", "side": "other", "aliases": aliases}
        files[f"cards/voices/{voice}.yaml"] = json.dumps(card, ensure_ascii=False)  # JSON is YAML
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return places


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.stem)
def test_a_kind_of_input(tmp_path: Path, table: Path) -> None:
    told = rows(table)
    places = tell(tmp_path, told)
    problems, _ = check_with_copies(load(tmp_path), tmp_path / "copies")
    lines = [problem.location.line for problem in problems if problem.location.file.endswith("01-start.yaml")]
    got = ["flagged" if any(line in place for line in lines) else "passes" for place in places]
    assert [(row.want, row) for row in told] == list(zip(got, told, strict=True))


def test_there_is_a_table_of_each_kind_and_each_wants_both() -> None:
    assert len(TABLES) >= 28
    for table in TABLES:
        found = rows(table)
        assert len(found) >= 12
        assert {row.want for row in found} == {"passes", "flagged"}
