"""A 'not' that only the claim or only the article has is seen, as far as one reaches, and no further."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from retell.checks.evidence.card_names import AllNames
from retell.checks.evidence.denials import has_negation, strip
from retell.checks.evidence.examination import prove
from retell.checks.evidence.paragraph import Paragraph
from retell.copies.fingerprints import fingerprint
from retell.copies.text import words_of
from retell.story.library import load
from tests.support.folders import MINI
from tests.support.invented import CLAIM_COLUMN, CLAIM_LINE, tell

QUOTE_IT = "quote the 'not' as well, or choose another fragment"
SAY_IT = "say it as the source does, or cite the paragraph that says otherwise"
UNWARNED = "The council was not warned by the River Board."


class Case(NamedTuple):
    """What an article says, a paragraph each, a claim that cites them all, and which side alone denies what."""

    article: tuple[str, ...]
    claim: str
    denier: str = ""
    words: str = ""
    help: str = SAY_IT


def article_denies(article: str | tuple[str, ...], claim: str, words: str, help_text: str = SAY_IT) -> Case:
    return Case((article,) if isinstance(article, str) else article, claim, "article", words, help_text)


def claim_denies(article: str | tuple[str, ...], claim: str, words: str) -> Case:
    return Case((article,) if isinstance(article, str) else article, claim, "claim", words)


def fine(article: str | tuple[str, ...], claim: str) -> Case:
    return Case((article,) if isinstance(article, str) else article, claim)


CASES = [
    # followed for five words or more
    article_denies(UNWARNED, "The council was warned by the River Board", "the council was warned by the …"),
    article_denies("It was not warned in time here.", "So it was warned in time", "it was warned in time"),
    fine("It was not warned in haste.", "So it was warned in time"),
    claim_denies(
        "The bridge was safe for carts.", "The bridge was never safe for carts", "the bridge was safe for carts"
    ),
    claim_denies(
        "The bridge was safe for carts.", "So the bridge wasn't safe for carts", "the bridge was safe for carts"
    ),
    fine(UNWARNED, "The council wasn't warned by the River Board"),
    fine("The council cannot be warned by the Board.", "The council can not be warned by the Board"),
    # one 'not' reaches over seven words, in its sentence, and a comma does not end that
    fine(UNWARNED, "Nobody in the whole town says that it was warned by the River Board"),
    article_denies(
        UNWARNED,
        "Nobody in the whole old town says that it was warned by the River Board",
        "was warned by the river board",
    ),
    fine("Nobody in the whole town says that it was warned by the Board.", "It was warned by the Board, not so"),
    fine(UNWARNED, "It did not rain, and the council was warned by the River Board"),
    article_denies(
        UNWARNED, "It did not rain. The council was warned by the River Board", "the council was warned by the …"
    ),
    article_denies(
        UNWARNED, "It did not rain: the council was warned by the River Board", "the council was warned by the …"
    ),
    article_denies(
        UNWARNED, "It did not rain; the council was warned by the River Board", "the council was warned by the …"
    ),
    article_denies(UNWARNED, "The council was warned by the River Board? No", "the council was warned by the …"),
    fine("Nobody in the town says the bridge was safe for carts.", "So the bridge was never safe for carts"),
    # on its own side it counts inside the stretch, or as the last or the last but one word before it, in its clause
    article_denies(
        "They had not really warned all of them of it.", "It warned all of them of it", "warned all of them of it"
    ),
    fine("They had not ever really warned all of them of it.", "It warned all of them of it"),
    fine("Asked or not, the old stone bridge stood.", "Then the old stone bridge stood"),
    fine("They had not, warned all of them of it.", "It warned all of them of it"),
    article_denies("No old stone bridge ever stood.", "An old stone bridge ever stood", "old stone bridge ever stood"),
    fine("The old stone bridge ever stood not there.", "An old stone bridge ever stood"),
    # where it stands twice, both must differ
    fine(("The bridge was not safe for carts.", "The bridge was safe for carts."), "The bridge was safe for carts"),
    article_denies(
        ("The bridge was not safe for carts.", "The bridge was never safe for carts."),
        "The bridge was safe for carts",
        "the bridge was safe for carts",
    ),
    # where it stands at different lengths, the longest counts
    article_denies(
        ("The old bridge was safe for people.", "The old bridge was not safe for carts."),
        "The old bridge was safe for carts",
        "the old bridge was safe for …",
    ),
    # the next stretch may begin with the last words of the one before
    article_denies(
        ("The mayor of the old town was happy.", "All was happy that it never fell."),
        "The mayor of the old town was happy that it fell",
        "was happy that it fell",
    ),
    # one sentence is told once
    article_denies(
        "The council was not warned by the Board, and the piers could not stand another flood.",
        "The council was warned by the Board, or the piers could stand another flood",
        "the council was warned by the …",
    ),
    # quoted, whatever the length
    article_denies(UNWARNED, 'They were "warned by" it', "warned by", QUOTE_IT),
    fine(UNWARNED, 'They were not "warned by" it'),
    fine(UNWARNED, 'They were not in the least "warned by" it'),
    claim_denies("They were warned by it.", 'They were not "warned by" it', "warned by"),
    fine("They were not warned by it.", 'They "were not warned" by it'),
    article_denies(
        "They were not warned and not told.", 'They were "warned and not told"', "warned and told", QUOTE_IT
    ),
    article_denies(
        ("He never did go home at night.", "She did not go home at all."), 'He "did go home"', "did go home", QUOTE_IT
    ),
    article_denies("They were not warned or fed.", 'They were "warned … fed" by it', "warned", QUOTE_IT),
]


def told(mini: Path, case: Case) -> list[tuple[str, str, int, int]]:
    """Message, help, line and column of each negation that differs, in a story whose one article is the case's."""
    card = mini / "cards" / "sources" / "north.yaml"
    listed = ", ".join(map(fingerprint, case.article))
    card.write_text(card.read_text("utf-8").replace("aaaaaaaaaaaa, bbbbbbbbbbbb", listed), "utf-8")
    (mini / "copies" / "north.txt").write_text("\n\n".join(case.article), "utf-8")
    cited = "paras. 1-2" if len(case.article) > 1 else "para. 1"
    tell(mini, f"{case.claim} [@north, {cited}].")
    problems = [
        problem for problem in prove(load(mini), mini / "copies").problems if problem.rule == "negation-differs"
    ]
    return [(each.message, each.help, each.location.line, each.location.column) for each in problems]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.denier or 'neither'}: {case.claim[:50]}")
def test_which_side_alone_denies(mini: Path, case: Case) -> None:
    sentences = {
        "article": f"the source denies what “{case.words}” says here",
        "claim": f"this denies “{case.words}”, and the source does not",
    }
    quoted = case.claim.find('"')
    column = CLAIM_COLUMN + max(quoted, 0)
    expected = [(sentences[case.denier], case.help, CLAIM_LINE, column)] if case.denier else []
    assert told(mini, case) == expected


def test_a_paragraph_that_is_not_cited_denies_nothing(mini: Path) -> None:
    case = fine(("The bridge was never there.", "The bridge was not safe for carts."), "The bridge was safe for carts")
    assert told(mini, case)
    tell(mini, f"{case.claim} [@north, para. 1].")
    assert [each.rule for each in prove(load(mini), mini / "copies").problems if "negation" in each.rule] == []


@pytest.mark.parametrize(
    ("text", "words", "denied"),
    [
        ("It is not so.", "it is so", [2]),
        ("Don't go, cannot stay", "do go can stay", [1, 3]),
        ("He can't, won’t and hasn't", "he can will and has", [1, 3, 5]),
        ("They shan't", "they shall", [2]),
        ("Nobody never knew nothing", "knew", [0, 0, 1]),
        ("Built or not, it stood", "built or it stood", [1]),
        ("Notable nobility in the north", "notable nobility in the north", []),
    ],
)
def test_words_without_their_negations(text: str, words: str, denied: list[int]) -> None:
    bare = strip(text)
    assert bare.words == words.split()
    assert bare.denied == denied


@pytest.mark.parametrize(
    "word",
    (
        "not no never nor neither without nothing nobody none cannot can't won't shan't don't Isn’t NOT hadn`t Can‘t"
    ).split(),
)
def test_each_negation_is_seen(word: str) -> None:
    assert has_negation(words_of(f"They {word} it seems go."))
    assert strip(f"They {word} it seems go.").denied


@pytest.mark.parametrize("text", ["", "Now they know.", "North of the annex, a notary.", "Ant went within."])
def test_letters_of_a_negation_are_none(text: str) -> None:
    assert not has_negation(words_of(text))


DENIED = [
    ("There is no evidence that the old mill was set on fire, said Ann Hill.", "the old mill was set on fire", True),
    ("It is not true that the old mill was set on fire, said Ann Hill.", "the old mill was set on fire", True),
    ("Ann Hill denied that the old mill was set on fire.", "the old mill was set on fire", True),
    ("Ann Hill never said that the old mill was set on fire.", "the old mill was set on fire", True),
    ("Ann Hill ruled out that the old mill was set on fire.", "set on fire", True),
    ("Ann Hill doubts whether the old mill was set on fire.", "set on fire", True),
    ("Not only Ann Hill said that the old mill was set on fire.", "the old mill was set on fire", False),
    ("Ann Hill rejected the idea of it as a far-fetched pretext.", "far fetched pretext", False),
    ("Ann Hill denied it. The old mill was set on fire.", "set on fire", False),
    ("She denied that it was set on fire; later it was set on fire.", "set on fire", False),
]


@pytest.mark.parametrize(("article", "words", "denied"), DENIED)
def test_what_somebody_denies_a_few_words_before(article: str, words: str, denied: bool) -> None:
    paragraph = Paragraph("post", 1, article, AllNames(load(MINI)))
    assert paragraph.denies(words) is denied
