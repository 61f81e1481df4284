"""Stage 10: a handout in Markdown in, a Word file out, by Pandoc, which the extra `retell[docx]` brings."""

from __future__ import annotations

import re
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

from retell.handout.writers.escaping import escape
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
# what a figure is lettered with: the first that is installed, of those that come with the usual systems
FAMILIES = (
    *("Arial", "Helvetica", "DejaVu Sans", "Noto Sans", "Liberation Sans", "Open Sans", "Ubuntu", "Cantarell"),
    *("Adwaita Sans", "Roboto", "Lato", "FreeSans", "Nimbus Sans", "Verdana", "Tahoma"),
)
NO_FONT = (
    "the figures of a Word file need a font, and none is here that is known: install DejaVu Sans, or add --no-figures"
)
LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="8" font-family="{}">n</text></svg>'
NO_LANGUAGES: Mapping[str, str] = {}
# questions begin on a page of their own, as on the web page
QUESTIONS = re.compile(r'(w:name="questions" ?/>\s*<w:p>\s*<w:pPr>\s*<w:pStyle [^>]*/>)')
# what stays with what follows it, as on the web page: the line above a table, the line under a heading of the story,
# and the title of a group of rows; 17.3.1.15
KEPT_WITH_NEXT = (
    re.compile(r"(<w:p><w:pPr><w:pStyle [^>]*/>)(?=(?:(?!</?w:p>).)*</w:p>\s*<w:tbl>)", re.DOTALL),
    re.compile(
        r'(w:val="Heading[34]" ?/>(?:(?!</?w:p>).)*</w:p>\s*(?:<w:bookmark[^>]*/>\s*)*<w:p><w:pPr><w:pStyle [^>]*/>)'
        r"(?!<w:keepNext/>)",
        re.DOTALL,
    ),
    re.compile(
        r"(<w:tr>(?:<w:trPr>(?:(?!</w:trPr>).)*</w:trPr>)?<w:tc><w:tcPr ?/><w:p><w:pPr><w:pStyle [^>]*/>)"
        r"(?=</w:pPr><w:r><w:rPr><w:b ?/>)",
        re.DOTALL,
    ),
)
ROW = re.compile(r"<w:tr>(<w:trPr>)?")


def write_word_file(markdown: str, figures: Mapping[str, str], languages: Mapping[str, str] = NO_LANGUAGES) -> bytes:
    """Make a Word file, with Pandoc's citations set by it; raises RetellError where Pandoc or a font is not installed.

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
    if not figures:
        return markdown
    import resvg_py  # noqa: PLC0415 - it comes with the extra, and only figures need it

    draw = partial(resvg_py.svg_to_bytes, dpi=96, zoom=3, background="#ffffff", sans_serif_family=_family())
    for number, (address, svg) in enumerate(figures.items()):
        picture = folder / f"figure-{number}.png"
        picture.write_bytes(draw(svg_string=svg))
        markdown = markdown.replace(f"]({address})", f"]({picture.as_posix()}){{width=11cm}}")
    return markdown


def _family() -> str:
    """Give a family of fonts that is installed: resvg leaves out all letters of one that is not, and says nothing."""
    import resvg_py  # noqa: PLC0415 - as above

    drawn = {family: resvg_py.svg_to_bytes(svg_string=LETTER.format(family)) for family in ("", *FAMILIES)}
    found = next((family for family in FAMILIES if drawn[family] != drawn[""]), "")
    if not found:
        raise RetellError(NO_FONT)
    return found


def _dressed(document: bytes) -> bytes:
    """Give the tables lines, keep on one page what belongs together, and begin one with the questions."""
    source, target = ZipFile(BytesIO(document)), BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as archive:
        for entry in source.infolist():
            text = source.read(entry)
            if entry.filename == "word/styles.xml":
                text = TABLE_STYLE.sub(rf"\1<w:tblBorders>{BORDERS}</w:tblBorders>\2\3", text.decode()).encode()
            elif entry.filename == "word/document.xml":
                kept = ROW.sub(lambda row: f"{row[0]}<w:cantSplit/>" if row[1] else _ROW_KEPT, text.decode())
                kept = QUESTIONS.sub(r"\1<w:pageBreakBefore/>", kept)
                for pattern in KEPT_WITH_NEXT:
                    kept = pattern.sub(r"\1<w:keepNext/>", kept)
                text = kept.encode()
            archive.writestr(entry, text)
    return target.getvalue()


_ROW_KEPT = "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
