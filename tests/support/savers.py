"""Saves invented articles as programs do: as pages with furniture, MHTML, Word files and PDF, under whatever names."""

from __future__ import annotations

import io
import quopri
import textwrap
import zipfile
from collections.abc import Callable, Sequence
from html import escape

HEADLINE = "What everybody said, and what the river did"
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
LINES_A_PAGE = 24


def as_page(paragraphs: Sequence[str], charset: str = "utf-8") -> bytes:
    """A page with a site's furniture around it and between its paragraphs."""
    body = "".join(
        f"<p>{escape(text)}<sup>{i}</sup></p>\n<aside><p>Subscribe now</p></aside>\n"
        if i == 2
        else f"<p>{escape(text)}"
        for i, text in enumerate(paragraphs, 1)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="{charset}"><title>{HEADLINE} - The Post</title>'
        "<style>p { color: black }</style><script>var x = '<p>not a word of it</p>'</script></head><body>"
        "<header><nav><ul><li><a href='/'>Home</a><li><a href='/news'>News</a></ul></nav></header>"
        f"<main><article><h1>{HEADLINE}</h1><figure><img src='a.jpg'><figcaption>The river. Photo: A. N. Other"
        f"</figcaption></figure>{body}</article></main><footer><p>© The Post. All rights reserved</p></footer>"
    ).encode(charset, "xmlcharrefreplace")


def as_mhtml(paragraphs: Sequence[str]) -> bytes:
    """The same page in one file, as Chromium saves it."""
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/a\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="----MultipartBoundary--x----"\n\n\n'
        "------MultipartBoundary--x----\nContent-Type: text/html\nContent-Transfer-Encoding: quoted-printable\n\n"
    )
    end = "\n------MultipartBoundary--x----\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\nAAAA\n"
    return head.encode() + quopri.encodestring(as_page(paragraphs)) + end.encode()


def as_word(paragraphs: Sequence[str]) -> bytes:
    """A Word file, its paragraphs in runs as Word writes them."""
    body = "".join(
        f"<w:p><w:r><w:t>{escape(text[:9])}</w:t></w:r><w:r><w:t>{escape(text[9:])}</w:t></w:r></w:p>"
        for text in paragraphs
    )
    return word_file(
        f"<w:document {WORD}><w:body><w:p><w:r><w:t>{HEADLINE}</w:t></w:r></w:p>{body}</w:body></w:document>"
    )


def word_file(xml: str) -> bytes:
    """A Word file with this text."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", xml)
    return stream.getvalue()


def as_pdf(paragraphs: Sequence[str]) -> bytes:
    """A PDF of wrapped lines, its words parted at line ends, with a running head and a number on each page."""
    lines = [line for text in paragraphs for line in [*textwrap.wrap(text, 60), ""]]
    pages = [lines[at : at + LINES_A_PAGE] for at in range(0, len(lines), LINES_A_PAGE)]
    return pdf_file([["THE POST, 2 MAY 2001", *page, "", str(number)] for number, page in enumerate(pages, 1)])


def pdf_file(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF of pages of lines, in one of its fourteen own fonts (ISO 32000-1, 9.6.2.2)."""
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for i, page in enumerate(pages):
        shown = b"".join(b"(%s) Tj T* " % _in_pdf(line) for line in page)
        stream = b"BT /F1 11 Tf 13 TL 50 780 Td %sET" % shown
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (5 + 2 * i)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream))
    written, places = b"%PDF-1.4\n", []
    for number, data in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(written))
    return written + head + table + tail


def _in_pdf(line: str) -> bytes:
    return line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def as_text(paragraphs: Sequence[str]) -> bytes:
    """Wrapped text with a headline."""
    return "\n\n".join([HEADLINE, *(textwrap.fill(text, 72) for text in paragraphs)]).encode()


SAVERS: dict[str, tuple[str, Callable[[Sequence[str]], bytes]]] = {
    "a web page": ("What everybody said - The Post.html", as_page),
    "a web page in Windows-1252": ("page.htm", lambda paragraphs: as_page(paragraphs, "windows-1252")),
    "a web page in one file": ("What everybody said.mhtml", as_mhtml),
    "a Word file": ("Dokument1.docx", as_word),
    "a PDF": ("download (3).pdf", as_pdf),
    "wrapped text": ("003_x.txt", as_text),
    "text in UTF-16": ("notes.txt.txt", lambda paragraphs: "\n\n".join(paragraphs).encode("utf-16")),
    "text in Windows-1252": ("old.text", lambda paragraphs: "\r\n\r\n".join(paragraphs).encode("cp1252", "replace")),
    "Markdown": ("clipping.md", lambda paragraphs: "\n\n".join(f"> {text}" for text in paragraphs).encode()),
    "a page called a text": ("KEY.txt", as_page),
}
