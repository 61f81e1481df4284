"""Define the options that have a type of their own or belong to more than one command."""

from __future__ import annotations

import os
from pathlib import Path

import click

from retell.terminal.show.pace import AT_ONCE, FASTEST, SLOWEST

PACE_VARIABLE = "RETELL_PACE"
MOST_DIGITS = 9  # Python refuses to read numbers of thousands


def one_story(*named: Path | None) -> Path | None:
    """Return the story that is named, or None where none is; raises click.UsageError where two different ones are."""
    stories = {_settled(story): story for story in named if story is not None}
    if len(stories) > 1:
        first, second = (click.format_filename(story) for story in list(stories.values())[:2])
        raise click.UsageError(f"two stories are named, {first} and {second}: name one")
    return next(iter(stories.values()), None)


def _settled(story: Path) -> str:
    """Return the path that links lead to; the path as it is where the current folder is gone."""
    try:
        return os.path.realpath(story)
    except OSError:
        return str(story)


def _keep_story(ctx: click.Context, param: click.Parameter, named: tuple[Path, ...]) -> None:
    """Set the story named here, or before the command, as what `click.pass_obj` passes on."""
    ctx.obj = one_story(ctx.obj, *named)


STORY = click.Option(
    ["--story"],
    metavar="DIR|FILE.zip",
    type=click.Path(path_type=Path),
    multiple=True,
    expose_value=False,
    callback=_keep_story,
    help="A folder that holds story/ and cards/, or a zip of one; by default the shipped story.",
)
WIDTH = click.option(
    "--width", type=click.IntRange(24, 400), help="Columns to use; by default as many as the terminal has."
)
FORCE = click.option("--force", is_flag=True, help="Replace the file if it already exists.")
PLAIN = click.option("--plain", is_flag=True, help="In words instead of a drawing, as in a pipe.")


class PaceType(click.ParamType):  # type: ignore[type-arg]  # generic only in click's newest versions
    """Words a minute, from the slowest to the fastest, or `instant` (0)."""

    name = "WPM|instant"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the words a minute, or 0 for instant."""
        text = str(value)
        if text in ("instant", "0"):
            return AT_ONCE
        if not text.isdecimal() or len(text) > MOST_DIGITS or not SLOWEST <= int(text) <= FASTEST:
            self.fail(f"'{text}' is no pace: give {SLOWEST} to {FASTEST} words a minute, or instant", param, ctx)
        return int(text)


def pace_of_environment() -> int | None:
    """Return the pace that RETELL_PACE wishes for, see PaceType; None where it is not set or empty.

    Raises click.UsageError where it is no pace.
    """
    text = os.environ.get(PACE_VARIABLE)
    if not text:
        return None
    try:
        return PaceType().convert(text, None, None)
    except click.BadParameter as error:
        raise click.UsageError(f"{PACE_VARIABLE}: {error.message}") from None
