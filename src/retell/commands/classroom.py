"""The command that writes a handout or the packets of a jigsaw."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast
from urllib.parse import quote

import click

from retell.commands.loading import load_told
from retell.handout.writers.formats import CITES, ENDINGS, FORMATS
from retell.problems import DONE

if TYPE_CHECKING:
    from retell.handout.drawings import Drawing
    from retell.handout.writers.formats import Cite, Document, Format
    from retell.story.told import Told

NAMES = {"student": "handout", "teacher": "handout-teacher"}
LINKED = "a web page always has codes, each a link to its article; --cite is for Markdown and Word"
NO_ENDING = (
    "no handout can be a file of this kind: end its name in .md, .html or .docx; a page (.html), printed to PDF in a "
    "browser, gives a PDF"
)
ALONE = "--packets writes all packets, for students: -o, --only and --edition do not go with it"


class Wishes(NamedTuple):
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
    wishes = Wishes(form, cast("Cite", cite), length == "short", not no_figures, force)
    if packets and (output or parts or edition == "teacher"):
        raise click.UsageError(ALONE)
    if form == "html" and cite != CITES[0]:
        click.echo(LINKED, err=True)
    if packets:
        _write_packets(load_told(root), packets, wishes)
    else:
        _write_edition(load_told(root), edition, parts, output or f"{NAMES[edition]}.{form}", wishes)
    return DONE


def _choose_format(output: str | None, to: Format | None) -> Format:
    """Give the format that is asked for, or that a file's name ends in; Markdown where neither says.

    Raises click.UsageError for an ending of no format of ours, and where the two contradict each other.
    """
    path = Path(output or "")
    ending = path.suffix.lower()
    if output == "-" or not ending or (path.exists() and not path.is_file()):
        return to or "md"  # standard output, a pipe or a device may have any name
    meant = ENDINGS.get(ending)
    if not to and not meant:
        raise click.UsageError(f"{output}: {NO_ENDING}")
    if to and meant and to != meant:
        raise click.UsageError(f"{output} ends as a file of another format than --to {to}: leave one of them out")
    return to or meant or "md"


def _write_edition(told: Told, edition: str, parts: tuple[str, ...], output: str, wishes: Wishes) -> None:
    from retell.files.atomic import write_file, write_file_and_folder
    from retell.handout.writers.formats import make_file

    document = _gather(told, edition, parts, short=wishes.short)
    path = Path(output)
    folder = path.with_name(f"{path.stem}-figures") if path.name else path
    whole = edition == "student" and not parts
    # standard output, a pipe or a device has no folder beside it
    beside = output != "-" and (path.is_file() or not path.exists())
    drawn = whole and wishes.drawn and not wishes.short and (beside or wishes.to != "md")
    drawings = _drawings(told, folder.name, document) if drawn else {}
    data = make_file(told, document, wishes.to, wishes.cite, drawings)
    if output == "-":
        click.echo(data, nl=False)
        return
    pictures = _pictures(data, drawings) if wishes.to == "md" else {}
    if pictures:
        write_file_and_folder(path, data, folder, pictures, force=wishes.force)
    else:
        write_file(path, data, force=wishes.force)
    click.echo(f"{path} written{f', with its pictures in {folder}' if pictures else ''}", err=True)


def _gather(told: Told, edition: str, parts: tuple[str, ...], *, short: bool) -> Document:
    if edition == "teacher":
        from retell.handout.teacher import teacher_edition

        return teacher_edition(told, parts, short=short)
    from retell.handout.student import student_edition

    return student_edition(told, parts, short=short)


def _write_packets(told: Told, folder: Path, wishes: Wishes) -> None:
    from retell.files.atomic import write_folder
    from retell.handout.packets import EVERYONE, make_packets
    from retell.handout.writers.formats import make_file

    packets = make_packets(told, short=wishes.short)
    drawn = wishes.drawn and not wishes.short and EVERYONE in packets
    drawings = _drawings(told, "figures", packets[EVERYONE]) if drawn else {}
    files: dict[str, bytes] = {}
    for name, document in packets.items():
        shown = drawings if name == EVERYONE else {}
        files[f"{name}.{wishes.to}"] = make_file(told, document, wishes.to, wishes.cite, shown)
    if wishes.to == "md":
        files |= {f"figures/{name}": svg for name, svg in _pictures(b"".join(files.values()), drawings).items()}
    write_folder(folder, files, force=wishes.force)
    click.echo(f"{folder} written: {', '.join(name for name in files if '/' not in name)}", err=True)


def _drawings(told: Told, folder: str, document: Document) -> dict[str, Drawing]:
    """Give the figures by the addresses that their files have from the handout, which is for students."""
    from retell.handout.drawings import draw
    from retell.handout.student import StudentEdition

    heard = document.heard if isinstance(document, StudentEdition) else None
    return {f"{quote(folder)}/{drawing.name}.svg": drawing for drawing in draw(told, heard)}


def _pictures(markdown: bytes, drawings: dict[str, Drawing]) -> dict[str, bytes]:
    """Give the files of the pictures that a handout shows, by their names."""
    from retell.handout.writers.formats import shown

    return {f"{drawings[address].name}.svg": drawings[address].svg.encode() for address in shown(markdown, drawings)}
