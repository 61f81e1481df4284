"""Every command of the program by its name, for what is held against help pages and the README."""

from __future__ import annotations

import click

from retell.cli import retell


def every_command() -> dict[str, click.Command]:
    context = click.Context(retell)
    found = {name: retell.get_command(context, name) for name in retell.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}
