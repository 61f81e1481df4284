"""Stage 10: a handout in Markdown in, a Word file out, by Pandoc, which the extra `retell[docx]` brings."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from retell.handout.escaping import escape
from retell.problems import RetellError

if TYPE_CHECKING:
    from collections.abc import Mapping

# our Markdown has its quotation marks set already; a picture's text alternative is no caption
READER = "markdown-smart-implicit_figures"
NEEDED = "a Word file is made by Pandoc, which is not here: pip install 'retell[docx]' brings it"
ARGUMENTS = (
    "--citeproc",
    "--metadata=lang:en",
    "--columns=10",  # Pandoc gives a table's columns their shares where a row is longer than this
)
TABLE = re.compile(r"(?P<head>^\|.*\|\n)(?P<rule>\|(?:-+\|)+\n)(?P<rows>(?:\|.*\|\n)*)", re.MULTILINE)
ROW_OF_TABLE = re.compile(r"^\|.*\|$", re.MULTILINE)
CELL_END = re.compile(r"(?<!\\)\|")
LINK_TARGET = re.compile(r"\]\(.*?\)")
ROOM_TO_WRITE = 9  # characters that a column is given which is empty
LINE = 76  # characters beside each other on a page, as Pandoc's own file sets them
MARGINS = 3  # what the margins of a cell take of them
# WordprocessingML, ECMA-376 part 1, 17.4: lines around each cell, room inside it; a row stays on one page
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="767676"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
TABLE_STYLE = re.compile(r'(<w:style [^>]*w:styleId="Table".*?<w:tblPr>)(.*?)(</w:tblPr>)', re.DOTALL)
NO_LANGUAGES: Mapping[str, str] = {}
# questions begin on a page of their own, as on the web page
QUESTIONS = re.compile(r'(w:name="questions" ?/>\s*<w:p>\s*<w:pPr>\s*<w:pStyle [^>]*/>)')
ROW = re.compile(r"<w:tr>(<w:trPr>)?")


def write_word_file(markdown: str, figures: Mapping[str, str], languages: Mapping[str, str] = NO_LANGUAGES) -> bytes:
    """Make a Word file, with Pandoc's citations set by it; raises RetellError where Pandoc is not installed.

    `figures` gives the SVG of each picture, by its address in the Markdown; Word gets them as PNG. `languages` gives
    names of places in the languages of their people, with the codes of BCP 47; a cell of a table that holds one is
    marked with it, so that Word spells and reads it in that.
    """
    try:
        import pypandoc  # noqa: PLC0415 - an extra that may not be there

        pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        raise RetellError(NEEDED) from None
    with TemporaryDirectory() as folder:
        target = Path(folder) / "handout.docx"
        text = _with_pictures(_with_languages(with_widths(markdown), languages), figures, Path(folder))
        try:
            pypandoc.convert_text(text, "docx", READER, extra_args=ARGUMENTS, outputfile=str(target))
        except (RuntimeError, OSError) as error:
            raise RetellError(f"Pandoc made no Word file: {' '.join(str(error).split())}") from None
        return _dressed(target.read_bytes())


def with_widths(markdown: str) -> str:
    """Give the columns of each table as many dashes as its texts need: Pandoc takes them as shares of the width."""

    def widened(table: re.Match[str]) -> str:
        rows = [CELL_END.split(row)[1:-1] for row in (table["head"] + table["rows"]).splitlines()]
        dashes = ("-" * width for width in _widths(list(zip(*rows, strict=False))))
        return f"{table['head']}|{'|'.join(dashes)}|\n{table['rows']}"

    return TABLE.sub(widened, markdown)


def _widths(columns: list[tuple[str, ...]]) -> list[int]:
    """Share a line among columns: each has room for its longest word, and the rest goes where texts are longer."""
    texts = [[LINK_TARGET.sub("", cell).strip() for cell in column] for column in columns]
    least = [max((len(word) for cell in cells for word in cell.split()), default=0) + MARGINS for cells in texts]
    least = [max(fewest, ROOM_TO_WRITE * (not any(cells[1:]))) for fewest, cells in zip(least, texts, strict=True)]
    longest = [max(map(len, cells)) + MARGINS for cells in texts]
    wished = [max(0, more - less) for more, less in zip(longest, least, strict=True)]
    share = min(1.0, max(0, LINE - sum(least)) / (sum(wished) or 1))
    return [less + round(share * wish) for less, wish in zip(least, wished, strict=True)]


def _with_languages(markdown: str, languages: Mapping[str, str]) -> str:
    """Mark each cell of a table that holds a name of another language, as Pandoc marks spans."""
    spelt = {escape(name): language for name, language in languages.items()}

    def marked(row: re.Match[str]) -> str:
        cells = ((cell.strip(), cell) for cell in CELL_END.split(row[0]))
        return "|".join(f" [{name}]{{lang={spelt[name]}}} " if name in spelt else cell for name, cell in cells)

    return ROW_OF_TABLE.sub(marked, markdown) if spelt else markdown


def _with_pictures(markdown: str, figures: Mapping[str, str], folder: Path) -> str:
    """Draw each figure into a file of its own, and name that file in the Markdown."""
    for number, (address, svg) in enumerate(figures.items()):
        import resvg_py  # noqa: PLC0415 - it comes with the extra, and only figures need it

        picture = folder / f"figure-{number}.png"
        picture.write_bytes(resvg_py.svg_to_bytes(svg_string=svg, dpi=96, zoom=3, background="#ffffff"))
        markdown = markdown.replace(f"]({address})", f"]({picture.as_posix()}){{width=11cm}}")
    return markdown


def _dressed(document: bytes) -> bytes:
    """Give the tables lines, keep each of their rows on one page, and begin one with the questions."""
    source, target = ZipFile(BytesIO(document)), BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename == "word/styles.xml":
                text = TABLE_STYLE.sub(rf"\1<w:tblBorders>{BORDERS}</w:tblBorders>\2\3", text.decode()).encode()
            elif entry.filename == "word/document.xml":
                kept = ROW.sub(lambda row: f"{row[0]}<w:cantSplit/>" if row[1] else _ROW_KEPT, text.decode())
                text = QUESTIONS.sub(r"\1<w:pageBreakBefore/>", kept).encode()
            archive.writestr(entry, text)
    return target.getvalue()


_ROW_KEPT = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
