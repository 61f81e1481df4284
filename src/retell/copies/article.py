"""Find the paragraphs of the article on a saved page, and what is left out of it, with the reason.

Where paragraphs have numbers in brackets, as `retell fingerprint` prints them, the numbers say what is the article.
Otherwise the page's own elements do, and what headlines, captions, appeals and links have in common.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from retell.copies.cleaning import LABELLED, clean
from retell.copies.lines import join, vocabulary
from retell.copies.page import Block

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.copies.page import Page

NARROWEST, WIDEST = 40, 160  # columns of text that was wrapped
CLEARLY = 8  # columns that a line's end leaves free only where it is meant to end there
ENDED = re.compile(r"[.!?…:;][\"'“”’»)\]]*$")
STOPPED = re.compile(r"(?<![ap]\.m)[.…][\"'“”’»]*$")  # what stands in brackets is an aside
LEGAL = re.compile(r"^(?:©|copyright\b)|all rights reserved\W*$", re.IGNORECASE)
SPOKEN = re.compile(r"\b[A-Z]\w+ (?:said|told|asked|sang|wrote)\b|, said [A-Z]|^(?:[^\W\d_]+ ){0,3}[^\W\d_]+: ")
FEW, FEW_OPEN = 3, 2  # so many texts are too few to tell a headline by; so many sentences stand against each headline
MARK = re.compile(r"\w[.,;:!?”\"'’)]{0,3}\[1\]")
HEADLINE_WORDS, STANDFIRST_WORDS, APPEAL_WORDS = 15, 40, 30
CREDIT = re.compile(
    r"^\W*(?:source|photo|image|picture|credit|illustration)s?\b[^.]{0,80}[:)]|"
    r"\((?:photo|image|picture|source|credit|file|afp|ap|reuters|tass)\b[^)]{0,80}\)\W*$|"
    r"\bgetty images\W*$|[^\W\d_]{2,} ?/ ?(?:afp|ap|tass|reuters|epa|aa|dpa|anadolu|getty|wikimedia)\b[\w ]{0,30}\W*$",
    re.IGNORECASE,
)
APPEAL = re.compile(
    r"^(?:please )?(?:support|donate|subscribe|sign up|follow us|log in|read (?:more|also|next)|see also|"
    r"share (?:this|on)|"
    r"click here|continue$|continue reading|advertis|sponsored|most (?:read|popular)|related|recommended|"
    r"back to top|comments?\b|\d+ comments?|print$|listen|download our|get the latest|more (?:from|on)|"
    r"tags?\b|topics?\b|"
    r"©|copyright|all rights reserved|privacy policy|terms of|cookie|newsletter|skip to)|"
    r"all rights reserved|privacy policy|our newsletter|small favou?r to ask|accept (?:all )?cookies|give £|give \$",
    re.IGNORECASE,
)
CLOSING = re.compile(
    r"small favou?r to ask|^(?:related(?: articles| stories| topics)?|read more|most (?:read|popular)|back to top.*|"
    r"about the author|more (?:from|on)\b.*|comments?|recommended.*|you may also like.*)\W*$",
    re.IGNORECASE,
)
BRACKETS = {"(": ")", "[": "]"}
LONGEST_WORD = 200  # characters, an address among them
LETTER = re.compile(r"\w")
BYLINE = re.compile(
    r"^(?:(?-i:[Bb]y|BY) (?-i:[A-Z])|publication:|published|updated|posted|last (?:updated|modified)|date:|"
    r"(?:\w+day,? )?(?:\w+ \d{1,2},? \d{4}|\d{1,2} \w+ \d{4})\W*$|\d{4}-\d\d-\d\d)",
    re.IGNORECASE,
)
MENU = "the page's menu, or a box beside the text"
HEADLINE, HEADING, CAPTION = "the headline", "a heading", "a caption"
BEFORE, BEHIND = "it stands before the text and ends no sentence", "it stands behind the end of the text"
ROLES = {"menu": MENU, "heading": HEADING, "caption": CAPTION, "byline": "author or date", "note": "a note"}


def is_aside(text: str) -> bool:
    """Return whether a text stands in brackets from its first character to its last letter."""
    closed = text.rfind(BRACKETS[text[0]]) if text[:1] in BRACKETS else -1
    return closed > 0 and not LETTER.search(text, closed)


LOOKS: tuple[tuple[str, int, Callable[[str], object]], ...] = (
    ("an appeal or a link of the page", APPEAL_WORDS, APPEAL.search),
    (CAPTION, 2 * APPEAL_WORDS, CREDIT.search),
    ("author or date", HEADLINE_WORDS, BYLINE.search),
    ("a note in brackets", 2 * APPEAL_WORDS, is_aside),
    (HEADING, STANDFIRST_WORDS, lambda text: not ENDED.search(text)),
)
"""Why a text may be no paragraph: so it is where it has at most so many words and looks like this."""


class LeftOut(msgspec.Struct, frozen=True):
    """What stands in a saved page and is no paragraph of its article, and why."""

    text: str
    reason: str


class Article(msgspec.Struct, frozen=True):
    """The paragraphs of a saved article, in order, what was left out, and what may be wrong."""

    paragraphs: tuple[str, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
    order: dict[str, int] = {}
    """Where each text stands in the page."""


def article_in(page: Page) -> Article:
    """Return the article that a page holds."""
    blocks = list(_paragraphs(page))
    numbered = [(block, _label(block)) for block in blocks]
    labels = [label for _, label in numbered if label]
    known = vocabulary(line for block in blocks for line in block.lines)

    def text_of(block: Block) -> str:
        return join(clean(block).lines, known)

    if labels and _are_endnotes(numbered):
        article = _without_endnotes(numbered, text_of, page.kind)
    elif labels:
        article = _by_numbers([(text_of(block), label) for block, label in numbered])
    else:
        article = _by_looks([(text_of(block), block) for block in blocks], page.kind)
    return msgspec.structs.replace(article, order={text_of(block): at for at, block in enumerate(blocks)})


def texts_of(page: Page) -> list[str]:
    """Return all that a page holds, each paragraph, headline or line of a menu as one text."""
    blocks = list(_paragraphs(page))
    known = vocabulary(line for block in blocks for line in block.lines)
    return [text for block in blocks if (text := join(clean(block).lines, known))]


def _label(block: Block) -> int:
    """Return the number that a paragraph has in front of it, or 0."""
    match = LABELLED.match(block.lines[0])
    return int(match[1]) if match else 0


def _paragraphs(page: Page) -> Iterator[Block]:
    """Yield each paragraph as a block: lines that were wrapped belong together, others do not."""
    for block in page.blocks:
        start = 0
        wrapped = page.kind not in ("plain text", "a PDF") or _is_wrapped(block.lines)
        width = max(map(len, block.lines))
        for end in range(1, len(block.lines) + 1):
            last = end == len(block.lines)
            if last or not wrapped or _is_parted(block.lines[end - 1], block.lines[end], width):
                yield Block(block.lines[start:end], block.role)
                start = end


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Return whether lines are those of a paragraph, or of several, cut at a width: few of them end a sentence."""
    width = max(map(len, lines))
    return NARROWEST <= width <= WIDEST and 2 * sum(bool(ENDED.search(line.rstrip())) for line in lines) <= len(lines)


def _is_parted(line: str, following: str, width: int) -> bool:
    """Return whether a line ends a paragraph: the next has a number, or its first word would have fitted here."""
    if LABELLED.match(following):
        return True
    room = width - len(line.rstrip()) - 1 - len(following.split(maxsplit=1)[0])
    return room > (0 if ENDED.search(line.rstrip()) else CLEARLY)


def _are_endnotes(numbered: Sequence[tuple[Block, int]]) -> bool:
    """Return whether what has numbers are the notes of an article that has none: they stand behind all of it."""
    first = next(i for i, (_, label) in enumerate(numbered) if label)
    before = [" ".join(block.lines) for block, _ in numbered[:first]]
    if any(label == 0 for _, label in numbered[first:-1]) and not any(map(MARK.search, before)):
        return False
    told = [text for text in before if ENDED.search(text)]
    return any(map(MARK.search, before)) or len(told) > 1


def _without_endnotes(numbered: Sequence[tuple[Block, int]], text_of: Callable[[Block], str], kind: str) -> Article:
    article = _by_looks([(text_of(block), block) for block, label in numbered if not label], kind)
    notes = [LeftOut(text_of(block), "a note at the end") for block, label in numbered if label]
    warning = f"its {len(notes)} numbered paragraphs are taken for notes: --with brings one back"
    return Article(article.paragraphs, (*article.left_out, *notes), (*article.warnings, warning))


def _by_numbers(numbered: Sequence[tuple[str, int]]) -> Article:
    """Return what has a number, and what stands in the place of one that is missing."""
    labels = [label for _, label in numbered if label]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    warnings = [f"the number {label} stands twice: both are paragraphs, numbered anew" for label in twice]
    kept: list[tuple[int, str]] = []
    left_out: list[LeftOut] = []
    last = 0
    for i, (text, label) in enumerate(numbered):
        following = next((label for _, label in numbered[i:] if label), 0)
        if label:
            kept.append((label, text))
            last = label
        elif last and following - last > 1 and last + 1 not in labels:
            last += 1
            kept.append((last, text))
            warnings.append(f"the number {last} is missing; it is taken for that of “{_first(text)}”")
        elif text:
            left_out.append(LeftOut(text, "it has no number, as the others have" if last else HEADLINE))
    if not twice:
        kept.sort(key=lambda each: each[0])
    expected = {*range(1, len(kept) + 1)}
    if not twice and (gaps := sorted(expected - {number for number, _ in kept})):
        warnings.append(f"no paragraph has the number {gaps[0]}: they are numbered anew")
    return Article(tuple(text for _, text in kept), tuple(left_out), tuple(warnings))


def _by_looks(texts: Sequence[tuple[str, Block]], kind: str) -> Article:
    """Return what looks like the paragraphs of an article, from a file of this kind."""
    there = [(text, block) for text, block in texts if text]
    reasons = [_reason(text, block) for text, block in there]
    if kind == "plain text":
        reasons = _certain([text for text, _ in there], reasons)
    if not any(reason == "" for reason in reasons):
        return Article(tuple(text for text, _ in there))
    first, end = reasons.index(""), _end(there, reasons)
    headline = reasons.index(HEADING) if HEADING in reasons else end
    kept, left_out = [], []
    for i, ((text, _), reason) in enumerate(zip(there, reasons, strict=True)):
        if not reason and i < end:
            kept.append(text)
        elif reason == HEADING and i < first:
            left_out.append(LeftOut(text, HEADLINE if i == headline else BEFORE))
        else:
            left_out.append(LeftOut(text, reason or BEHIND))
    return Article(tuple(kept), tuple(left_out))


def _certain(texts: Sequence[str], reasons: Sequence[str]) -> list[str]:
    """Return the reasons that hold where nothing but its wording says what a text is.

    A paragraph too few shifts the numbers of all that follow, and a headline too many is easily left out by hand. So a
    sentence with its full stop stays, and so does a line without one, unless it stands before the article, and lines
    without a full stop are few in it.
    """
    kept = [
        "" if STOPPED.search(text) and not LEGAL.search(text) else reason
        for text, reason in zip(texts, reasons, strict=True)
    ]
    open_ended = kept.count(HEADING)
    first = next((i for i, text in enumerate(texts) if STOPPED.search(text)), 0)
    has_byline = "author or date" in kept[:first]
    are_few = len(texts) > FEW and FEW_OPEN * open_ended <= kept.count("")
    return [
        "" if reason == HEADING and not (i < first and (has_byline or are_few) and not SPOKEN.search(text)) else reason
        for i, (text, reason) in enumerate(zip(texts, kept, strict=True))
    ]


def _end(texts: Sequence[tuple[str, Block]], reasons: Sequence[str]) -> int:
    """Return where an article ends: at what closes a page, in the last part of it."""
    body = [i for i, reason in enumerate(reasons) if not reason]
    least = body[len(body) // 2]
    closing = (i for i, (text, _) in enumerate(texts) if i > least and CLOSING.search(text))
    return next(closing, len(texts))


def _reason(text: str, block: Block) -> str:
    """Return why a text is no paragraph of the article, or nothing where it is one."""
    if block.role:
        return ROLES[block.role]
    if not any(char.isalpha() for char in text):
        return "it has no words"
    words = max(len(text.split()), len(text) // LONGEST_WORD)  # a line without a space is no short line
    return next((reason for reason, most, looks in LOOKS if words <= most and looks(text)), "")


def _first(text: str) -> str:
    return " ".join(text.split()[:5]) + " …"
