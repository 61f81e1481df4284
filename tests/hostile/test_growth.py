"""Whatever a stranger writes more of, the work grows no faster: each kind at n, 2n and 4n, counted and not timed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import chop_cells

from retell.checks import check
from retell.checks.evidence.card_names import AllNames
from retell.figures.map import place_map
from retell.figures.turns import speaker
from retell.figures.voices import balance
from retell.files import archive
from retell.files.yamlfile import MOST_PROBLEMS, YamlFile
from retell.handout.packets import make_packets
from retell.handout.pages.edition import drawings_for, make_document
from retell.handout.student import student_edition
from retell.handout.writers.formats import FileOptions, write_document
from retell.problems import MOST_COMPARED, MOST_LETTERS, closest, nearest
from retell.story.citations import MOST_PARAGRAPHS
from retell.story.columns import chop_columns
from retell.story.library import Library, load
from retell.story.mentions import Names
from retell.story.prose import Prose
from retell.story.told import Told
from retell.terminal.layout.map import draw_map
from tests.hostile import full
from tests.support.folders import MINI
from tests.support.unchecked import unchecked
from tests.support.work import assert_grows_as_its_input, calls

Written = Callable[[int], dict[str, str]]


def many(folder: str, text: str, name: str = "x{}") -> Written:
    """So many cards of a kind, their number in each."""
    return lambda n: {f"{folder}/{name.format(i)}.yaml": text.format(i) for i in range(n)}


def beats(text: str) -> Written:
    """A scene of so many beats."""
    scene = "title: T\nphase: flood\ngist: It rained [@north, para. 2].\nbeats:\n"
    return lambda n: {"story/03-more.yaml": scene + "".join(text.format(i) for i in range(n))}


def narration(text: str, end: str = "") -> Written:
    """A scene with a text of so many words."""
    scene = "title: T\nphase: flood\ngist: It rained [@north, para. 2].\nbeats:\n- say: {} [@north, para. 1].\n"
    return lambda n: {"story/03-more.yaml": scene.format(" ".join(text.format(i) for i in range(n)) + end)}


def together(*parts: Written) -> Written:
    return lambda n: {name: text for part in parts for name, text in part(n).items()}


VOICE = "name: Voice{}\nrole: r\nside: other\n"
STORIES: dict[str, Written] = {
    "sides": many("cards/voices", "name: V{}\nrole: r\nside: side-{}\n".replace("{}", "{0}")),
    "sides a letter apart": many("cards/voices", "name: V{0}\nrole: r\nside: abcdefgh{0:05}\n"),
    "voices of two sides": many("cards/voices", "name: V{0}\nrole: r\nside: south-east\n"),
    "unknown voices": together(
        many("cards/voices", VOICE, "ministry-of-things-{}"),
        beats("- {{quote: q, lead: l, by: ministry-of-thongs-{0}, cite: '@north, para. 2'}}\n"),
    ),
    "unknown sources": narration("A b [@nrth{0}, para. 1]."),
    "unknown fields": beats("- {{say: 'It [@north, para. 1].', nite{0}: n}}\n"),
    "beats that are none": beats("- x{0}\n"),
    "names in an aside": together(many("cards/voices", VOICE), lambda n: beats(f"- aside: {'Voice1 Voice ' * n}\n")(1)),
    "long names that break off": together(
        many("cards/voices", f"name: {'a ' * 9}b{{0}}\nrole: r\nside: other\n"), narration("a")
    ),
    "quotations": narration("Hill “a” said"),
    "places": many("cards/places", "name: P{0}\nwhat: w\nposition: [{0:.3}, 1]\n".replace("{0:.3}", "0.{0}")),
    "roads": lambda n: {
        "story/story.yaml": (MINI / "story" / "story.yaml").read_text("utf-8")
        + "map:\n  note: n\n  roads:\n"
        + "  - {name: r, through: [aberford, aberford]}\n" * n
    },
    "phases": lambda n: {
        "story/story.yaml": (MINI / "story" / "story.yaml")
        .read_text("utf-8")
        .replace("phases:\n", "phases:\n" + "".join(f"  - {{id: p{i}, title: P}}\n" for i in range(n)))
    },
    "scenes": many("story", "title: T\nphase: flood\ngist: It [@north, para. 2].\nbeats: [{{pause: 1}}]\n", "s{}"),
    "citations of ranges": narration(f"It [@north, paras. 1-{MOST_PARAGRAPHS}]."),
    "no-break spaces": lambda n: {"story/03-more.yaml": 'title: "a"\n' + '\u00a0b: "c"\n' * n + "d: [\n"},
}


def written(root: Path, files: dict[str, str]) -> Path:
    shutil.copytree(MINI, root)
    for name, text in files.items():
        (root / name).write_text(text, "utf-8")
    return root


@pytest.mark.parametrize("name", STORIES)
def test_reading_and_checking_grow_as_the_story(name: str, tmp_path: Path) -> None:
    def build(n: int) -> Callable[[], object]:
        root = written(tmp_path / str(n), STORIES[name](n))
        return lambda: check(load(root))

    assert_grows_as_its_input(build, 150)


@pytest.mark.parametrize("width", [60, 400])
def test_a_map_of_ever_more_places_is_told(width: int, mini_library: Library, tmp_path: Path) -> None:
    def build(n: int) -> Callable[[], object]:
        root = written(tmp_path / str(n), many("cards/places", "name: P{0}\nwhat: w\nposition: [1, 0.{0}]\n")(n))
        drawn = place_map(unchecked(load(root)))
        return lambda: draw_map(drawn, width)

    assert_grows_as_its_input(build, 150)


def in_html(told: Told) -> bytes:
    edition = student_edition(told)
    return write_document(told, make_document(edition, "codes", drawings_for(told, edition)), FileOptions("html"))


@pytest.mark.parametrize(("action", "size"), [(balance, 300), (in_html, 100)])
def test_of_ever_more_voices_that_speak_each_is_counted_once(
    action: Callable[[Told], object], size: int, tmp_path: Path
) -> None:
    def build(n: int) -> Callable[[], object]:
        voices = {f"cards/voices/v{i}.yaml": f"name: Voice{i}\nrole: r\nside: side-{i}\n" for i in range(n)}
        files = full.told((full.QUOTE.format(f"v{i}") for i in range(n)), voices)
        told = unchecked(load(full.write(files, tmp_path / str(n))))
        return lambda: action(told)

    assert_grows_as_its_input(build, size)


def test_of_ever_more_disputes_the_first_scene_is_found_once(tmp_path: Path) -> None:
    def build(n: int) -> Callable[[], object]:
        told = unchecked(load(full.write(full.disputes(full.dispute(), n, {})(), tmp_path / str(n))))
        return lambda: in_html(told)

    assert_grows_as_its_input(build, 50)


def test_names_are_read_once_for_all_packets(tmp_path: Path) -> None:
    def work(names: int, packets: int) -> int:
        aliases = ", ".join(f"N{i}" for i in range(names))
        voices = {"cards/voices/v.yaml": f"name: V\nrole: r\nside: s\naliases: [{aliases}]\n"}
        files = full.scenes("- say: V said it [@n, para. 1].\n", most=packets, phases=packets, beside=voices)()
        told = unchecked(load(full.write(files, tmp_path / f"{names}-{packets}")))
        return calls(lambda: make_packets(told))

    def of_names(packets: int) -> int:
        return work(2_000, packets) - work(1_000, packets)

    assert of_names(8) <= 1.1 * of_names(1)


def test_the_names_of_a_zip_are_looked_through_once() -> None:
    def build(n: int) -> Callable[[], object]:
        names = [[f"f{i}", "story", "x"] for i in range(n)]
        return lambda: archive._enclosing(names)

    assert_grows_as_its_input(build, 500)


def test_names_that_are_missing_are_found_at_once(tmp_path: Path) -> None:
    def build(n: int) -> Callable[[], object]:
        names = AllNames(load(written(tmp_path / str(n), many("cards/voices", VOICE)(n))))
        cards = [f"voices/x{i}" for i in range(n)]
        text = " ".join(f"Voice{i}" for i in range(n))
        return lambda: names.offsets(cards, text)

    assert_grows_as_its_input(build, 200)


@pytest.mark.parametrize("words", ["Hillian ", "Hill ", "Hill Hillians "])
def test_peoples_and_voices_are_found_in_one_pass(words: str, tmp_path: Path) -> None:
    card = {"cards/voices/x.yaml": "name: Hill\nrole: r\nside: other\n"}

    def build(n: int) -> Callable[[], object]:
        names = AllNames(load(written(tmp_path / str(n), card)))
        return lambda: names.placed(words * n)

    assert_grows_as_its_input(build, 200)


def test_a_speaker_is_found_in_one_pass() -> None:
    names = Names([("Hill", "hill")])
    assert_grows_as_its_input(lambda n: lambda: speaker(names, "Hill said " * n, "said Hill " * n), 200)


@pytest.mark.parametrize("text", ["“a” ", "*a* ", "[@a] ", "[@a, para. 1] ", "“", "*", "[@", "\\*", "a [@a]. "])
def test_prose_grows_as_its_text(text: str) -> None:
    assert_grows_as_its_input(lambda n: lambda: Prose(text * n).faults, 200)


@pytest.mark.parametrize("letter", ["\u4e2d", "a\u0301", "\U0001f469\u200d"])
def test_a_word_that_is_wider_than_a_line_is_looked_through_about_once(letter: str) -> None:
    word = letter * 1_000
    assert calls(lambda: chop_columns(word, 80)) < 4 * calls(lambda: chop_cells("\u4e2d" * len(word), 80))


def test_the_nearest_name_takes_no_more_than_so_many_comparisons() -> None:
    known = [f"{'a' * 40}{i:05}" for i in range(MOST_COMPARED)]
    most = calls(lambda: nearest("a" * 40 + "b", known))
    more = [f"{'a' * 40}{i:05}" for i in range(4 * MOST_COMPARED)]
    assert calls(lambda: nearest("a" * 40 + "b", more)) <= 1.1 * most + 8 * len(more)
    assert closest("a" * MOST_LETTERS + "b", ["a" * MOST_LETTERS]) == ""
    assert closest("a" * MOST_LETTERS, ["a" * (MOST_LETTERS + 1)]) == ""
    assert closest("b" * MOST_LETTERS, ["b" * (MOST_LETTERS - 1) + "c"]) != ""


def test_of_the_problems_of_files_so_many_are_named(tmp_path: Path) -> None:
    few = {f"story/{i:02}-s{i}.yaml": "title: t\nbeats:\n" + "- x\n" * 4000 for i in range(3, 8)}
    library = load(written(tmp_path / "many", few))
    assert MOST_PROBLEMS <= len(library.problems) <= MOST_PROBLEMS + len(few)
    assert {Path(problem.location.file).name for problem in library.problems} >= {Path(name).name for name in few}


def test_a_file_names_no_more_problems_than_it_may() -> None:
    file = YamlFile("a.yaml", "a: 1\n" * 50, most=7)
    assert len(file.problems) == 7
    assert file.is_full
