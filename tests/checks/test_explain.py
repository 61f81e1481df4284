"""Every rule has a page, in plain words, and its two examples do what the page says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from retell.checks.explain import Edit, page_of, pages
from retell.checks.registry import RULES
from retell.cli import retell
from retell.copies.fingerprints import fingerprint
from retell.problems import DONE, WRONG_USAGE, RetellError, UnknownNameError
from tests.support.invented import saved_paragraphs
from tests.support.readings import read_all

PAGES = pages()
NAMES = [rule.name for rule in RULES]
ONE_OF = r"<U\+([0-9A-F]{4})>"


def apply(root: Path, edit: Edit) -> None:
    """Change one file of a story as an example says."""
    path = root / edit.in_
    if edit.review:
        read_all(root)
    elif edit.delete:
        path.unlink()
    elif edit.rename:
        path.rename(root / edit.rename)
    else:
        assert edit.write is not None
        written = re.sub(ONE_OF, lambda match: chr(int(match[1], 16)), edit.write)
        if edit.for_ is not None:
            text = path.read_text("utf-8")
            assert text.count(edit.for_) == 1, f"{edit.for_!r} stands {text.count(edit.for_)} times in {edit.in_}"
            written = text.replace(edit.for_, written)
        path.parent.mkdir(exist_ok=True)
        path.write_text(written, "utf-8")


def fit_cards_to_copies(root: Path) -> None:
    for card in (root / "cards" / "sources").iterdir():
        text = root / "copies" / f"{card.stem}.txt"
        listed = ", ".join(fingerprint(paragraph) for paragraph in saved_paragraphs(text))
        card.write_text(card.read_text("utf-8").replace("aaaaaaaaaaaa, bbbbbbbbbbbb", listed), "utf-8")


def rules_broken(root: Path, *, copies: bool, strict: bool = False) -> list[str]:
    """The rule of each problem, as the command reports them."""
    options = [*(["--copies", str(root / "copies")] if copies else []), *(["--strict"] if strict else [])]
    arguments = ["check", str(root), *options]
    result = CliRunner().invoke(retell, arguments, standalone_mode=False)
    assert result.exception is None, result.exception
    return re.findall(r"^\S.* \[([a-z-]+)\]$", result.stderr, re.MULTILINE)


@pytest.fixture
def story(mini: Path) -> Path:
    fit_cards_to_copies(mini)
    return mini


def test_the_small_story_and_its_copies_are_without_a_problem(story: Path) -> None:
    assert rules_broken(story, copies=True) == []


@pytest.mark.parametrize("name", NAMES)
def test_the_bad_example_breaks_exactly_its_rule(story: Path, name: str) -> None:
    page = PAGES[name]
    for edit in (*page.setting, page.bad):
        apply(story, edit)
    assert rules_broken(story, copies=page.copies, strict=page.strict) == [name]


@pytest.mark.parametrize("name", NAMES)
def test_the_good_example_breaks_none(story: Path, name: str) -> None:
    page = PAGES[name]
    for edit in (*page.setting, page.good):
        apply(story, edit)
    assert rules_broken(story, copies=page.copies, strict=page.strict) == []


def explain(*arguments: str) -> Result:
    return CliRunner().invoke(retell, ["explain", *arguments], standalone_mode=False)


def test_every_rule_has_a_page_and_no_page_is_left_over() -> None:
    assert list(PAGES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_says_what_why_how_and_what_not(name: str) -> None:
    result = explain(name)
    assert result.return_value == DONE
    headings = ["What it checks", "Why it matters", "Not like this", "Like this", "What it cannot see"]
    assert [line for line in result.stdout.splitlines()[2:] if line and not line.startswith(" ")][-5:] == headings
    assert result.stdout.startswith(f"{name} (")
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert bool(PAGES[name].given) or not PAGES[name].setting
    for text in filter(None, (PAGES[name].checks, PAGES[name].why, PAGES[name].limits, PAGES[name].given)):
        assert text.endswith((".", "”"))
        assert len(text.split()) <= 60


def test_a_page_as_it_is_printed(golden: Callable[[str, str], None]) -> None:
    golden("explain-loaded-word.txt", explain("loaded-word").stdout)
    golden("explain.txt", explain().stdout)


@pytest.mark.parametrize("width", [24, 40, 60, 100])
def test_no_line_is_wider_than_the_screen(width: int) -> None:
    for name in ("", *NAMES):
        lines = explain(*filter(None, [name]), "--width", str(width)).stdout.splitlines()
        # a name that is typed is never broken
        assert [line for line in lines if len(line) > width and line.split(" (")[0] not in NAMES] == []


def test_without_a_name_every_rule_has_its_line() -> None:
    listed = " ".join(explain().stdout.split())
    for rule in RULES:
        assert f"{rule.name} {rule.asks}" in listed


def test_an_unknown_rule_gets_the_nearest_name() -> None:
    with pytest.raises(RetellError, match=r"^no rule 'loadedword'; did you mean 'loaded-word'\?$"):
        list(page_of("loadedword", 80))
    with pytest.raises(RetellError, match=r"^no rule 'x'; retell explain lists them$"):
        list(page_of("x", 80))
    with pytest.raises(UnknownNameError, match=r"^no rule 'FILE-NAME'; did you mean 'file-name'\?$"):
        list(page_of("FILE-NAME", 80))


def test_an_unknown_rule_is_wrong_usage(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    from retell.cli import main  # noqa: PLC0415

    monkeypatch.setattr("sys.argv", ["retell", "explain", "loaded-wort"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == WRONG_USAGE
    assert capsys.readouterr().err == "retell: no rule 'loaded-wort'; did you mean 'loaded-word'?\n"


def test_its_help_has_an_example() -> None:
    help_page = explain("--help").stdout
    assert "Example:" in help_page
    assert "retell explain loaded-word" in help_page
