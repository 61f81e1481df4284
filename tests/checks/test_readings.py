"""What a person has read is known by its words, its speaker and what it cites; each change ends the reading."""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from threading import Thread, current_thread
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retell.checks import check, readings
from retell.checks import signing as sign_module
from retell.checks.readings import look_up, print_of
from retell.checks.signing import Signing
from retell.checks.statements import Statement, parts_named, statements
from retell.files.atomic import write_file
from retell.problems import RetellError
from retell.story.library import load, shipped_root
from tests.support.readings import TODAY, read_all, signing

LATER = date(2026, 12, 1)
START, NIGHT, READINGS = "story/01-start.yaml", "story/02-night.yaml", "story/readings.yaml"
NORTH, HILL, DISPUTE = "cards/sources/north.yaml", "cards/voices/ann-hill.yaml", "cards/disputes/who-broke-it.yaml"
PLACE, TERM = "cards/places/aberford.yaml", "cards/terms/bridge.yaml"


def listed(root: Path) -> dict[str, Statement]:
    return {statement.name: statement for statement in statements(load(root))}


def replace(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    (root / file).write_text(text.replace(old, new), "utf-8")


def ended(root: Path) -> list[tuple[str, str]]:
    """What has changed since it was read, and the statement: `its words`, `night, gist`."""
    found = [problem for problem in check(load(root)) if problem.rule == "changed-since-read"]
    return [(each.message.split(" changed since")[0], each.message.rpartition("(")[2][:-1]) for each in found]


# --- statements ---


def test_everything_that_asserts_something_is_a_statement(mini: Path) -> None:
    kinds = {name: statement.kind for name, statement in listed(mini).items()}
    assert kinds == {
        "start, gist": "gist",
        "start 1, first sentence": "narration",
        "start 1, second sentence": "narration",
        "start 1, note": "note",
        "start, answer 1": "answer",
        "night, when": "when",
        "night, where": "where",
        "night, gist": "gist",
        "night 1": "quotation",
        "night, answer 1": "answer",
        "who-broke-it, position 1": "position",
        "who-broke-it, position 2": "position",
        "who-broke-it, silent": "silent",
        "term bridge": "term",
        **{f"{code}, {field}": "source" for code in "AB" for field in ("genre", "summary", "stance", "leaves-out")},
        "voice ann-hill": "voice",
        "voice south": "voice",
        "place aberford": "place",
    }


def test_a_statement_knows_its_words_its_speaker_and_its_paragraphs(mini: Path) -> None:
    found = listed(mini)
    quotation = found["night 1"]
    assert (quotation.text, quotation.speaker) == ("Hill said “it was the rain”", "ann-hill")
    assert [(cited.key, cited.paragraphs) for cited in quotation.citations] == [("north", (2,))]
    assert (quotation.place.line, quotation.place.file[-13:]) == (7, "02-night.yaml")
    position = found["who-broke-it, position 2"]
    assert (position.text, position.speaker) == ("The mayor did, “with glee”.", "south")
    note = found["start 1, note"]
    assert {cited.key for cited in note.citations} == {"north", "south"}, "a note rests on what its beat cites"
    assert {cited.key for cited in found["who-broke-it, silent"].citations} == {"north", "south"}
    assert [(cited.key, cited.paragraphs) for cited in found["A, stance"].citations] == [("north", ())]


def test_a_card_that_names_a_paragraph_rests_on_it(mini: Path) -> None:
    replace(mini, NORTH, "stance: northern", "stance: It leans north (¶1–2), and B ¶1 says so.")
    cited = {cited.key: cited.paragraphs for cited in listed(mini)["A, stance"].citations}
    assert cited == {"north": (1, 2), "south": (1,)}


def test_a_claim_of_a_dispute_is_a_statement_for_each_side(mini: Path) -> None:
    text = 'claims:\n  - claim: It fell at night.\n    says: "@north, para. 1"\n    otherwise: "@south, para. 1"\n'
    (mini / DISPUTE).write_text((mini / DISPUTE).read_text("utf-8") + text, "utf-8")
    found = [each for each in listed(mini).values() if each.name.startswith("who-broke-it, claim")]
    assert [(each.kind, each.citations[0].key) for each in found] == [("says", "north"), ("says otherwise", "south")]


def test_the_shipped_story_names_each_statement_once() -> None:
    found = statements(load(shipped_root()))
    assert len({each.name for each in found}) == len(found) > 400


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("night", {"night", "who-broke-it"}),
        ("2", {"night", "who-broke-it"}),
        ("flood", {"night", "who-broke-it"}),
        ("opening", {"start"}),
        ("A", None),
        ("9", None),
        ("9" * 5000, None),
    ],
)
def test_a_part_is_a_scene_or_a_phase_with_the_disputes_that_it_tells(
    mini: Path, name: str, parts: set[str] | None
) -> None:
    found = parts_named(load(mini), name)
    assert (found if found is None else set(found)) == parts


# --- what ends a reading ---


CHANGES = [
    # words, numbers, dates and places
    (START, "and left", "and stayed", [("its words", "start 1, second sentence")]),
    (START, '"a very bad day"', "a very bad day", [("its words", "start 1, first sentence")]),
    (START, 'says "Sunday"', 'says "Monday"', [("its words", "start 1, note")]),
    (NIGHT, "when: 2001-05", "when: 2001-06", [("its words", "night, when")]),
    (NIGHT, "lead: Hill said", "lead: Hill denied", [("its words", "night 1")]),
    (DISPUTE, "silent: The river.", "silent: The sea.", [("its words", "who-broke-it, silent")]),
    (TERM, "a way over water", "a way under water", [("its words", "term bridge")]),
    (HILL, "side: other", "side: north", [("its words", "voice ann-hill")]),
    (NORTH, "stance: northern", "stance: southern", [("its words", "A, stance")]),
    # who speaks
    (NIGHT, "by: ann-hill", "by: south", [("who speaks", "night 1")]),
    (DISPUTE, "voice: south", "voice: ann-hill", [("who speaks", "who-broke-it, position 2")]),
    # what is cited
    (
        NIGHT,
        "gist: It rained [@north, para. 2]",
        "gist: It rained [@north, para. 1]",
        [("what it cites", name) for name in ("night, gist", "night, when", "night, where")],
    ),
    (
        NIGHT,
        "gist: It rained [@north, para. 2]",
        "gist: It poured [@south, para. 2]",
        [
            ("what it cites", "night, when"),
            ("what it cites", "night, where"),
            ("its words and what it cites", "night, gist"),
        ],
    ),
    # what changes nothing that is asserted
    (START, "Two towns, one river.", "One river, two towns.", []),
    (START, "title: Start", "title: The start", []),
    (NIGHT, "- figure: timeline", "- pause: 1", []),
    (NIGHT, "gist: It rained [@north, para. 2]", "gist: It\n  rained [@north, paras. 2, 2]", []),
]


@pytest.mark.parametrize(("file", "old", "new", "changed"), CHANGES, ids=lambda value: str(value)[:40])
def test_each_change_ends_the_readings_that_it_touches(
    mini: Path, file: str, old: str, new: str, changed: list[tuple[str, str]]
) -> None:
    read_all(mini)
    assert ended(mini) == []
    replace(mini, file, old, new)
    assert sorted(ended(mini)) == sorted(changed)
    library = load(mini)
    names = {problem.message.rpartition("(")[2][:-1] for problem in readings.find_unread(library, statements(library))}
    assert names == set(), "what has changed is said once"


def test_a_paragraph_that_is_another_ends_what_rests_on_it(mini: Path) -> None:
    read_all(mini)
    replace(mini, NORTH, "[aaaaaaaaaaaa, bbbbbbbbbbbb]", "[aaaaaaaaaaaa, cccccccccccc]")
    found = ended(mini)
    assert {what for what, _ in found} == {"what it cites"}
    assert {"night, gist", "A, stance"} < {name for _, name in found}
    assert "start, gist" not in {name for _, name in found}, "it cites the first paragraph alone"


def test_a_beat_before_it_moves_a_reading_and_does_not_end_it(mini: Path) -> None:
    read_all(mini)
    replace(mini, START, "  - say: The mayor", "  - say: It rained [@north, para. 2].\n  - say: The mayor")
    assert ended(mini) == []
    library = load(mini)
    (problem,) = readings.find_unread(library, statements(library))
    assert (problem.rule, problem.location.line) == ("unread", 5)
    signing(mini).sign("start 1", LATER)
    text = (mini / READINGS).read_text("utf-8")
    assert re.search(r"- start 1 = \S+ 2026-12-01 ", text)
    assert re.search(r"- start 2, first sentence = \S+ 2026-11-29 ", text), "under the name that it has now"
    assert list(readings.find_unread(load(mini), statements(load(mini)))) == []


def test_it_is_still_read_while_one_of_its_readers_has_read_it_as_it_is(mini: Path) -> None:
    read_all(mini, "Ann", "Ben")
    replace(mini, START, "and left", "and stayed")
    assert "read by Ann and Ben" in next(p.message for p in check(load(mini)) if p.rule == "changed-since-read")
    signing(mini, "Ben").sign("start 1, second sentence", LATER)
    assert ended(mini) == []
    state = look_up(load(mini), statements(load(mini)))["start 1, second sentence"]
    assert (state.readers, state.changed) == (("Ben",), (("Ann", "its words"),))


# --- what is kept ---


def test_a_line_says_what_was_read_and_can_be_read_by_people(mini: Path) -> None:
    signing(mini).sign("night 1", TODAY)
    print_ = print_of(load(mini), listed(mini)["night 1"])
    lines = (mini / READINGS).read_text("utf-8").splitlines()
    assert lines[-4:] == [
        "readers:",
        '  - by: "Ann"',
        "    read:",
        f"      - night 1 = {print_} 2026-11-29  # Hill said “it was the rain”",
    ]


def test_a_remark_stays_until_the_statement_is_found_borne_out(mini: Path) -> None:
    read_all(mini)
    signing(mini).refuse("night, gist", 'It says "drizzle": no\nrain')
    (problem,) = check(load(mini))
    assert (problem.rule, problem.location.line) == ("open-remark", 5)
    assert problem.message == 'not borne out, says Ann: It says "drizzle": no rain (night, gist)'
    assert "night, gist = " not in (mini / READINGS).read_text("utf-8"), "what is refused is not read"
    replace(mini, NIGHT, "gist: It rained", "gist: It drizzled")
    assert [problem.rule for problem in check(load(mini))] == ["open-remark"], "mended, but not read again"
    desk = signing(mini)
    assert desk.remark_on("night, gist")
    desk.sign("night, gist", LATER)
    assert check(load(mini)) == []


def test_a_remark_on_what_is_gone_stands_in_the_file_of_readings(mini: Path) -> None:
    signing(mini).refuse("start 1, note", "no Sunday")
    replace(mini, START, '    note: says "Sunday"\n', "")
    (problem,) = check(load(mini))
    assert (problem.rule, problem.location.file[-13:]) == ("open-remark", "readings.yaml")


def test_names_are_kept_whatever_is_in_them(mini: Path) -> None:
    by = 'Zoë "the # reader": O\'Neill, 2nd'
    read_all(mini, by)
    assert check(load(mini)) == []
    assert look_up(load(mini), statements(load(mini)))["night 1"].readers == (by,)


def test_another_who_wrote_meanwhile_loses_nothing(mini: Path) -> None:
    one, other = signing(mini, "Ann"), signing(mini, "Ben")
    one.sign("night 1", TODAY)
    other.sign("night 1", TODAY)
    one.sign("night, gist", TODAY)
    states = look_up(load(mini), statements(load(mini)))
    assert (states["night 1"].readers, states["night, gist"].readers) == (("Ann", "Ben"), ("Ann",))


@pytest.mark.skipif(sys.platform == "win32", reason="no lock is taken there")
def test_another_who_writes_in_the_same_moment_loses_nothing(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ann, ben = signing(mini, "Ann Hill"), signing(mini, "Ben Dale")
    other = Thread(target=lambda: ben.sign("night, gist", TODAY))

    def write_while_the_other_answers(path: Path, text: str, **options: Any) -> None:
        if current_thread() is not other:
            other.start()
            other.join(0.2)  # it waits for this one, or it would be done by now
        write_file(path, text, **options)

    monkeypatch.setattr(sign_module, "write_file", write_while_the_other_answers)
    ann.sign("night, when", TODAY)
    other.join()
    states = look_up(load(mini), statements(load(mini)))
    assert (states["night, when"].readers, states["night, gist"].readers) == (("Ann Hill",), ("Ben Dale",))


def test_two_readers_in_two_branches_do_not_collide(mini: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@y", *words], cwd=mini, check=True, capture_output=True
        )

    read_all(mini, "Ann", "Ben", on=TODAY)
    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "all")
    for by, branch in (("Ann", "one"), ("Ben", "two")):
        git("checkout", "-q", "-b", branch, "main")
        signing(mini, by).sign("night 1", LATER)
        git("commit", "-qam", by)
    git("merge", "-q", "one")
    text = (mini / READINGS).read_text("utf-8")
    assert len(re.findall(r"- night 1 = \S+ 2026-12-01 ", text)) == 2


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_the_order_of_answers_makes_no_other_file(mini: Path, seed: int) -> None:
    (mini / READINGS).unlink(missing_ok=True)
    read_all(mini)
    sorted_text = (mini / READINGS).read_text("utf-8")
    (mini / READINGS).unlink()
    names = list(listed(mini))
    random.Random(seed).shuffle(names)
    desk = signing(mini)
    for name in names:
        desk.sign(name, TODAY)
    assert (mini / READINGS).read_text("utf-8") == sorted_text
    assert sorted_text.index("- night 1 ") < sorted_text.index("- night, ")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("readers: all of us", "wrong-type"),
        ("readers:\n  - by: Ann\n    read:\n      - night 1", "wrong-type"),
        ("readers:\n  - by: Ann\n    read:\n      - night 1 = 1.2.3 2026-11-29", "wrong-type"),
        ("readers:\n  - read:\n      - night 1", "missing-field"),
        ("readers: [", "not-yaml"),
        ("lesers: []", "unknown-field"),
    ],
)
def test_a_file_that_cannot_be_read_is_not_written_over(mini: Path, text: str, rule: str) -> None:
    (mini / READINGS).write_text(text, "utf-8")
    assert rule in [problem.rule for problem in check(load(mini))]
    with pytest.raises(RetellError, match="cannot be added to"):
        signing(mini)
    assert (mini / READINGS).read_text("utf-8") == text


def test_a_zip_is_not_written_into(mini: Path, tmp_path: Path) -> None:
    library = load(mini)
    library.root = tmp_path / "story.zip"
    with pytest.raises(RetellError, match="unpack it first"):
        Signing(library, statements(library), ["Ann"])


# --- with --strict ---


def test_nothing_read_is_one_problem_and_something_unread_is_named(mini: Path) -> None:
    library = load(mini)
    (problem,) = readings.find_unread(library, statements(library))
    assert problem.message == "nobody has read the 25 statements of this story beside their paragraphs"
    desk = signing(mini)
    for name in listed(mini):
        if name != "night, where":
            desk.sign(name, TODAY)
    library = load(mini)
    (problem,) = readings.find_unread(library, statements(library))
    assert (problem.message, problem.location.line) == (
        "nobody has read this beside its paragraphs (night, where)",
        4,
    )


ANY = st.recursive(
    st.none() | st.text(max_size=12) | st.sampled_from(["night 1 = 1", "Ann", "*", "night 1 = " + "a" * 8]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["by", "read", "remarks", "of", "as", "why", "loaded", "allowed"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(["readings", "wording"]), readers=ANY, loaded=ANY)
def test_no_content_of_the_two_files_makes_the_check_raise(
    mini: Path, name: str, readers: object, loaded: object
) -> None:
    data = {"readers": readers} if name == "readings" else {"loaded": loaded, "allowed": readers, "peoples": loaded}
    (mini / "story" / f"{name}.yaml").write_text(json.dumps(data), "utf-8")
    library = load(mini)
    found = [*check(library), *readings.find_unread(library, statements(library))]
    assert all(problem.location.line >= 1 for problem in found)
    (mini / "story" / f"{name}.yaml").unlink()
