"""The page of `retell copies`: each article, the file that holds it, how much of it was found, and what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.copies.saved import problems_of
from retell.files.characters import visible
from retell.story.kinds import noun_for
from retell.story.library import forms
from retell.story.references import in_order
from retell.terminal.layout.lines import BLANK, set_labelled, set_text
from retell.terminal.printing import show_lines

if TYPE_CHECKING:
    from rich.console import Console

    from retell.copies.held import Holding
    from retell.story.library import Library

INDENT = 3
SHIPPED = "texts that came with the story"


def show(library: Library, holding: Holding, console: Console) -> None:
    """Print what a reader has of each article, and what stands in their files that was not read."""
    width = console.width
    where = f"copies in {visible(str(holding.folder))}" if holding.folder else SHIPPED
    lines = set_text(where, width, "scene")
    for source in sorted(library.sources.values(), key=lambda source: in_order(source.form.code)):
        copy = holding.copies.get(source.id)
        found, of = len(copy.paragraphs) if copy else 0, len(source.form.paragraphs)
        share = f"{source.id}: {found} of {of} paragraphs"
        lines += set_labelled(source.form.code.ljust(INDENT), share, width, label_style="scene")
        for file in holding.files:
            if numbers := file.numbers(source.id):
                part = "" if len(numbers) == found else f", {len(numbers)} of them"
                remarks = "".join(f"; {remark}" for remark in file.page.remarks) if file.page else ""
                kind = f" ({file.page.kind}{part})" if file.page else ""
                place = file.shown if file.only else file.path.name
                lines += set_text(f"in {visible(place)}{kind}{remarks}", width, indent=INDENT)
    problems = list(problems_of(library, holding))
    noun = noun_for(forms(library.sources))
    for problem in problems:
        said = f"{problem.message}{f': {problem.help}' if problem.help else ''}"
        lines += [BLANK, *set_text(visible(said), width)]
    others = [file.path.name for file in holding.files if not file.held and not file.unread]
    if others and not any(problem.rule == "copy-missing" for problem in problems):
        lines += [BLANK, *set_text(f"no {noun.one} of this story: {visible(', '.join(others))}", width)]
    show_lines(console, lines)
