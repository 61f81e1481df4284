"""Begin a story, or a scene or a card of one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from retell.authoring.stubs import STUBS
from retell.commands.completion import FILE, FOLDER, complete
from retell.commands.held import COPIES, hold_needed
from retell.commands.loading import refuse_zip, story_here
from retell.problems import DONE, RetellError, UnknownNameError, nearest

if TYPE_CHECKING:
    from retell.story.library import Library

NOWHERE = "in which story? Go into its folder, or name it: retell --story DIR new {kind} {name}"


@click.command()
@click.argument(
    "words",
    metavar="DIR | KIND NAME [¶NUMBERS]",
    nargs=-1,
    required=True,
    shell_complete=complete("begun", also=FOLDER),
)
@click.option(
    "--from",
    "origin",
    metavar="KEY|FILE",
    shell_complete=complete("key", also=FILE),
    help="For a scene, the source whose paragraphs it will tell; for a source, your saved copy of it.",
)
@COPIES
@click.pass_context
def new(ctx: click.Context, words: tuple[str, ...], origin: str | None, copies: Path | None) -> int:
    """Begin a story, or a new scene or card in one.

    One word names a folder. A small but whole example is written into it, for you to change bit by bit: two scenes, two
    invented articles and a card of each kind, with comments that explain them.

    Two words name a kind (scene, voice, place, term, dispute or source) and a name. A form is written into the story of
    this folder, or of --story, for you to fill in. With --from, a scene gets a beat for each paragraph that you name,
    with its text from your copies above it as a comment. Nothing is ever replaced.

    \b
    Example:
      retell new lesson
      retell --story lesson new voice ann-hill
      retell --story lesson new scene the-bridge --from times ¶2-6
      retell --story lesson new source times --from saved/times.html
    """
    kind, name, numbers = words[0], words[1] if len(words) > 1 else "", words[2:]
    if len(words) == 1:
        if origin or copies:
            raise click.UsageError("a new story takes no --from and no --copies: name a kind and a name as well")
        return _begin_story(Path(kind))
    if kind not in STUBS:
        raise click.UsageError(f"'{kind}' is no kind of thing to begin: {nearest(kind, STUBS)}")
    if numbers and not (kind == "scene" and origin):
        raise click.UsageError(f"only a scene has paragraphs, with --from KEY: what is '{numbers[0]}'?")
    if origin and kind not in ("scene", "source"):
        raise click.UsageError(f"--from is for a scene or a source; a {kind} is begun without it")
    root = story_here(ctx.obj)
    if root is None:
        raise click.UsageError(NOWHERE.format(kind=kind, name=name))
    return _begin_part(ctx, root, kind, name, origin, _read_paragraphs(numbers), copies)


def _begin_story(folder: Path) -> int:
    from retell.authoring.scaffold import begin_story
    from retell.story.invocation import quote

    begin_story(folder)
    shown = quote(folder)
    click.echo(
        f"{folder} written: a story of two scenes, told from two invented articles\n"
        f"  retell --story {shown} read\n"
        f"  retell check {shown} --copies {quote(folder / 'articles')}\n"
        f"  retell preview {quote(folder / 'story' / '01-nine-in-the-evening.yaml')} --watch\n"
        f"how to go on: {folder / 'story' / 'README.md'}",
        err=True,
    )
    return DONE


def _read_paragraphs(words: tuple[str, ...]) -> set[int]:
    """Read which paragraphs are named: ¶2-6, or 2-6, or paras. 2, 4; raises click.UsageError for all else."""
    from retell.authoring.sourcecard import read_numbers

    text = " ".join(words).replace("¶", " ")
    try:
        return read_numbers(
            ",".join(text.lower().removeprefix("paras.").removeprefix("para.").replace(",", " ").split())
        )
    except RetellError as error:
        raise click.UsageError(str(error)) from None


def _begin_part(
    ctx: click.Context,
    root: Path,
    kind: str,
    name: str,
    origin: str | None,
    numbers: set[int],
    copies: Path | None,
) -> int:
    """Write the form of a scene or a card into its story, and say what is to be done with it."""
    from retell.authoring import stubs
    from retell.authoring.scaffold import keep_schemas
    from retell.commands.authoring import fingerprint
    from retell.story.invocation import call, quote
    from retell.story.library import load

    refuse_zip(root)
    library = load(root)
    place = stubs.place_of(library, kind, name)
    if kind == "source" and origin:
        stubs.make_folder(root, place)
        code = int(ctx.invoke(fingerprint, file=Path(origin), output=root / place, force=False, back="", without=""))
        again = f"retell fingerprint {quote(Path(origin))} -o {quote(root / place)} --force --without 1"
        click.echo(f"where a paragraph is none, such as the first:\n  {again}", err=True)
        return code
    if kind == "scene":
        texts = _paragraphs(library, root, origin, numbers, copies) if origin else {}
        stubs.write(root, place, stubs.write_scene(library, name, origin or "", texts))
    else:
        stubs.write(root, place, stubs.write_card(library, kind, name))
    see = f"retell preview {quote(root / place)}" if kind == "scene" else f"{call(root)} check"
    click.echo(f"{root / place} written: fill in its fields, and see with\n  {see}", err=True)
    if kind == "scene":
        listed = stubs.list_scene(root, name)
        added = f"{name} is now in the list of {root / 'story' / 'story.yaml'}"
        click.echo(
            added if listed else f"add a line '- {name}' to 'scenes:' in {root / 'story' / 'story.yaml'}", err=True
        )
    keep_schemas(root)
    return DONE


def _paragraphs(library: Library, root: Path, key: str, numbers: set[int], copies: Path | None) -> dict[int, str]:
    """Return the paragraphs of a source that are named, or all of them; raises RetellError where one is not there."""
    from retell.story.library import forms

    if key not in library.sources:
        raise UnknownNameError(f"no source named '{key}'; {nearest(key, library.sources)}".rstrip("; "))
    last = len(library.sources[key].form.paragraphs)
    if outside := sorted(numbers - set(range(1, last + 1))):
        raise UnknownNameError(f"{key} has no paragraph {outside[0]}: they are numbered 1 to {last}")
    copy = hold_needed(root, forms(library.sources), library.documents, copies).copies.get(key)
    wanted = sorted(numbers) or range(1, last + 1)
    missing = [number for number in wanted if copy is None or number not in copy.printed]
    if copy is None or missing:
        raise RetellError(f"paragraph {missing[0]} of {key} is not in your copies: 'retell copies' says what is")
    return {number: copy.printed[number] for number in wanted}
