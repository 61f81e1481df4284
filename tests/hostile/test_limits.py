"""A story within the stated limits is told or refused in ten seconds and 400 MiB; one beyond them is refused."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from retell.checks import check, references
from retell.copies import saved
from retell.problems import RetellError
from retell.story import volume
from retell.story.library import load
from retell.terminal import recording
from retell.terminal.show.options import ReadOptions
from tests.hostile import copies
from tests.hostile.full import STORIES, Build, dispute, disputes, run, scenes, texts_that_travel, write
from tests.support.folders import MINI
from tests.support.unchecked import unchecked
from tests.support.work import assert_grows_as_its_input, calls

# those that take most, of each kind of command
HARDEST = [
    ("one-letter-words", "read"),
    ("wide-letters", "read"),
    ("short-texts", "student"),
    ("claims-of-26-articles", "packets"),
    ("phases", "packets"),
    ("voices-that-speak", "teacher"),
    ("disputes", "student"),
    ("positions", "record"),
    ("names", "student"),
    ("loaded-words", "preview"),
    ("a-long-place-told-often", "check"),
    ("a-long-name-told-often", "preview"),
    ("long-texts", "record"),
    ("texts-that-travel", "check"),
]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limits of a process there")
@pytest.mark.parametrize(("name", "command"), HARDEST)
def test_a_full_story_is_told_or_refused_within_what_is_promised(name: str, command: str, tmp_path: Path) -> None:
    cost = run(write(STORIES[name](), tmp_path / "story"), command)
    assert cost.fits, cost


HARDEST_COPIES = [
    ("letters-that-swell", "find"),
    ("word-files", "copies"),
    ("short-statements", "check"),
    ("many-words", "check"),
    ("many-articles", "check"),
    ("long-paragraphs", "articles"),
    ("long-statements", "preview"),
    ("long-texts", "check"),
    ("short-texts", "packets"),
    ("names-of-two-words", "packets"),
    ("names-of-packets", "packets"),
]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limits of a process there")
@pytest.mark.parametrize(("name", "command"), HARDEST_COPIES)
def test_full_copies_are_read_or_refused_within_what_is_promised(name: str, command: str, tmp_path: Path) -> None:
    cost = run(copies.build(name, tmp_path / "story"), copies.COMMANDS[command])
    assert cost.fits, cost


@pytest.mark.parametrize(
    ("limit", "most", "what"),
    [
        ("MOST_WORDS", 100, "words"),
        ("MOST_VALUES", 50, "names and values"),
        ("MOST_MARKED", 5, "citations, quotations and emphases"),
    ],
)
def test_a_story_of_more_is_refused_whole(limit: str, most: int, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volume, limit, most)
    with pytest.raises(RetellError, match=f"has more than {most} {what}, the most that a story may have"):
        load(MINI)


def test_a_citation_that_is_written_as_an_escape_is_counted(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(volume, "MOST_MARKED", 40)
    load(mini)
    escaped = "".join(r"a [\x40north]. " for _ in range(40))
    (mini / "story" / "01-start.yaml").write_text(f'title: "{escaped}"\n', "utf-8")
    with pytest.raises(RetellError, match="more than 40 citations"):
        load(mini)


@pytest.mark.parametrize("named", ["accounts: who-broke-it", "{quote: a, lead: l, by: south, cite: '@north, para. 1'}"])
def test_what_is_told_again_is_counted_each_time(named: str, mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "MOST_BYTES", 2 * 2**20)
    long = "name: the South\nrole: town\nside: other\naliases: [" + "a" * 40_000 + "]\n"
    (mini / "cards" / "voices" / "south.yaml").write_text(long, "utf-8")
    scene = mini / "story" / "02-night.yaml"
    text = scene.read_text("utf-8")
    for times, refused in ((20, 0), (60, 1)):
        scene.write_text(text.replace("  - pause: 1\n", f"  - {named}\n" * times), "utf-8")
        found = [problem for problem in check(load(mini)) if problem.rule == "too-large"]
        assert [problem.message for problem in found] == [
            "the cards that are named up to here hold more than 2 MiB, counted each time that they are named"
        ] * refused


def test_a_story_has_at_most_so_many_phases(tmp_path: Path) -> None:
    for more in (0, 1):
        phases = references.MOST_PHASES + more
        root = write(scenes("- say: It [@n, para. 1].\n", most=phases, phases=phases)(), tmp_path / str(more))
        found = [problem for problem in check(load(root)) if problem.rule == "too-large"]
        assert [problem.message for problem in found] == ["a story has at most 60 phases"] * more


def test_texts_that_travel_share_what_may_be_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved, "MOST_STEPS_SHIPPED", 50_000)

    def work(texts: int) -> int:
        library = load(write(texts_that_travel(300, texts), tmp_path / str(texts)))
        return calls(lambda: saved.hold_for(library, None))

    one, two, three = map(work, (1, 2, 3))
    assert three - two < one / 2, "what the first one took is not there for the others"


BEAT = "- say: It [@n, para. 1].\n"
RECORDED: dict[str, Callable[[int], Build]] = {
    "scenes": lambda n: scenes(BEAT, most=n),
    "beats": lambda n: scenes(BEAT * n, most=1),
    "accounts of one dispute": lambda n: disputes(dispute(4 * n), 1, {}),
}


@pytest.mark.parametrize("what", RECORDED)
def test_a_recording_grows_as_the_story(what: str, tmp_path: Path) -> None:
    def build(n: int) -> Callable[[], object]:
        files = RECORDED[what](n)
        told = unchecked(load(write(files(), tmp_path / str(n))))
        return lambda: recording.record(told, ReadOptions(), recording.COLUMNS, recording.ROWS)

    assert_grows_as_its_input(build, 40)


def test_a_recording_that_is_too_long_is_refused(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "MOST_CHARACTERS", 1_000)
    with pytest.raises(RetellError, match="a recording holds at most 1,000 characters: name a scene or a phase"):
        recording.record(unchecked(load(mini)), ReadOptions(), recording.COLUMNS, recording.ROWS)
