"""Stories within the stated limits, each as full as it may be of one thing, and what a command takes of the machine.

    python -m tests.hostile.full [STORY]... [COMMAND]...

runs commands on them, each in a program of its own, and prints seconds of the processor and MiB.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TypeAlias

from retell.checks.references import MOST_PHASES
from retell.files.characters import MOST_MARKS
from retell.files.folder import MOST_BYTES, MOST_FILE_BYTES, MOST_FILES
from retell.files.yamlfile import MOST_CHARACTERS
from retell.files.yamlnodes import MOST_VALUES, PlainParser
from retell.story import volume
from retell.story.citations import MOST_PARAGRAPHS
from retell.story.documents import MOST_TEXTS
from retell.story.wording import MOST_WORDS

MOST_SECONDS, MOST_MEMORY = 10.0, 400.0
"""What `story/README.md` promises of each command: seconds of the processor, and MiB."""
QUIET = 0.3  # seconds in which nothing is shown or computed, after which a key is pressed
PATIENCE = 20.0  # seconds of quiet, after which a program that has had its last key is taken to hang
ROOM = 20_000  # bytes for story.yaml and an article
Files: TypeAlias = dict[str, str]
Build: TypeAlias = Callable[[], Files]

SOURCE = (
    "type: article-newspaper\ncode: {code}\ngenre: news report\nsummary: A bridge falls.\nstance: northern\n"
    "leaves-out: the south\nparagraphs: [{paragraphs}]\n"
)
STORY = (
    "title: The Bridge\nsubtitle: A small story\nquestion: Who broke the bridge?\nabout: Invented.\n"
    "edition: 2026-11-22\nphases:\n{phases}scenes: [{scenes}]\n"
)
SCENE = (
    "title: T\nphase: {phase}\ngist: It rained [@n, para. 1].\n"
    "questions: [{{ask: Who?, skill: sourcing, answer: 'A [@n, para. 1].'}}]\nbeats:\n{beats}"
)
PAUSE = "- pause: 1\n"
IT = "- say: It [@n, para. 1].\n"
QUOTE = "{{quote: it was, lead: One said, by: {0}, cite: '@n, para. 2'}}"
VOICES = {
    "cards/voices/v.yaml": "name: Hill\nrole: r\nside: other\n",
    "cards/voices/w.yaml": "name: Mole\nrole: r\nside: south\n",
}
ARTICLES = {
    f"cards/sources/y{i}.yaml": SOURCE.format(code=chr(65 + i), paragraphs=f"{i:012x}") for i in range(26) if i != 13
}


def values(text: str) -> int:
    """Count the names and values of a file."""
    parser = PlainParser(text)
    parser.get_single_node()
    return parser.values


def marked(text: str) -> float:
    """Count what a text has of citations, quotations and emphases."""
    return text.count("@") + sum(map(text.count, volume.MARKS)) / 2


class Room:
    """What a story may still hold."""

    def __init__(self, files: Files) -> None:
        self.bytes, self.words = MOST_BYTES - ROOM, volume.MOST_WORDS - ROOM
        self.values, self.marks = volume.MOST_VALUES - 2_000, volume.MOST_MARKED - 1_000.0
        for text in files.values():
            self.take(text, values(text))

    def take(self, text: str, counted: int) -> bool:
        """Take room for a text of so many values; False where there is no more."""
        self.bytes -= len(text.encode())
        self.words -= sum(map(text.count, volume.SPACES))
        self.values -= counted
        self.marks -= marked(text)
        return min(self.bytes, self.words, self.values, self.marks) >= 0


def story(scenes: Iterable[str], phases: Iterable[str] = ("flood",)) -> Files:
    """Write story.yaml and an article of as many paragraphs as a citation names."""
    listed = "".join(f"- {{id: {each}, title: P}}\n" for each in phases)
    prints = ", ".join(f"{i:012x}" for i in range(MOST_PARAGRAPHS))
    return {
        "story/story.yaml": STORY.format(phases=listed, scenes=", ".join(scenes)),
        "cards/sources/n.yaml": SOURCE.format(code="N", paragraphs=prints),
    }


def told(texts: Iterable[str], beside: Files | None = None) -> Files:
    """Tell beats, as many of them as there is room for beside other files, in as few scenes as they go into."""
    scenes: list[list[str]] = [[]]
    room, size, had = Room(beside or {}), 0, 0
    for text in texts:
        beat = f"- {text}\n"
        length, counted = len(beat.encode()), values(beat)
        if not room.take(beat, counted):
            break
        if size + length > MOST_FILE_BYTES - 300 or had + counted > MOST_VALUES - 100:
            scenes.append([])
            size = had = 0
        scenes[-1].append(beat)
        size, had = size + length, had + counted
    files = {f"story/s{i}.yaml": SCENE.format(phase="flood", beats="".join(beats)) for i, beats in enumerate(scenes)}
    return story(Path(name).stem for name in files) | files | (beside or {})


def say(text: str, end: str = " [@n, para. 1].", beside: Files | None = None) -> Build:
    """Tell texts as long as a text may be, each of them this one over and over."""
    whole = "say: >-\n    " + text * ((MOST_CHARACTERS - len(end)) // len(text)) + end
    return lambda: told((whole for _ in range(MOST_BYTES)), beside)


def short(text: str, beside: Files | None = None) -> Build:
    """Tell as many beats as there is room for."""
    return lambda: told((text.replace("{0}", str(i)) for i in range(MOST_BYTES)), beside)


def cards(kind: str, text: str, most: int = MOST_FILES - 100, beside: Build | None = None) -> Build:
    """Write as many cards as there is room for."""

    def build() -> Files:
        files = beside() if beside else story(["s"]) | {"story/s.yaml": SCENE.format(phase="flood", beats=PAUSE)}
        room, counted = Room(files), values(text.format(1))
        for i in range(most):
            made = text.format(i)
            if not room.take(made, counted):
                break
            files[f"cards/{kind}/x{i}.yaml"] = made
        return files

    return build


def scenes(
    beats: str, head: str = "", most: int = MOST_VALUES - 20, phases: int = 1, beside: Files | None = None
) -> Build:
    """Write as many scenes as there is room for, shared out among phases."""

    def build() -> Files:
        room = Room(beside or {})
        ids: list[str] = []
        text = SCENE.format(phase="p0000", beats=beats) + head
        counted = values(text) + 1 + 5 * phases // most + 1
        while len(ids) < most and room.take(text, counted):
            ids.append(f"s{len(ids)}")
        files = story(ids, [f"p{i}" for i in range(min(phases, len(ids)))]) | (beside or {})
        for i, name in enumerate(ids):
            files[f"story/{name}.yaml"] = (
                SCENE.format(phase=f"p{i * min(phases, len(ids)) // len(ids)}", beats=beats) + head
            )
        return files

    return build


def voices_of(name: str) -> Files:
    """Write voices of 30,000 names."""
    halves = (", ".join(name.format(i) for i in range(half, 30_000, 2)) for half in range(2))
    return {
        f"cards/voices/n{i}.yaml": f"name: V{i}\nrole: r\nside: s\naliases: [{each}]\n" for i, each in enumerate(halves)
    }


def dispute(positions: int = 2, claims: int = 0, says: str = "The rain did [@n, para. 1].") -> str:
    """Write a dispute of two voices in turn."""
    spoken = "".join(f"- voice: {'vw'[i % 2]}\n  says: {says}\n" for i in range(positions))
    rows = "claims:\n" + "- {{claim: It fell, says: '@n, para. 1'}}\n" * claims if claims else ""
    return f"question: Who broke it?\npositions:\n{spoken}silent: All.\n{rows}"


def disputes(text: str, most: int, beside: Files) -> Build:
    """Write disputes, each told once."""
    return cards("disputes", text, most, lambda: told([f"accounts: x{i}" for i in range(most)], VOICES | beside))


def texts_that_travel(lines: int = 2_480, texts: int = MOST_TEXTS) -> Files:
    """Write texts of documents/ in which no paragraph ends, so that one may begin in each line."""
    files = story(["s"]) | {"story/s.yaml": SCENE.format(phase="flood", beats=IT)}
    for i in range(texts):
        files[f"documents/k{i}.txt"] = "ab\n" * lines
        text = SOURCE.format(code=f"{chr(65 + i // 26)}{chr(65 + i % 26)}", paragraphs=f"{i:012x}")
        files[f"cards/sources/k{i}.yaml"] = f"{text}rights: public-domain\n"
    return files


LONG = "w" * (MOST_CHARACTERS - 10)
VOICE_OF_NAMES_IN_NAMES = (
    f"name: V\nrole: r\nside: s\naliases: [{', '.join('Aa ' * i + 'B' for i in range(1, 1_100))}]\n"
)
LOADED = ", ".join("a" + "n" * (i % 50) + chr(97 + i % 26) + chr(97 + i // 26) for i in range(MOST_WORDS))
STORIES: dict[str, Build] = {
    "long-texts": say("The rain fell all night over the town and the river rose to the bridge. "),
    "short-texts": short("say: It rained [@n, para. 1]."),
    "whole-citations": say("a [@n]. "),
    "ranges": say(f"a [@n, paras. 1-{MOST_PARAGRAPHS}]. "),
    "one-letter-words": say("A "),
    "one-word": say("a"),
    "wide-letters": say("\u4e2d"),
    "joined-emoji": say("\U0001f469\u200d"),
    "piles-of-marks": say("a" + "\u0301" * MOST_MARKS + " "),
    "ends-of-lines": lambda: told('say: "a' + "\\n" * (MOST_CHARACTERS // 2) + '"' for _ in range(MOST_BYTES)),
    "emphases": say("*a* "),
    "quotations": say('Hill said "a b" [@n, para. 1]. ', beside=VOICES),
    "numbers": say("1,700 and two hundred thousand 7 May 2001 at 12:30 "),
    "brackets": say("[n] "),
    "quotes": short(QUOTE.format("v"), VOICES),
    "figures": scenes("- figure: timeline\n- figure: voices\n- figure: map\n"),
    "scenes": scenes(IT, "when: 2001-05-01\n"),
    "phases": scenes(IT, phases=MOST_PHASES),
    "events-of-26-articles": scenes("- say: It [@y1, para. 1].\n", beside=ARTICLES),
    "voices": cards("voices", "name: Voice{0}\nrole: r\nside: side-{0}\n"),
    "voices-that-speak": cards(
        "voices",
        "name: Voice{0}\nrole: r\nside: side-{0}\n",
        9_000,
        lambda: told(QUOTE.format(f"x{i}") for i in range(9_000)),
    ),
    "texts-that-travel": texts_that_travel,
    "places": cards("places", "name: P{0}\nwhat: w\nposition: [1, 0.{0}]\n"),
    "terms": cards("terms", "term: word{0}\nmeaning: a way\n"),
    "disputes": disputes(dispute(), 7_000, {}),
    "positions": disputes(dispute(3_900), 6, {}),
    "claims-of-26-articles": disputes(dispute(2, 3_800), 6, ARTICLES),
    "names": say("N1 N2 N3 N4 N5 N6 N7 said ", beside=voices_of("N{}")),
    "names-of-one-start": say("Aa B1 ", beside=voices_of("Aa B{} C")),
    "names-of-two-words": say("A N1 A N2 A N3 said ", beside=voices_of("A N{}")),
    "names-of-packets": scenes(
        f"- say: {'N1 N2 N3 said ' * 1_500}[@n, para. 1].\n", phases=MOST_PHASES, beside=voices_of("N{}")
    ),
    "names-in-names": say("Aa ", beside={"cards/voices/a.yaml": VOICE_OF_NAMES_IN_NAMES}),
    "loaded-words": say("anna the ", beside={"story/wording.yaml": f"loaded: [{LOADED}]\njudging: [{LOADED}]\n"}),
    "problems-of-files": short("x{0}: y"),
    "problems-of-texts": say("a [@who, para. 1]. "),
    "a-dispute-told-often": short(
        "accounts: d", VOICES | {"cards/disputes/d.yaml": dispute(40, says=f"{LONG[:45_000]} [@n, para. 1]")}
    ),
    "a-long-name-told-often": short(QUOTE.format("l"), {"cards/voices/l.yaml": f"name: {LONG}\nrole: r\nside: s\n"}),
    "a-long-place-told-often": scenes(
        IT, "where: p\n", beside={"cards/places/p.yaml": f"name: {LONG}\nwhat: w\nposition: [1, 2]\n"}
    ),
}
READER = (" ", " ", *(f"{panel}\x1b" for panel in "gtmhncesw?"), "/rain\r\x1b", "99g", "]", "b", "q")
"""What a reader presses at a terminal: each panel is opened and closed."""
COMMANDS = {
    "check": "check --strict",
    "reader": "read --pace instant",
    "read": "read --plain",
    "record": "read --record OUT/r.cast",
    "student": "handout -o OUT/h.html",
    "footnotes": "handout -o - --cite footnotes",
    "short": "handout --length short -o OUT/s.html",
    "teacher": "handout --edition teacher -o OUT/t.html",
    "support": "handout --support -o OUT/r.html",
    "pandoc": "handout --cite pandoc -o OUT/p.md",
    "tables": "handout --no-figures -o OUT/n.html",
    "part": "handout --only 1 -o OUT/o.html",
    "packets": "handout --packets OUT/p --length full --to html",
    "list": "read --list",
    "cards": "sources",
    "json": "check --format json",
    "sources": "sources --format csl-yaml",
    "compare": "compare",
    "timeline": "timeline --width 100",
    "map": "map --width 100",
    "voices": "voices --width 100",
    "preview": "preview SCENE",
    "pack": "pack ROOT -o OUT/p.zip",
    "schema": "schema",
    "new": "new voice another",
}


class Cost(NamedTuple):
    """Exit code (less than 0: the signal that ended it), seconds of the processor, MiB, and the end of what it said."""

    code: int
    seconds: float
    memory: float
    said: str

    @property
    def fits(self) -> bool:
        """Whether it was done, or refused in clear words, within what is promised."""
        ended = self.code in (0, 1) and "Traceback" not in self.said and "memory" not in self.said
        return ended and self.seconds <= MOST_SECONDS and self.memory <= MOST_MEMORY


def write(files: Files, root: Path) -> Path:
    """Write a story; returns its folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def press(terminal: int, keys: Sequence[str], program: int) -> bool:
    """Press keys, each once a program shows and computes nothing more; returns whether it ended after the last."""
    left = [*reversed(keys)]
    used, quiet = 0.0, 0.0
    with os.fdopen(terminal, "r+b", 0) as stream:
        while quiet < PATIENCE:
            try:
                shown = select.select([stream], [], [], QUIET)[0] and stream.read(2**16)
            except OSError:  # Linux's way to say that the program has ended
                return True
            before, used = used, computed(program)
            quiet = 0.0 if shown or used > before + QUIET / 10 else quiet + QUIET
            if quiet and left:
                stream.write(left.pop().encode())
                quiet = 0.0
    return False


def computed(program: int) -> float:
    """Return the seconds of the processor that a program has used; 0.0 where the system does not tell."""
    with suppress(OSError):
        return time.clock_gettime(~program << 3 | 2)  # as clock_getcpuclockid(3) makes the number of a clock on Linux
    return 0.0


def run(root: Path, command: str, keys: Sequence[str] = ()) -> Cost:
    """Run a command, or whatever else is typed, on a story beside which it may write; with keys, at a terminal.

    What computes for half as long again as it may is ended.
    """
    first = next(iter(sorted((root / "story").glob("s*[0-9].yaml"))), root / "story" / "s.yaml")
    out = root.parent
    arguments = COMMANDS.get(command, command)
    copy = next(iter(sorted((out / "copies").glob("*"))), out)
    for name, path in (("OUT", out), ("ROOT", root), ("SCENE", first), ("COPY", copy)):
        arguments = arguments.replace(name, str(path))
    line = f'ulimit -t {int(1.5 * MOST_SECONDS)}; ulimit -v {2**21}; exec "$@"'
    copies = str(out / "copies") if keys and (out / "copies").is_dir() else ""
    reader, side = os.openpty() if keys else (subprocess.DEVNULL, subprocess.DEVNULL)
    with tempfile.TemporaryFile() as errors:
        program = subprocess.Popen(
            ["sh", "-c", line, "sh", sys.executable, "-m", "retell", "--story", str(root), *arguments.split()],
            stdin=side,
            stdout=side,
            stderr=errors,
            env={**os.environ, "RETELL_STATE": str(out / "state"), "RETELL_COPIES": copies, "TERM": "xterm"},
        )
        if keys:
            os.close(side)
            if not press(reader, keys, program.pid):
                program.kill()
                errors.write(b"waits for ever after its last key")
        _, status, used = os.wait4(program.pid, 0)
        program.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(max(0, errors.seek(0, os.SEEK_END) - 300))
        said = errors.read().decode(errors="replace")
    kibibytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Cost(program.returncode, used.ru_utime + used.ru_stime, kibibytes / 1024, said)


if __name__ == "__main__":
    commands = [each for each in sys.argv[1:] if each in COMMANDS] or [*COMMANDS]
    for each in [name for name in sys.argv[1:] if name in STORIES] or [*STORIES]:
        with tempfile.TemporaryDirectory() as made:
            folder = write(STORIES[each](), Path(made) / "story")
            for command in commands:
                cost = run(folder, command, READER if command == "reader" else ())
                told_of = f"{each:26} {command:10} {cost.code:4} {cost.seconds:6.2f} s {cost.memory:5.0f} MiB"
                print(told_of, "" if cost.fits else "BEYOND", cost.said.strip().split("\n")[-1][:70], flush=True)
