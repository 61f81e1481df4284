"""Write the handout and the packets for a class."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import quote

import click

from retell.commands.completion import FILE, complete
from retell.commands.held import COPIES, hold
from retell.commands.loading import load_told
from retell.handout.choices import CITES, ENDINGS, FORMATS, PAPERS, citing_in
from retell.problems import DONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retell.copies.held import Copy
    from retell.handout.choices import Cite, Format, Paper
    from retell.handout.pages.edition import Edition
    from retell.handout.tree import Document
    from retell.handout.writers.formats import FileOptions
    from retell.script.excerpt import Length
    from retell.story.told import Told

NAMES = {"student": "handout", "teacher": "handout-teacher"}
LINKED = "a web page always has codes, each a link to its source; --cite is for Markdown and Word"
NO_ENDING = (
    "no handout can be a file of this kind: end its name in .md, .html or .docx; a page (.html), printed to PDF in a "
    "browser, gives a PDF"
)
ALONE = "--packets writes all packets, for students: -o, --only, --edition and --support do not go with it"
TO = click.option(
    "--to",
    type=click.Choice(FORMATS),
    help="Markdown, one web page or a Word file; by default what the file's name ends in.",
)
SUPPORTED = "--support is for the short handout: leave --length full out"


class HandoutOptions(NamedTuple):
    """How files are set: format, citations, length, paper, whether figures are drawn, and what may be replaced."""

    to: Format
    cite: Cite
    length: Length
    support: bool
    paper: Paper | None
    drawn: bool
    force: bool


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="FILE|-",
    help="The file to write; by default handout.md or handout-teacher.md. - is standard output.",
    shell_complete=complete(also=FILE),
)
@click.option(
    "--edition",
    type=click.Choice(list(NAMES)),
    default="student",
    show_default=True,
    help="For the class, or for the teacher, with aims, plans, answers and the grid filled in.",
)
@click.option(
    "--length",
    type=click.Choice(["short", "full"]),
    help="The story in short, on four pages, or whole; whole if nothing is said. Packets have two to four pages, or "
    "with 'full' all that is told.",
)
@click.option(
    "--support",
    is_flag=True,
    help="For students who need support: short and roomy, with fewer tasks and some filled in.",
)
@click.option(
    "--only",
    "parts",
    metavar="SCENE|PHASE",
    multiple=True,
    shell_complete=complete("scene", "phase"),
    help="Only this scene (id or number) or phase, with its sources, names and questions; may be repeated.",
)
@click.option(
    "--packets",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Write a folder with a packet for each phase of the story and a plan for groups.",
)
@TO
@click.option(
    "--cite",
    type=click.Choice(CITES),
    default="codes",
    show_default=True,
    help="Codes such as [C ¶6], footnotes in GitHub's Markdown, or citations for pandoc --citeproc.",
)
@click.option(
    "--paper",
    type=click.Choice(PAPERS),
    help="The page size of HTML and Word; by default the printer's own, and A4 in Word.",
)
@click.option("--no-figures", is_flag=True, help="Put tables in place of the pictures.")
@COPIES
@click.option("--force", is_flag=True, help="Replace files that already exist; nothing else in a folder is touched.")
@click.pass_obj
def handout(
    root: Path | None,
    output: str | None,
    edition: str,
    length: str | None,
    support: bool,
    parts: tuple[str, ...],
    packets: Path | None,
    to: str | None,
    cite: str,
    paper: str | None,
    no_figures: bool,
    copies: Path | None,
    force: bool,
) -> int:
    """Write a class handout, for students or for their teacher.

    The whole story, a short version, or parts of it for groups.

    \b
    Example:
      retell handout --length short -o handout.html
      retell handout --length short --edition teacher
      retell handout --packets lesson --copies my-articles
      retell handout --only checkpoint -o - | less
    """
    form = choose_format(output, cast("Format | None", to))
    if copies and not packets:
        raise click.UsageError(
            "--copies puts articles beside packets: give --packets as well, or use 'retell articles'"
        )
    if packets and (output or parts or support or edition == "teacher"):
        raise click.UsageError(ALONE)
    if support and length == "full":
        raise click.UsageError(SUPPORTED)
    size = length or ("packet" if packets else "short" if support else "full")
    options = HandoutOptions(
        form,
        citing_in(form, cast("Cite", cite)),
        cast("Length", size),
        support,
        cast("Paper | None", paper),
        not no_figures and (form != "docx" or _can_draw()),
        force,
    )
    if form == "html" and cite != CITES[0]:
        click.echo(LINKED, err=True)
    if packets:
        _write_packets(load_told(root), packets, options, copies)
    else:
        _write_edition(load_told(root), edition, parts, output or f"{NAMES[edition]}.{form}", options)
    return DONE


def _can_draw() -> bool:
    """Return whether figures for Word can be drawn here, and say so if not."""
    from retell.handout.writers.pandoc import find_pandoc
    from retell.handout.writers.pictures import why_not_drawn

    find_pandoc()  # without it there is no file, and so nothing to be said of its figures
    if reason := why_not_drawn():
        click.echo(f"tables stand in place of the pictures: {reason}", err=True)
    return not reason


def choose_format(output: str | None, to: Format | None) -> Format:
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


def _write_edition(told: Told, edition: str, parts: tuple[str, ...], output: str, options: HandoutOptions) -> None:
    from retell.files.atomic import write_file, write_file_and_folder
    from retell.handout.pages.edition import drawings_for, make_document
    from retell.handout.writers.formats import FileOptions, write_document

    gathered = _gather(told, edition, parts, options)
    path = Path(output)
    folder = path.with_name(f"{path.stem}-figures") if path.name else path
    beside = output != "-"  # standard output has no folder beside it
    drawn = options.drawn and (beside or options.to != "md")
    document = make_document(gathered, options.cite, drawings_for(told, gathered) if drawn else {})
    place = quote(os.fsencode(folder.name))
    data = write_document(told, document, FileOptions(options.to, options.cite, place, options.paper))
    if output == "-":
        click.echo(data, nl=False)
        return
    pictures = _pictures(document) if options.to == "md" else {}
    if pictures:
        write_file_and_folder(path, data, folder, pictures, force=options.force, story=told.root)
    else:
        write_file(path, data, force=options.force, story=told.root)
    click.echo(f"{path} written{f', with its pictures in {folder}' if pictures else ''}", err=True)


def _gather(told: Told, edition: str, parts: tuple[str, ...], options: HandoutOptions) -> Edition:
    from retell.handout.student import student_edition
    from retell.handout.teacher import teacher_edition

    gather = teacher_edition if edition == "teacher" else student_edition
    return gather(told, parts, options.length, support=options.support)


def _write_packets(told: Told, folder: Path, options: HandoutOptions, copies: Path | None) -> None:
    from retell.files.atomic import write_folder
    from retell.handout.packets import make_packets
    from retell.handout.pages.edition import drawings_for, make_document
    from retell.handout.writers.formats import FileOptions, write_document

    written = FileOptions(options.to, options.cite, paper=options.paper)
    files: dict[str, bytes] = {}
    pictures: dict[str, bytes] = {}
    packets = make_packets(told, options.length)
    for name, gathered in packets.items():
        drawings = drawings_for(told, gathered, f"{name}-") if options.drawn else {}
        document = make_document(gathered, options.cite, drawings)
        files[f"{name}.{options.to}"] = write_document(told, document, written)
        if options.to == "md":
            pictures |= {f"figures/{file}": svg for file, svg in _pictures(document).items()}
    if holding := hold(told.root, told.sources, told.documents, copies):
        files |= _articles_beside(told, packets, holding.copies, FileOptions(options.to, paper=options.paper))
    write_folder(folder, files | pictures, force=options.force, story=told.root)
    click.echo(f"{folder} written: {', '.join(files)}", err=True)


def _articles_beside(
    told: Told, packets: Mapping[str, Edition], copies: Mapping[str, Copy], written: FileOptions
) -> dict[str, bytes]:
    """Return for each packet the articles that it names, as files by their names."""
    from retell.handout.articles import Selection, make_articles
    from retell.handout.student import StudentEdition
    from retell.handout.writers.formats import write_document

    files = {}
    for name, packet in packets.items():
        if isinstance(packet, StudentEdition):
            codes = tuple(listed.article.code for listed in packet.articles)
            document = make_articles(told, copies, Selection(codes))
            files[f"{name}-articles.{written.to}"] = write_document(told, document, written)
    return files


def _pictures(document: Document) -> dict[str, bytes]:
    """Return the files of the figures that a document shows, by their names."""
    from retell.handout.tree import figures_in

    return {f"{figure.name}.svg": figure.svg.encode() for figure in figures_in(document.blocks)}
