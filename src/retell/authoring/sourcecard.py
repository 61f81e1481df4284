"""Turn a saved article into its numbered paragraphs and a source card, blank or renewed."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from retell.authoring.schema import comment_of, hint_of
from retell.copies.article import Article, LeftOut, article_in
from retell.copies.fingerprints import fingerprint
from retell.copies.matching import Finder
from retell.copies.page import UnreadError
from retell.copies.readers.decoding import SAVE_AS, UNSURE
from retell.copies.readers.opening import read_page
from retell.files.characters import without_unseen
from retell.files.decoding import NotTextError, decode
from retell.files.folder import read_ordinary
from retell.files.yamlfile import YamlFile
from retell.problems import RetellError
from retell.story.cards import Source
from retell.story.columns import first_words
from retell.story.form import stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from retell.story.library import Library

HEAD = """\
# The card of a source: save it as cards/sources/KEY.yaml, where KEY is the name that citations use.
# Write behind each colon. These fields are needed:
"""
REST = "# Of these, delete what your copy does not say:"
PRINTS = "# One fingerprint for each paragraph; the text itself stays with you:"
# the field `paragraphs` of a card: in one line, or with a line for each, of which only its number is a comment
LISTED = re.compile(r"(paragraphs:)(?:[ \t]*\[[^\]#]*\])?([ \t]*(?:#.*)?)")
PRINT = re.compile(r"([ \t]*- +)\S+[ \t]*(?:#[ \t]*\d+)?[ \t]*")
CANNOT_RENEW = (
    "its list 'paragraphs:' cannot be replaced alone; give another name, and move the new list there yourself"
)
SHOWN_WORDS = 12
RANGE = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


def read_numbers(text: str) -> set[int]:
    """Read `1,4` or `1-3, 9`, counted from 1; nothing is no number. Raises RetellError, in one line, for all else."""
    numbers: set[int] = set()
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = RANGE.fullmatch(part)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            raise RetellError(f"'{part}' is no number of a paragraph: write 1,4 or 1-3,9")
        numbers.update(range(first, last + 1))
    return numbers


def read_article(path: Path, libraries: Iterable[Library]) -> Article:
    """Read a saved article as the check does, numbered as a card of these stories numbers it, if one knows it whole.

    Raises RetellError where the file cannot be read, or in an encoding that is not certain.
    """
    try:
        page = read_page(path)
    except UnreadError as error:
        raise RetellError(f"{path} {error.reason}{f': {error.help}' if error.help else ''}") from None
    if UNSURE in page.remarks:
        raise RetellError(f"{path} is in an old encoding, and in which is not certain: {SAVE_AS}")
    article = article_in(page)
    if not article.paragraphs:
        raise RetellError(f"{path} holds no text")
    finder = Finder(page)
    for source in (source for library in libraries for source in library.sources.values()):
        found = finder.find(set(source.form.paragraphs))
        if found and found.keys() >= set(source.form.paragraphs):
            return _as_on_card(article, [found[print_] for print_ in source.form.paragraphs], source.file.name)
    return article


def _as_on_card(article: Article, paragraphs: Sequence[str], card: str) -> Article:
    """Return an article with the paragraphs of its card."""
    prints = set(map(fingerprint, paragraphs))
    out = [each for each in article.left_out if fingerprint(each.text) not in prints]
    out += [LeftOut(text, "the card has it not") for text in article.paragraphs if fingerprint(text) not in prints]
    return Article(tuple(paragraphs), tuple(out), (f"numbered as on its card, {card}",))


def choose(article: Article, taken_back: set[int], left_out: set[int]) -> Article:
    """Return an article with some of what was left out brought back, each in its place, and some paragraphs left out.

    Raises RetellError for a number that there is not, or when none is left.
    """
    for numbers, what, texts in (
        (taken_back, "text to bring back", article.left_out),
        (left_out, "paragraph to leave out", article.paragraphs),
    ):
        if unknown := sorted(numbers - set(range(1, len(texts) + 1))):
            known = f"they are numbered 1 to {len(texts)}" if texts else "nothing was left out"
            raise RetellError(f"there is no {what} with the number {unknown[0]}: {known}")
    kept = [(text, i not in left_out) for i, text in enumerate(article.paragraphs, 1)]
    out = [(each, i in taken_back) for i, each in enumerate(article.left_out, 1)]
    chosen = [(text, article.order.get(text, at)) for at, (text, stays) in enumerate(kept) if stays]
    chosen += [(each.text, article.order.get(each.text, -1)) for each, back in out if back]
    if not chosen:
        raise RetellError("no paragraph is left: a source has one at least")
    if taken_back:
        chosen.sort(key=lambda each: each[1])
    rest = [each for each, back in out if not back] + [LeftOut(text, "--without") for text, stays in kept if not stays]
    return Article(tuple(text for text, _ in chosen), tuple(rest), article.warnings)


def number(paragraphs: Sequence[str]) -> str:
    """Return the paragraphs with their numbers, as the copies of articles may be labelled, too.

    They come from anywhere and go to a terminal: what nobody can see in them is left out.
    """
    return "\n\n".join(f"[{i}] {without_unseen(paragraph)}" for i, paragraph in enumerate(paragraphs, 1)) + "\n"


def explain(article: Article, *, chosen: bool = False) -> str:
    """Return what was left out of an article and why, and what may be wrong with it.

    Where nothing was `chosen` yet, what was left out has the numbers by which it is brought back.
    """
    parts = []
    if article.left_out:
        help_text = "" if chosen else "; --with 1 brings the first of them back, --without 1 leaves out paragraph 1"
        parts.append(f"left out{help_text}:")
        for i, each in enumerate(article.left_out, 1):
            mark = "-" if chosen else f"{i}."
            parts.append(f"  {mark} {first_words(without_unseen(each.text), SHOWN_WORDS)} ({each.reason})")
    parts += [f"note: {warning}" for warning in article.warnings]
    return "".join(f"{part}\n" for part in parts)


def write_card(paragraphs: Sequence[str]) -> str:
    """Return a source card as YAML: the fingerprints of the paragraphs, and every other field to be filled in."""
    needed: list[str] = []
    others: list[str] = []
    for field in stated(Source):
        if field.name != "paragraphs":
            line = f"{f'{field.encode_name}:':<16} # {hint_of(field)}"
            (needed if field.required else others).append(line)
    prints = _list_prints(paragraphs, "  - ")
    return "\n".join([comment_of("source"), HEAD.rstrip(), *needed, REST, *others, PRINTS, "paragraphs:", *prints, ""])


def renew_card(path: Path, paragraphs: Sequence[str]) -> bytes:
    """Return a card that is there already with the fingerprints of these paragraphs, all else in it as it is.

    Where the file is empty that is a card to be filled in. Raises RetellError when the file cannot be read, or the list
    not be replaced alone.
    """
    try:
        raw = read_ordinary(os.path.realpath(path))
    except OSError as error:
        raise RetellError(f"{path} cannot be read: {error.strerror}") from None
    if not raw.strip():
        return write_card(paragraphs).encode()
    try:
        old = YamlFile("", decode(raw)).data
    except NotTextError:
        old = None
    renewed = _with_prints(raw.decode(), paragraphs) if isinstance(old, dict) else ""
    prints = [fingerprint(paragraph) for paragraph in paragraphs]
    if not isinstance(old, dict) or YamlFile("", decode(renewed.encode())).data != {**old, "paragraphs": prints}:
        raise RetellError(f"{path} is there already, and {CANNOT_RENEW}")
    return renewed.encode()


def _with_prints(card: str, paragraphs: Sequence[str]) -> str:
    """Return a card with new fingerprints in the place of its own, its lines ending as they did.

    Returns nothing where it is not clear which place that is.
    """
    lines = card.split("\n")
    places = [i for i, line in enumerate(lines) if LISTED.fullmatch(line.rstrip("\r"))]
    if len(places) != 1:
        return ""
    (at,) = places
    end = at + 1
    while end < len(lines) and PRINT.fullmatch(lines[end].rstrip("\r")):
        end += 1
    first = PRINT.fullmatch(lines[at + 1].rstrip("\r")) if end > at + 1 else None
    line_end = "\r" if lines[at].endswith("\r") else ""
    heading = LISTED.sub(r"\1\2", lines[at], count=1)
    prints = [f"{line}{line_end}" for line in _list_prints(paragraphs, first[1] if first else "  - ")]
    return "\n".join([*lines[:at], heading, *prints, *lines[end:]])


def _list_prints(paragraphs: Sequence[str], mark: str) -> list[str]:
    return [f"{mark}{fingerprint(paragraph)} # {i}" for i, paragraph in enumerate(paragraphs, 1)]
