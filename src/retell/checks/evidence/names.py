"""Find the capitalised names of a text that no card gives: people, places and bodies that are mentioned once.

A capital at the start of a sentence is no sign of a name, nor are titles, kinds of places, days, months, ranks and
letters. Names are compared without accents, hyphens, plural and possessive.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from retell.checks.evidence.number_words import ORDINALS, TENS, UNITS
from retell.copies.text import words_of
from retell.story.dates import MONTHS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

HYPHENS = "‐‑–−-"  # the last stands at the end of a set, and for itself
_MORE = rf"(?:[’'{HYPHENS}][^\W\d_]+)*"
# most words have a small letter, and a pattern that begins with a plain character is found faster
TOKEN = re.compile(rf"[^\W\d_a-z](?<![\w’'].)[^\W\d_]*(?:[\u0300-\u036f]+[^\W\d_]*)*{_MORE}\.?")
BEFORE_A_HYPHEN = re.compile(rf"(?<![\w’'])[^\W\d_]+{_MORE}[{HYPHENS}]")
TITLE = r"(?<!\bMr)(?<!\bMrs)(?<!\bMs)(?<!\bDr)(?<!\bSt)(?<!\bLt)(?<!\bCol)(?<!\bCapt)(?<!\bGen)(?<!\bMaj)(?<!\bSgt)"
BEGINS = re.compile(rf"(?:^|{TITLE}[.?!:;…][\"'”’)\]]*\s+|[“\"(\[]|\n)\s*[‘'*]*$")
# titles, kinds of places and of bodies: with a capital they belong to a name, and are none
KINDS = frozenset(
    re.split(
        r"\s+",
        "i a mr mrs ms dr st sir lord lady king queen prince princess tsar emperor pope president vice prime "
        "minister secretary ambassador governor mayor chancellor senator general colonel major captain "
        "lieutenant sergeant admiral commander officer judge professor bishop father brother sister saint the "
        "of and new old great north south east west northern southern eastern western central upper lower "
        "avenue street road lane square hotel house hall bridge river lake mount mountain sea ocean valley "
        "island city town village district province county region state republic kingdom empire union "
        "federation government ministry parliament congress senate council committee commission assembly "
        "court army navy force guard police service office department bureau agency bank church university "
        "college school company party front movement league press post times news journal world war peace "
        "treaty act article chapter paragraph part section no monday tuesday wednesday thursday friday "
        "saturday sunday christmas easter god internet english bc ad bce ce am pm gmt utc",
    )
)
# of countries and bodies whose other name does not begin alike
ALIKE = (
    "france french paris",
    "us usa america american washington united",
    "uk britain british england english london",
    "netherlands dutch hague",
    "spain spanish",
    "germany german berlin",
    "greece greek",
    "turkey turkish turkiye ankara",
    "switzerland swiss",
    "denmark danish dane danes",
    "wales welsh",
    "ireland irish",
    "scotland scottish scots",
    "china chinese beijing",
    "un nations",
    "eu europe european",
    "ussr soviet soviets",
    "icrc cross",
    "iran persia persian",
    "norway norwegian",
    "poland polish pole poles",
    "sweden swedish swede",
    "finland finnish",
    "iceland icelandic",
    "thailand thai",
    "cyprus cypriot",
    "israel israeli",
    "peru peruvian",
    "russia moscow kremlin",
)
SAME = {word: frozenset(row.split()) for row in ALIKE for word in row.split()}
CALENDAR = frozenset({*map(str.lower, MONTHS), *(name[:3].lower() for name in MONTHS), *ORDINALS, *UNITS, *TENS})
DEED = re.compile(
    r" (?:himself |herself |then |later |also |never |once |now |only |already )?(?:was|is|has|had|did|does|came|went"
    r"|says|wrote|writes|told|led|rode|spoke|fled|saw|heard|knew|thought|met|took|gave|made|sent|found|held|left|brought"
    r"|kept|fell|stood|won|lost|drove|ran|got|put|set|shot|broke|began|became|fought|threw|chose|felt|drew|rose|sat|\w+(?<!e)ed"
    r"|said)\b"
)
_NAMELESS = (
    "none whoever whatever another neither either each this that there here then what which who whom whose when "
    "where why how only less more much most such half both many they once never today tomorrow yesterday dawn dusk "
    "night winter spring summer autumn snow rain storm peace hunger relief help word bread water money food fuel "
    "petrol power traffic aid trade work life death war fire news tea coffee milk meat rice flour salt sugar wheat "
    "corn grain gold silver iron steel oil gas coal wood stone glass paper cloth wool cotton silk land law order "
    "time space faith hope love fear anger grief pain health wealth truth proof blame fault guilt trust support "
    "failure control access travel research music history blood smoke noise silence sleep wind weather light heat "
    "cold mail post praise shame luck debt rent talk thirst youth age sense doubt least last next first second "
    "third behind below above inside outside nearby among also still thus hence nor gone soon later before after "
    "even just same all some every little enough part nobody somebody anybody everybody"
)
NAMELESS = re.compile(
    r"(?:some|any|every|no)(?:body|one|thing)"
    r"|\w+(?:[^s]s|men|people|folk|ing|tion|sion|ment|ity|ance|ence|ism|ship|hood|ness|ure|cy|age|ly)",
    re.IGNORECASE,
)
NEVER_NAMES = frozenset(_NAMELESS.split())
_PLACE_WORDS = "north south east west lake mount hill hall house bridge church park rivers forest"
PLACE_WORDS = frozenset(_PLACE_WORDS.split())
PERSONAL = re.compile(r"(?:Mr|Mrs|Ms|Lord|Lady|Captain|Colonel|Major|General|Lieutenant|President|Sergeant)\.? \w+$")
LEAST_STEM = 4
"""So many letters in common make two words one name: Armenia and Armenian."""


class Name(NamedTuple):
    """A capitalised name and where in the text it begins."""

    text: str
    start: int


class Capitals(NamedTuple):
    """The names of a text that are told by their capitals, and the words that have one as a sentence begins with them.

    Of those only the articles can say whether they are names.
    """

    names: list[Name]
    openings: list[Name]


def capitals_of(text: str) -> Capitals:
    """Return the capitalised words of a text: those with nothing but a space between are one name."""
    found: list[Name] = []
    openings: list[Name] = []
    for token in TOKEN.finditer(text):
        word, start = token[0].rstrip("."), token.start()
        if not word[0].isupper() or _goes_on(text, start):
            continue
        if BEGINS.search(text[max(0, start - 12) : start]):
            openings.append(Name(word, start))
        elif len(word) > 1 and found and text[found[-1].start + len(found[-1].text) : start] == " ":
            found[-1] = Name(text[found[-1].start : start + len(word)], found[-1].start)
        elif len(word) > 1:
            found.append(Name(word, start))
    return Capitals(
        [name for name in found if not all(map(is_kind, name.text.split())) or _is_a_persons(name.text)],
        [name for name in openings if len(name.text) >= LEAST_STEM and not is_kind(name.text)],
    )


def _is_a_persons(name: str) -> bool:
    """Return whether a word for a kind of place is here somebody's name, as in Lord North."""
    return PERSONAL.fullmatch(name) is not None and name.rsplit(maxsplit=1)[-1].lower() in PLACE_WORDS


def _goes_on(text: str, start: int) -> bool:
    """Return whether a capital stands behind a hyphen, in a word that begins with another letter."""
    if start < 2 or text[start - 1] not in HYPHENS or not text[start - 2].isalpha():
        return False
    return any(word.end() == start for word in BEFORE_A_HYPHEN.finditer(text, text.rfind(" ", 0, start) + 1, start))


def is_named_by_its_deed(name: Name, text: str) -> bool:
    """Return whether a word that begins a sentence is told of as only somebody is who has a name: 'Smith wrote …'.

    A noun of one thing has an article before it there; a noun of many, of a matter or of nobody in particular needs
    none, and is no name.
    """
    if not DEED.match(text, name.start + len(name.text)):
        return False
    return not never_names(name.text)


def never_names(word: str) -> bool:
    """Return whether a word names nobody where it begins a sentence, whatever is said of it."""
    return word.lower() in NEVER_NAMES or NAMELESS.fullmatch(word) is not None


def is_a_name(word: str, texts: Iterable[str]) -> bool:
    """Return whether texts have a word with a capital alone, and not only where a sentence begins."""
    pattern = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
    found = [(match[0], match.start(), text) for text in texts for match in pattern.finditer(text)]
    inside = any(not BEGINS.search(text[max(0, at - 12) : at]) for _, at, text in found)
    return inside and all(each == word for each, _, _ in found)


def stands_in(name: str, text: str, known: Collection[str], line: str) -> bool:
    """Return whether a name stands in a text of these words, in one form or another.

    `line` has the words in one line, a space before each.
    """
    parts = list(_parts(name))
    words = [word for word in parts if not is_kind(word) and len(word) > 1] or parts  # North-River
    if all(_is_known(word, known, line) for word in words):
        return True
    text = re.sub(r"(?<=\b[A-Z])\.(?=[A-Z]\b)", "", text)  # U.N. is UN
    if name.isupper() and re.search(rf"\b{re.escape(name)}\b", text):
        return True
    initials = "".join(word[0] for word in re.findall(r"[A-Z]\w+", name))
    if len(initials) > 1:
        return re.search(rf"\b[A-Z]*{initials}[A-Z]*\b", text) is not None
    return name.isupper() and name in _initials(text)


def _is_known(word: str, known: Collection[str], line: str) -> bool:
    if word in known or any(other in known for other in SAME.get(word, ())):
        return True
    return len(word) > LEAST_STEM and f" {word[: max(LEAST_STEM, len(word) - 3)]}" in line


def _initials(text: str) -> str:
    """Return the initials of each run of capitalised words, one run after the other."""
    runs = re.findall(r"[A-Z]\w+(?:(?: of| the| for| and)* [A-Z]\w+)+", text)
    return " ".join("".join(re.findall(r"\b[A-Z]", run)) for run in runs)


def _parts(name: str) -> Iterator[str]:
    for word in words_of(name):
        yield word.removesuffix("'s")


def is_kind(word: str) -> bool:
    """Return whether a word is a title, a kind of place or body, a day, a month or a rank: no name by itself."""
    low = word.lower().removesuffix("'s").removesuffix("’s")
    return low in KINDS or low.removesuffix("s") in KINDS or low in CALENDAR or bool(re.fullmatch("[IVXLC]+", word))
