"""What an article holds of a claim, found with none of the rules' code: its quotations, numbers and names.

The tests that change a story at random ask here whether anybody could tell the change from the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from retell.copies.held import Copy
from retell.story.library import Library

GROUP = re.compile(r"\[@[^\]]*\]")
CITED = re.compile(r"@([\w-]+)(?:, paras?\. ([\d, -]+))?")
QUOTED = re.compile(r'["“][^"”]*["”]')
ALIKE = str.maketrans("“”‘’–—‑\u00a0", "''''--- ") | {ord('"'): "'"}
COUNTS = dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True))
CALENDAR = (
    "January February March April May June July August September October November December "
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
).split()
TIMES = {"noon": "12:00 pm"}
RANKS = ("first", "second", "third")
NUMBER = re.compile(
    rf"\b(?:\d[\d,.]*\d|\d)(?:s\b)?|\b(?i:{'|'.join([*COUNTS, *RANKS, 'dozen'])})\b|\b(?:{'|'.join(CALENDAR)})"
)
OWN_COUNT = r"\b(?:two|three|four|five)(?= (?:facts|sides|lines|demands|accounts|articles)\b)|\b(?:the|all) five\b"


@dataclass(frozen=True)
class Place:
    """A prose field of a file, or the quotation of a beat: where its text and its citations stand."""

    folder: str
    entry: str
    trail: tuple[str | int, ...]
    kind: str
    note: str = ""


@dataclass
class Claim:
    """A stretch of text and its citations; `start` and `end` are those of the stretch in the field's text."""

    place: Place
    field: str
    text: str
    cited: list[tuple[str, tuple[int, ...]]]
    start: int = 0
    end: int = 0
    group_end: int = 0
    last: bool = False


def flat(text: str) -> str:
    return " ".join(re.sub(r"[^\w' ]", " ", text.translate(ALIKE).casefold()).replace("'", " ").split())


def numbers(text: str) -> set[str]:
    """Give the numbers, days and months of a text as plain words; `1,700` is `1700` and `four` is `4`."""
    found = set()
    for match in NUMBER.finditer(text):
        word = match[0].replace(",", "")
        found.add(str(COUNTS.get(word.lower(), word.lower() if word.lower() in RANKS else word)))
    return found | {TIMES[word].split(" ", maxsplit=1)[0].split(":", maxsplit=1)[0] for word in TIMES if word in text}


class Articles:
    """The text of the paragraphs, and every name of every card."""

    def __init__(self, library: Library, copies: dict[str, Copy]) -> None:
        self.library = library
        self.copies = copies
        self.names: dict[str, str] = {}
        for folder, entries in (("voices", library.voices), ("places", library.places)):
            for card in entries.values():
                form: Any = card.form
                spelled = [form.name, *form.aliases, *form.name.split("/")] if folder == "places" else [form.name]
                more = form.aliases if folder == "voices" else form.names.values()
                for name in (*spelled, *more):
                    if name:
                        self.names.setdefault(name.replace("’", "'"), f"{folder}/{card.id}")
        longest = sorted(self.names, key=len, reverse=True)
        self._peoples = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")(?=(?:n|i|an|ian)?\b)")
        self.exact_names = re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b")

    def heading(self, key: str, whole: bool) -> str:
        form = self.library.sources[key].form
        texts = [form.title, form.container_title, form.genre, str(form.issued or ""), form.summary]
        texts += [form.stance, form.leaves_out, *form.cautions, *form.worked_out] if whole else []
        return re.sub(r"¶\d+", "", "\n".join(text for text in texts if text))

    def texts(self, cited: list[tuple[str, tuple[int, ...]]]) -> list[str] | None:
        """Give the cited paragraphs, None when one is none."""
        found = []
        for key, paragraphs in cited:
            if key not in self.copies:
                return None
            there = self.copies[key].paragraphs
            if any(number not in there for number in paragraphs):
                return None
            found += [there[number] for number in paragraphs or there]
        return found

    def named(self, text: str) -> set[str]:
        """Give every card that a text names, or a people of it: `Armenian` names Armenia."""
        straight = text.replace("’", "'")
        both = [*self._peoples.finditer(straight), *self.exact_names.finditer(straight)]
        return {self.names[match[0]] for match in both}

    def lacking(self, claim: Claim) -> bool:
        """Say whether a cited paragraph lacks a quotation, number or name of the claim, or is none at all."""
        paragraphs = self.texts(claim.cited)
        if paragraphs is None:
            return True
        lines = [f" {flat(paragraph)} " for paragraph in paragraphs]
        for quoted in QUOTED.findall(claim.text):
            if not any(f" {flat(quoted)} " in line for line in lines):
                return True
        own = re.sub(OWN_COUNT, " ", QUOTED.sub(" ", claim.text), flags=re.IGNORECASE)
        heads = [self.heading(key, not numbered) for key, numbered in claim.cited]
        all_text = "\n".join([*paragraphs, *heads])
        if not numbers(own) <= numbers(all_text) | numbers(claim.place.note):
            return True
        told = {self.names[match[0]] for match in self.exact_names.finditer(own.replace("’", "'"))}
        return not told <= self.named(all_text)

    def holds_anything(self, claim: Claim) -> bool:
        """Say whether a claim has a quotation, a number or a name at all."""
        own = QUOTED.sub(" ", claim.text)
        return bool(QUOTED.search(claim.text) or numbers(own) or self.named(own))


def claims_of(library: Library) -> Iterator[Claim]:
    """Give every cited claim of the story's files, read from their plain data."""
    for folder, entries in (("scenes", library.scenes), ("disputes", library.disputes), ("terms", library.terms)):
        for entry in entries.values():
            yield from _claims_in(folder, entry.id, entry.file.data)


def _claims_in(folder: str, entry: str, data: Any) -> Iterator[Claim]:
    notes = " ".join(beat.get("note") or "" for beat in data.get("beats", ()))
    fields: list[tuple[tuple[str | int, ...], str, str]] = []
    if folder == "scenes":
        fields.append((("gist",), "narration", notes))
        for i, beat in enumerate(data["beats"]):
            if "say" in beat:
                fields.append((("beats", i, "say"), "narration", beat.get("note") or ""))
            elif "quote" in beat:
                place = Place(folder, entry, ("beats", i), "quote", beat.get("note") or "")
                text = f'{beat["lead"]} "{beat["quote"]}"'
                yield Claim(place, text, text, _cited(beat["cite"]), 0, len(text))
        fields += [(("questions", i, "answer"), "answer", notes) for i in range(len(data["questions"]))]
    elif folder == "disputes":
        fields += [(("positions", i, "says"), "position", "") for i in range(len(data["positions"]))]
    else:
        fields.append((("meaning",), "meaning", ""))
    for trail, kind, note in fields:
        yield from _claims_of_field(Place(folder, entry, trail, kind, note), at_trail(data, trail))


def _claims_of_field(place: Place, text: str) -> Iterator[Claim]:
    start = 0
    groups = list(GROUP.finditer(text))
    for group in groups:
        stretch = text[start : group.start()]
        if len(re.findall(r"\w+", stretch)) > 0:
            last = group is groups[-1]
            yield Claim(place, text, stretch, _cited(group[0]), start, group.start(), group.end(), last)
        start = group.end()


def _cited(text: str) -> list[tuple[str, tuple[int, ...]]]:
    found = []
    for key, numbers_in in CITED.findall(text):
        paragraphs: list[int] = []
        for part in filter(None, numbers_in.split(",")):
            first, _, last = part.strip().partition("-")
            paragraphs += range(int(first), int(last or first) + 1)
        found.append((key, tuple(paragraphs)))
    return found


def at_trail(data: Any, trail: tuple[str | int, ...]) -> Any:
    for step in trail:
        data = data[step]
    return data
