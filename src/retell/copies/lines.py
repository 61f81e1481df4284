"""Find which lines of a saved article may be no part of it, and join the lines that were wrapped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

PAGE_NUMBER = re.compile(
    r"[\s|·–—-]*(?:(?:page|p\.|seite)\s*)?\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?[\s|·–—-]*", re.IGNORECASE
)
PRINTED = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{2,4},? +\d{1,2}[:.]\d{2}|(?:https?|file)://\S+|www\.\S+")
FIGURES = re.compile(r"\d+")
SHORT_WORDS = 6
RUNNING_HEAD = 120  # characters that one has at most
SENTENCE = re.compile(r"(?<=[.!?…])([\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[^\W_a-z])")
SOFT = re.compile("[\xad\ufffe][-‐‑]?$|[-‐‑]\xad$")
HARD = re.compile(r"(?<=[^\W_])[-‐‑]$")
LETTERS = re.compile(r"[^\W\d_]+")
LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
# the look behind lets a try begin only where a word does, for each reads the word to its end
HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)+")


def doubtful(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the lines that may be a page's and not the article's: short, repeated, or in capitals."""
    alike = Counter(FIGURES.sub("0", line.strip()) for line in lines if len(line) <= RUNNING_HEAD)
    return {i for i, line in enumerate(lines) if _is_doubtful(line.strip(), alike)}


def _is_doubtful(line: str, alike: Counter[str]) -> bool:
    if len(line) > RUNNING_HEAD:
        return False
    if PAGE_NUMBER.fullmatch(line) or PRINTED.match(line) or line.isupper():
        return True
    return alike[FIGURES.sub("0", line)] > 1 or line.count(" ") < SHORT_WORDS


def sentences(line: str) -> list[str]:
    """Cut a line where a sentence may end."""
    return SENTENCE.sub(r"\1\n", line).split("\n") if SENTENCE.search(line) else [line]


def vocabulary(lines: Iterable[str]) -> set[str]:
    """Return the words of a text, in small letters, a word with a hyphen whole and in parts."""
    text = "\n".join(lines).lower()
    return {*LETTERS.findall(text), *HYPHENED.findall(text)}


def join(lines: Sequence[str], known: Collection[str]) -> str:
    """Return lines as one, the words whole that were parted at a line's end.

    A soft hyphen goes. A hard one may be the word's own: it goes where the word is `known` without it.
    """
    joined = ""
    for line in lines:
        part = " ".join(line.split())
        if not joined or not part:
            joined += part
        elif SOFT.search(joined):
            joined = SOFT.sub("", joined) + part
        elif HARD.search(joined):
            joined = _join_word(joined, part, known)
        else:
            joined = f"{joined} {part}"
    return joined.replace("\xad", "").replace("\ufffe", "")


def _join_word(text: str, rest: str, known: Collection[str]) -> str:
    first, last = LAST_WORD.search(text[:-1]), LETTERS.match(rest)
    if first is None or last is None:
        return text + rest  # a figure: 2022-23
    whole = f"{first[0]}{last[0]}".lower()
    if f"{first[0]}-{last[0]}".lower() in known or whole not in known:
        return text + rest
    return text[:-1] + rest
