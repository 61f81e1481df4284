"""The paragraphs of a reader's copies that nothing in the story cites, with their first words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.copies.saved import hold_for
from retell.files.characters import without_unseen

if TYPE_CHECKING:
    from pathlib import Path

    from retell.story.library import Library

FIRST_WORDS = 12


def list_uncited(library: Library, folder: Path | None) -> str:
    """Return a list of them, a line each, by article; raises RetellError as `copies.saved.hold` does."""
    cited = {(citation.key, number) for citation in library.citations() for number in citation.paragraphs}
    lines = ["", "paragraphs that nothing cites:"]
    for key, copy in hold_for(library, folder).copies.items():
        code = library.sources[key].form.code
        lines += [
            f"  {code} ¶{number:<3} {_first(text)}"
            for number, text in copy.printed.items()
            if (key, number) not in cited
        ]
    return "\n".join([*lines, ""]) if len(lines) > 2 else "\nevery paragraph of your copies is cited\n"


def _first(text: str) -> str:
    words = without_unseen(text).split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")
