"""Set a text as print does: its quotation marks, its spaces, its capitals."""

from __future__ import annotations

import re
import unicodedata

from retell.files.characters import BREAKABLE

_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
RIGHT_TO_LEFT = rf"[{_LETTER}](?:[^\S\n]?[\d'’\"“”.–-]{{0,8}}[^\S\n]?[{_LETTER}])*"
# how such letters begin in UTF-8, and few others: Python compiles sets of bytes ten times as fast
MAY_BE_RIGHT_TO_LEFT = re.compile(rb"[\xd6-\xdf\xf0]|\xe0[\xa0-\xa3]|\xef[\xac-\xbb]")
ISOLATE, END_OF_ISOLATE = "\u2068", "\u2069"  # they take no room, and a terminal that does not know them shows nothing
DUTCH, TURKIC = r"ij(?=[^\W\d_])", r"\w*[ışğəİŞĞƏ]\w*"
TURKIC_CAPITALS = str.maketrans("iı", "İI")
GREEK = "[\u0370-\u03ff\u1f00-\u1fff]+"
ACCENTS = "[\u0300\u0301\u0313\u0314\u0342\u0345]"
# an apostrophe that begins a word opens no quotation: ’75, ’90s, ’tis, ’em
SHORTENED = r"(?!(?i:\d\ds?|tis|twas|em|n|til|cause|round)\b)"


def set_quotes(text: str) -> str:
    """Set straight quotation marks and apostrophes as print does: “ ”, ‘ and ’."""
    if '"' in text:
        text = re.sub(r'"([^"]*)"', r"“\1”", text)
    if "'" not in text:
        return text
    if re.search(r"\B'\w", text):  # most stand in a word or behind one, and the whole pattern is large
        text = re.sub(rf"(^|(?<=[\s(“\"—–]))'{SHORTENED}(?=\w)", "‘", text)
    return text.replace("'", "’")


def set_line(text: str | None) -> str:
    """Set a plain text in one line, as print does; nothing where there is none."""
    return set_quotes(with_single_spaces((text or "").strip()))


def right_to_left(text: str) -> list[re.Match[str]]:
    """Return each stretch of words from right to left in a text."""
    if text.isascii() or not MAY_BE_RIGHT_TO_LEFT.search(text.encode("utf-8", "surrogatepass")):
        return []
    return [*re.finditer(RIGHT_TO_LEFT, text)]


def isolate(text: str, before: str = ISOLATE, after: str = END_OF_ISOLATE) -> str:
    """Return a text with something before and after each stretch of words from right to left.

    Without that a date beside a name in such a script would be shown on its other side (UAX #9, 2.4 Isolates).
    """
    for run in reversed(right_to_left(text)):
        text = f"{text[: run.start()]}{before}{run[0]}{after}{text[run.end() :]}"
    return text


def isolate_whole(name: str) -> str:
    """Return a file's name, if any of it runs from right to left, between marks that leave the name itself as it is."""
    return f"{ISOLATE}{name}{END_OF_ISOLATE}" if right_to_left(name) else name


def capitalise(text: str) -> str:
    """Return a text with a capital at its start, and all else as it is.

    The letters of Turkish and Azerbaijani tell that its i keeps its dot, and in Dutch "ij" is one letter; what has no
    single capital, as "ß", keeps its form: https://www.unicode.org/Public/UCD/latest/ucd/SpecialCasing.txt
    """
    if re.match(DUTCH, text):
        return "IJ" + text[2:]
    first = "İ" if text[:1] == "i" and re.match(TURKIC, text) else text[:1].upper()
    return first + text[1:] if len(first) == 1 else text


def in_capitals(text: str) -> str:
    """Return a text in capitals: i keeps its dot in Turkish and Azerbaijani words, Greek vowels have no accent.

    As of https://www.unicode.org/Public/UCD/latest/ucd/SpecialCasing.txt and ICU's rule for Greek.
    """
    if text.isascii():
        return text.upper()
    text = re.sub(TURKIC, lambda word: word[0].translate(TURKIC_CAPITALS), text)
    return re.sub(GREEK, _without_accents, text).upper()


def _without_accents(word: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", re.sub(ACCENTS, "", unicodedata.normalize("NFD", word[0])))


def with_single_spaces(text: str) -> str:
    """Return a text with one space for each run of white space, and those kept at which no line is broken."""
    if "  " not in text and text.isprintable():  # of all white space only the space counts as printable
        return text
    return BREAKABLE.sub(" ", text)
