"""Find the reader's own copies of the articles: where the option, the environment or the memory says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retell.commands.completion import FILE, complete
from retell.commands.console import state_folder
from retell.problems import RetellError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retell.copies.held import Holding
    from retell.story.cards import Source
    from retell.story.documents import ShippedText
    from retell.story.library import Library

VARIABLE = "RETELL_COPIES"
NEEDED = (
    "your own copies of the {sources} are needed, saved from a browser in a folder: 'retell copies DIR' remembers it "
    "for this story, --copies DIR names it once"
)


class CopiesType(click.ParamType):  # type: ignore[type-arg]  # generic only in click's newest versions
    """A folder of copies or one of them; the name is not empty, as it is where a script's variable is not set."""

    name = "DIR|FILE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path."""
        if not str(value).strip():
            self.fail("no folder is named", param, ctx)
        return Path(str(value))


COPIES = click.option(
    "--copies",
    type=CopiesType(),
    shell_complete=complete(also=FILE),
    help=f"Your own copies of the sources; by default {VARIABLE}, or the folder that 'retell copies' remembers.",
)


def file_of_memory(root: Path) -> Path:
    """Return the file in which the folder of a story's copies is kept, beside its bookmark."""
    from retell.terminal.show.bookmark import file_for

    return file_for(state_folder(), root).with_suffix(".copies")


def copies_folder(root: Path, named: Path | None) -> Path | None:
    """Return where the copies for a story are: as named, as RETELL_COPIES says, as remembered; None where none says.

    What was remembered and is not there any more is said on standard error.
    """
    from retell.copies.remembered import recall

    if named is not None:
        return named
    if os.environ.get(VARIABLE):
        return Path(os.environ[VARIABLE])
    folder = recall(file_of_memory(root))
    if folder is not None and not os.path.exists(folder):  # noqa: PTH110 - unlike Path, it never raises
        click.echo(f"retell: the folder of copies is not there any more: {folder}; 'retell copies --forget'", err=True)
        return None
    return folder


def needed(library: Library) -> str:
    """Return why a command cannot go on without copies of a story's sources, and how it is given them."""
    from retell.story.kinds import noun_for
    from retell.story.library import forms

    return NEEDED.format_map(noun_for(forms(library.sources)).values)


def hold(
    root: Path, sources: Mapping[str, Source], shipped: Mapping[str, ShippedText], named: Path | None
) -> Holding | None:
    """Read the copies of a story's articles, and what came with the story; None where there is neither.

    Raises RetellError as `saved.hold` does.
    """
    from retell.copies import saved

    folder = copies_folder(root, named)
    return saved.hold(sources, folder, shipped) if folder or shipped else None


def hold_needed(
    root: Path, sources: Mapping[str, Source], shipped: Mapping[str, ShippedText], named: Path | None
) -> Holding:
    """Read the copies of a story's articles; raises RetellError where there are none."""
    from retell.story.kinds import noun_for

    holding, noun = hold(root, sources, shipped, named), noun_for(sources)
    if holding is None:
        raise RetellError(NEEDED.format_map(noun.values))
    if not holding.copies and holding.folder is None:
        raise RetellError("no text in documents/ holds a paragraph of its source: 'retell check' says why")
    if not holding.copies:
        raise RetellError(f"no file in {holding.folder} holds a paragraph of {noun.some}: 'retell copies DIR' says why")
    return holding
