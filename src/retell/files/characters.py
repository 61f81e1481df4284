"""Find the characters of a text that nobody can see or a terminal would obey.

What a story may not hold, by the Unicode Standard and its annexes:

- control characters but tab and newline (C0, C1, DEL), line and paragraph separators;
- characters that turn the direction of a line (UAX #9): marks, embeddings, overrides, isolates;
- what takes no room (UAX #44, Default_Ignorable_Code_Point): zero-width space, word joiner, byte order mark, soft
  hyphen, fillers, tags, invisible operators, deprecated format characters;
- blanks that are no white space: the Braille cell without a dot, the notehead that is none, fillers;
- private use and noncharacters, which have no look of their own; half a surrogate pair;
- the ninth mark on one letter and all after it: a pile of them covers the lines above and below. UTS #39 doubts more
  than four; no script is known to us that needs more than eight.

Some of those belong to how some scripts are written, and only there are they right (UAX #31, UTS #39, UTS #51):
a zero-width joiner or non-joiner between two letters of such a script or two emoji, a variation selector behind an
emoji, a symbol or an ideograph, and what sets hieroglyphs above or beside each other.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterable

JOINED = "\u0590-\u1fff\u2190-\ud7ff\uf900-\ufdcf\ufdf0-\ufdff\ufe0f\ufe70-\ufefe\U00010000-\U0003ffff"
VARIED = "#*0-9\xa9\xae\u1000-\u109f\u1820-\u18aa\u203c\u2049\u2100-\u2bff\u3030-\u9fff\ua840-\ua877\uf900-\ufaff"
VARIED += "\U0001f000-\U0003ffff"
UNSEEN = (
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u2800\u3164\ud800-\uf8ff\ufdd0-\ufdef\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U00013441\U00013442\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a\U0001fffe\U0001ffff\U0002fffe\U0002ffff\U0003fffe\U0003ffff"
    "\U000e0000-\U000e00ff\U000e01f0-\U0010ffff]"
    f"|(?<![{JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{JOINED}])"
    "|(?<![\U00013000-\U0001345f])[\U00013430-\U0001343f]"
    f"|(?<![{VARIED}])[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
BLANKS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\U00013441\U00013442\U00016fe4\U0001d159"
).union(map(chr, range(0xFE00, 0xFE10)), map(chr, range(0xE0100, 0xE01F0)))
BREAKS = re.compile(r"[\n\t]")
# how a line of a build's log gives its runner a command, wherever in the line it stands: ##[add-mask] of GitHub,
# ##vso[…] of Azure, ##teamcity[…]
COMMAND = re.compile(r"##(?=[a-z]*\[)")
MOST_MARKS = 8
NO_BREAK_SPACES = "\u00a0\u2007\u202f"
"""They look like a space, and YAML takes them for letters (Unicode Standard, chapter 6.2, Space Characters)."""
BREAKABLE = re.compile(rf"[^\S{NO_BREAK_SPACES}]+")
"""White space at which a line may be broken."""
TO_SPACES = str.maketrans(NO_BREAK_SPACES, " " * len(NO_BREAK_SPACES))
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Letters of scripts that put no spaces between words: there each letter counts as a word."""
STOPS = ".?!…。．！？؟۔।॥።։"
"""What ends a sentence, in any script."""
PAUSES = ",;:،؛、，；：፣፤"
"""What divides one, in any script."""
CLOSING_MARKS, OPENING_MARKS = "」』）〕］｝〉》】〗〙〛”’»›", "「『（〔［｛〈《【〖〘〚“‘«‹"
NEVER_FIRST = frozenset(f"{STOPS}{PAUSES}{CLOSING_MARKS}・：；‥々〻ーゝゞヽヾっゃゅょッャュョぁぃぅぇぉァィゥェォ")
"""What begins no line: https://www.w3.org/TR/jlreq/#characters_not_starting_a_line"""
# below and between these are no marks of any script and none of BLANKS; Python compiles more ranges ten times as slowly
MAY_BE_MARKED = re.compile("[^\x00-\u02ff\u2000-\u20cf]")
MAY_BE_PILED = re.compile(rf"[^\w\s\x00-\u02ff]{{{MOST_MARKS + 1}}}")  # marks are no part of a word for Python


@cache
def unseen() -> re.Pattern[str]:
    """Return the pattern of every character that nobody can see; it is large, and few stories ever need it."""
    marks = _ranges(filter(is_mark, MAY_BE_MARKED.findall("".join(map(chr, range(0x1F000))))))
    return re.compile(f"{UNSEEN}|(?<=[{marks}]{{{MOST_MARKS}}})[{marks}]")


def _ranges(characters: Iterable[str]) -> str:
    """Return characters in order as a pattern has them; beyond U+FFFF Python tries one range after the other."""
    numbered = enumerate(map(ord, characters))
    runs = (list(run) for _, run in groupby(numbered, key=lambda each: each[1] - each[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


def is_mark(char: str) -> bool:
    """Return whether a character stands on, under or around the one before it."""
    return category(char).startswith("M")


def name_of(char: str) -> str:
    """Return a character as the Unicode Standard writes it: `U+200B`."""
    return f"U+{ord(char):04X}"


def find_unseen(text: str) -> re.Match[str] | None:
    """Find the first character of a text that nobody can see; a newline is none."""
    # Python's own answer is a hundred times as fast, and right but for these blanks
    printable = text.isprintable() or text.replace("\n", "").isprintable()
    # what looks for any mark is several times as fast, and finds the blanks as well
    unmarked = text.isascii() or not MAY_BE_MARKED.search(text)
    if printable and (unmarked or (BLANKS.isdisjoint(text) and not MAY_BE_PILED.search(text))):
        return None
    return unseen().search(text)


def without_unseen(text: str) -> str:
    """Return a text without what nobody can see; where that stood between two piles of marks, they become one."""
    while find_unseen(text):
        text = unseen().sub("", text)
    return text


def visible(text: str) -> str:
    """Return a text for one line of a screen: what cannot be seen, and what would end the line, as `<U+200B>`.

    For messages, which quote what was found: a file's name, a field, an argument of the command line. A command that
    the runner of a build would obey is broken in the same way.
    """
    seen = BREAKS.sub(_written_out, unseen().sub(_written_out, text) if find_unseen(text) else text)
    return COMMAND.sub(f"#<{name_of('#')}>", seen) if "##" in seen else seen


def _written_out(match: re.Match[str]) -> str:
    return f"<{name_of(match[0])}>"
