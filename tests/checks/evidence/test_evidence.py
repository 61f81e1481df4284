"""Each claim is held against the paragraphs that it cites: what these do not bear out is told, at its place."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from retell.checks.evidence.denials import strip
from retell.checks.evidence.examination import BORNE_OUT, NOT_BORNE_OUT, Findings, prove
from retell.checks.registry import RULES
from retell.copies.cleaning import LABELLED
from retell.copies.fingerprints import fingerprint
from retell.problems import Problem
from retell.story.library import load
from tests.support.invented import ARTICLES, CLAIM_COLUMN, CLAIM_LINE, NORTH, save_copies, tell

EXACT = "quote the source's own words, or drop the quotation marks"
NOTE = "correct it, or say in the beat's 'note:' how it was worked out"
CORRECT = "correct it, or leave it out"
PLACE = "it is in {}: cite that, or correct it"
NAME = "cite the paragraph that names it, or leave the name out"
FOLLOWED = "say it as the source does, or cite the paragraph that says otherwise"
OWN_WORDS = "tell it in your own words, or quote the few that matter with their speaker"
SEVERAL = "quote each by itself, or begin the later piece with its own capital"
SINGLE = "quote two words or more between one ellipsis and the next"
UNREAD = "number-not-read", "1.2.3.4", "write it as the source does, or in another way"
NOT_AS_WELL = "quote the 'not' as well, or choose another fragment"
START, NIGHT = "story/01-start.yaml", "story/02-night.yaml"
DISPUTE, TERM = "cards/disputes/who-broke-it.yaml", "cards/terms/bridge.yaml"

Expected = tuple[str, str, str]


def quotation(words: str, help_text: str = EXACT) -> Expected:
    return "quotation-not-found", words, help_text


def number(words: str, place: str = "") -> Expected:
    return "number-not-found", words, PLACE.format(place) if place else NOTE


def count(words: str) -> Expected:
    return "count-not-found", words, CORRECT


def name(words: str, place: str = "") -> Expected:
    return "name-not-found", words, PLACE.format(place) if place else NAME


class Case(NamedTuple):
    """A claim and the problems that it makes: rule, the words where each stands, and its help; and a note."""

    claim: str
    expected: list[Expected]
    note: str = ""


FINE = [
    # quotations
    'It "fell at 12:30 on Sunday" [@north, para. 1].',
    'It "fell at 12:30 … after four days of rain" [@north, para. 1].',
    'It "fell at ... days of rain" [@north, para. 1].',
    'It "fell [early] at 12:30" [@north, para. 1].',
    'He met "Its mayor, ANN HILL" [@north, para. 2].',
    'A "ninety year old" thing [@north, para. 3].',
    'A "well-built or not" thing [@north, paras. 4-5].',
    'It was "a final" word, "in ten years" [@north, para. 4; @south, para. 1].',
    'It was "a very bad day" [@north, paras. 1-2].',
    # numbers and dates
    "It took 4 days, at 12:30 on 6 May 2001 [@north, para. 1; @north, para. 5].",
    "In May 2001, on a Sunday [@north, para. 1].",
    "Some 1700 people [@north, para. 2].",
    "Two sides tell it, in two articles [@north; @south].",
    "A sum of $2,500,000, and forty percent [@north, para. 4].",
    "Twenty-four carts, from 8 am to midnight [@north, para. 5].",
    "105 sheep and 24 boats [@south, para. 3].",
    "In 2000 and in 2001 [@south, para. 1].",
    "One cart, and one of them [@north, para. 1].",
    # names
    "Hill spoke [@north, para. 2].",
    "Aberfurt lost its bridge [@north, para. 1].",
    "The South did not pay [@south, para. 1].",
    # negations
    'It "could not stand another flood" [@north, para. 3].',
    'The council was not "warned by the River Board" [@north, para. 3].',
    "The council wasn't warned by the River Board [@north, para. 3].",
    "Nobody says that it was warned by the River Board [@north, para. 3].",
    'The South does not want "a new bridge" [@south, paras. 1-2].',
    "Well built, the bridge had carried two dozen carts [@north, para. 5].",
    # seven words
    "So the bridge had carried two dozen carts each day [@north, para. 5].",
]

CASES = [
    # a name that begins a sentence and stands in no article
    Case("Blunderbuss came to the bridge [@north, para. 1].", [name("Blunderbuss")]),
    # a quotation with a word changed, added or dropped
    Case(
        'It "fell at noon on Sunday" [@north, para. 1].',
        [quotation('"fell', "in ¶1 of north: '12 30', not 'noon'")],
    ),
    Case(
        'It "fell right at 12:30 on Sunday" [@north, para. 1].',
        [quotation('"fell', "in ¶1 of north: no 'right'")],
    ),
    Case('It "fell 12:30 on Sunday" [@north, para. 1].', [quotation('"fell', "in ¶1 of north: 'at' as well")]),
    Case('It "fell at 12:31 on Sunday" [@north, para. 1].', [quotation('"fell', "in ¶1 of north: '30', not '31'")]),
    # pieces keep their order, and all of them stand in one paragraph
    Case(
        'It came "after four days of rain … at 12:30" [@north, para. 1].',
        [quotation('"after', "in ¶1 of north: 'nobody was hurt', not 'at 12 30'")],
    ),
    Case('It "fell at … very bad day" [@north, paras. 1-2].', [quotation('"fell', SEVERAL)]),
    Case('It "fell … very bad day" [@north, paras. 1-2].', [quotation('"fell', SINGLE)]),
    Case('It was "…" [@north, para. 1].', [quotation('"…', "quote the words that matter, or drop the marks")]),
    Case('It was "a very bad day" [@north].', [quotation('"a very', "it is in ¶2 of north")]),
    # in another paragraph, of the same article or not
    Case('It was "a very bad day" [@north, para. 1].', [quotation('"a very', "it is in ¶2 of north")]),
    Case('It was "a very bad day" [@south, para. 1].', [quotation('"a very', "it is in ¶2 of north")]),
    # nowhere
    Case('It was "green" [@north, para. 1].', [quotation('"green')]),
    Case('It was "a bridge falls" [@north].', [quotation('"a bridge')]),
    Case(
        'A "b" is [@north, para. 1], "a very" so [@north, para. 1].',
        [quotation('"b"'), quotation('"a very', "it is in ¶2 of north")],
    ),
    # numbers and dates; those of a quotation are the quotation's
    Case('It lost "40 per cent" of 41 carts [@north, para. 4].', [number("41")]),
    Case("It lost 25 sheep [@north, para. 5].", [], "¶5 has two dozen; 24 and 1 are 25."),
    Case("It lost 25 sheep [@north, para. 5].", [], "24 + 1 is 25."),
    Case("It lost 25 sheep, and 26 [@north, para. 5].", [number("26")], "¶5 has two dozen; 24 and 1 are 25."),
    Case("It fell by 9…9 of 1.2.3.4 [@north, para. 4].", [number("9…"), number("9 of"), UNREAD]),
    Case("On Monday 7 May [@north, para. 1].", [number("Monday"), number("7 May", "¶3 of south")]),
    Case("In July 2002 [@north, para. 1].", [number("July")]),
    Case("At noon [@north, para. 1].", [number("noon")]),
    Case("It was the second in three days [@north, para. 1].", [count("second"), number("three")]),
    Case("There were two carts [@north, para. 1].", [count("two")]),
    Case("There were the three [@north; @south].", [number("three")]),
    Case("All eleven of them [@north; @south].", [number("eleven")]),
    Case("It tells it in five articles [@north].", [count("five")]),
    Case("It tells it in two articles [@north].", []),
    Case("It cost $25 million [@north, para. 4].", [number("25")]),
    Case("It fell by 40 [@north, para. 4].", [number("40")]),
    Case("In the 1980s [@north].", [number("1980s")]),
    # names
    Case("So Hill spoke [@north, para. 1].", [name("Hill", "¶2 of north")]),
    Case(
        "So Aberford, in the South [@north, para. 2].",
        [name("Aberford", "¶1 of north"), name("the South", "¶1 of south")],
    ),
    # counted in the text as it was typed, with its white space and escapes
    Case(
        "By day.  It  stood  for  77  years  in  Aberford [@north, para. 2].",
        [number("77"), name("Aberford", "¶1 of north")],
    ),
    Case(
        r'Of \*\*\* stars and \\ bars, "a very"  \"odd\"  *day*  in  1812 [@north, para. 2].',
        [quotation('"odd'), number("1812")],
    ),
    Case(
        "In  *their  Aberford*  of  41  *and  42* [@north, para. 2].",
        [name("Aberford", "¶1 of north"), number("41"), number("42")],
    ),
    # a negation on one side only
    Case('It was "warned by the River Board" [@north, para. 3].', [("negation-differs", '"warned', NOT_AS_WELL)]),
    Case('The South wants "a new bridge" [@south, paras. 1-2].', [("negation-differs", '"a new', NOT_AS_WELL)]),
    Case(
        "The piers could stand another flood or more [@north, para. 3].", [("negation-differs", "The piers", FOLLOWED)]
    ),
    Case("The old ferry is not enough for us now [@south, para. 2].", [("negation-differs", "The old", FOLLOWED)]),
    Case("The old ferry isn't enough for us now [@south, para. 2].", [("negation-differs", "The old", FOLLOWED)]),
    # an article's wording
    Case(
        "So the bridge had carried two dozen carts an hour [@north, para. 5].",
        [("copied-wording", "the bridge", OWN_WORDS)],
    ),
    Case(
        "The South had no duty to mend the bridge, and that the [@south, para. 1].",
        [("copied-wording", "had no", OWN_WORDS)],
    ),
    Case(
        "So (the bridge had)  carried  *the bridge* had carried two dozen carts an hour [@north, para. 5].",
        [("copied-wording", "the bridge* had", OWN_WORDS)],
    ),
    Case(
        "So the bridge had carried two dozen carts an hour [@south, para. 1].",
        [
            ("copied-wording", "the bridge", OWN_WORDS),
            number("two dozen", "¶3 of south"),
        ],
    ),
]


@pytest.fixture
def story(mini: Path) -> Path:
    save_copies(mini)
    return mini


def found(story: Path) -> Findings:
    return prove(load(story), story / "copies")


def of_the_claim(findings: Findings) -> list[Problem]:
    return [problem for problem in findings.problems if problem.location.file.endswith("01-start.yaml")]


@pytest.mark.parametrize("claim", FINE)
def test_what_the_article_bears_out(story: Path, claim: str) -> None:
    tell(story, claim)
    findings = found(story)
    assert of_the_claim(findings) == []
    assert findings.not_looked_into == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.claim)
def test_what_the_article_does_not_bear_out(story: Path, case: Case) -> None:
    tell(story, case.claim, case.note)
    problems = sorted(of_the_claim(found(story)), key=lambda problem: problem.location)
    assert [(problem.rule, problem.help) for problem in problems] == [(rule, text) for rule, _, text in case.expected]
    places = [(problem.location.line, problem.location.column) for problem in problems]
    assert places == [(CLAIM_LINE, CLAIM_COLUMN + case.claim.index(words)) for _, words, _ in case.expected]
    levels = {rule.name: rule.level for rule in RULES}
    assert all(problem.level == levels[problem.rule] for problem in problems)


def test_a_note_that_names_no_grounds_bears_nothing_out(story: Path) -> None:
    tell(story, "It lost 25 sheep [@north, para. 5].", "25 is our own count.")
    assert sorted(problem.rule for problem in of_the_claim(found(story))) == ["number-not-found"]
    tell(story, "It lost 25 sheep [@north, para. 5].", "25 is a round number.")
    assert sorted(problem.rule for problem in of_the_claim(found(story))) == ["grounds-not-found", "number-not-found"]


def test_the_messages(story: Path) -> None:
    claim = 'In 1812 not 7 of them "was not there in that year at all", said Hill; never "four days of rain"'
    tell(story, f"{claim} [@north, para. 1].")
    assert {problem.message for problem in of_the_claim(found(story))} == {
        "the date or time '1812' stands in no cited paragraph",
        "the number '7' stands in no cited paragraph",
        "no cited paragraph names Ann Hill",
        "“was not there in that year …” does not stand in a cited paragraph",
        "this denies “four days of rain”, and the source does not",
    }


@pytest.mark.parametrize(
    ("file", "change", "place", "help_text"),
    [
        (NIGHT, ("lead: Hill said", "lead: In 1812 Hill said"), (8, 14), NOTE),
        (START, ("      It fell", "      In 1812 it fell"), (6, 10), NOTE),
        (NIGHT, ("gist: It rained", "gist: In 1812 it rained"), (5, 10), CORRECT),
        (NIGHT, ("answer: Both", "answer: In 1812 both"), (17, 16), CORRECT),
        (DISPUTE, ("says: The rain", "says: In 1812 the rain"), (4, 14), CORRECT),
        (TERM, ("way over water", "way over 1812 waters [@north, para. 1]"), (2, 21), CORRECT),
    ],
)
def test_a_note_is_offered_where_a_text_can_have_one(
    story: Path, file: str, change: tuple[str, str], place: tuple[int, int], help_text: str
) -> None:
    tell(story, "It fell [@north, para. 1].")
    text = (story / file).read_text("utf-8")
    assert text.count(change[0]) == 1
    (story / file).write_text(text.replace(*change), "utf-8")
    (problem,) = (problem for problem in found(story).problems if problem.rule == "number-not-found")
    assert problem.location.file == str(story / file)
    assert ((problem.location.line, problem.location.column), problem.help) == (place, help_text)


# --- quotations of a beat, and who speaks ---

QUOTE = """\
title: Start
phase: opening
gist: A bridge fell [@north, para. 1].
beats:
  - quote: {quote}
    lead: {lead}
    by: {by}
    cite: "{cite}"
questions:
  - ask: Who spoke?
    skill: sourcing
    answer: Ann Hill [@north, para. 2].
"""


class Spoken(NamedTuple):
    """A quotation's beat and the problems that it makes: rule, line and column."""

    quote: str
    lead: str
    by: str
    cite: str
    expected: list[tuple[str, int, int]]


QUOTE_PLACE = (5, 12)
NO_QUOTE, NO_SPEAKER = ("quotation-not-found", *QUOTE_PLACE), ("speaker-not-found", 7, 9)
WISH = "we do not want a new bridge"


@pytest.mark.parametrize(
    "spoken",
    [
        Spoken("a very bad day", "It was, said Hill,", "ann-hill", "@north, para. 2", []),
        Spoken("a very good day", "Hill said", "ann-hill", "@north, para. 2", [NO_QUOTE]),
        Spoken(WISH, "They said", "south", "@south, para. 2", [NO_SPEAKER]),
        Spoken(WISH, "They said", "south", "@south, paras. 1-2", []),
        Spoken(WISH, "They said", "south", "@south", [NO_QUOTE, NO_SPEAKER]),
        Spoken("want a new bridge", "So all", "south", "@south, paras. 1-2", [("negation-differs", *QUOTE_PLACE)]),
        Spoken("a bad day", "On 7 May", "ann-hill", "@north, para. 2", [NO_QUOTE, ("number-not-found", 6, 14)]),
        Spoken("nobody was hurt", "O Hill", "ann-hill", "@north, para. 1", [("name-not-found", 6, 13), NO_SPEAKER]),
        Spoken("a very bad day", "Hill said", "ann-hill", "@west, para. 1", []),
        Spoken("so it goes", "One said", "nobody", "@north, para. 1", [NO_QUOTE]),
    ],
)
def test_a_quotation_and_its_speaker(story: Path, spoken: Spoken) -> None:
    text = QUOTE.format(quote=spoken.quote, lead=spoken.lead, by=spoken.by, cite=spoken.cite)
    (story / "story" / "01-start.yaml").write_text(text, "utf-8")
    problems = sorted(of_the_claim(found(story)), key=lambda problem: problem.location)
    places = [(problem.rule, problem.location.line, problem.location.column) for problem in problems]
    assert places == spoken.expected


def test_a_lead_with_much_white_space_is_marked_at_its_character(story: Path) -> None:
    lead = r"'  So  it  was  \* on  7  May  in  Aberford,  said  Hill'"
    text = QUOTE.format(quote="a very bad day", lead=lead, by="ann-hill", cite="@north, para. 2")
    (story / "story" / "01-start.yaml").write_text(text, "utf-8")
    columns = {problem.rule: problem.location.column for problem in of_the_claim(found(story))}
    start = len("    lead: ") + 1
    assert columns == {
        "number-not-found": start + lead.index("7"),
        "name-not-found": start + lead.index("Aberford"),
    }


def test_a_block_with_blank_lines_is_marked_at_its_character(story: Path) -> None:
    tell(story, "It fell  in\n\n\n      the rain\n\n      of 1812,  in  Aberford [@north, para. 2].")
    path = story / "story" / "01-start.yaml"
    path.write_text(path.read_text("utf-8").replace("say: >-", "say: |"), "utf-8")
    problems = of_the_claim(found(story))
    assert {p.rule: (p.location.line, p.location.column) for p in problems} == {
        "number-not-found": (CLAIM_LINE + 5, CLAIM_COLUMN + len("of ")),
        "name-not-found": (CLAIM_LINE + 5, CLAIM_COLUMN + len("of 1812,  in  ")),
    }


def test_a_position_has_its_speaker_in_a_cited_paragraph(story: Path) -> None:
    tell(story, "It fell [@north, para. 1].")
    path = story / "cards" / "disputes" / "who-broke-it.yaml"
    text = path.read_text("utf-8").replace(', "with glee" [@south, para. 1]', " [@south, para. 2]")
    path.write_text(text, "utf-8")
    (problem,) = (problem for problem in found(story).problems if problem.location.file == str(path))
    assert (problem.rule, problem.location.line) == ("speaker-not-found", 5)
    assert problem.message == "no cited paragraph names the South"
    path.write_text(text.replace("@south, para. 2", "@south, paras. 1-2"), "utf-8")
    assert [problem for problem in found(story).problems if problem.location.file == str(path)] == []


def test_an_article_speaks_for_its_paper(story: Path) -> None:
    (story / "cards" / "voices" / "the-herald.yaml").write_text("name: The Herald\nrole: paper\nside: press\n", "utf-8")
    card = story / "cards" / "sources" / "south.yaml"
    card.write_text(card.read_text("utf-8") + "container-title: The Herald\n", "utf-8")
    tell(story, "The Herald counts 24 boats [@south, para. 3].")
    assert of_the_claim(found(story)) == []
    tell(story, "The Herald counts 24 carts [@north, para. 5].")
    assert [problem.rule for problem in of_the_claim(found(story))] == ["name-not-found"]


def test_a_people_bears_the_name_of_its_country(story: Path) -> None:
    (story / "cards" / "voices" / "norland.yaml").write_text("name: Norland\nrole: state\nside: other\n", "utf-8")
    tell(story, "Norland sent boats [@south, para. 3].")
    assert [problem.rule for problem in of_the_claim(found(story))] == ["name-not-found"]
    for said, rules in (("Norlandian boats", []), ("Norlands boats", ["name-not-found"])):
        save_changed(story, "south", 3, f"Twenty-four {said} crossed on 7 May.")
        assert [problem.rule for problem in of_the_claim(found(story))] == rules


def save_changed(story: Path, key: str, number: int, text: str) -> None:
    """Change a paragraph in the copy and its fingerprint in the card."""
    card, copy = story / "cards" / "sources" / f"{key}.yaml", story / "copies" / f"{key}.txt"
    paragraphs = copy.read_text("utf-8").split("\n\n")
    old = fingerprint(paragraphs[number - 1])
    paragraphs[number - 1] = text
    card.write_text(card.read_text("utf-8").replace(old, fingerprint(text)), "utf-8")
    copy.write_text("\n\n".join(paragraphs), "utf-8")


# --- what the card says of an article ---


def test_what_its_card_says_of_an_article_may_be_told_of_it_as_a_whole(story: Path) -> None:
    card = story / "cards" / "sources" / "south.yaml"
    card.write_text(card.read_text("utf-8") + "cautions: [Its picture dates from July 1999 (¶17).]\n", "utf-8")
    for cite, rules in (("@south", []), ("@south, para. 3", ["number-not-found"])):
        tell(story, f"It has a picture of July 1999 [{cite}].")
        assert [problem.rule for problem in of_the_claim(found(story))] == rules
    tell(story, "It has 17 pictures [@south].")
    assert [problem.rule for problem in of_the_claim(found(story))] == ["number-not-found"]


# --- claims that cannot be looked into ---


@pytest.mark.parametrize(
    ("cite", "reason"),
    [
        ("@west, para. 1", "no such source"),
        ("@north, para. 1; @west, para. 1", "no such source"),
        ("@west", "no such source"),
        ("@north, para. 9", "no such paragraph"),
        ("@north, para. 0", "no such paragraph"),
        ("@north, para. 2", "a paragraph differs in the copy"),
        ("@north, paras. 1-3", "a paragraph differs in the copy"),
        ("@north", "a paragraph differs in the copy"),
        ("@south, para. 1", "no copy of south"),
        ("@south", "no copy of south"),
        ("@north, para. 1; @south, para. 9", "no copy of south"),
    ],
)
def test_what_cannot_be_looked_up_is_not_looked_into_and_not_wrong(story: Path, cite: str, reason: str) -> None:
    (story / "copies" / "south.txt").unlink()
    copy = story / "copies" / "north.txt"
    copy.write_text(copy.read_text("utf-8").replace("very bad", "bad"), "utf-8")
    tell(story, "It fell [@north, para. 1].")
    before = found(story)
    tell(story, f'In 1812 Hill said "so it goes" [{cite}].')
    after = found(story)
    assert of_the_claim(after) == []
    assert after.not_looked_into[reason] == before.not_looked_into.get(reason, 0) + 1
    assert sum(after.not_looked_into.values()) == sum(before.not_looked_into.values()) + 1


def test_wording_of_an_article_is_found_whatever_is_cited(story: Path) -> None:
    tell(story, f"{NORTH[0][:70]} [@west, para. 1].")
    assert [problem.rule for problem in of_the_claim(found(story))] == ["copied-wording"]


@pytest.mark.parametrize(
    ("file", "field"),
    [
        ("story/02-night.yaml", "aside: "),
        ("story/02-night.yaml", "ask: "),
        ("story/02-night.yaml", "title: "),
        ("cards/terms/bridge.yaml", "meaning: "),
        ("cards/sources/north.yaml", "stance: "),
        ("cards/disputes/who-broke-it.yaml", "silent: "),
    ],
)
def test_an_articles_wording_is_found_where_nothing_is_cited(story: Path, file: str, field: str) -> None:
    path = story / file
    text = path.read_text("utf-8").replace("figure: timeline", "aside: Two towns.")
    start, _, end = text.partition(field)
    assert end, f"{file} has {field}"
    copied = '"Wait", the bridge had carried two dozen carts an hour. '
    path.write_text(f"{start}{field}'{copied}{end.splitlines()[0].strip('>- ')}'\n{end.partition(chr(10))[2]}", "utf-8")
    places = [problem.location for problem in found(story).problems if problem.rule == "copied-wording"]
    line = start.count("\n") + 1
    column = len(start.rpartition("\n")[2]) + len(field) + len("'") + copied.index("the bridge") + 1
    assert [(place.line, place.column) for place in places] == [(line, column)]


def test_wording_is_found_beside_what_only_looks_like_a_citation(story: Path) -> None:
    scene = story / "story" / "02-night.yaml"
    note = f"'{' '.join(NORTH[0].split()[:2])} [@north, para. 1] {' '.join(NORTH[0].split()[2:9])}'"
    scene.write_text(scene.read_text("utf-8").replace("    by: ", f"    note: {note}\n    by: "), "utf-8")
    assert "copied-wording" in [problem.rule for problem in found(story).problems]


def test_a_quotation_that_cites_nothing_is_no_claim(story: Path) -> None:
    before = found(story)
    scene = story / "story" / "02-night.yaml"
    kept = [line for line in scene.read_text("utf-8").splitlines(keepends=True) if not line.startswith("    cite:")]
    scene.write_text("".join(kept), "utf-8")
    assert found(story).quotations == before.quotations - 1


def test_numbers_too_long_for_python_are_none(story: Path) -> None:
    digits = "9" * 5000
    tell(story, f"It fell {digits}st, [{digits}] [@north, para. 1].")
    assert {problem.rule for problem in of_the_claim(found(story))} == {"number-not-read", "number-not-found"}
    assert LABELLED.match(f"[{digits}] It fell.") is None


@pytest.mark.parametrize("before", range(9))
@pytest.mark.parametrize("start", range(4))
def test_a_run_of_eight_words_is_found_wherever_it_begins(story: Path, before: int, start: int) -> None:
    for length, rules in ((8, ["copied-wording"]), (7, [])):
        run = " ".join(NORTH[2].split()[start : start + length])
        tell(story, f"{' '.join(['so'] * before)} {run} to say [@north, para. 3].")
        assert [p.rule for p in of_the_claim(found(story)) if p.rule != "negation-differs"] == rules


# --- what is counted ---


def test_claims_numbers_names_and_shares_are_counted(story: Path) -> None:
    tell(story, "It fell [@north, para. 1].")
    before = found(story)
    tell(story, 'Hill, "so 9 it goes", on 6 May 2001, or "a very bad day" [@north, paras. 1-2].')
    after = found(story)
    assert after.count(BORNE_OUT) == before.count(BORNE_OUT), "it had nothing to look for, and now has an error"
    assert after.count(NOT_BORNE_OUT) == before.count(NOT_BORNE_OUT) + 1
    assert after.names == before.names + 1
    assert after.numbers == before.numbers + 3
    assert after.quotations == before.quotations + 2
    assert after.shares["north"].quoted == before.shares["north"].quoted + 4 + 4
    assert after.shares["north"].paragraphs == len(ARTICLES["north"])
    assert after.shares["north"].cited >= {1, 2}
    assert after.shares["north"].words == sum(len(strip(text).words) + len(strip(text).denied) for text in NORTH)
