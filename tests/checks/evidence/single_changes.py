"""Single changes to a story, made at random, each with a word on whether the articles can tell it at all."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from retell.copies.held import Copy
from retell.story.library import Library
from tests.support.articles import (
    CALENDAR,
    COUNTS,
    NUMBER,
    QUOTED,
    RANKS,
    Articles,
    Claim,
    Place,
    at_trail,
    claims_of,
    flat,
)

DENIALS = ("not", "no", "never", "nor", "neither", "none", "nobody", "nothing", "without")
SHARED_WORDS = 5


@dataclass
class Change:
    """One change: what was done, the changed data of the file, and why nobody could tell it (empty: one can)."""

    kind: str
    said: str
    place: Place
    data: Any = field(repr=False)
    untellable: str = ""


class Changer:
    """Makes one change at random after the other, of every kind in turn."""

    def __init__(self, library: Library, copies: dict[str, Copy], seed: int) -> None:
        self.library = library
        self.articles = Articles(library, copies)
        self.claims = list(claims_of(library))
        self.random = random.Random(seed)
        self.kinds: dict[str, Callable[[], Change | None]] = {
            "number changed": self.number,
            "quoted word changed": lambda: self.quoted_word("changed"),
            "quoted word added": lambda: self.quoted_word("added"),
            "quoted word dropped": lambda: self.quoted_word("dropped"),
            "'not' dropped": self.denial,
            "locator moved": self.locator,
            "article swapped": self.article,
            "key misspelled": self.key,
            "citation dropped": self.citation,
            "name swapped": self.name,
            "speaker swapped": self.speaker,
        }

    def changes(self, count: int) -> Iterator[Change]:
        """Give so many changes, no two the same."""
        seen: set[str] = set()
        kinds = list(self.kinds)
        while len(seen) < count:
            kind = kinds[len(seen) % len(kinds)]
            change = self.kinds[kind]()
            if change is None:
                continue
            if change.said in seen:
                # there are few of some kinds, such as words of denial: let the next kind have its turn
                kinds = kinds[1:] + kinds[:1]
                continue
            seen.add(change.said)
            yield change

    # --- what is said ---

    def number(self) -> Change | None:
        claim = self.random.choice(self.claims)
        found = [match for match in NUMBER.finditer(_own(claim)) if _is_number(match[0])]
        if not found:
            return None
        match = self.random.choice(found)
        new = self._other_number(match[0])
        changed = self._replaced(claim, match.start(), match.end(), new)
        borne = not self.articles.lacking(changed)
        why = "the changed number stands in the paragraph or the note as well" if borne else ""
        return self._change("number changed", claim, changed, f"{match[0]} → {new}", why)

    def _other_number(self, old: str) -> str:
        if old in CALENDAR:
            half = CALENDAR[:12] if old in CALENDAR[:12] else CALENDAR[12:]
            return self.random.choice([word for word in half if word != old])
        if old.lower() in COUNTS:
            new = self.random.choice([word for word in COUNTS if word != old.lower()])
            return new.capitalize() if old[0].isupper() else new
        decade = old.endswith("s")
        digits = old.rstrip("s").replace(",", "")
        value = int(digits)
        step = 10 if decade else 1
        new_value = max(step, value + step * self.random.choice([-3, -2, -1, 1, 2, 3]))
        return f"{new_value:,}" * (not decade and "," in old) or f"{new_value}{'s' * decade}"

    def quoted_word(self, how: str) -> Change | None:
        claim = self.random.choice(self.claims)
        found = [match for match in QUOTED.finditer(claim.text) if len(match[0].split()) > 1 or how != "dropped"]
        if not found:
            return None
        quote = self.random.choice(found)
        words = list(re.finditer(r"\w[\w'’-]*", quote[0]))
        word = self.random.choice(words)
        start, end = quote.start() + word.start(), quote.start() + word.end()
        other = self.random.choice(["river", "never", "old", "small", "rather", "blue", "large", "often"])
        if how == "added":
            changed = self._replaced(claim, end, end, f" {other}")
        elif how == "changed":
            changed = self._replaced(claim, start, end, other)
        else:
            end += len(claim.text[end:]) - len(claim.text[end:].lstrip())
            changed = self._replaced(claim, start, end, "")
        why = "" if self.articles.lacking(changed) else "what is left of the quotation stands word for word"
        if why and word[0].lower() == "not":
            why = ""
        return self._change(f"quoted word {how}", claim, changed, f"{quote[0]} at {word[0]}: {other}", why)

    def denial(self) -> Change | None:
        claim = self.random.choice(self.claims)
        found = list(re.finditer(r"\b(?:not|no|never|nobody|nothing|none)\b ?", claim.text, re.IGNORECASE))
        if not found:
            return None
        match = self.random.choice(found)
        changed = self._replaced(claim, match.start(), match.end(), "")
        quoted = any(quote.start() <= match.start() < quote.end() for quote in QUOTED.finditer(claim.text))
        follows = quoted or self._follows(claim, match.start(), match.end())
        why = "" if follows or self.articles.lacking(changed) else "the 'not' is in no stretch that follows the article"
        return self._change("'not' dropped", claim, changed, f"{match[0]}at {match.start()}", why)

    def _follows(self, claim: Claim, start: int, end: int) -> bool:
        """Say whether the words around a denial stand in a cited paragraph that denies them too."""
        before, after = flat(claim.text[:start]).split(), flat(claim.text[end:]).split()
        lines = [f" {flat(paragraph)} " for paragraph in self.articles.texts(claim.cited) or ()]
        for taken in range(SHARED_WORDS):
            words = [*(before[-taken:] if taken else ()), *after[: SHARED_WORDS - taken]]
            bare = [" ".join(word for word in line.split() if word not in DENIALS) for line in lines]
            if len(words) == SHARED_WORDS and any(f" {' '.join(words)} " in f" {line} " for line in bare):
                return True
        return False

    # --- what is cited ---

    def locator(self) -> Change | None:
        claim = self.random.choice(self.claims)
        numbered = [i for i, (_, paragraphs) in enumerate(claim.cited) if paragraphs]
        if not numbered:
            return None
        i = self.random.choice(numbered)
        key, paragraphs = claim.cited[i]
        everything = {number for other, some in claim.cited if other == key for number in some}
        free = [number for number in self.articles.copies[key].paragraphs if number not in everything]
        old = self.random.choice(paragraphs)
        moved = tuple(sorted({*paragraphs} - {old} | {self.random.choice(free)}))
        return self._cited_otherwise("locator moved", claim, i, (key, moved))

    def article(self) -> Change | None:
        claim = self.random.choice(self.claims)
        i = self.random.randrange(len(claim.cited))
        key, paragraphs = claim.cited[i]
        other = self.random.choice([source for source in self.library.sources if source != key])
        if not paragraphs or other in {cited for cited, _ in claim.cited}:
            return None
        return self._cited_otherwise("article swapped", claim, i, (other, paragraphs))

    def key(self) -> Change | None:
        claim = self.random.choice(self.claims)
        i = self.random.randrange(len(claim.cited))
        key, paragraphs = claim.cited[i]
        at = self.random.randrange(1, len(key) - 1)
        misspelled = key[:at] + self.random.choice("qxz") + key[at + 1 :]
        return self._cited_otherwise("key misspelled", claim, i, (misspelled, paragraphs), tellable=True)

    def _cited_otherwise(
        self, kind: str, claim: Claim, i: int, new: tuple[str, tuple[int, ...]], *, tellable: bool = False
    ) -> Change:
        cited = [*claim.cited[:i], new, *claim.cited[i + 1 :]]
        changed = copy.copy(claim)
        changed.cited = cited
        why = ""
        if not tellable and not self.articles.lacking(changed):
            if not self.articles.holds_anything(claim):
                why = "the claim has no number, name or quotation"
            elif not self.articles.lacking(_citing(claim, [*claim.cited[:i], *claim.cited[i + 1 :]])):
                why = "the other paragraphs that it cites bear all that it holds"
            else:
                why = "the paragraph moved to bears every number, name and quotation as well"
        return self._change(kind, claim, changed, f"{claim.cited[i]} → {new}", why)

    def citation(self) -> Change | None:
        claim = self.random.choice(self.claims)
        if claim.place.kind == "quote":
            return None
        text = claim.field[: claim.end].rstrip() + claim.field[claim.group_end :]
        following = next(
            (other for other in self.claims if other.place == claim.place and other.start >= claim.group_end), None
        )
        why = "a term may be explained without a citation" if claim.place.kind == "meaning" else ""
        if following is not None:
            merged = _citing(claim, following.cited)
            if not self.articles.lacking(merged):
                held = self.articles.holds_anything(claim)
                why = "the next citation bears it as well" if held else "the claim has no number, name or quotation"
        data = copy.deepcopy(self._data(claim.place))
        _set(data, claim.place.trail, text)
        return Change("citation dropped", f"citation dropped: {claim.place} {claim.start}", claim.place, data, why)

    # --- who is named ---

    def name(self) -> Change | None:
        claim = self.random.choice(self.claims)
        pattern = self.articles.exact_names
        found = list(pattern.finditer(_own(claim).replace("’", "'")))
        if not found:
            return None
        match = self.random.choice(found)
        old = self.articles.names[match[0]]
        same_kind = [
            name
            for name, card in self.articles.names.items()
            if card != old and card.split("/")[0] == old.split("/")[0]
        ]
        new = self.random.choice(same_kind)
        changed = self._replaced(claim, match.start(), match.end(), new)
        why = "" if self.articles.lacking(changed) else "the paragraph names the other as well"
        return self._change("name swapped", claim, changed, f"{match[0]} → {new}", why)

    def speaker(self) -> Change | None:
        claim = self.random.choice([claim for claim in self.claims if claim.place.kind in ("quote", "position")])
        trail = (*claim.place.trail, "by") if claim.place.kind == "quote" else (*claim.place.trail[:-1], "voice")
        data = copy.deepcopy(self._data(claim.place))
        old = at_trail(data, trail)
        new = self.random.choice([voice for voice in self.library.voices if voice != old])
        _set(data, trail, new)
        together = [c for other in self.claims if other.place == claim.place for c in other.cited]
        paragraphs = self.articles.texts(together) or []
        heads = [self.articles.heading(key, not numbered) for key, numbered in together]
        named = f"voices/{new}" in self.articles.named("\n".join([*paragraphs, *heads]))
        why = "the paragraph names the other speaker as well" if named else ""
        return Change("speaker swapped", f"speaker swapped: {claim.place.entry} {trail} {new}", claim.place, data, why)

    # --- putting it into the file ---

    def _data(self, place: Place) -> Any:
        return getattr(self.library, place.folder)[place.entry].file.data

    def _replaced(self, claim: Claim, start: int, end: int, new: str) -> Claim:
        changed = copy.copy(claim)
        changed.text = claim.text[:start] + new + claim.text[end:]
        return changed

    def _change(self, kind: str, old: Claim, new: Claim, said: str, why: str) -> Change:
        data = copy.deepcopy(self._data(old.place))
        group = "; ".join(_as_typed(key, paragraphs) for key, paragraphs in new.cited)
        if old.place.kind == "quote":
            lead, _, quote = new.text.partition('"')
            beat = at_trail(data, old.place.trail)
            beat.update(lead=lead.strip(), quote=quote.removesuffix('"').strip(), cite=group)
        else:
            text = old.field[: old.start] + new.text + f"[{group}]" + old.field[old.group_end :]
            _set(data, old.place.trail, text)
        return Change(kind, f"{kind}: {old.place.entry} {old.place.trail} {old.start} {said}", old.place, data, why)


def _own(claim: Claim) -> str:
    """Give a claim's text with its quotations blanked, so that offsets stay."""
    return QUOTED.sub(lambda match: "_" * len(match[0]), claim.text)


def _is_number(text: str) -> bool:
    return text.lower() not in RANKS and text != "dozen" and "." not in text


def _citing(claim: Claim, cited: list[tuple[str, tuple[int, ...]]]) -> Claim:
    changed = copy.copy(claim)
    changed.cited = cited
    return changed


def _as_typed(key: str, paragraphs: tuple[int, ...]) -> str:
    if not paragraphs:
        return f"@{key}"
    return f"@{key}, para{'s' * (len(paragraphs) > 1)}. {', '.join(map(str, paragraphs))}"


def _set(data: Any, trail: tuple[str | int, ...], value: str) -> None:
    at_trail(data, trail[:-1])[trail[-1]] = value
