"""Show what lies behind the story, a page each: its sources, disputes, figures and voices."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from retell.commands.completion import complete
from retell.commands.console import draws_in_ascii, is_terminal, page_console
from retell.commands.loading import load_told, refuse_zip, story_here
from retell.commands.options import PLAIN, WIDTH
from retell.files.characters import visible
from retell.problems import DONE

if TYPE_CHECKING:
    from rich.console import Console

    from retell.terminal.layout.lines import Line


@click.command()
@click.argument("key", default="", shell_complete=complete("article"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csl-json", "csl-yaml", "bibtex"]),
    default="text",
    show_default=True,
    help="A page to read, or references for Zotero and Pandoc.",
)
@click.option(
    "--from",
    "export",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Make source cards from what Zotero or another program exports: CSL JSON, CSL YAML or BibTeX.",
)
@WIDTH
@click.pass_obj
def sources(root: Path | None, key: str, form: str, export: Path | None, width: int | None) -> int:
    """List the sources, or show what is known of one.

    Name one by its key or its code. With --from, a card is begun for each reference in the file, in the story of this
    folder or of --story, for you to complete. Existing cards are not changed.

    \b
    Example:
      retell sources
      retell sources C
      retell sources --format bibtex > articles.bib
      retell --story lesson sources --from zotero.json
    """
    from retell.terminal.pages import sources as page

    if export:
        if key or form != "text":
            raise click.UsageError("--from makes cards: no KEY and no --format go with it")
        return _import(story_here(root), export)
    told = load_told(root)
    if form == "text":
        page.show(told, key, page_console(width))
        return DONE
    from retell.handout.writers import bibliography

    writers = {
        "csl-json": bibliography.to_csl_json,
        "csl-yaml": bibliography.to_csl_yaml,
        "bibtex": bibliography.to_bibtex,
    }
    keys = [page.find(told, key).article.key] if key else list(told.sources)
    click.echo(writers[form](told, keys).encode(), nl=False)
    return DONE


def _import(root: Path | None, export: Path) -> int:
    from retell.authoring import importedcards, references, stubs
    from retell.authoring.scaffold import keep_schemas
    from retell.story.library import load

    if root is None:
        raise click.UsageError("for which story? Go into its folder, or name it: retell --story DIR sources --from …")
    refuse_zip(root)
    library = load(root)
    cards, known = importedcards.make_cards(library, export, references.read_export(export))
    for card in cards:
        place = stubs.place_of(library, "source", card.key)
        stubs.write(root, place, card.text)
        left = f"; no card has {', '.join(visible(name) for name in card.left_out)}" if card.left_out else ""
        click.echo(f"{root / place} written{left}", err=True)
    if cards:
        keep_schemas(root)
    for name in known:
        click.echo(f"{name} has a card already, which is left as it is", err=True)
    return DONE


@click.command()
@click.argument("dispute", default="", shell_complete=complete("dispute"))
@WIDTH
@click.pass_obj
def compare(root: Path | None, dispute: str, width: int | None) -> int:
    """List the disputes, or show one, its accounts side by side.

    \b
    Example:
      retell compare
      retell compare a-gross-violation
    """
    from retell.terminal.pages import disputes

    disputes.show(load_told(root), dispute, page_console(width), side_by_side=is_terminal(sys.stdout))
    return DONE


@click.command()
@PLAIN
@WIDTH
@click.pass_obj
def timeline(root: Path | None, plain: bool, width: int | None) -> int:
    """Show when it happened: the phases and the scenes, to scale.

    \b
    Example:
      retell timeline
      retell timeline --plain
    """
    from retell.figures.timeline import moments, phase_spans
    from retell.terminal.layout.timeline import draw_timeline

    told, console = load_told(root), page_console(width)
    drawn = draw_timeline(moments(told), phase_spans(told), console.width, **_manner(plain))
    _show("timeline", drawn, console, "No scene has a date.")
    return DONE


@click.command()
@PLAIN
@WIDTH
@click.pass_obj
def map(root: Path | None, plain: bool, width: int | None) -> int:
    """Show where it happened: places to scale, and roads.

    \b
    Example:
      retell map
      retell map --width 60
    """
    from retell.figures.map import place_map
    from retell.terminal.layout.map import draw_map

    told, console = load_told(root), page_console(width)
    drawn = draw_map(place_map(told), console.width, **_manner(plain))
    _show("map", drawn, console, "No place has a card.")
    return DONE


@click.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table, or JSON.")
@PLAIN
@WIDTH
@click.pass_obj
def voices(root: Path | None, form: str, plain: bool, width: int | None) -> int:
    """Show who speaks, how often, and through which source.

    Sorted by side and by voice, for each phase.

    \b
    Example:
      retell voices
      retell voices --format json
    """
    from retell.terminal.pages import voices as page

    told = load_told(root)
    if form == "json":
        click.echo(page.to_json(told).encode(), nl=False)
    else:
        page.show(told, page_console(width), **_manner(plain))
    return DONE


def _manner(plain: bool) -> dict[str, bool]:
    """Return how a figure is shown: in words in a pipe, with ASCII where the terminal has no more."""
    return {"plain": plain or not is_terminal(sys.stdout), "ascii": draws_in_ascii(sys.stdout)}


def _show(name: str, drawn: list[Line], console: Console, nothing: str) -> None:
    from retell.figures import TITLES
    from retell.terminal.layout.lines import set_text
    from retell.terminal.printing import show_lines

    show_lines(console, [*set_text(TITLES[name], console.width, "scene"), *(drawn or set_text(nothing, console.width))])
