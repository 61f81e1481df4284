"""A story's folder is read within its limits, and nothing outside it is ever opened."""

from __future__ import annotations

import errno
import os
import shutil
import socket
import sys
from pathlib import Path

import pytest

from retell.checks import check
from retell.files import folder as folder_module
from retell.files.directory import HELD
from retell.files.folder import DiskFolder, read_ordinary
from retell.problems import RetellError
from retell.story import library as library_module
from retell.story.filenames import HELP_HIDDEN
from retell.story.library import load
from tests.support.folders import MINI

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links only for administrators")
needs_pipes = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")


def said(root: Path) -> list[str]:
    return [problem.message for problem in load(root).problems]


def test_files_are_given_by_name_without_hidden_ones(mini: Path) -> None:
    (mini / "story" / ".hidden.yaml").write_text("x", "utf-8")
    (mini / "story" / "notes.txt").write_text("x", "utf-8")
    files = DiskFolder(mini).files("story")
    assert [file.name for file in files] == ["01-start.yaml", "02-night.yaml", "notes.txt", "story.yaml"]
    assert [(file.stem, file.suffix) for file in files[:1]] == [("01-start", ".yaml")]
    assert DiskFolder(mini).files("cards/none") == []


@needs_links
@pytest.mark.parametrize("linked", ["cards/voices/ann-hill.yaml", "cards/voices", "cards", "story"])
def test_a_link_that_leads_out_is_not_followed(mini: Path, tmp_path: Path, linked: str) -> None:
    outside = tmp_path / "outside"
    shutil.move(mini / linked, outside)
    (mini / linked).symlink_to(outside)
    assert any("it is a link that leads out of the story's folder" in message for message in said(mini))
    if linked != "story":
        assert "Ann Hill" not in str(load(mini).voices)


@needs_links
def test_a_link_within_the_story_is_followed_and_so_is_one_to_the_story(mini: Path, tmp_path: Path) -> None:
    (mini / "cards" / "voices" / "ann-hill.yaml").rename(mini / "hill")
    (mini / "cards" / "voices" / "ann-hill.yaml").symlink_to(mini / "hill")
    (tmp_path / "lesson").symlink_to(mini)
    assert said(tmp_path / "lesson") == []


@needs_links
@pytest.mark.parametrize(
    ("linked", "target"),
    [
        ("cards/voices/ann-hill.yaml", "../../store/hill.yaml"),
        ("cards/voices/ann-hill.yaml", "./../voices/../../store//hill.yaml"),
        ("cards/voices/ann-hill.yaml", "{root}/store/hill.yaml"),
        ("cards/voices/ann-hill.yaml", "../../way/to/hill.yaml"),
        ("cards/voices", "../store/voices"),
        ("cards/voices", "{root}/way/to/voices"),
        ("cards", "store/cards"),
        ("story", "way/to/story"),
    ],
)
def test_links_are_followed_from_place_to_place_within_the_story(mini: Path, linked: str, target: str) -> None:
    (mini / "store").mkdir()
    (mini / "way").mkdir()
    (mini / "way" / "to").symlink_to("../store")
    shutil.move(mini / linked, mini / "store" / Path(target).name)
    (mini / linked).symlink_to(target.format(root=mini.resolve()))
    assert said(mini) == []
    assert "Ann Hill" in str(load(mini).voices)


@needs_links
@pytest.mark.parametrize(
    "target", ["../../../outside", "{root}/../outside", "../../way/outside", "../../way/up/outside", "{outside}"]
)
@pytest.mark.parametrize("linked", ["cards/voices/ann-hill.yaml", "cards/voices"])
def test_no_way_through_links_leads_out(mini: Path, tmp_path: Path, target: str, linked: str) -> None:
    shutil.move(mini / linked, tmp_path / "outside")
    (mini / "way").mkdir()
    (mini / "way" / "outside").symlink_to("../../outside")
    (mini / "way" / "up").symlink_to("../..")
    root = mini.resolve()
    (mini / linked).symlink_to(target.format(root=root, outside=root.parent / "outside"))
    assert any("it is a link that leads out of the story's folder" in message for message in said(mini))
    assert "Ann Hill" not in str(load(mini).voices)


@needs_links
def test_as_many_links_are_followed_as_the_system_follows(mini: Path) -> None:
    path = mini / "cards" / "voices" / "ann-hill.yaml"
    path.rename(path.with_name("link-0"))
    for number in range(1, 41):
        path.with_name(f"link-{number}").symlink_to(f"link-{number - 1}")
    path.symlink_to("link-39")
    assert said(mini) == []
    path.unlink()
    path.symlink_to("link-40")
    assert said(mini) == [f"this file cannot be read: {os.strerror(errno.ELOOP)}"]


@needs_links
@pytest.mark.skipif(not HELD, reason="needs folders that files can be opened from")
@pytest.mark.parametrize("part", ["cards", "cards/voices", "cards/voices/ann-hill.yaml"])
def test_what_was_opened_is_read_though_its_name_is_exchanged_for_a_link(
    mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    shutil.copytree(mini / "cards", tmp_path / "outside")
    (secret := tmp_path / "outside" / "voices" / "ann-hill.yaml").write_text(
        "name: SECRET\nrole: r\nside: s\n", "utf-8"
    )
    opens = os.open
    at = {"cards": tmp_path / "outside", "cards/voices": secret.parent, "cards/voices/ann-hill.yaml": secret}[part]

    def exchanged_at_every_call(name: str, *arguments: int, dir_fd: int | None = None) -> int:
        """A foe is there before and after each call."""
        (mini / part).rename(tmp_path / "real")
        (mini / part).symlink_to(at)
        try:
            return opens(name, *arguments, dir_fd=dir_fd)
        finally:
            (mini / part).unlink()
            (tmp_path / "real").rename(mini / part)

    monkeypatch.setattr(os, "open", exchanged_at_every_call)
    assert "SECRET" not in str(load(mini).voices)
    monkeypatch.undo()
    assert said(mini) == []


def test_no_folder_stays_open(mini: Path) -> None:
    if not Path("/dev/fd").exists():
        pytest.skip("open files have no names here")
    before = len(list(Path("/dev/fd").iterdir()))
    load(mini)
    assert len(list(Path("/dev/fd").iterdir())) == before


@needs_links
def test_the_shipped_story_may_be_made_of_links(mini: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.move(mini / "cards", tmp_path / "store")
    (mini / "cards").symlink_to(tmp_path / "store")
    monkeypatch.setattr(library_module, "shipped_root", lambda: mini)
    assert said(mini) == []


@needs_links
@pytest.mark.parametrize("target", ["/dev/zero", "/proc/self/environ", "nowhere", "01-start.yaml"])
def test_a_link_to_a_device_or_in_a_circle_ends_in_a_line(mini: Path, target: str) -> None:
    (mini / "story" / "01-start.yaml").unlink()
    (mini / "story" / "01-start.yaml").symlink_to(target)
    (message,) = said(mini)
    assert message.startswith("this file cannot be read: ")


@needs_pipes
@pytest.mark.parametrize("name", ["story/01-start.yaml", "story/story.yaml", "cards/terms/bridge.yaml"])
def test_a_pipe_is_not_opened(mini: Path, name: str) -> None:
    (mini / name).unlink()
    os.mkfifo(mini / name)
    assert said(mini) == ["this file cannot be read: it is no ordinary file"]


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX") or sys.platform == "win32", reason="there are no such sockets here")
def test_a_socket_is_not_opened(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (mini / "story" / "01-start.yaml").unlink()
    monkeypatch.chdir(mini / "story")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("01-start.yaml")
        assert said(mini) == ["this file cannot be read: it is no ordinary file"]


def test_a_folder_named_like_a_file_is_no_file(mini: Path) -> None:
    (mini / "cards" / "terms" / "town.yaml").mkdir()
    assert said(mini) == ["this file cannot be read: it is a folder"]


@pytest.mark.parametrize(
    ("name", "other", "ending", "help_text"),
    [
        ("story/02-night.yaml", "02-night.yml", ".yml", "rename it to 02-night.yaml"),
        ("story/02-night.yaml", "02-night.YAML", ".YAML", "rename it to 02-night.yaml"),
        ("story/02-night.yaml", "02-night.YML", ".YML", "rename it to 02-night.yaml"),
        ("story/02-night.yaml", "02-night.yaml.txt", ".yaml.txt", f"rename it to 02-night.yaml; {HELP_HIDDEN}"),
        ("story/02-night.yaml", "02-night.yml.txt", ".yml.txt", f"rename it to 02-night.yaml; {HELP_HIDDEN}"),
        ("story/02-night.yaml", "02-night.Yaml.TXT", ".Yaml.TXT", f"rename it to 02-night.yaml; {HELP_HIDDEN}"),
        ("story/story.yaml", "story.Yaml", ".Yaml", "rename it to story.yaml"),
        ("story/story.yaml", "story.yaml.txt", ".yaml.txt", f"rename it to story.yaml; {HELP_HIDDEN}"),
        ("cards/voices/ann-hill.yaml", "ann-hill.yml", ".yml", "rename it to ann-hill.yaml"),
        ("cards/sources/north.yaml", "north.yaml.txt", ".yaml.txt", f"rename it to north.yaml; {HELP_HIDDEN}"),
    ],
)
def test_a_file_with_another_ending_is_told_once_and_read(
    mini: Path, name: str, other: str, ending: str, help_text: str
) -> None:
    path = (mini / name).rename((mini / name).with_name(other))
    (problem,) = check(load(mini))
    assert (problem.rule, problem.location.file) == ("file-name", str(path))
    assert (problem.message, problem.help) == (f"the name of this file ends in {ending}", help_text)


@pytest.mark.parametrize("other", ["02-night.yml", "02-night.yaml.txt"])
def test_of_two_files_of_one_name_the_right_one_is_read(mini: Path, other: str) -> None:
    (mini / "story" / other).write_text("title: Another night", "utf-8")
    library = load(mini)
    (problem,) = check(library)
    assert library.scenes["night"].form.title == "Night"
    assert problem.location.file == str(mini / "story" / other)
    assert problem.help.startswith("02-night.yaml is there as well: keep one of the two")


@pytest.mark.parametrize(
    "name",
    [
        "sources/north.yaml",
        "voices/ann-hill.yaml",
        "places/aberford.yaml",
        "terms/bridge.yaml",
        "disputes/who-broke-it.yaml",
    ],
)
@pytest.mark.parametrize("ending", [".yaml", ".yml", ".YAML", ".yaml.txt"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_card_in_no_kinds_folder_is_told_once_and_read(mini: Path, name: str, ending: str, packed: bool) -> None:
    path = mini / "cards" / name
    path.rename((mini / "cards" / path.name).with_suffix(ending))
    story = Path(shutil.make_archive(str(mini), "zip", mini)) if packed else mini
    (problem,) = check(load(story))
    assert (problem.rule, problem.help) == ("file-name", f"move it to cards/{name}")
    assert problem.message == "a card stands in the folder of its kind, not in cards/ itself"
    assert problem.location.file == str((story / "cards" / path.name).with_suffix(ending))


@pytest.mark.parametrize("text", ["", "- a\n", "title: Night\nphase: flood\n", "a: ]", "question: Who?: "])
def test_what_is_no_card_of_any_kind_is_told_to_stand_in_none(mini: Path, text: str) -> None:
    (mini / "cards" / "night.yaml").write_text(text, "utf-8")
    (problem,) = check(load(mini))
    assert problem.help == "move it to the folder of its kind in cards/: sources, voices, places, terms, disputes"


@pytest.mark.parametrize(
    ("size", "fits"), [(folder_module.MOST_FILE_BYTES, True), (folder_module.MOST_FILE_BYTES + 1, False)]
)
def test_a_file_has_at_most_two_mebibytes(mini: Path, size: int, fits: bool) -> None:
    (mini / "cards" / "terms" / "bridge.yaml").write_bytes(b"term: bridge\nmeaning: a way\n".ljust(size, b"\n"))
    refusal = ["this file cannot be read: it is larger than 2 MiB, the most that a file of a story may have"]
    assert said(mini) == ([] if fits else refusal)


def test_a_file_that_grows_while_it_is_read_is_read_to_its_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"x" * 10)
    fstat = os.fstat

    def before_it_grew(descriptor: int) -> os.stat_result:
        found = list(fstat(descriptor))
        found[6] = 3
        return os.stat_result(found)

    monkeypatch.setattr(os, "fstat", before_it_grew)
    assert read_ordinary(tmp_path / "a") == b"x" * 10
    with pytest.raises(OSError, match="larger"):
        read_ordinary(tmp_path / "a", most=9)


def test_a_story_of_too_many_files_is_refused_whole(mini: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MOST_FILES", 10)
    assert said(mini) == []
    (mini / "cards" / "terms" / "one-more.txt").write_text("", "utf-8")
    with pytest.raises(RetellError, match="has more than 10 files, the most that a story may have"):
        load(mini)


def test_a_story_of_too_many_bytes_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_module, "MOST_BYTES", 1000)
    with pytest.raises(RetellError, match="holds more than 0 MiB, the most that a story may have"):
        load(MINI)


def test_the_limits_are_above_half_a_million_words() -> None:
    bytes_a_word = 6.5  # English words, each with its space
    assert 500_000 * 2 * bytes_a_word < folder_module.MOST_BYTES


@pytest.mark.parametrize("name", ["", "no-such-folder", "a-file/in-it"])
def test_what_is_no_story_is_said_in_one_line(tmp_path: Path, name: str) -> None:
    with pytest.raises(RetellError, match=r"no story here: .* has no folder 'story'"):
        load(tmp_path / name)
