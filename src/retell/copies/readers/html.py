"""Read the blocks of a saved page's HTML, each with what its elements say that it is.

Python's own parser is used, which needs no installing, and keeps nothing of a page but where it stands in it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from retell.copies.page import MOST_LINES, MOST_TAGS, MOST_TEXT, RAISED, Block, Page, UnreadError, too_much
from retell.copies.readers.decoding import decode_text

if TYPE_CHECKING:
    from retell.copies.page import Role

PIECE = 2**16  # characters that are parsed before the limits are looked at again
MOST_UNPARSED = 2**18
KIND = "a web page"
EMBEDDED = re.compile(r"data:[\w/+.;=-]{0,100},[A-Za-z0-9+/=%_-]{200,}")
NAMED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
UNSEEN = frozenset(re.split(" ", "script style template noscript svg math title iframe select textarea"))
ROLES: dict[str, Role] = {
    **dict.fromkeys(("nav", "footer", "aside", "form", "button", "dialog", "menu"), "menu"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "hgroup"), "heading"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("address", "time"), "byline"),
}
INLINE = frozenset(
    re.split(
        " ",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i img input ins kbd label mark meter output "
        "picture progress q rp rt ruby s samp small source span strike strong sub sup time tt u var wbr",
    )
)
EMPTY = frozenset(re.split(" ", "area base br col embed hr img input link meta param source track wbr"))


class _Blocks(HTMLParser):
    """Collects the text of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.tags = self.read = self.lines = 0
        self._open: list[str] = []  # of the elements that matter, those that are open
        self._text: list[str] = []
        self._unseen = self._raised = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        if tag == "br":
            self._text.append("\n")
            return
        if tag not in INLINE:
            self.end_block()
        if tag in EMPTY:
            return
        if tag in UNSEEN:
            self._unseen += 1
        elif tag == "sup":
            self._raised += 1
        if tag in UNSEEN or tag in ROLES:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.tags += 1
        if tag not in INLINE:
            self.end_block()
        if tag == "sup":
            self._raised = max(0, self._raised - 1)
        if tag in self._open[-50:]:  # what was left open inside it ends with it
            while self._open:
                closed = self._open.pop()
                self._unseen -= closed in UNSEEN
                if closed == tag:
                    break

    def handle_data(self, data: str) -> None:
        self.tags += 1  # so does what is no tag, but begins like one
        if self._unseen:
            return
        self.read += len(data)
        flat = " ".join(re.split(r"\s+", data)) if "\n" in data or "  " in data or "\t" in data else data
        self._text.append(flat.translate(RAISED) if self._raised else flat)

    def refuse_more(self) -> None:
        """Raise TooLargeError where more was read than a page may have."""
        for read, most, what in (
            (self.tags, MOST_TAGS, "tags"),
            (self.read, MOST_TEXT, "characters"),
            (self.lines, MOST_LINES, "lines"),
        ):
            if read > most:
                raise too_much(KIND, most, what)

    def end_block(self) -> None:
        """End what stands together."""
        lines = tuple(filter(None, (line.strip() for line in "".join(self._text).split("\n"))))
        self._text = []
        self.lines += len(lines)
        if lines:
            role: Role = next((ROLES[tag] for tag in reversed(self._open) if tag in ROLES), "")
            self.blocks.append(Block(lines, role))


def read_html(raw: bytes, named: str = "") -> Page:
    """Read a page; raises UnreadError where it is larger than any page, or no end of a tag is in sight."""
    match = NAMED.search(raw[:4096])
    text, remark = decode_text(raw, match[1].decode() if match else named)
    text = EMBEDDED.sub("", text)
    parser = _Blocks()
    for start in range(0, len(text), PIECE):
        parser.feed(text[start : start + PIECE])
        parser.refuse_more()
        if len(parser.rawdata) > MOST_UNPARSED:
            raise UnreadError("is a damaged web page: a tag in it has no end")
    parser.close()
    parser.end_block()
    parser.refuse_more()
    return Page(tuple(parser.blocks), KIND, (remark,) if remark else (), parser.tags)
