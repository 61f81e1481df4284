"""Describe in a few words what a reader's copies have in place of a paragraph that was not found.

Of a paragraph only the fingerprint is known. So its neighbours say where it should stand, and what stands there is
changed, a word at a time, until it has the fingerprint: then that word is the difference.
"""

from __future__ import annotations

import hashlib
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from retell.copies.cleaning import clean
from retell.copies.fingerprints import FINGERPRINT_DIGITS, fold
from retell.copies.lines import doubtful, join
from retell.files.characters import without_unseen
from retell.story.columns import first_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from retell.copies.held import Holding, SavedFile
    from retell.story.cards import Source
    from retell.story.library import Entry, Library

FIRST_WORDS = 7
FEW_WORDS = 100
KNOWN_BY = 40  # letters and figures at its end, or beginning, by which a neighbour that was found is found again
MOST_LINES = 60
MOST_LETTERS = 40
SIGNS = ".,;:!?()[]\"'“”‘’«»"
MOST_WORDS = 400  # of a paragraph that is changed a word at a time
MOST_STEPS = 300_000  # changes that are tried for one paragraph; about half a second
NAMED = 6
ELSEWHERE = "it was edited, or the copy is of another version"
WALLS = ("javascript", "cookies", "captcha", "log in", "sign in", "subscribe", "not a robot", "access denied")


def looks(holding: Holding, source: Entry[Source]) -> str:
    """Return what the files look like of which none holds a paragraph of an article, as a clause that others follow."""
    empty = [file for file in holding.files if file.page is not None and not file.held]
    title = fold(source.form.title or "")
    titled = [file for file in empty if title and title in fold(file.page.text if file.page else "")]
    if titled:
        return f"{titled[0].path.name} has its headline, but each paragraph differs: it is of another version; "
    said = [f"{file.path.name} {_look(file)}" for file in empty[:NAMED]]
    if holding.passed_over:
        said.append(_passed_over(holding.passed_over))
    if not holding.files and not holding.passed_over:
        said.append("the folder is empty")
    return "".join(f"{each}; " for each in said)


def _look(file: SavedFile) -> str:
    """Return what a file looks like that holds no paragraph of any article."""
    assert file.page is not None, "it was read"
    words = file.page.text.split()
    if not words:
        return f"is {file.page.kind} without text"
    if len(words) < FEW_WORDS:
        wall = next((wall for wall in WALLS if wall in file.page.text.lower()), "")
        kind = f"asks for something ({wall})" if wall else "is a stub"
        return f"is {file.page.kind} of {len(words)} words, and {kind}"
    return f"is {file.page.kind} of something else: “{_first(file.page.text)}”"


def _passed_over(names: Sequence[str]) -> str:
    shown = ", ".join(names[:NAMED]) + (", …" if len(names) > NAMED else "")
    one = len(names) == 1
    return f"{len(names)} file{'' if one else 's'} here {'was' if one else 'were'} not read: {shown}"


def explain(library: Library, holding: Holding, key: str, number: int) -> tuple[str, str]:
    """Return the file in which a paragraph should stand, and say what stands there instead."""
    files = sorted(holding.files, key=lambda file: -len(file.numbers(key)))
    file = files[0]
    assert file.page is not None, "something was found in it"
    nearby = [*dict.fromkeys(text for text in _nearby(file, key, number) if fold(text))]
    print_ = library.sources[key].form.paragraphs[number - 1]
    known = {word for _, text in library.texts() if text.role != "card" for word in text.plain.split()}
    known |= {word for each in holding.files if each.page for word in each.page.text.split()}
    words = {bare: fold(bare) for word in sorted(known) if 0 < len(bare := word.strip(SIGNS)) < MOST_LETTERS}
    for text in nearby:
        if change := _change(text, print_, words):
            return file.shown, change
    if nearby:
        likely = nearby[0]
        return file.shown, f"{ELSEWHERE}: where it should stand is “{_first(likely)}”"
    return file.shown, f"{ELSEWHERE}: between its neighbours stands nothing"


def _nearby(file: SavedFile, key: str, number: int) -> Iterator[str]:
    """Yield what stands where a paragraph should, between those that were found: all of it, and each part."""
    assert file.page is not None, "something was found in it"
    blocks = [clean(block).lines for block in file.page.blocks]
    lines = [(line, fold(line), i) for i, block in enumerate(blocks) for line in block]
    ends = [*accumulate(len(folded) for _, folded, _ in lines)]
    whole = b"".join(folded for _, folded, _ in lines)
    numbers = file.numbers(key)
    before = max((n for n in numbers if n < number), default=0)
    after = min((n for n in numbers if n > number), default=0)
    start = end = -1
    if before:
        tail = fold(file.held[key][before])[-KNOWN_BY:]
        start = whole.find(tail) + len(tail)
    if after:
        end = whole.find(fold(file.held[key][after])[:KNOWN_BY], max(start, 0))
    between = [
        (line, i)
        for (line, folded, i), line_end in zip(lines, ends, strict=True)
        if line_end > start and (end < 0 or line_end <= end) and line_end - len(folded) >= start
    ]
    unsure = doubtful([line for line, _, _ in lines])
    names = {lines[i][0] for i in unsure}
    yield join([line for line, _ in between if line not in names][:MOST_LINES], ())
    yield join([line for line, _ in between][:MOST_LINES], ())
    for _, part in groupby(between, key=lambda each: each[1]):
        yield join([line for line, _ in part], ())


def _change(text: str, print_: str, known: Mapping[str, bytes]) -> str:
    """Return which words to change in a text for it to have a fingerprint; nothing where one change is not enough."""
    words = text.split()
    if not 0 < len(words) <= MOST_WORDS:
        return ""
    folded = [fold(word) for word in words]
    return (
        _superfluous(words, folded, print_)
        or _replaced(words, folded, print_, known)
        or _missing(words, folded, print_, known)
    )


def _superfluous(words: Sequence[str], folded: Sequence[bytes], print_: str) -> str:
    for start in range(len(words)):
        digest = hashlib.sha256(b"".join(folded[:start]))
        for end in range(start + 1, len(words) + 1):
            if _has(digest, folded[end:], print_):
                return f"it has “{_first(' '.join(words[start:end]))}” more than the source"
    return ""


def _replaced(words: Sequence[str], folded: Sequence[bytes], print_: str, known: Mapping[str, bytes]) -> str:
    for at, word in _tried(words, folded, print_, known, skip=1):
        return f"it has “{words[at].strip(SIGNS)}” where the source has “{word}”"
    return ""


def _missing(words: Sequence[str], folded: Sequence[bytes], print_: str, known: Mapping[str, bytes]) -> str:
    for at, word in _tried(words, folded, print_, known, skip=0):
        return (
            f"it lacks “{word}” behind “{words[at - 1].strip(SIGNS)}”" if at else f"it lacks “{word}” at its beginning"
        )
    return ""


def _tried(
    words: Sequence[str], folded: Sequence[bytes], print_: str, known: Mapping[str, bytes], *, skip: int
) -> Iterator[tuple[int, str]]:
    """Yield where a known word gives a text its fingerprint, in the place of `skip` others, and which."""
    left = MOST_STEPS
    others = [(word, folded_word) for word, folded_word in known.items() if folded_word]
    for at in range(len(words) + 1 - skip):
        digest = hashlib.sha256(b"".join(folded[:at]))
        rest = b"".join(folded[at + skip :])
        left -= len(others)
        if left < 0:
            return
        for word, form in others:
            if _has(digest, (form, rest), print_):
                yield at, word


def _has(digest: hashlib._Hash, rest: Iterable[bytes], print_: str) -> bool:
    whole = digest.copy()
    whole.update(b"".join(rest))
    return whole.hexdigest()[:FINGERPRINT_DIGITS] == print_


def _first(text: str) -> str:
    return first_words(without_unseen(text), FIRST_WORDS)
