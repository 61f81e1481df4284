"""A reader's copy gives the same findings in whatever form a browser, a mail program or an editor saved it."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path

import pytest

from retell.checks.evidence.assertions import assertions
from retell.checks.evidence.examination import BORNE_OUT, Findings, prove
from retell.copies.fingerprints import fingerprint
from retell.story.library import Library, load, shipped_root
from tests.support.invented import ARTICLES, save_copies, saved_paragraphs, tell

FURNITURE = (
    "Read more: The ferry at noon, in 12 pictures",
    "Support our work: give £5 today\nand read 30 more articles",
    "A carter waits. (Photo by A. N. Other, 2003)",
    "THE VIEW FROM THE WEIR",
)
WIDTH = 72
TELLING = " ".join(
    (
        'At 12:30 on a Sunday the bridge fell; nobody "was hurt" [@north, para. 1].',
        '"A very bad day for the town\'s trade", Hill said, and 1,700 people "go by it to work" [@north, para. 2].',
        'The "ninety-year-old piers" [@north, para. 3] are gone. The "official toll" was 105 sheep [@south, para. 3].',
        '"The old ferry is enough" [@south, para. 2]. In all 17 "final offers" [@north, para. 4; @south]. The council',
        "was warned by the River Board that all was well [@north, para. 3].",
        'The café José lost 24 "two dozen carts" [@north, para. 5].',
    )
)

Change = Callable[[str], str]


def curly(text: str) -> str:
    return re.sub(r'"([^"]*)"', r"“\1”", text).replace("'", "’")


def straight(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def hyphens(text: str) -> str:
    return text.replace(" - ", " – ").replace("-", "‑").replace(" – ", " — ")


def soft_hyphens(text: str) -> str:
    return re.sub(r"([a-z]{3})(?=[a-z]{3})", "\\1\u00ad", text)


def ligatures(text: str) -> str:
    for letters, ligature in (("ffi", "ﬃ"), ("ff", "ﬀ"), ("fi", "ﬁ"), ("fl", "ﬂ")):
        text = text.replace(letters, ligature)
    return text


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def no_break_spaces(text: str) -> str:
    return re.sub(r"(?<=\d) | (?=\d)", "\u00a0", text).replace(" a ", " a\u202f")


WORDS: dict[str, Change] = {
    "curly quotes": curly,
    "straight quotes": straight,
    "no-break spaces": no_break_spaces,
    "kinds of hyphens": hyphens,
    "soft hyphens": soft_hyphens,
    "ligatures": ligatures,
    "NFD": decomposed,
}


def wrapped(paragraph: str) -> str:
    return "\n".join(textwrap.wrap(paragraph, WIDTH, break_on_hyphens=True))


def wrapped_in_words(paragraph: str) -> str:
    """Wrap as a typesetter does: a word at the end of a line is parted by a soft hyphen."""
    return re.sub(r"(.{60,70}?[a-z]{2})(?=[a-z]{3})", "\\1\u00ad\n", paragraph)


def with_furniture(text: str) -> str:
    parts = text.split("\n\n")
    mixed = [part for i, part in enumerate(parts) for part in (FURNITURE[i % len(FURNITURE)], part)]
    return "\n\n".join([*mixed, *FURNITURE])


LAYOUTS: dict[str, Callable[[Sequence[str]], str]] = {
    "one line break": "\n".join,
    "two line breaks": "\n\n".join,
    "three line breaks": "\n\n\n".join,
    "wrapped": lambda paragraphs: "\n\n".join(map(wrapped, paragraphs)),
    "wrapped, no blank lines": lambda paragraphs: "\n".join(map(wrapped, paragraphs)),
    "wrapped in words": lambda paragraphs: "\n\n".join(map(wrapped_in_words, paragraphs)),
    "wrapped and indented": lambda paragraphs: "\n\n".join(
        textwrap.fill(paragraph, WIDTH, initial_indent="    ", subsequent_indent="  ") for paragraph in paragraphs
    ),
    "furniture between": lambda paragraphs: with_furniture("\n\n".join(paragraphs)),
    "furniture, one line break": lambda paragraphs: with_furniture("\n\n".join(paragraphs)).replace("\n\n", "\n"),
}
FILES: dict[str, Change] = {
    "spaces at line ends": lambda text: text.replace("\n", "  \n"),
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "BOM": lambda text: "\ufeff" + text,
}


def all_words(text: str) -> str:
    kept = (change for change in WORDS.values() if change is not straight)
    return reduce(lambda changed, change: change(changed), kept, text)


def everything(paragraphs: Sequence[str]) -> str:
    # a typesetter parts words last: what is parted already has a soft hyphen to break at
    parted = [re.sub("(.{60,70}?\u00ad)", "\\1\n", all_words(paragraph)) for paragraph in paragraphs]
    return reduce(lambda text, change: change(text), FILES.values(), with_furniture("\n\n".join(parted)))


DEFORMATIONS: dict[str, Callable[[Sequence[str]], str]] = {
    **{name: (lambda paragraphs, c=change: "\n\n".join(map(c, paragraphs))) for name, change in WORDS.items()},  # type: ignore[misc]
    **LAYOUTS,
    **{name: (lambda paragraphs, c=change: c("\n\n".join(paragraphs))) for name, change in FILES.items()},  # type: ignore[misc]
    **{
        f"all kinds of words, {name}": (lambda paragraphs, c=change: c([*map(all_words, paragraphs)]))  # type: ignore[misc]
        for name, change in LAYOUTS.items()
        if name != "wrapped in words"
    },
    "everything": everything,
}


@pytest.fixture
def telling(mini: Path) -> Path:
    save_copies(mini)
    tell(mini, TELLING)
    return mini


def deform(articles: dict[str, Sequence[str]], folder: Path, deformation: Callable[[Sequence[str]], str]) -> Path:
    folder.mkdir()
    for key, paragraphs in articles.items():
        (folder / f"{key}.txt").write_bytes(deformation(paragraphs).encode())
    return folder


def test_the_clean_copies_give_findings_of_each_kind(telling: Path) -> None:
    findings = prove(load(telling), telling / "copies")
    found = {problem.rule for problem in findings.problems if problem.location.file.endswith("01-start.yaml")}
    assert found == {"quotation-not-found", "number-not-found", "negation-differs"}
    assert findings.not_looked_into == {}
    assert findings.count(BORNE_OUT) > 7


@pytest.mark.parametrize("name", DEFORMATIONS)
def test_a_deformed_copy_gives_the_findings_of_the_clean_one(telling: Path, tmp_path: Path, name: str) -> None:
    folder = deform(dict(ARTICLES), tmp_path / "deformed", DEFORMATIONS[name])
    assert folder.joinpath("north.txt").read_bytes() != b""
    library = load(telling)
    assert prove(library, folder) == prove(library, telling / "copies")


@pytest.mark.copies
@pytest.mark.parametrize("name", DEFORMATIONS)
def test_a_deformed_copy_of_the_articles_gives_the_same(copies: Path, tmp_path: Path, name: str) -> None:
    library = load(shipped_root())
    folder = deform(clean_copies(library, copies), tmp_path / "deformed", DEFORMATIONS[name])
    assert prove(library, folder) == prove(library, copies)


def clean_copies(library: Library, folder: Path) -> dict[str, Sequence[str]]:
    """Give the paragraphs that the source cards know, as they were saved."""
    found: dict[str, Sequence[str]] = {}
    for key, source in library.sources.items():
        by_print = {fingerprint(text): text for text in saved_paragraphs(folder / f"{key}.txt")}
        found[key] = [by_print[print_] for print_ in source.form.paragraphs]
    return found


def cites(library: Library, key: str, number: int) -> int:
    """Count the claims that cite a paragraph, or its article as a whole."""
    return sum(
        any(citation.key == key and number in (citation.paragraphs or (number,)) for citation in assertion.citations)
        for assertion in assertions(library)
    )


def not_looked_into_alone(library: Library, folder: Path, key: str, number: int, clean: Findings) -> None:
    """Assert that what cites this paragraph is not looked into, all else is as it was, and the user is told once."""
    findings = prove(library, folder)
    (problem,) = (problem for problem in findings.problems if problem not in clean.problems)
    assert problem.rule == "copy-differs"
    assert problem.message.startswith(f"paragraph {number} of '{key}' ")
    count = cites(library, key, number)
    assert findings.not_looked_into == ({"a paragraph differs in the copy": count} if count else {})


@pytest.mark.parametrize(("key", "number"), [(key, i) for key in ARTICLES for i in range(1, len(ARTICLES[key]) + 1)])
@pytest.mark.parametrize("name", ["two line breaks", "wrapped, no blank lines", "everything"])
def test_an_edited_paragraph_leaves_only_its_own_claims_not_looked_into(
    telling: Path, tmp_path: Path, name: str, key: str, number: int
) -> None:
    edited = {k: [*paragraphs] for k, paragraphs in ARTICLES.items()}
    edited[key][number - 1] = edited[key][number - 1].replace(" ", " so ", 1)
    folder = deform(dict(edited), tmp_path / "deformed", DEFORMATIONS[name])
    library = load(telling)
    not_looked_into_alone(library, folder, key, number, prove(library, telling / "copies"))


@pytest.mark.copies
@pytest.mark.parametrize("name", ["two line breaks", "everything"])
def test_an_edited_paragraph_of_the_articles_as_well(copies: Path, tmp_path: Path, name: str) -> None:
    library = load(shipped_root())
    clean = prove(library, copies)
    articles = clean_copies(library, copies)
    for i, (key, paragraphs) in enumerate(articles.items()):
        number = 2 + i
        edited = {**articles, key: [text + "s" * (at == number) for at, text in enumerate(paragraphs, 1)]}
        not_looked_into_alone(library, deform(edited, tmp_path / key, DEFORMATIONS[name]), key, number, clean)


def test_a_paragraph_that_stands_twice_bears_the_claims_of_both(telling: Path) -> None:
    card = telling / "cards" / "sources" / "south.yaml"
    first, rest = card.read_text("utf-8").split("paragraphs: [")
    again = rest.split(",")[0]
    card.write_text(f"{first}paragraphs: [{again}, {rest}", "utf-8")
    findings = prove(load(telling), telling / "copies")
    assert findings.not_looked_into == {}
