"""A zip of a story is read in place, and one that is not safe or not whole ends in one line."""

from __future__ import annotations

import io
import stat
import struct
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retell.checks import check, fit
from retell.files import archive, folder
from retell.problems import RetellError
from retell.script.resolver import write_script
from retell.story.library import load
from tests.support.folders import MINI

FILES = {
    path.relative_to(MINI).as_posix(): path.read_bytes()
    for part in ("story", "cards")
    for path in sorted((MINI / part).rglob("*.yaml"))
}
START = "story/01-start.yaml"


def zipped(path: Path, files: dict[str, bytes], compression: int = ZIP_DEFLATED) -> Path:
    with ZipFile(path, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def entry(name: str, mode: int = 0o644, data: bytes = b"title: x\n") -> Callable[[Path], None]:
    """Add an entry as no tool for zips would write it."""

    def add(path: Path) -> None:
        info = ZipInfo("x" * len(name.encode()))
        info.external_attr = mode << 16
        info.create_system = 3
        with ZipFile(path, "a") as archive:
            archive.writestr(info, data)
        whole = path.read_bytes()
        path.write_bytes(whole.replace(b"x" * len(name.encode()), name.encode()))

    return add


@pytest.mark.parametrize("inside", ["", "lesson/", "a lesson of the 3rd/"])
@pytest.mark.parametrize("compression", [ZIP_STORED, ZIP_DEFLATED])
def test_a_zip_is_the_same_story_as_its_folder(tmp_path: Path, inside: str, compression: int) -> None:
    path = zipped(tmp_path / "lesson.zip", {inside + name: data for name, data in FILES.items()}, compression)
    library = load(path)
    assert check(library) == check(load(MINI)) == []
    assert write_script(fit(library)) == write_script(fit(load(MINI)))


def test_places_in_a_zip_name_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zipped(tmp_path / "lesson.zip", {**FILES, START: FILES[START].replace(b"title", b"titel")})
    monkeypatch.chdir(tmp_path)
    (problem,) = check(load(Path("lesson.zip")))
    assert problem.location.file.replace("\\", "/") == "lesson.zip/story/01-start.yaml"
    assert (problem.rule, problem.location.line) == ("unknown-field", 1)


def test_what_stands_beside_the_story_is_passed_over(tmp_path: Path) -> None:
    others = ["articles/north.txt", "__MACOSX/story/._01-start.yaml", ".DS_Store", "story/.DS_Store", "README.md"]
    library = load(zipped(tmp_path / "a.zip", {**dict.fromkeys(others, b"\0"), **FILES}))
    assert check(library) == []
    enclosed = {f"lesson/{name}": data for name, data in FILES.items()}
    assert check(load(zipped(tmp_path / "b.zip", {**dict.fromkeys(others[1:3], b""), **enclosed}))) == []


FOREIGN = {
    "backslashes": lambda name: name.replace("/", "\\"),
    "backslashes in a folder": lambda name: f"lesson\\{name}".replace("/", "\\"),
    "a point before each name": lambda name: f"./{name}",
    "a point and a folder": lambda name: f"./lesson/{name}",
    "two slashes": lambda name: name.replace("/", "//"),
}
BESIDE = ["__MACOSX/._lesson", "__MACOSX/lesson/story/._01-start.yaml", "lesson/.DS_Store", "desktop.ini", "Thumbs.db"]


@pytest.mark.parametrize("rename", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("folders", [(), ("story/", "cards/", "cards/voices/")])
def test_zips_of_other_programs_are_read(
    tmp_path: Path, rename: Callable[[str], str], folders: tuple[str, ...]
) -> None:
    path = tmp_path / "lesson.zip"
    with ZipFile(path, "w") as archive:
        for name, data in {**dict.fromkeys(BESIDE, b"\0"), **dict.fromkeys(folders, b""), **FILES}.items():
            info = ZipInfo("x")
            info.filename = name if name in BESIDE else rename(name)
            archive.writestr(info, data)
    library = load(path)
    assert check(library) == []
    assert write_script(fit(library)) == write_script(fit(load(MINI)))


UNSAFE = {
    "absolute": (entry("/etc/passwd"), "could lead out of it: '/etc/passwd'"),
    "upwards": (entry("story/../../evil.yaml"), "could lead out of it: 'story/../../evil.yaml'"),
    "upwards at first": (entry("../story/evil.yaml"), "could lead out of it"),
    "upwards by backslashes": (entry("story\\..\\..\\evil.yaml"), "could lead out of it"),
    "another computer": (entry("\\\\host\\share\\evil.yaml"), "could lead out of it"),
    "a drive": (entry("C:/story/evil.yaml"), "could lead out of it"),
    "NUL": (entry("story/evil.yaml\0.txt"), "could lead out of it"),
    "an escape sequence": (entry("../\x1b[31mred"), r"could lead out of it: '../\x1b[31mred'"),
    "a link": (entry("story/03-link.yaml", stat.S_IFLNK | 0o777, b"/etc/passwd"), "a link or a device"),
    "a device": (entry("cards/voices/x.yaml", stat.S_IFCHR | 0o666), "a link or a device"),
    "a pipe": (entry("cards/voices/x.yaml", stat.S_IFIFO | 0o666), "a link or a device"),
    "the same name": (entry(START), "one name, or differ only in capitals: 'story/01-start.yaml'"),
    "the same name behind a point": (entry("story/./01-start.yaml"), "one name"),
    "the same name behind two slashes": (entry("story//01-start.yaml"), "one name"),
    "the same name behind a backslash": (entry("story\\01-start.yaml"), "one name"),
    "other capitals": (entry("story/01-Start.YAML"), "differ only in capitals"),
    "a folder in capitals": (entry("Story/01-start.yaml"), "differ only in capitals"),
}


@pytest.mark.parametrize(("spoil", "said"), UNSAFE.values(), ids=UNSAFE)
def test_an_unsafe_zip_is_refused_whole(tmp_path: Path, spoil: Callable[[Path], None], said: str) -> None:
    path = zipped(tmp_path / "lesson.zip", FILES)
    spoil(path)
    with pytest.raises(RetellError) as error:
        load(path)
    assert str(error.value).startswith(str(path))
    assert said in str(error.value)
    assert str(error.value).isprintable()


def test_names_that_differ_in_form_only_are_one_name(tmp_path: Path) -> None:
    path = zipped(tmp_path / "lesson.zip", {**FILES, "story/caf\u00e9.yaml": b"", "story/cafe\u0301.yaml": b""})
    with pytest.raises(RetellError, match="one name"):
        load(path)


def change(offset: int, form: str, value: int) -> Callable[[bytes], bytes]:
    """Change a field of every entry in the list of names: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT"""

    def changed(whole: bytes) -> bytes:
        data, at = bytearray(whole), whole.find(b"PK\1\2")
        while at >= 0:
            struct.pack_into(form, data, at + offset, value)
            at = whole.find(b"PK\1\2", at + 4)
        return bytes(data)

    return changed


DAMAGED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "encrypted": (change(8, "<H", 1), "it is encrypted; make it again without a password"),
    "packed by bzip2": (change(10, "<H", ZIP_BZIP2), "packed in an unusual way; make it again with 'retell pack'"),
    "cut": (lambda whole: whole[:-100], "neither a folder nor a zip that can be read"),
    "empty": (lambda whole: b"", "neither a folder nor a zip that can be read"),
    "a text": (lambda whole: b"title: Start\n", "neither a folder nor a zip that can be read"),
    "of the future": (change(6, "<H", 99), "neither a folder nor a zip that can be read"),
}


@pytest.mark.parametrize(("spoil", "said"), DAMAGED.values(), ids=DAMAGED)
def test_a_zip_that_cannot_be_read_is_said_in_one_line(
    tmp_path: Path, spoil: Callable[[bytes], bytes], said: str
) -> None:
    path = zipped(tmp_path / "lesson.zip", FILES)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(RetellError, match=said):
        load(path)


def test_a_damaged_file_is_a_problem_of_that_file(tmp_path: Path) -> None:
    path = zipped(tmp_path / "lesson.zip", FILES, ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"Two towns", b"Too towns"))
    (problem,) = load(path).problems
    assert problem.location.file.replace("\\", "/").endswith("lesson.zip/story/01-start.yaml")
    assert problem.message == "this file cannot be read: it is damaged in the zip"


def test_a_file_that_unpacks_to_too_much_is_not_unpacked(tmp_path: Path) -> None:
    bomb = b"title: x\n".ljust(100 * 2**20, b"\n")
    path = zipped(tmp_path / "lesson.zip", {**FILES, START: bomb})
    assert path.stat().st_size < 2**20
    assert [problem.message for problem in load(path).problems] == [
        "this file cannot be read: it is larger than 2 MiB, the most that a file of a story may have"
    ]
    # what the zip says of the size is not believed
    path.write_bytes(change(24, "<I", 9)(path.read_bytes()))
    said = {problem.message for problem in load(path).problems}
    assert said == {"this file cannot be read: it is damaged in the zip"}


def test_many_files_that_unpack_to_too_much_in_all_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST_BYTES", 2**20)
    large = b"term: x\n".ljust(2**18, b"\n")
    path = zipped(tmp_path / "lesson.zip", {**FILES, **{f"cards/terms/t{i}.yaml": large for i in range(5)}})
    with pytest.raises(RetellError, match="more than 1 MiB, the most that a story may have"):
        load(path)


def test_too_many_files_are_refused_before_any_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder, "MOST_FILES", 5)
    with pytest.raises(RetellError, match="more than 5 files"):
        load(zipped(tmp_path / "lesson.zip", FILES))


def test_a_list_of_names_without_end_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "lesson.zip", FILES)
    monkeypatch.setattr(archive, "MOST_DIRECTORY_BYTES", 500)
    with pytest.raises(RetellError, match="list of names is larger than that of any story"):
        load(path)


def test_a_zip_larger_than_any_story_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "lesson.zip"
    with path.open("wb") as stream:
        stream.truncate(3 * 2**30)
    with pytest.raises(RetellError, match="larger than 16 MiB"):
        load(path)


@pytest.mark.parametrize(
    "files", [{}, {"a/story/story.yaml": b"", "b/story/story.yaml": b""}, {"x/y/story/a.yaml": b""}]
)
def test_a_zip_without_a_story_says_so(tmp_path: Path, files: dict[str, bytes]) -> None:
    with pytest.raises(RetellError, match=r"no story here: .*lesson.zip has no folder 'story'"):
        load(zipped(tmp_path / "lesson.zip", files))


def packed() -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, data in FILES.items():
            archive.writestr(name, data)
    return stream.getvalue()


PACKED = packed()


@settings(max_examples=200, deadline=None)
@given(
    changes=st.lists(st.tuples(st.integers(0, len(PACKED) - 1), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 60),
)
def test_no_zip_makes_the_reader_fall(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(PACKED)
    for at, value in changes:
        data[-1 - at] = value  # the list of names stands at the end
    path = tmp_path_factory.getbasetemp() / "spoilt.zip"
    path.write_bytes(data[: len(data) - cut])
    try:
        check(load(path))
    except RetellError as error:
        assert "\n" not in str(error)
