"""The grid: which article says what, worked out from what each account and each gist cites."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

import pytest

from retell.checks import fit
from retell.handout.grid import BlankGrid, BlankGroup, BlankRow, Cell, Grid, Group, Row, blank, fill_grid
from retell.handout.pages.pieces import grid_cell
from retell.script.excerpt import Length, excerpt
from retell.story.library import load, shipped_root
from retell.story.prose import Prose
from retell.story.told import Told
from retell.story.typography import set_line
from tests.support.towns import Files, load_files, story_files

SAYS: Final = "says"
OTHERWISE: Final = "otherwise"
COMPARE: Final = "compare"
SILENT: Final = "silent"


def with_positions(first: str, second: str) -> Files:
    """The small story, told in one scene with one dispute."""
    files = story_files()
    files["story/story"]["scenes"] = ["many"]
    files["story/03-many"] |= {"gist": "All spoke [@west].", "beats": [{"accounts": "of-2"}]}
    for position, says in zip(files["cards/disputes/of-2"]["positions"], (first, second), strict=True):
        position["says"] = says
    return files


def rows(folder: Path, files: Files) -> dict[str, dict[str, Cell]]:
    grid = fill_grid(fit(load_files(folder, files)))
    assert grid
    return {row.label: dict(zip(grid.codes, row.cells, strict=True)) for group in grid.groups for row in group.rows}


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (
            "It fell [@north, para. 3].",
            "It sank [@south, paras. 2, 1].",
            {"A": Cell(SAYS, (3,)), "B": Cell(COMPARE, (1, 2))},
        ),
        ("It fell [@north, para. 3].", "It sank [@north, para. 5].", {"A": Cell(SAYS, (3,)), "B": Cell(SILENT)}),
        ("It fell [@north].", "It sank [@north, para. 5].", {"A": Cell(SAYS), "C": Cell(SILENT)}),
        (
            "It fell [@north, para. 3] and sank [@north, para. 1; @coast, para. 2].",
            "It sank [@coast, para. 1].",
            {"A": Cell(SAYS, (1, 3)), "E": Cell(SAYS, (2,))},
        ),
        ("It fell [@north, para. 3].", "It sank [@coast].", {"E": Cell(COMPARE)}),
    ],
)
def test_without_claims_an_account_is_said_or_to_be_compared(
    tmp_path: Path, first: str, second: str, expected: dict[str, Cell]
) -> None:
    found = rows(tmp_path, with_positions(first, second))
    assert list(found) == ["Ann Hill", "Ben Dale"]
    assert {code: found["Ann Hill"][code] for code in expected} == expected


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (Cell(SAYS, (3, 5, 6)), "says ¶3, 5–6"),
        (Cell(SAYS), "says"),
        (Cell(OTHERWISE, (2,)), "otherwise ¶2"),
        (Cell(SILENT), "–"),
        (Cell(SAYS, (3,), (7, 8)), "says ¶3; otherwise ¶7–8"),
        (Cell("could not know"), "could not know"),
    ],
)
def test_a_cell_is_set_in_a_word_and_its_paragraphs(given: Cell, shown: str) -> None:
    assert grid_cell(given).runs == (shown,)


def test_a_card_s_claims_are_the_rows_and_an_article_may_say_both(tmp_path: Path) -> None:
    files = with_positions("It fell [@north, para. 3].", "It sank [@south, paras. 2, 1].")
    files["cards/disputes/of-2"]["claims"] = [
        {
            "claim": "It fell",
            "says": "@north, para. 3; @west, para. 1",
            "otherwise": "@north, para. 1; @south, para. 1",
        },
        {"claim": "It sank", "says": "@south, paras. 2, 1"},
    ]
    found = rows(tmp_path, files)
    assert [label for label in found if not label[0].isdigit()] == ["It fell", "It sank"]
    assert found["It fell"]["A"] == Cell(SAYS, (3,), (1,))
    assert found["It fell"]["B"] == Cell(OTHERWISE, (1,))
    assert found["It fell"]["C"] == Cell(SAYS, (1,))
    assert found["It sank"]["B"] == Cell(SAYS, (1, 2))


@pytest.mark.parametrize(
    ("issued", "when", "also", "verdict"),
    [
        ("2001-05-03", "2001-05-04", "", "could not know"),
        ("2001-05-04", "2001-05-04", "", SILENT),
        ("2001-05", "2001-05-04", "", SILENT),
        ("2001-04", "2001-05-04/2001-06-01", "", "could not know"),
        ("2001-05-03", None, "", SILENT),
        ("2001-05-03", "2001-05-04", "; @west, para. 1", SILENT),  # an older article knew
    ],
)
def test_an_article_older_than_the_matter_could_not_know(
    tmp_path: Path, issued: str, when: str | None, also: str, verdict: str
) -> None:
    files = with_positions("It fell [@north, para. 3].", "It sank [@south, paras. 2, 1].")
    files["cards/sources/east"]["issued"] = issued
    files["cards/sources/west"]["issued"] = "2000"
    files["story/03-many"] = {name: value for name, value in files["story/03-many"].items() if name != "when"}
    files["story/03-many"] |= {"when": when} if when else {}
    files["cards/disputes/of-2"]["claims"] = [{"claim": "It fell", "says": f"@north, para. 3{also}"}]
    assert rows(tmp_path, files)["It fell"]["D"].verdict == verdict


def test_an_event_is_a_gist_that_rests_on_paragraphs(tmp_path: Path) -> None:
    files = story_files()
    files["story/04-end"]["gist"] = "It is over [@east; @coast]."
    found = rows(tmp_path, files)
    assert [label for label in found if label[0].isdigit()] == ["1. Start", "2. Alone", "3. Many"]
    assert found["3. Many"]["B"] == Cell(SAYS, (2,)), "what its disputes cite has rows of its own"


def test_an_event_has_all_that_its_narration_cites_but_whole_articles(tmp_path: Path) -> None:
    files = story_files()
    files["story/01-start"]["beats"] = [
        {"say": "It fell [@north, para. 2]. Nobody else tells of it [@south; @west; @east; @coast]."},
        {"quote": "It fell", "lead": "She said", "by": "ann-hill", "cite": "@west, para. 1"},
    ]
    assert rows(tmp_path, files)["1. Start"] == {
        "A": Cell(SAYS, (1, 2)),
        "B": Cell(SILENT),
        "C": Cell(SAYS, (1,)),
        "D": Cell(SILENT),
        "E": Cell(SILENT),
    }


def test_a_short_grid_has_events_only_where_nothing_is_in_dispute(tmp_path: Path) -> None:
    with_disputes = fit(load_files(tmp_path / "a", story_files()))
    files = story_files()
    files["story/03-many"]["beats"] = [{"say": "All spoke [@south, para. 2; @west]."}]
    without = fit(load_files(tmp_path / "b", files))
    assert [group.title for group in groups(fill_grid(with_disputes, events=False))][-1] == "Who of the 5?"
    assert [group.title for group in groups(fill_grid(without, events=False))] == ["What happened"]


def groups(grid: Grid | None) -> tuple[Group, ...]:
    assert grid
    return grid.groups


def test_a_dispute_that_two_scenes_tell_stands_once(tmp_path: Path) -> None:
    files = story_files()
    files["story/04-end"]["beats"].append({"accounts": "of-2"})
    grid = fill_grid(fit(load_files(tmp_path, files)))
    assert [group.title for group in grid.groups].count("Who of the 2?") == 1 if grid else False


def test_one_article_is_no_grid(tmp_path: Path) -> None:
    files = with_positions("It fell [@north, para. 3].", "It sank [@north, para. 5].")
    for name in ("south", "west", "east", "coast"):
        del files[f"cards/sources/{name}"]
    files["story/03-many"] |= {"gist": "All spoke [@north, para. 1]."}
    for name in ("story/01-start", "story/02-alone", "story/04-end", "story/class"):
        del files[name]
    for size in (3, 4, 5):
        del files[f"cards/disputes/of-{size}"]
    assert fill_grid(fit(load_files(tmp_path, files))) is None
    assert blank(None) is None


def test_a_blank_grid_has_the_labels_and_no_cell(tmp_path: Path) -> None:
    grid = fill_grid(
        fit(load_files(tmp_path, with_positions("It fell [@north, para. 3].", "It sank [@south, para. 1].")))
    )
    assert blank(grid) == BlankGrid(
        ("A", "B", "C", "D", "E"), (BlankGroup("Who of the 2?", (BlankRow("Ann Hill"), BlankRow("Ben Dale"))),)
    )


@pytest.fixture(scope="module")
def shipped() -> Told:
    return fit(load(shipped_root()))


def shipped_grid(shipped: Told) -> Grid:
    grid = fill_grid(shipped)
    assert grid is not None
    return grid


def test_on_every_dispute_there_is_something_to_find(shipped: Told) -> None:
    accounts = shipped_grid(shipped).groups[:-1]
    assert [group.title for group in accounts] == [dispute.question for dispute in shipped.told_disputes.values()]
    for group in accounts:
        verdicts = [[cell.verdict for cell in row.cells] for row in group.rows]
        told_by = {number for row in verdicts for number, each in enumerate(row) if each in (SAYS, OTHERWISE)}
        agree = any(row.count(SAYS) >= 2 for row in verdicts)
        assert agree or len(told_by) == 1, f"two articles tell of it, and agree on nothing: {group.title}"
        assert all(SAYS in row or OTHERWISE in row for row in verdicts), group.title


def test_no_article_says_otherwise_of_what_it_is_too_old_to_know(shipped: Told) -> None:
    published = {source.code: source.issued.last for source in shipped.sources.values() if source.issued}
    for name, dispute in shipped.told_disputes.items():
        when = shipped.told_first[name].when
        for claim in dispute.claims:
            sayers = [shipped.sources[citation.key].code for citation in claim.says.citations]
            for citation in claim.otherwise.citations:
                code = shipped.sources[citation.key].code
                older = when and published[code] < when.first and all(published[code] < published[c] for c in sayers)
                assert not older, (name, claim.claim, code)


SHEETS: dict[str, tuple[tuple[str, ...], Length]] = {
    "short": ((), "short"),
    "full": ((), "full"),
    "1": (("ceasefire",), "packet"),
    "2": (("protests",), "packet"),
    "3": (("checkpoint",), "packet"),
    "4": (("operation",), "packet"),
}


def contradictions(sheet: Told, grid: Grid) -> list[str]:
    """Return where a sheet's key has an article silent, or too old, though an answer or an account quotes it on that.

    An answer of corroboration is on a dispute where it cites a paragraph in which an account of the dispute stands.
    """
    groups = {group.title: group for group in grid.groups}
    found: list[str] = []
    for name, dispute in sheet.told_disputes.items():
        group = groups[set_line(dispute.question)]
        told = places_of(position.says for position in dispute.positions)
        asked = [each for each in sheet.told_first[name].questions if each.skill == "corroboration"]
        answers = [places_of([each.answer]) for each in asked]
        for key, number in sorted(told.union(*(answer for answer in answers if answer & told))):
            column = grid.codes.index(sheet.sources[key].code)
            if all(row.cells[column].verdict in (SILENT, "could not know") for row in group.rows):
                found.append(f"{group.title} {grid.codes[column]} ¶{number}")
    return found


def places_of(texts: Iterable[Prose]) -> set[tuple[str, int]]:
    return {(each.key, number) for text in texts for each in text.citations for number in each.paragraphs}


@pytest.mark.parametrize("name", SHEETS)
def test_the_key_contradicts_no_answer_and_no_account_on_its_sheet(shipped: Told, name: str) -> None:
    sheet = excerpt(shipped, *SHEETS[name])
    grid = fill_grid(sheet)
    assert grid is not None
    assert contradictions(sheet, grid) == []
    asked = [question for scene in sheet.scenes for question in scene.questions if question.skill == "corroboration"]
    assert asked, "an answer to hold the key against"


def test_a_key_that_contradicts_an_account_is_found(shipped: Told) -> None:
    sheet = excerpt(shipped, length="short")
    grid = fill_grid(sheet)
    assert grid is not None
    (first, *others) = grid.groups
    emptied = Group(
        first.title, tuple(Row(row.label, (*row.cells[:3], Cell(SILENT), row.cells[4])) for row in first.rows)
    )
    found = contradictions(sheet, Grid(grid.codes, (emptied, *others)))
    assert found and all(each.startswith(f"{first.title} D ¶") for each in found)


def test_every_claim_of_the_shipped_story_has_its_row_and_somebody_who_says_it(shipped: Told) -> None:
    grid = fill_grid(shipped)
    assert grid is not None
    claims = [row for group in grid.groups[:-1] for row in group.rows]
    assert all(2 <= len(dispute.claims) <= 5 for dispute in shipped.disputes.values())
    assert len(claims) == sum(len(dispute.claims) for dispute in shipped.disputes.values())
    assert all(any(each.verdict == SAYS for each in row.cells) for row in claims)
