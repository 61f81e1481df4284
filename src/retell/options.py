"""Stage 9, beneath the commands: the options that have a type of their own or belong to more than one command."""

from __future__ import annotations

import click

WIDTH = click.option(
    "--width", type=click.IntRange(24, 400), help="How many columns to use; without it, the terminal's."
)
PLAIN = click.option("--plain", is_flag=True, help="In words, without a drawing; so it is in a pipe.")


class PaceType(click.ParamType):  # type: ignore[type-arg]  # generic only in click's newest versions
    """Words a minute, 100 to 600, or `instant` (0)."""

    name = "WPM|instant"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Give the words a minute, or 0 for instant."""
        text = str(value)
        if text in ("instant", "0"):
            return 0
        if not text.isdecimal() or not 100 <= int(text) <= 600:
            self.fail(f"'{text}' is no pace: give 100 to 600 words a minute, or instant", param, ctx)
        return int(text)
