"""The page of `retell copies`: each article, the file that holds it, how much of it was found, and what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from retell.copies.saved import problems_of
from retell.files.characters import visible

if TYPE_CHECKING:
    from rich.console import Console

    from retell.copies.held import Holding
    from retell.story.library import Library

INDENT = 3


def show(library: Library, holding: Holding, console: Console) -> None:
    """Print what a reader has of each article, and what stands in their files that was not read."""
    lines = [Text(f"copies in {visible(str(holding.folder))}", "bold")]
    for source in sorted(library.sources.values(), key=lambda source: source.form.code):
        copy = holding.copies.get(source.id)
        found, of = len(copy.paragraphs) if copy else 0, len(source.form.paragraphs)
        share = f"{source.id}: {found} of {of} paragraphs"
        lines.append(Text.assemble((source.form.code.ljust(INDENT), "bold"), share))
        for file in holding.files:
            if numbers := file.numbers(source.id):
                part = "" if len(numbers) == found else f", {len(numbers)} of them"
                remarks = "".join(f"; {remark}" for remark in file.page.remarks) if file.page else ""
                kind = f" ({file.page.kind}{part})" if file.page else ""
                lines.append(_indented(f"in {visible(file.path.name)}{kind}{remarks}"))
    problems = list(problems_of(library, holding))
    for problem in problems:
        said = f"{problem.message}{f': {problem.help}' if problem.help else ''}"
        lines += [Text(), Text(visible(said))]
    others = [file.path.name for file in holding.files if not file.held and not file.unread]
    if others and not any(problem.rule == "copy-missing" for problem in problems):
        lines += [Text(), Text(f"no article of this story: {visible(', '.join(others))}")]
    for line in lines:
        indent = INDENT if line.plain.startswith(" " * INDENT) else 0
        for row in line[indent:].wrap(console, max(console.width - indent, 1)) or [Text()]:
            row.rstrip()
            console.print(Text.assemble(" " * indent, row), highlight=False, soft_wrap=True)


def _indented(text: str) -> Text:
    return Text(" " * INDENT + text)
