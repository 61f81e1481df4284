"""Copies within the stated limits, each as full as they may be of one thing, and what a command takes of the machine.

    python -m tests.hostile.copies [COPIES|STORY]... [COMMAND]...

runs commands with them on a small story that cites them, on one as large as a story with copies may be, and on each of
those that are as full as they may be.
"""

from __future__ import annotations

import io
import sys
import tempfile
from collections.abc import Callable
from itertools import islice, product
from pathlib import Path
from string import ascii_lowercase
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

from retell.checks.evidence.extent import MOST_COMPARED, MOST_STATEMENTS
from retell.copies.fingerprints import fingerprint
from retell.copies.folder import MOST_FILES
from retell.copies.folder import MOST_LINES as ALL_LINES
from retell.copies.folder import MOST_TAGS as ALL_TAGS
from retell.copies.folder import MOST_TEXT as ALL_TEXT
from retell.copies.page import MOST_LINES, MOST_TAGS, MOST_TEXT
from retell.copies.readers import word
from retell.copies.saved import MOST_CHARACTERS, MOST_PARAGRAPHS
from tests.hostile.full import IT, QUOTE, READER, SCENE, SOURCE, STORIES, VOICES, Files, run, story, told, write

Saved: TypeAlias = dict[str, bytes]
COMMANDS = {
    "check": "check --copies OUT/copies",
    "find": "find --copies OUT/copies rain fell",
    "articles": "articles --copies OUT/copies -o OUT/articles.html",
    "review": "review --copies OUT/copies --by Ann",
    "copies": "copies OUT/copies",
    "fingerprint": "fingerprint COPY",
    "packets": "handout --packets OUT/packets --copies OUT/copies",
    "preview": "preview SCENE --copies OUT/copies",
    "reader": "read --pace instant",
    "new": "new scene another --from n ¶1 --copies OUT/copies",
}

KEYS = {"review": (" ", "\x1b[6~", "b", "q"), "reader": READER}


def filled(text: str, most: int = MOST_TEXT) -> str:
    """Return a text over and over, as long as a file's may be, with no more lines than it may have."""
    times = most // len(text)
    return text * min(times, MOST_LINES // text.count("\n") if "\n" in text else times)


def texts(text: str) -> Callable[[], Saved]:
    """Write as many files of this text as are read."""
    whole = filled(text)
    files = min(ALL_TEXT // len(whole), ALL_LINES // (whole.count("\n") or 1), MOST_FILES - 1)
    return lambda: {f"{i}.txt": whole.encode() for i in range(files)}


def pages(text: str, most: int = MOST_TAGS) -> Callable[[], Saved]:
    """Write as many web pages of these tags as are read."""
    times = min(most // text.count("<"), MOST_TEXT // len(text), MOST_LINES)
    files = min(ALL_TAGS // (times * text.count("<")), ALL_LINES // times)
    return lambda: {f"{i}.html": f"<!doctype html><html><body>{text * times}".encode() for i in range(files)}


def word_files() -> Saved:
    """Write as many Word files as are read."""
    text = "<w:p><w:r><w:t>The rain fell all night.</w:t></w:r></w:p>"
    times = min(word.WORD_TAGS // 3 - 10, MOST_LINES, MOST_TEXT // 24)
    made = io.BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr(word.MAIN, f"<w:document xmlns:w='http://w'>{text * times}</w:document>")
    return {f"{i}.docx": made.getvalue() for i in range(ALL_TAGS // (3 * times))}


COPIES: dict[str, Callable[[], Saved]] = {
    "prose": texts("The rain fell all night over the town, and the river rose to the bridge.\n\n"),
    "wrapped": texts("The rain fell all night over the town and the river rose to the bridge\n"),
    "letters": texts("a\n\n"),
    "lines": texts("A\n"),
    "one-word": texts("a"),
    "one-word-with-hyphens": texts("a-"),
    "one-letter-words": texts("a "),
    "sentences": texts("A. "),
    "wide-letters": texts("\u4e2d"),
    "azerbaijani": texts("Laçın yolu bağlandı, çünki şəhər bütün gecə yağış altında qaldı.\n\n"),
    "letters-that-swell": texts("\u3316\ufb03 "),
    "accents": texts("a\u0301\u0323 "),
    "piles-of-marks": texts("a" + "\u0301\u0323" * 30),
    "links": texts("[a](http://x) "),
    "texts-in-brackets": texts(f"({')' * 19_000}a\n\n"),
    "entities": texts("&amp; [1] "),
    "hyphens": texts("a-\n"),
    "tags": pages("<b>a</b>"),
    "paragraphs-of-a-page": pages("<p>a."),
    "open-tags": pages("<nav>"),
    "word-files": word_files,
}


def cited(paragraphs: list[str], beat: str, most: int = MOST_STATEMENTS - 10) -> tuple[Files, Saved]:
    """Return a story of so many beats on an article of these paragraphs, or of as many as are compared with them."""
    compared = len(beat) * (len(beat) + max(map(len, paragraphs)))
    most = min(most, MOST_COMPARED * 2 // 3 // compared)  # the cards are compared as well
    prints = ", ".join(map(fingerprint, paragraphs))
    beside = VOICES | {"cards/sources/n.yaml": SOURCE.format(code="N", paragraphs=prints)}
    return told((beat.format(i % len(paragraphs) + 1) for i in range(most)), beside), {
        "n.txt": "\n\n".join(paragraphs).encode()
    }


def many(text: str) -> list[str]:
    """Return as many paragraphs as are looked for."""
    return [text.format(i) for i in range(MOST_PARAGRAPHS)]


def long(text: str, paragraphs: int = ALL_TEXT // MOST_CHARACTERS // 3) -> list[str]:
    """Return paragraphs as long as one may be, as many as a file holds."""
    return [f"Paragraph {i}. {text * ((MOST_CHARACTERS - 30) // len(text))}" for i in range(paragraphs)]


def with_names(held: tuple[Files, Saved]) -> tuple[Files, Saved]:
    """Add voices of 17,000 names, of which each may be a state's."""
    names = ["N" + "".join(letters) for letters in islice(product(ascii_lowercase, repeat=3), 17_000)]
    aliases = {
        f"cards/voices/n{i}.yaml": f"name: V{i}\nrole: r\nside: s\naliases: [{', '.join(names[i::2])}]\n"
        for i in (0, 1)
    }
    return held[0] | aliases, held[1]


ARTICLES = MOST_PARAGRAPHS - 60  # of a paragraph each, beside one of 50
SAY = "say: 'It {{}} [@n, para. {{0}}].'"
HELD: dict[str, Callable[[], tuple[Files, Saved]]] = {
    "short-statements": lambda: cited(many("It rained on day {}."), "say: 'It rained [@n, para. {0}].'"),
    "long-paragraphs": lambda: cited(long("The rain fell. "), "say: 'It rained [@n, para. {0}].'"),
    "wrong-numbers": lambda: cited(many("It rained on day {}."), "say: 'It cost 7777 coins [@n, para. {0}].'"),
    "wrong-quotations": lambda: cited(
        long("it was so and "), QUOTE.replace("{0}", "v").replace("para. 2", "para. {0}").replace("it was", "so it was")
    ),
    "wrong-names": lambda: cited(long("The rain fell. "), "say: 'Hill and Mole said no [@n, para. {0}].'"),
    "peoples": lambda: with_names(cited(long("Nabcian Nabdians "), "say: 'Nabcian carts fell [@n, para. {0}].'")),
    "titles": lambda: cited(long("Captain Dan Ek met Major Flo Ek. "), "say: 'Dr. Dan Ek rose [@n, para. {0}].'"),
    "many-titles": lambda: cited(
        long("Captain Dan Ek met Major Flo Ek. ", 30), f"say: '{'Major Dan Ek rose and ' * 200}[@n, para. {{0}}].'"
    ),
    "bounds": lambda: cited(long("more than 5 and at least 6 "), "say: 'More than 5, at least 6 [@n, para. {0}].'"),
    "denials": lambda: cited(long("rain fell on it "), "say: 'rain did not fall on it [@n, para. {0}].'"),
    "many-words": lambda: cited(
        long("The rain fell all night over the town and the river rose. "),
        "say: 'The rain fell all night over a town, and the river rose to it [@n, para. {0}].'",
    ),
    "long-statements": lambda: cited(
        long("The rain fell all night over the town and the river rose. "),
        f"say: 'The rain fell all night over a town{', and the river rose to it' * 8} [@n, para. {{0}}].'",
    ),
    "silences": lambda: cited(long("Hill said it. "), "say: 'No article quotes Mole [@n].'"),
    "missing-paragraphs": lambda: cited(many("It rained on day {}."), IT[2:-1], 50),
    "many-articles": lambda: (
        story(["s"])
        | {"story/s.yaml": SCENE.format(phase="flood", beats=IT)}
        | {
            f"cards/sources/x{i}.yaml": SOURCE.format(code=f"X{i}", paragraphs=f"{i:012x}")
            for i in range(MOST_PARAGRAPHS - 60)
        },
        texts("The rain fell.\n\n")(),
    ),
}


FULLEST = "letters-that-swell"
"""Of COPIES, those that take most."""


def build(name: str, root: Path) -> Path:
    """Write a story and its copies into a folder beside it; returns the story's."""
    if name in STORIES:
        files, saved = STORIES[name](), {"n.txt": b"It rained.\n", **COPIES[FULLEST]()}
        files["cards/sources/n.yaml"] = files["cards/sources/n.yaml"].replace("0" * 12, fingerprint("It rained."))
    elif name in COPIES:
        files, saved = cited(["It rained.", "It stands in no copy."], "say: 'It rained [@n, para. {0}].'", 2)
        saved = {"n.txt": b"It rained.\n", **COPIES[name]()}
    else:
        files, saved = HELD[name]()
    folder = root.parent / "copies"
    folder.mkdir()
    for file, raw in saved.items():
        (folder / file).write_bytes(raw)
    return write(files, root)


if __name__ == "__main__":
    commands = [each for each in sys.argv[1:] if each in COMMANDS] or [*COMMANDS]
    for each in [name for name in sys.argv[1:] if name in COPIES | HELD | STORIES] or [*COPIES, *HELD, *STORIES]:
        with tempfile.TemporaryDirectory() as made:
            folder = build(each, Path(made) / "story")
            for command in commands:
                cost = run(folder, COMMANDS[command], KEYS.get(command, ()))
                told_of = f"{each:22} {command:9} {cost.code:4} {cost.seconds:6.2f} s {cost.memory:5.0f} MiB"
                print(told_of, "" if cost.fits else "BEYOND", cost.said.strip().split("\n")[-1][:90], flush=True)
