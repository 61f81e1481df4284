"""Stage 10: a handout in Markdown in, a Word file out, by Pandoc, which the extra `retell[docx]` brings."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from retell.problems import RetellError

# our Markdown has its quotation marks set already; a picture's text alternative is no caption
READER = "markdown-smart-implicit_figures"
NEEDED = "a Word file is made by Pandoc, which is not here: pip install 'retell[docx]' brings it"
# no line is as long as this, so Pandoc leaves the columns of tables to fit what is in them
COLUMNS = 10**6


def write_word_file(markdown: str) -> bytes:
    """Make a Word file, with Pandoc's citations set by it; raises RetellError where Pandoc is not installed."""
    try:
        import pypandoc  # noqa: PLC0415 - an extra that may not be there

        pypandoc.get_pandoc_path()
    except (ImportError, OSError):
        raise RetellError(NEEDED) from None
    with TemporaryDirectory() as folder:
        target = Path(folder) / "handout.docx"
        arguments = ["--citeproc", f"--columns={COLUMNS}", "--metadata=lang:en"]
        try:
            pypandoc.convert_text(markdown, "docx", READER, extra_args=arguments, outputfile=str(target))
        except (RuntimeError, OSError) as error:
            raise RetellError(f"Pandoc made no Word file: {' '.join(str(error).split())}") from None
        return target.read_bytes()
