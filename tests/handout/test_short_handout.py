"""The shipped story's short handout stands alone: its names, its answers and how hard it is to read."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from functools import cache

import pytest

from retell.handout.pages.student import opening_of
from retell.handout.student import StudentEdition, student_edition
from retell.script.excerpt import excerpt
from retell.script.steps import AccountsStep, AsideStep, SayStep, Stretch
from retell.story.typography import set_line
from tests.story.measures import reading_grade
from tests.support.every import shipped

HIGHEST_GRADE = 9.0
COUNTRIES = {"Armenia", "Azerbaijan", "France", "Iran", "Russia", "United States"}  # which an atlas introduces
MONTHS = set(month_name[1:])
DAYS = set(day_name)
OF_A_COUNTRY = re.compile(r"Armenian(?:s|-backed)?|Azerbaijani|Russian")
LETTER = re.compile(r"(?:Articles? )?[A-E]")  # of an article
CAPITALS = {"Baku": "Azerbaijan", "Yerevan": "Armenia", "Moscow": "Russia"}
NAME = r"[A-Z][\w’-]*(?:(?: of the| of|) [A-Z][\w’-]*)*"
BEGUN = re.compile(r"(?:^|[.:?!;]\s+|[“(/]\s*)$")  # what a word is capitalised for


@cache
def short() -> StudentEdition:
    return student_edition(shipped(), length="short")


def plain(stretches: tuple[Stretch, ...]) -> str:
    return re.sub(r" (?=[.,;:?!])", "", " ".join(stretch.text for stretch in stretches))


def told_texts() -> list[str]:
    """What the short handout tells, each text whole."""
    edition = short()
    texts = [plain(step.stretches) for step in edition.steps if isinstance(step, SayStep)]
    texts += [step.text for step in edition.steps if isinstance(step, AsideStep)]
    texts += [plain(gist.gist) for gist in edition.gists]
    texts += [plain(unknown) for unknown in edition.unknown]
    for step in edition.steps:
        if isinstance(step, AccountsStep):
            texts += [step.question, step.notice, step.silent]
            texts += [text for account in step.accounts for text in (account.voice, plain(account.stretches))]
    texts += [asked.ask for _, group in edition.questions for asked in group]
    if edition.grid:
        texts += [row.label for group in edition.grid.groups for row in group.rows]
    return [*map(set_line, texts), edition.title.about, edition.title.question, edition.task]


def introductions() -> str:
    """What introduces: the table of articles, the people with their office, the places, the words."""
    edition = short()
    lines = [f"{each.headline} {' '.join(each.known)} {each.article.summary}" for each in edition.articles]
    lines += [f"{name}, {role}" for name, role in edition.speakers]
    lines += [f"{place.name}, {place.what}" for place in edition.places]
    lines += [f"{word.term}: {plain(word.meaning)}" for word in edition.words]
    return "\n".join(map(set_line, lines))


def names_in(text: str) -> set[str]:
    """The capitalised names in a text; a single word that begins a sentence counts where it stands elsewhere."""
    found: set[str] = set()
    for match in re.finditer(NAME, text):
        name = re.sub("’s?$", "", match[0])
        if BEGUN.search(text[: match.start()]):
            name = re.sub(r"^(?:The|A|In|By|Then|Later|Not|Over|Who) ", "", name)
            if " " not in name:
                continue
        found.add(name)
    return found


def introduced(name: str, told: str, given: str) -> bool:
    """Whether a name stands among the introductions, or the story in short says what it is: `the town of …`."""
    if name in COUNTRIES | MONTHS | DAYS or OF_A_COUNTRY.fullmatch(name) or LETTER.fullmatch(name):
        return True
    if re.search(rf"\b{re.escape(name)}\b", given):
        return True
    return bool(re.search(rf"\b(?:region|town|city) of {re.escape(name)}\b", told))


def test_every_name_in_it_is_introduced_in_it() -> None:
    texts, given = told_texts(), introductions()
    names = set().union(*map(names_in, texts))
    assert {"Nikol Pashinyan", "Middle East Eye", "Nagorno-Karabakh", "Aghdam", "United States"} <= names
    assert {name for name in names if not introduced(name, "\n".join(texts), given)} == set()


@pytest.mark.parametrize("name", ["Vladimir Putin", "Caucasus", "Brussels"])
def test_a_name_that_nothing_introduces_is_found(name: str) -> None:
    text = f"They met, and {name} was named."
    assert names_in(text) == {name}
    assert not introduced(name, "\n".join([*told_texts(), text]), introductions())


def test_people_have_their_office_and_places_say_what_they_are() -> None:
    edition = short()
    assert all(role for _, role in edition.speakers) and len(edition.speakers) >= 8
    assert all(place.what for place in edition.places) and len(edition.places) >= 4


def test_a_capital_that_stands_for_a_government_is_given_with_its_country() -> None:
    roles = {set_line(name): set_line(role) for name, role in short().speakers}
    for capital, country in CAPITALS.items():
        assert f"its capital, {capital}" in roles[f"{country}’s government"]


def test_a_town_of_two_names_is_told_by_both() -> None:
    two_names = [place.name for place in short().places if "/" in place.name]
    assert len(two_names) >= 3
    for both in two_names:
        for one in both.split("/"):
            for text in told_texts():
                # "the Lachin road" is a road, "Lachin" alone would be the town
                assert not re.search(rf"(?<![/\w]){one}(?![/\w]| road| corridor)", text), (both, text)


def test_the_answers_to_its_questions_cite_nothing_that_it_does_not_show() -> None:
    edition = short()
    codes = {source.code: key for key, source in shipped().sources.items()}
    claims = [stretch for gist in edition.gists for stretch in gist.gist]
    claims += [stretch for unknown in edition.unknown for stretch in unknown]
    claims += [stretch for step in (*opening_of(edition), *edition.steps) for stretch in step.claims]
    shown = {(codes[each.code], number) for claim in claims for each in claim.references for number in each.paragraphs}
    asked = [question for scene in excerpt(shipped(), length="short").scenes for question in scene.questions]
    assert len(asked) == sum(len(group) for _, group in edition.questions) >= 4
    letters = {listed.article.key for listed in edition.articles}
    for question in asked:
        cited = {(citation.key, number) for citation in question.answer.citations for number in citation.paragraphs}
        assert cited <= shown, question.ask.plain
        # an article as a whole is cited for what it does not say: its letter is enough
        assert {citation.key for citation in question.answer.citations} <= letters, question.ask.plain


@pytest.mark.parametrize("with_opening", [False, True])
def test_a_ninth_grader_can_read_the_story_in_short(*, with_opening: bool) -> None:
    edition = short()
    texts = [plain(gist.gist) for gist in edition.gists]
    if with_opening:
        texts = [plain(step.stretches) for step in edition.steps if isinstance(step, SayStep)] + texts
    assert reading_grade(" ".join(texts)) <= HIGHEST_GRADE
