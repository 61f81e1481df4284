"""Stage 9, beneath the commands: the options that have a type of their own or belong to more than one command."""

from __future__ import annotations

import click

from retell.terminal.pace import AT_ONCE, FASTEST, SLOWEST

WIDTH = click.option(
    "--width", type=click.IntRange(24, 400), help="How many columns to use; without it, the terminal's."
)
PLAIN = click.option("--plain", is_flag=True, help="In words, without a drawing; so it is in a pipe.")


class PaceType(click.ParamType):  # type: ignore[type-arg]  # generic only in click's newest versions
    """Words a minute, from the slowest to the fastest, or `instant` (0)."""

    name = "WPM|instant"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Give the words a minute, or 0 for instant."""
        text = str(value)
        if text in ("instant", "0"):
            return AT_ONCE
        if not text.isdecimal() or not SLOWEST <= int(text) <= FASTEST:
            self.fail(f"'{text}' is no pace: give {SLOWEST} to {FASTEST} words a minute, or instant", param, ctx)
        return int(text)
