"""Read the blocks of the HTML in a page that was saved in one file (MHTML, RFC 2557)."""

from __future__ import annotations

import re
from email import message_from_bytes
from email.message import Message

from retell.copies.page import Page, UnreadError
from retell.copies.readers.html import read_html

BOUNDARY = re.compile(rb'boundary\s*=\s*"?([^"\s;]{1,200})', re.IGNORECASE)
HEAD = 2**16
MOST_PARTS = 2_000
MOST_HTML = 16 * 2**20


def read_mhtml(raw: bytes) -> Page:
    """Read the first HTML of a saved page; raises UnreadError where it has none."""
    boundary = BOUNDARY.search(raw[:HEAD])
    parts = raw.split(b"--" + boundary[1], MOST_PARTS)[1:] if boundary else [raw]
    for part in parts:
        head = part[:HEAD].lower()
        if b"text/html" in head.split(b"\n\n", 1)[0].split(b"\r\n\r\n", 1)[0]:
            message = message_from_bytes(part.lstrip())
            return _page(message)
    raise UnreadError("is a web page saved in one file (MHTML), with no HTML in it", "save the page again, as HTML")


def _page(message: Message) -> Page:
    data = message.get_payload(decode=True)
    assert isinstance(data, bytes), "a part that holds no parts"
    page = read_html(data[:MOST_HTML], message.get_content_charset() or "")
    return Page(page.blocks, "a web page in one file (MHTML)", page.remarks, page.tags)
