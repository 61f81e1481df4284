"""Write the handout and the packets for a class."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import quote

import click

from retell.commands.loading import load_fit
from retell.handout.choices import CITES, ENDINGS, FORMATS, citing_in
from retell.problems import DONE

if TYPE_CHECKING:
    from retell.handout.choices import Cite, Format
    from retell.handout.drawings import Drawing
    from retell.handout.pages.edition import Edition
    from retell.handout.tree import Document
    from retell.story.library import Library

NAMES = {"student": "handout", "teacher": "handout-teacher"}
LINKED = "a web page always has codes, each a link to its article; --cite is for Markdown and Word"
NO_ENDING = (
    "no handout can be a file of this kind: end its name in .md, .html or .docx; a page (.html), printed to PDF in a "
    "browser, gives a PDF"
)
ALONE = "--packets writes all packets, for students: -o, --only and --edition do not go with it"


class HandoutOptions(NamedTuple):
    """How a file is set: its format, its citations, its length, whether figures are drawn, and what it may replace."""

    to: Format
    cite: Cite
    short: bool
    drawn: bool
    force: bool


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="FILE|-",
    help="The file to write, handout.md or handout-teacher.md if none is named; - is standard output.",
)
@click.option(
    "--edition",
    type=click.Choice(list(NAMES)),
    default="student",
    show_default=True,
    help="For the class; or for the teacher, with aims, plans, answers and the grid filled in.",
)
@click.option(
    "--length",
    type=click.Choice(["short", "full"]),
    default="full",
    show_default=True,
    help="The story in short, on four pages, or whole.",
)
@click.option(
    "--only",
    "parts",
    metavar="SCENE|PHASE",
    multiple=True,
    help="Only this scene (id or number) or phase, with the articles, names and questions for it; may be given again.",
)
@click.option(
    "--packets",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A folder to write, with a packet for each phase of the story and a plan for groups.",
)
@click.option(
    "--to",
    type=click.Choice(FORMATS),
    help="Markdown, one web page, or a Word file; without it, as the file's name ends.",
)
@click.option(
    "--cite",
    type=click.Choice(CITES),
    default="codes",
    show_default=True,
    help="Codes as in [C ¶6], footnotes of GitHub's Markdown, or citations for pandoc --citeproc.",
)
@click.option("--no-figures", is_flag=True, help="Tables in place of the pictures.")
@click.option("--force", is_flag=True, help="Replace what is there already; nothing else in a folder is touched.")
@click.pass_obj
def handout(
    root: Path | None,
    output: str | None,
    edition: str,
    length: str,
    parts: tuple[str, ...],
    packets: Path | None,
    to: str | None,
    cite: str,
    no_figures: bool,
    force: bool,
) -> int:
    """Write a class handout, for students or for their teacher.

    The story whole, in short, or in parts for groups.

    \b
    Example:
      retell handout --length short -o handout.html
      retell handout --length short --edition teacher
      retell handout --packets lesson
      retell handout --only checkpoint -o - | less
    """
    form = _choose_format(output, cast("Format | None", to))
    options = HandoutOptions(form, citing_in(form, cast("Cite", cite)), length == "short", not no_figures, force)
    if packets and (output or parts or edition == "teacher"):
        raise click.UsageError(ALONE)
    if form == "html" and cite != CITES[0]:
        click.echo(LINKED, err=True)
    if packets:
        _write_packets(load_fit(root), packets, options)
    else:
        _write_edition(load_fit(root), edition, parts, output or f"{NAMES[edition]}.{form}", options)
    return DONE


def _choose_format(output: str | None, to: Format | None) -> Format:
    """Return the format that is asked for, or that a file's name ends in; Markdown where neither says.

    Raises click.UsageError for an ending of no format of ours, and where the two contradict each other.
    """
    ending = Path(output or "").suffix.lower()
    if output == "-" or not ending:
        return to or "md"
    meant = ENDINGS.get(ending)
    if not to and not meant:
        raise click.UsageError(f"{output}: {NO_ENDING}")
    if to and meant and to != meant:
        raise click.UsageError(f"{output} ends as a file of another format than --to {to}: leave one of them out")
    return to or meant or "md"


def _write_edition(
    library: Library, edition: str, parts: tuple[str, ...], output: str, options: HandoutOptions
) -> None:
    from retell.files.atomic import write_file, write_file_and_folder
    from retell.handout.pages.edition import make_document
    from retell.handout.writers.formats import write_document

    gathered = _gather(library, edition, parts, short=options.short)
    path = Path(output)
    folder = path.with_name(f"{path.stem}-figures") if path.name else path
    whole = edition == "student" and not parts
    beside = output != "-"  # standard output has no folder beside it
    drawn = whole and options.drawn and not options.short and (beside or options.to != "md")
    document = make_document(gathered, options.cite, _drawings(library, gathered) if drawn else {})
    data = write_document(library, document, options.to, options.cite, quote(os.fsencode(folder.name)))
    if output == "-":
        click.echo(data, nl=False)
        return
    pictures = _pictures(document) if options.to == "md" else {}
    if pictures:
        write_file_and_folder(path, data, folder, pictures, force=options.force, story=library.root)
    else:
        write_file(path, data, force=options.force, story=library.root)
    click.echo(f"{path} written{f', with its pictures in {folder}' if pictures else ''}", err=True)


def _gather(library: Library, edition: str, parts: tuple[str, ...], *, short: bool) -> Edition:
    if edition == "teacher":
        from retell.handout.teacher import teacher_edition

        return teacher_edition(library, parts, short=short)
    from retell.handout.student import student_edition

    return student_edition(library, parts, short=short)


def _write_packets(library: Library, folder: Path, options: HandoutOptions) -> None:
    from retell.files.atomic import write_folder
    from retell.handout.packets import EVERYONE, make_packets
    from retell.handout.pages.edition import make_document
    from retell.handout.writers.formats import write_document

    packets = make_packets(library, short=options.short)
    drawn = options.drawn and not options.short and EVERYONE in packets
    drawings = _drawings(library, packets[EVERYONE]) if drawn else {}
    files: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    for name, gathered in packets.items():
        document = make_document(gathered, options.cite, drawings if name == EVERYONE else {})
        files[f"{name}.{options.to}"] = write_document(library, document, options.to, options.cite)
        if options.to == "md":
            pictures |= {f"figures/{file}": svg for file, svg in _pictures(document).items()}
    write_folder(folder, files | pictures, force=options.force, story=library.root)
    click.echo(f"{folder} written: {', '.join(files)}", err=True)


def _drawings(library: Library, gathered: Edition) -> dict[str, Drawing]:
    """Return the figures of a student's edition by their names."""
    from retell.handout.drawings import draw
    from retell.handout.student import StudentEdition

    heard = gathered.heard if isinstance(gathered, StudentEdition) else None
    return {drawing.name: drawing for drawing in draw(library, heard)}


def _pictures(document: Document) -> dict[str, bytes]:
    """Return the files of the figures that a document shows, by their names."""
    from retell.handout.tree import figures_in

    return {f"{figure.name}.svg": figure.svg.encode() for figure in figures_in(document.blocks)}
