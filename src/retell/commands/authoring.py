"""Help an author to begin a story and to write its scenes and cards."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console

from retell.authoring.schema import KINDS
from retell.checks import report
from retell.commands.console import page_console
from retell.commands.held import COPIES, copies_folder
from retell.commands.loading import refuse_zip, story_here
from retell.commands.options import FORCE, WIDTH, one_story
from retell.files.characters import visible
from retell.problems import DONE, RetellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from retell.story.library import Library

NO_UTF_8 = "Unable to decode path"  # what watchfiles says of the name of a file that was saved, and watches no more


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE.yaml|-",
    type=click.Path(path_type=Path),
    help="The card to write, such as cards/sources/KEY.yaml; by default, and for -, standard output.",
)
@click.option("--force", is_flag=True, help="Replace the fingerprints in an existing card, and nothing else.")
@click.option(
    "--with", "back", metavar="NUMBERS", default="", help="Bring back what was left out, such as 1,4 or 1-3,9."
)
@click.option(
    "--without", metavar="NUMBERS", default="", help="Leave out what is not a paragraph of it, such as 1,4 or 1-3,9."
)
@click.pass_obj
def fingerprint(root: Path | None, file: Path, output: Path | None, force: bool, back: str, without: str) -> int:
    """Make a source card from a saved article or other document.

    FILE is a web page, plain text, a PDF or a Word file, however it was saved. Headlines, captions, menus and appeals
    are left out and listed; where paragraphs are labelled "[1] ...", only those are taken. The card holds a fingerprint
    of each paragraph, and the other fields for you to complete. It goes to standard output and the numbered paragraphs
    to standard error; with -o the card goes into that file and the paragraphs to standard output.

    \b
    Example:
      retell fingerprint "Ferry runs again - The Times.html"
      retell fingerprint articles/times.txt --without 2,9 -o cards/sources/times.yaml
    """
    from retell.authoring import sourcecard
    from retell.files.atomic import write_file

    numbers = []
    for option, text in (("--with", back), ("--without", without)):
        try:
            numbers.append(sourcecard.read_numbers(text))
        except RetellError as error:
            raise click.UsageError(f"{option}: {error}") from None
    target = _card_file(output)
    article = sourcecard.choose(sourcecard.read_article(file, _stories_at_hand(root, target)), *numbers)
    kept = article.paragraphs
    numbered, explained = sourcecard.number(kept), sourcecard.explain(article, chosen=any(numbers))
    if target is None:
        click.echo(f"{numbered}\n{explained}", err=True, nl=False)
        click.echo(sourcecard.write_card(kept), nl=False)
        return DONE
    renewed = force and target.is_file()
    card = sourcecard.renew_card(target, kept) if renewed else sourcecard.write_card(kept)
    write_file(target, card, force=force, story=root)
    click.echo(numbered, nl=False)
    click.echo(explained, err=True, nl=False)
    rest = "its other fields are as they were" if renewed else "fill in its other fields"
    click.echo(f"{target} written: {len(kept)} paragraphs; {rest}", err=True)
    return DONE


def _stories_at_hand(root: Path | None, card: Path | None) -> Iterator[Library]:
    """Yield the stories one of whose cards may be the article's: the one that is named, or those that lie near."""
    from retell.story.library import load, shipped_root

    around = card.absolute().parents[2] if card is not None and len(card.absolute().parents) > 2 else Path()
    for folder in (root,) if root else (around, Path(), shipped_root()):
        if (folder / "cards" / "sources").is_dir() or folder == root:
            yield load(folder)


def _card_file(output: Path | None) -> Path | None:
    """Return where a card is written, None for standard output; raises click.UsageError where it would not be read."""
    if output is None or str(output) == "-":
        return None
    if output.suffix != ".yaml" and not output.is_dir():  # that it is a folder is said when it is written
        raise click.UsageError(f"{output} would not be read as a card: end its name in .yaml")
    return output


@click.command()
@click.argument("scene", metavar="SCENE-FILE", type=click.Path(path_type=Path))
@click.option("--watch", is_flag=True, help="Show it again whenever the story is saved, until you press Ctrl-C.")
@COPIES
@WIDTH
@click.pass_obj
def preview(root: Path | None, scene: Path, watch: bool, copies: Path | None, width: int | None) -> int:
    """Show a scene as it is told, with its problems.

    The story is the folder above the scene's folder 'story', unless --story names another. With your own copies of the
    sources, the problems include what they do not bear out, and name the paragraph that does.

    \b
    Example:
      retell preview lesson/story/02-the-bridge.yaml
      retell preview lesson/story/02-the-bridge.yaml --watch
    """
    from retell.authoring import preview as preview_module
    from retell.story import library as library_module

    root = root or _story_around(scene)
    console = page_console(width)
    held_in = copies_folder(root, copies)

    def show() -> int:
        return report.exit_code(preview_module.show(library_module.load(root), scene, console, held_in))

    if not watch:
        return show()
    return _watch(root, show)


def _story_around(scene: Path) -> Path:
    """Return the story that a scene's file belongs to; raises RetellError where it stands in no folder 'story'."""
    folder = scene.absolute().parent
    if folder.name != "story":
        why = "stands in no folder 'story'; name its story with --story" if scene.exists() else "does not exist"
        raise RetellError(f"{scene} {why}")
    return folder.parent


def _watch(root: Path, show: Callable[[], int]) -> int:
    """Show something now and whenever a file of the story is saved, until Ctrl-C."""
    try:
        from watchfiles import watch
    except ImportError:
        raise RetellError("--watch needs the package watchfiles: pip install watchfiles") from None
    saves = _saves(root, watch)
    with suppress(KeyboardInterrupt):
        while True:
            try:
                show()
            except RetellError as error:
                click.echo(f"retell: {visible(str(error))}", err=True)
            click.echo("\nshown again at the next save; Ctrl-C ends\n", err=True)
            if next(saves, None) is None:
                break
    return DONE


def _saves(root: Path, watch: Callable[..., Iterator[object]]) -> Iterator[object]:
    """Yield something whenever a file of the story is saved; raises RetellError where that cannot be watched."""
    while True:
        folders = [root / part for part in ("story", "cards", "documents") if (root / part).is_dir()]
        try:
            yield from watch(*(folders or [root]))
            return
        except (OSError, RuntimeError) as error:
            if NO_UTF_8 not in str(error):
                raise RetellError(f"{root} cannot be watched: {error}") from None
            yield error


@click.command()
@click.argument("kind", required=False, metavar="[KIND]", type=click.Choice(list(KINDS)))
@click.pass_obj
def schema(root: Path | None, kind: str | None) -> int:
    """Print the JSON Schema of a kind of file, for editors.

    KIND is scene, story, class or wording, or that of a card: source, voice, place, term or dispute. With its schema,
    an editor checks and completes what you type, the story's own names included. Without a kind, all schemas
    are written into the story of this folder, or of --story, as 'retell new' does, along with the settings by which
    Visual Studio Code finds them.

    \b
    Example:
      retell schema scene
      retell --story lesson schema
    """
    from retell.authoring.scaffold import renew_schemas
    from retell.authoring.schema import NO_NAMES, write_schema
    from retell.authoring.storynames import names_of

    root = story_here(root)
    if kind:
        names = names_of(root) if root else NO_NAMES
        click.echo(write_schema(kind, names).encode(), nl=False)  # UTF-8, whatever the terminal's
        return DONE
    if root is None:
        raise click.UsageError(f"name a kind of file ({', '.join(KINDS)}), or a story: retell --story DIR schema")
    refuse_zip(root)
    click.echo(f"{len(renew_schemas(root))} schemas written into {root}", err=True)
    return DONE


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    metavar="FILE.zip",
    type=click.Path(path_type=Path),
    help="The file to write; by default one in the current folder, named after the story's folder.",
)
@FORCE
@click.pass_obj
def pack(root: Path | None, folder: Path, output: Path | None, force: bool) -> int:
    """Pack a story into one zip, which others can read as it is.

    It holds the scenes, the cards and the texts in documents/, never your copies of the sources. A story with errors
    is not packed.

    \b
    Example:
      retell pack lesson
      retell --story lesson.zip read
    """
    from retell.authoring import bundle
    from retell.checks import check
    from retell.files.atomic import write_file
    from retell.story.library import load

    one_story(root, folder)
    errors = [problem for problem in check(load(folder)) if problem.level == "error"]
    if errors:
        report.show(errors, Console(stderr=True))
        raise RetellError(f"{folder} is not packed: {report.summary(errors)}")
    target = output or Path(f"{folder.resolve().name.removesuffix('.zip')}.zip")
    data = bundle.pack(folder)
    write_file(target, data, force=force, story=folder)
    click.echo(f"{target} written: {len(data):,} bytes", err=True)
    return DONE
