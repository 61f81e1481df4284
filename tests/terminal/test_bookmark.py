"""The place of a reader: found again in the story as it is now, kept whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from retell.checks import fit
from retell.commands.console import state_folder
from retell.files.atomic import MOST_SET_ASIDE
from retell.problems import RetellError
from retell.script.resolver import Telling, write_script
from retell.script.steps import PauseStep, PhaseStep, QuoteStep, SourcesStep
from retell.story.library import load, shipped_root
from retell.terminal.show import bookmark
from retell.terminal.show.bookmark import Bookmark, Keeper
from retell.terminal.show.pace import Pace
from tests.support.folders import MINI

PACE = Pace(220)
FASTER = PACE.faster()


def telling(root: Path = MINI) -> Telling:
    library = fit(load(root))
    return Telling(library, write_script(library))


def keeper(file: Path, story: Telling, *, unchosen: Pace | None = PACE, place: bool = True) -> Keeper:
    return Keeper(file, story, bookmark.read(file), unchosen=unchosen, place=place)


def kept(file: Path, story: Telling, at: int, pace: Pace = PACE) -> Bookmark:
    keeper(file, story).keep(at, pace)
    found = bookmark.read(file)
    assert found is not None
    return found


def edited(mini: Path, name: str, old: str, new: str) -> Telling:
    file = mini / "story" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return telling(mini)


def shown(story: Telling, at: int) -> tuple[str, int]:
    """The scene and beat that a start at a step shows first; a heading is before the first beat."""
    step = story.steps[at]
    assert not isinstance(step, SourcesStep)
    return step.place.scene, step.place.beat


@pytest.mark.parametrize("root", [MINI, shipped_root()], ids=["mini", "shipped"])
def test_every_beat_is_found_again(root: Path, tmp_path: Path) -> None:
    story = telling(root)
    for at, step in enumerate(story.steps[:-1]):
        found = bookmark.find(kept(tmp_path / "place.json", story, at), story)
        if not isinstance(step, PauseStep):
            assert shown(story, found.at) == shown(story, at)
        assert found.scene is not None
        assert found.scene.place.scene == shown(story, at)[0]
        assert found.notice == ""


def test_a_scene_that_has_just_begun_begins_with_its_phase(tmp_path: Path) -> None:
    story = telling()
    first = next(i for i, step in enumerate(story.steps) if isinstance(step, PhaseStep) and i)
    for at in range(first, first + 3):
        assert bookmark.find(kept(tmp_path / "place.json", story, at), story).at == first


def test_a_story_read_to_its_end_begins_anew(tmp_path: Path) -> None:
    story = telling()
    for at in (len(story.steps) - 1, len(story.steps)):
        kept(tmp_path / "place.json", story, 3)
        assert bookmark.find(kept(tmp_path / "place.json", story, at), story) == bookmark.Return()


def test_a_changed_scene_begins_at_its_start(mini: Path, tmp_path: Path) -> None:
    old = kept(tmp_path / "place.json", telling(mini), 3)
    assert shown(telling(mini), 3) == ("start", 1)
    story = edited(mini, "01-start.yaml", "Two towns", "Three towns")
    found = bookmark.find(old, story)
    assert shown(story, found.at) == ("start", 0)
    assert found.notice == "The scene where you stopped has changed; it begins again."


def test_a_change_elsewhere_changes_nothing(mini: Path, tmp_path: Path) -> None:
    old = kept(tmp_path / "place.json", telling(mini), 3)
    found = bookmark.find(old, edited(mini, "02-night.yaml", "Hill said", "Hill wrote"))
    assert (found.at, found.notice) == (3, "")


def test_after_a_scene_that_is_gone_comes_the_next_one(mini: Path, tmp_path: Path) -> None:
    old = kept(tmp_path / "place.json", telling(mini), 3)
    story = edited(mini, "story.yaml", "[start, night]", "[night]")
    found = bookmark.find(old, story)
    assert found.scene is not None
    assert found.scene.place.scene == "night"
    assert found.notice == "The scene where you stopped is gone; this is the next one."


def test_where_no_scene_comes_after_the_story_begins_again(mini: Path, tmp_path: Path) -> None:
    story = telling(mini)
    last = next(i for i, step in enumerate(story.steps) if isinstance(step, QuoteStep))
    old = kept(tmp_path / "place.json", story, last)
    found = bookmark.find(old, edited(mini, "story.yaml", "[start, night]", "[start]"))
    assert (found.at, found.scene) == (0, None)
    assert found.notice == "The scene where you stopped is gone; the story begins again."


def test_another_edition_is_named(mini: Path, tmp_path: Path) -> None:
    old = kept(tmp_path / "place.json", telling(mini), 3)
    story = edited(mini, "story.yaml", "edition: 2026-11-22", "edition: 2027-02")
    assert bookmark.find(old, story) == bookmark.Return(3, story.steps[1], "This is another edition, of February 2027.")  # type: ignore[arg-type]


def test_the_file_says_what_is_kept(tmp_path: Path) -> None:
    kept(tmp_path / "deep" / "er" / "place.json", telling(), 3)
    found = json.loads((tmp_path / "deep" / "er" / "place.json").read_text("utf-8"))
    assert found.pop("digest")
    assert found == {
        "edition": "22 November 2026",
        "scene": "start",
        "beat": 1,
        "after": ["night"],
        "pace": None,
        "reveal": "",
    }
    assert [path.name for path in (tmp_path / "deep" / "er").iterdir()] == ["place.json"]


def test_no_bookmark_yet(tmp_path: Path) -> None:
    assert bookmark.read(tmp_path / "none" / "place.json") is None


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"scene": 3}', '{"edition": "x", "beat": "y"}', "\x00\xff", '{"edition": "\ud800"}']
)
def test_a_damaged_file_is_one_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "place.json"
    file.write_bytes(content.encode("latin-1", "surrogatepass") if "\ud800" not in content else b'{"edition": "\xed"}')
    with pytest.raises(RetellError, match=r"^the bookmark .*place\.json is (damaged|of a form .* not know)$"):
        bookmark.read(file)


NEWER = {"edition": "22 November 2026", "scene": "night", "beat": 2, "after": [], "pace": 240, "line": 7}


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "\0",
        "[" * 100_000,
        json.dumps(NEWER),
        json.dumps(NEWER | {"beat": 2.5}),
        '{"edition":"x","pace":900}',
    ],
)
def test_what_is_not_all_known_here_is_kept_beside(tmp_path: Path, content: str) -> None:
    file, story = tmp_path / "place.json", telling()
    for number in (1, 2):
        file.write_text(content, "utf-8")
        before = None
        with suppress(RetellError):
            before = bookmark.read(file)
        keeping = Keeper(file, story, before, unchosen=PACE, place=True)
        for at in (3, 4, 5):
            keeping.keep(at, PACE)
        assert (tmp_path / f"place.json.old-{number}").read_text("utf-8") == content
        assert not keeping.problem
    assert len(list(tmp_path.iterdir())) == 3
    found = bookmark.read(file)
    assert found is not None
    assert found.scene


def test_a_bookmark_of_which_all_is_known_is_replaced(tmp_path: Path) -> None:
    for at in (1, 3, 6):
        kept(tmp_path / "place.json", telling(), at)
    assert [path.name for path in tmp_path.iterdir()] == ["place.json"]


def test_where_it_cannot_be_kept_beside_nothing_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "place.json"
    file.write_text("{", "utf-8")
    for number in range(1, MOST_SET_ASIDE + 1):
        (tmp_path / f"place.json.old-{number}").write_text("older", "utf-8")
    keeping = Keeper(file, telling(), None, unchosen=PACE, place=True)
    keeping.keep(3, PACE)
    assert keeping.problem == f"{file} cannot be replaced: {MOST_SET_ASIDE} older ones are kept beside it"
    assert file.read_text("utf-8") == "{"


# steps of the small story: 1 to 4 in its first scene, from 6 on in its second
@pytest.mark.parametrize(
    ("ours", "theirs", "place"),
    [
        ((1,), (6,), "theirs"),  # nothing was read here
        ((1, 3), (6,), "theirs"),  # less than there
        ((1, 3, 7), (6,), "ours"),
        ((1, 3, 7, 6), (6,), "ours"),
        ((6, 3), (), "ours"),  # nobody else has kept one: going back is a wish
        ((1, 3), (99,), "ours"),  # read to its end there: no place is lost
        ((1,), (99,), "theirs"),
    ],
)
def test_of_two_windows_the_one_that_is_further_on_keeps_the_place(
    tmp_path: Path, ours: tuple[int, ...], theirs: tuple[int, ...], place: str
) -> None:
    file, story = tmp_path / "place.json", telling()
    kept(file, story, 3)
    here, there = keeper(file, story), keeper(file, story)
    here.keep(ours[0], PACE)
    for at in theirs:
        there.keep(5, PACE)
        there.keep(at, PACE)
    expected = bookmark.read(file)
    for at in ours:
        here.keep(at, PACE)
    if place == "ours":
        expected = here._marked(ours[-1])
    assert bookmark.read(file) == expected


def test_a_place_that_cannot_be_read_any_more_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "place.json"
    keeping = keeper(file, telling())
    keeping.keep(1, PACE)
    file.unlink()
    file.mkdir()
    keeping.keep(3, PACE)
    assert keeping.problem == f"the bookmark {file} cannot be read: it is a folder"
    assert file.is_dir()


def test_a_file_that_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "place.json").mkdir()
    with pytest.raises(RetellError, match="cannot be read"):
        bookmark.read(tmp_path / "place.json")


@pytest.mark.parametrize("pace", [-1, 99, 601, 10**9])
def test_a_pace_that_nobody_can_choose_is_none(tmp_path: Path, pace: int) -> None:
    (tmp_path / "place.json").write_text(json.dumps({"edition": "x", "pace": pace}), "utf-8")
    assert bookmark.read(tmp_path / "place.json") == Bookmark("x")


def test_what_cannot_be_written_is_said_in_one_line_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for file in (tmp_path / "file" / "place.json", tmp_path / "place.json"):
        (tmp_path / "place.json").mkdir(exist_ok=True)
        keeping = Keeper(file, telling(), None, unchosen=PACE, place=True)
        keeping.keep(3, PACE)
        assert keeping.problem
        assert "\n" not in keeping.problem
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "place.json"]


def test_the_pace_is_kept_once_the_reader_has_chosen_it(tmp_path: Path) -> None:
    file, story = tmp_path / "place.json", telling()
    assert kept(file, story, 3).pace is None
    keeping = keeper(file, story)
    for pace, expected in ((FASTER, 240), (PACE, 220), (Pace(None), 0)):
        keeping.keep(3, pace)
        found = bookmark.read(file)
        assert found is not None
        assert found.pace == expected
    keeper(file, story, unchosen=PACE).keep(4, PACE)
    found = bookmark.read(file)
    assert found is not None
    assert found.pace == 0, "another evening at a pace of the environment leaves it"


def test_a_pace_of_the_command_line_is_kept(tmp_path: Path) -> None:
    keeper(tmp_path / "place.json", telling(), unchosen=None).keep(3, Pace(300))
    found = bookmark.read(tmp_path / "place.json")
    assert found is not None
    assert found.pace == 300


def test_a_part_leaves_the_place_and_keeps_the_pace(tmp_path: Path) -> None:
    file, story = tmp_path / "place.json", telling()
    before = kept(file, story, 3)
    keeper(file, story, place=False).keep(5, FASTER)
    after = bookmark.read(file)
    assert after is not None
    assert (after.scene, after.beat, after.pace) == (before.scene, before.beat, 240)


def test_each_story_has_a_file_of_its_own(tmp_path: Path) -> None:
    roots = [tmp_path / "a" / "The Bridge", tmp_path / "b" / "The Bridge", tmp_path / "ſ…", MINI, shipped_root()]
    files = {bookmark.file_for(tmp_path, root) for root in roots}
    assert len(files) == len(roots)
    assert all(file.parent == tmp_path and file.name.isascii() for file in files)
    assert tmp_path / "shipped.json" in files


def test_a_story_is_known_from_wherever_it_is_named(
    mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(mini.parent)
    assert bookmark.file_for(tmp_path, Path("mini")) == bookmark.file_for(tmp_path, mini)


def test_a_moved_bookmark_folder_is_no_matter(tmp_path: Path) -> None:
    story = telling()
    before = kept(tmp_path / "one" / "place.json", story, 3)
    shutil.move(tmp_path / "one", tmp_path / "two")
    assert bookmark.read(tmp_path / "two" / "place.json") == before


def test_where_nobody_has_a_home_the_story_is_told_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("RETELL_STATE", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    file = bookmark.file_for(state_folder(), MINI)
    assert bookmark.read(file) is None
    keeping = keeper(file, telling())
    keeping.keep(1, PACE)
    assert keeping.problem.startswith(f"{file.parent} cannot be made: ")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="needs names of files that are no text")
def test_a_story_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    root = tmp_path / os.fsdecode(b"caf\xe9")
    root.mkdir()
    assert bookmark.file_for(tmp_path, root).name.startswith("caf-")
