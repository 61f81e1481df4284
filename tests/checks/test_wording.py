"""The narrator takes no side: each word that does is found where it stands, and nothing that is somebody else's is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from retell.checks import check, fit, wording
from retell.checks.narrator import BLANK, Narration, sentences
from retell.checks.patterns import alternation
from retell.files.yamlfile import YamlFile
from retell.story.library import load, shipped_root
from retell.story.wording import MOST_WORDS

START, NIGHT = "story/01-start.yaml", "story/02-night.yaml"
HILL, SOUTH, DISPUTE = "cards/voices/ann-hill.yaml", "cards/voices/south.yaml", "cards/disputes/who-broke-it.yaml"
PLACE, NORTH, STORY = "cards/places/aberford.yaml", "cards/sources/north.yaml", "story/story.yaml"


OWN_WORDS = """\
loaded:
  - gang
  - illegal*
  - blockade
  - occupation
  - occupied
  - liberat*
  - puppet*
  - provocation
  - aggression
  - separatis*
  - humanitarian crisis
  - ethnically cleansed
judging: [swore blind]
peoples: [Armenians, Azerbaijanis, Russians, the British]
allowed: [press gang, illegal tender, Occupation Day]
"""


@pytest.fixture(autouse=True)
def own_words(mini: Path) -> None:
    (mini / "story" / "wording.yaml").write_text(OWN_WORDS, "utf-8")


class Case(NamedTuple):
    """A text of a file replaced by another, and what is found: rule, line, column and the word that stands there."""

    file: str
    old: str
    new: str
    rule: str
    line: int
    column: int
    word: str


CASES = [
    # a loaded word, in each field that the narrator speaks
    Case(START, "and left", "and the regime left", "loaded-word", 5, 106, "regime"),
    Case(START, "title: Start", "title: The gang", "loaded-word", 1, 12, "gang"),
    Case(START, "gist: A bridge", "gist: An illegal bridge", "loaded-word", 3, 10, "illegal"),
    Case(START, 'says "Sunday"', 'the blockade began on "Sunday"', "loaded-word", 6, 15, "blockade"),
    Case(START, "Two towns, one river.", "An occupation, a river.", "loaded-word", 7, 15, "occupation"),
    Case(START, "ask: Who spoke?", "ask: Who liberated it?", "loaded-word", 9, 14, "liberated"),
    Case(START, "answer: Ann Hill", "answer: The terrorists", "loaded-word", 11, 17, "terrorists"),
    Case(NIGHT, "lead: Hill said", "lead: Hill, a puppet, said", "loaded-word", 8, 19, "puppet"),
    Case(NIGHT, "lead: Hill said", "note: a provocation\n    lead: Hill said", "loaded-word", 8, 13, "provocation"),
    Case(DISPUTE, "question: Who broke it?", "question: Whose aggression?", "loaded-word", 1, 17, "aggression"),
    Case(DISPUTE, "The rain did", "The illegal rain did", "loaded-word", 4, 15, "illegal"),
    Case(DISPUTE, "silent: The river.", "silent: The so-called river.", "loaded-word", 7, 13, "so-called"),
    Case(DISPUTE, "silent: The river.", "notice: The separatists.", "loaded-word", 7, 13, "separatists"),
    # as the author may type it
    Case(START, "and left", "and\n      the Regime left", "loaded-word", 6, 11, "Regime"),
    Case(
        START,
        "- say: The",
        "- say: >-\n      The humanitarian\n      crisis. The",
        "loaded-word",
        6,
        11,
        "humanitarian",
    ),
    Case(START, "and left", "and *occupied* land", "loaded-word", 5, 103, "occupied"),
    Case(START, "and left", "and an anti-terror operation", "loaded-word", 5, 105, "anti-terror"),
    Case(START, "and left", "and the so called mayor left", "loaded-word", 5, 106, "so called"),
    Case(START, "and left", "and ethnically cleansed it", "loaded-word", 5, 102, "ethnically"),
    Case(START, "Two towns, one river.", "'  A regime.'", "loaded-word", 7, 17, "regime"),
    Case(START, "Two towns, one river.", '"A\\u0020regime."', "loaded-word", 7, 20, "regime"),
    Case(START, "and left", "and the so‐called mayor left", "loaded-word", 5, 106, "so‐called"),
    Case(START, "and left", "and an anti‑terror operation", "loaded-word", 5, 105, "anti‑terror"),
    # in what stands above the scenes and on the cards
    Case(STORY, "title: The Bridge", "title: The Regime", "loaded-word", 1, 12, "Regime"),
    Case(STORY, "subtitle: A small story", "subtitle: Of a regime", "loaded-word", 2, 16, "regime"),
    Case(STORY, "question: Who broke the bridge?", "question: Who claimed it?", "judging-verb", 3, 15, "claimed"),
    Case(STORY, "about: Two invented", "about: Illegal", "loaded-word", 4, 8, "Illegal"),
    Case(STORY, "title: The flood", "title: The occupation", "loaded-word", 11, 16, "occupation"),
    Case(HILL, "role: mayor", "role: a gang's mayor", "loaded-word", 2, 9, "gang"),
    Case(PLACE, "what: ", "what: an occupied ", "loaded-word", 2, 10, "occupied"),
    Case(NORTH, "summary: ", "summary: Illegal, ", "loaded-word", 4, 10, "Illegal"),
    # what is no word of anybody's
    Case(START, "and left", "and it was called a blockade", "loaded-word", 5, 118, "blockade"),
    Case(START, "and left", "and the town calls the old regime", "loaded-word", 5, 125, "regime"),
    Case(START, "and left", "and it said a word. The blockade stood", "loaded-word", 5, 122, "blockade"),
    # verbs that judge
    Case(START, "called it", "claimed it was", "judging-verb", 5, 52, "claimed"),
    Case(START, "and left", "and she claims that it fell", "judging-verb", 5, 106, "claims"),
    Case(START, "and left", "and they claim it", "judging-verb", 5, 107, "claim"),
    Case(NIGHT, "lead: Hill said", "lead: Hill admitted", "judging-verb", 8, 16, "admitted"),
    Case(NIGHT, "lead: Hill said", "lead: Hill, conceding the point, said", "judging-verb", 8, 17, "conceding"),
    Case(DISPUTE, "The rain did", "He insists that the rain did", "judging-verb", 4, 14, "insists"),
    Case(DISPUTE, "The rain did", "The alleged rain did", "judging-verb", 4, 15, "alleged"),
    Case(START, "ask: Who spoke?", "ask: What is revealed?", "judging-verb", 9, 18, "revealed"),
    # one name of two
    Case(
        START,
        "gist: A bridge fell in Aberford/Aberfurt",
        "gist: Aberfurt",
        "one-name-for-two-named-place",
        3,
        7,
        "Aberfurt",
    ),
    Case(START, "mayor of Aberford/Aberfurt", "mayor of Aberford", "one-name-for-two-named-place", 5, 23, "Aberford"),
    Case(START, "of Aberford/Aberfurt", "of Aberfurt/Aberford", "one-name-for-two-named-place", 5, 23, "Aberfurt"),
    Case(NIGHT, "lead: Hill said", "lead: In Aberford Hill said", "one-name-for-two-named-place", 8, 14, "Aberford"),
    Case(NIGHT, "ask: Which?", "ask: Which Aberford?", "one-name-for-two-named-place", 15, 16, "Aberford"),
    Case(DISPUTE, "silent: The river.", "silent: Aberford.", "one-name-for-two-named-place", 7, 9, "Aberford"),
    # peoples that act
    Case(START, "and left", "and the Armenians attacked", "people-for-government", 5, 106, "Armenians"),
    Case(START, "and left", "and Azerbaijanis have also said so", "people-for-government", 5, 102, "Azerbaijanis"),
    Case(DISPUTE, "The rain did", "The Russians agreed", "people-for-government", 4, 15, "Russians"),
    Case(START, "and left", "and the British attacked", "people-for-government", 5, 102, "the British"),
    Case(START, "and left", "and left. The British attacked", "people-for-government", 5, 108, "The British"),
    # of the story's own lists
    Case(START, "and left", "and swore blind that", "judging-verb", 5, 102, "swore blind"),
    Case(START, "and left", "and met a press gang and a gang", "loaded-word", 5, 125, "gang"),
    Case(START, "and left", "and the occupation day", "loaded-word", 5, 106, "occupation"),
    # contrasts
    Case(START, ", and left [", ". But the South left [", "contrast-joiner", 5, 98, "But"),
    Case(START, ", and left [", ' and "rain." However, the South left [', "contrast-joiner", 5, 109, "However"),
    Case(DISPUTE, "The rain did [", "Hill spoke. Yet the South did [", "contrast-joiner", 4, 23, "Yet"),
    Case(NIGHT, "lead: Hill said", "lead: And the South spoke. Still, she said", "contrast-joiner", 8, 32, "Still"),
    # asides
    Case(START, "Two towns, one river.", "In 12 towns.", "outside-the-aside", 7, 15, "12"),
    Case(START, "Two towns, one river.", "At 1,000.5 points.", "outside-the-aside", 7, 15, "1,000.5"),
    Case(START, "Two towns, one river.", "Twelve towns.", "outside-the-aside", 7, 12, "Twelve"),
    Case(START, "Two towns, one river.", "The twenty-first town.", "outside-the-aside", 7, 16, "twenty"),
    Case(START, "Two towns, one river.", "All through October.", "outside-the-aside", 7, 24, "October"),
    Case(START, "Two towns, one river.", "One day in May.", "outside-the-aside", 7, 23, "May"),
    Case(START, "Two towns, one river.", "Ann Hill again.", "outside-the-aside", 7, 12, "Ann Hill"),
    Case(START, "Two towns, one river.", "In Aberford again.", "outside-the-aside", 7, 15, "Aberford"),
    Case(START, "Two towns, one river.", "In Aberford/Aberfurt.", "outside-the-aside", 7, 15, "Aberford/Aberfurt"),
    Case(START, "Two towns, one river.", 'The "Aberford" day.', "outside-the-aside", 7, 16, '"Aberford"'),
    Case(START, "Two towns, one river.", "The “day.”", "outside-the-aside", 7, 16, "“day.”"),
    Case(START, "Two towns, one river.", 'A town" long.', "outside-the-aside", 7, 18, '"'),
]


def give_sides(root: Path) -> None:
    """Let the two voices of the small story be of two sides."""
    replace(root, HILL, "side: other", "side: armenia")
    replace(root, SOUTH, "side: other", "side: azerbaijan")


def replace(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    (root / file).write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.rule}: {case.new[:40]!r}")
def test_each_word_is_found_once_where_it_stands(mini: Path, case: Case) -> None:
    give_sides(mini)
    replace(mini, case.file, case.old, case.new)
    (problem,) = wording.check(load(mini))
    assert (problem.rule, problem.location.line, problem.location.column) == (case.rule, case.line, case.column)
    assert problem.location.file == str(mini / case.file)
    assert problem.location.excerpt[case.column - 1 :].startswith(case.word)
    assert case.word.strip('"“”').replace("‐", "-").replace("‑", "-") in problem.message
    assert "{" not in problem.message + problem.help


SAID = [
    # quoted, in an owned quotation
    'and left "the regime"',
    "and left “the illegal *occupation*”",
    'and said that "the separatists claimed it. But Aberford insists"',
    r'and left "the \"regime\" of terror"',
    # named as somebody's word
    "and left those whom the article calls separatists",
    "and left what she called a blockade",
    "and called them terrorists",
    "and spoke of the word blockade",
    # plain in this story
    "and met the press gang, with illegal tender, on Occupation Day",
    # let in, taken, shown
    "and was admitted to the hospital",
    "and claimed the land, and a fire claimed forty lives",
    "and said that the letter reveals its date",
    # ordinary words that are like loaded ones or like dates
    "and blocked a road that the liberal party liked",
    "and in May she may march for a second time, and a second later",
    "and denied that she had broken it",
    "and the humanitarian situation got worse",
    # the noun
    "and dropped its claims",
    "and heard Hill's claims on the river",
    "and spoke of its own territorial claim",
    "and of the authorities' claims",
    # people, not a people
    "and two Armenians said that they had seen it",
    "and the region's ethnic Armenians took it home",
    "and met the Armenians who lived there",
    "and an Armenian said so",
    # joining words
    "and left. But nobody saw it",
    "and left. However one tells it, the South was there",
    "and left. It rained. But the South stayed",
    "and left, but the South stayed",
    # places
    "and left Aberford behind",
]


@pytest.mark.parametrize("said", SAID)
def test_what_is_no_false_alarm_in_narration(mini: Path, said: str) -> None:
    give_sides(mini)
    replace(mini, START, "and left", said)
    assert list(wording.check(load(mini))) == []


@pytest.mark.parametrize(
    "aside",
    [
        "Two capitals, the same two words.",
        "Or was it breaking from the first day?",
        "That was one Sunday.",
        "Wait a second, or eleven.",
        "You may believe it. May you be right.",
        "March on, then.",
        "A sixth article, a seventh?",
        "It’s late; don't wait.",
    ],
)
def test_what_an_aside_may_say(mini: Path, aside: str) -> None:
    replace(mini, START, "Two towns, one river.", aside)
    assert list(wording.check(load(mini))) == []


def test_a_question_may_ask_for_a_word(mini: Path) -> None:
    replace(mini, DISPUTE, "question: Who broke it?", "question: Was it a blockade?")
    assert list(wording.check(load(mini))) == []


def test_a_name_that_may_stand_alone_does(mini: Path) -> None:
    replace(mini, START, "mayor of Aberford/Aberfurt", "mayor on the Aberford road")
    assert [problem.rule for problem in wording.check(load(mini))] == ["one-name-for-two-named-place"]
    replace(mini, PLACE, "position:", "alone: [Aberford]\nposition:")
    assert list(wording.check(load(mini))) == []
    replace(mini, NIGHT, "lead: Hill said", "lead: In Aberfurt Hill said")
    (problem,) = wording.check(load(mini))
    assert problem.help.startswith("write Aberford/Aberfurt here")


def test_lachin_keeps_its_name_on_the_road() -> None:
    assert load(shipped_root()).places["lachin"].form.alone == ("Lachin",)


def test_without_a_place_of_two_names_none_is_asked_for(mini: Path) -> None:
    replace(mini, PLACE, "Aberford/Aberfurt", "Aberford")
    assert list(wording.check(load(mini))) == []


def test_one_problem_hides_no_other(mini: Path) -> None:
    replace(mini, START, "and left", "and the Armenians attacked the regime, which claimed Aberfurt")
    replace(mini, START, "Two towns", "In 2001 two towns")
    found = [problem.rule for problem in check(load(mini))]
    assert found == ["people-for-government", "loaded-word", "judging-verb", "outside-the-aside"]


def test_a_quotation_that_is_never_closed_is_one_problem(mini: Path) -> None:
    replace(mini, START, "and left", 'and left "the regime')
    assert [problem.rule for problem in check(load(mini))] == ["unclosed-mark"]


def test_a_file_that_cannot_be_read_has_no_words(mini: Path) -> None:
    replace(mini, START, "title: Start", "title: Start: regime")
    replace(mini, NIGHT, "lead: Hill said", "lead: [the regime]")
    assert list(wording.check(load(mini))) == []


def test_a_story_that_takes_sides_can_be_told(mini: Path) -> None:
    replace(mini, START, "and left", "and the regime left")
    library = load(mini)
    assert len(fit(library).scenes) == 2
    assert [problem.level for problem in check(library)] == ["error"]


def test_each_rule_has_its_data_and_no_data_are_left_over() -> None:
    assert [rule.name for rule in wording.rules()] == [rule.name for rule in wording.RULES]
    for rule in wording.rules():
        assert len(set(rule.words)) == len(rule.words)
        for context in (*rule.unless, *rule.only):
            assert all(re.search(alternation(rule.words), word) for word in context.words)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("finds: facts", "finds: everything"),
        ("finds:", "find:"),
        ("in: [aside]", "in: [asides]"),
        ("words: [claims]", "words: claims"),
        ("- name: loaded-word\n", "- nome: loaded-word\n"),
    ],
)
def test_data_that_is_not_as_expected_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    text = wording.DATA.read_text("utf-8")
    assert old in text
    (tmp_path / "wording.yaml").write_text(text.replace(old, new, 1), "utf-8")
    monkeypatch.setattr(wording, "DATA", tmp_path / "wording.yaml")
    with pytest.raises(msgspec.ValidationError):
        wording.rules.__wrapped__()


def test_the_data_is_read_once(mini: Path) -> None:
    assert wording.rules() is wording.rules()


def test_a_telling_reads_none_of_it(mini: Path) -> None:
    code = (
        "import sys; from retell.cli import retell\n"
        "try: retell(['--story', sys.argv[1], 'read'])\n"
        "finally: print([name for name in sys.modules if name.startswith('retell.checks.')])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(mini)], capture_output=True, encoding="utf-8", check=False)
    loaded = done.stdout.splitlines()[-1]
    assert "retell.checks.claims" in loaded
    assert "wording" not in loaded
    assert "narrator" not in loaded


@pytest.mark.parametrize("unit", ["calls it ", "humanitarian ", "a. “x. ", ". ", '"', "[@a] ", "\\", "*", "so "])
def test_a_long_text_is_looked_through_once(mini: Path, unit: str) -> None:
    """No time is taken here, but a pattern that looks back and forth would not come to its end."""
    text = Narration(YamlFile("a", ""), (), "lead", "beats", unit * 20_000)
    own = text.own
    assert len(own) == len(text.typed)
    assert sum(len(sentence) for _, sentence in sentences(own)) == len(own)
    for rule in wording.rules():
        assert list(wording.FINDERS[rule.finds](rule, [text], load(mini))) is not None


def test_what_is_blanked_keeps_every_other_character_in_its_place() -> None:
    own = Narration(YamlFile("a", ""), (), "say", "beats", 'He said "no." [@a, para. 1]. Then “yes” [@b].').own
    assert own == f"He said {BLANK * 3}.{BLANK}              . Then {BLANK * 5}     ."
    assert [sentence.strip() for _, sentence in sentences(own)][1:] == [f"Then {BLANK * 5}     ."]


def test_a_story_without_words_of_its_own_has_the_few_that_take_a_side_anywhere(mini: Path) -> None:
    (mini / "story" / "wording.yaml").unlink()
    replace(mini, START, "and left", "and the terrorists of the gang left, Armenians attacked, and it was occupied")
    assert [(problem.rule, problem.message[:12]) for problem in wording.check(load(mini))] == [
        ("loaded-word", "“terrorists”")
    ]


@pytest.mark.parametrize("word", ["[", "^", "*", "a*b", "'x", "\\\\w", "-", ""])
def test_what_is_no_word_is_refused_at_its_place(mini: Path, word: str) -> None:
    (mini / "story" / "wording.yaml").write_text(f'loaded:\n  - mob\n  - "{word}"\n', "utf-8")
    replace(mini, START, "and left", "and the mob left")
    found = [(problem.rule, problem.location.file[-12:], problem.location.line) for problem in check(load(mini))]
    assert found == [("loaded-word", "01-start.yaml"[-12:], 5), ("wrong-type", "wording.yaml", 3)]


def test_a_list_of_thousands_is_refused(mini: Path) -> None:
    many = "\n".join(f"  - word{i}x" for i in range(MOST_WORDS + 1)).replace("0", "o").replace("1", "l")
    (mini / "story" / "wording.yaml").write_text(f"loaded:\n{many}\n", "utf-8")
    (problem,) = wording.check(load(mini))
    assert (problem.rule, problem.location.line) == ("too-large", 1)


def test_the_shipped_story_brings_the_words_of_its_conflict() -> None:
    own = load(shipped_root()).wording
    assert own
    assert "occupied" in own.form.loaded
    assert "Armenians" in own.form.peoples
    general = {word for rule in wording.rules() for word in rule.words}
    assert not general & {*own.form.loaded, *own.form.peoples}


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "loaded:\n"])
def test_an_empty_file_of_words_lists_none(mini: Path, text: str) -> None:
    (mini / "story" / "wording.yaml").write_text(text, "utf-8")
    (mini / "story" / "class.yaml").write_text(text.partition("loaded")[0], "utf-8")
    assert check(load(mini)) == []
