"""Write the manual page from the help pages into .github/retell.1: `python -m tests.support.manual`.

click writes each help page into a formatter; this one sets it in roff instead, for `man` and `mandoc`
(https://man7.org/linux/man-pages/man7/man.7.html). The wheel carries it to share/man/man1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from textwrap import wrap

import click

from retell import __version__
from retell.cli import retell
from tests.support.folders import TOP
from tests.support.interface import every_command

FILE = TOP / ".github" / "retell.1"
ESCAPED = {"\\": "\\e", "-": "\\-", "'": "\\(aq", "`": "\\(ga", "^": "\\(ha", "~": "\\(ti"}
EVERYWHERE = ("-h,", "--story")  # options that each command has, told once
WIDE = 1000  # columns in which no short help is cut
LINE = 78  # columns of a line of the file


def escape(text: str) -> str:
    """A text as roff prints it, in lines: nothing in it is a request, nothing but ASCII."""
    letters = (ESCAPED.get(each) or (each if each.isascii() else f"\\[u{ord(each):04X}]") for each in text)
    lines = wrap("".join(letters), LINE, break_long_words=False, break_on_hyphens=False)
    return "\n".join(f"\\&{line}" if line.startswith(".") else line for line in lines)


class Roff(click.HelpFormatter):
    """What a help page writes, as a part of a manual page."""

    def __init__(self, heading: str) -> None:
        """Take the request that begins what the page calls a section."""
        super().__init__(width=WIDE, max_width=WIDE)
        self._heading = heading

    def add(self, *lines: str) -> None:
        self.write("".join(f"{line}\n" for line in lines))

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        usage = f"{escape(prog)} {escape(args)}"
        self.add(*([".SH SYNOPSIS", f".B {usage}"] if self._heading == ".SH" else [f'.SS "{usage}"']))

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        self.add(f".SH {name.upper()}" if self._heading == ".SH" else f".PP\n{escape(name)}:")
        yield

    def write_paragraph(self) -> None:
        """Nothing: each paragraph begins by itself."""

    def write_text(self, text: str) -> None:
        if self._heading == ".SH":
            self.add(".SH DESCRIPTION")
        first, *others = text.split("\n\n")
        self.add(escape(first))
        for paragraph in others:
            head, *lines = paragraph.removeprefix("\b\n").splitlines()
            if paragraph.startswith("\b"):
                self.add(".PP", escape(head), ".PP", ".in +4n", ".EX", *map(escape, lines), ".EE", ".in")
            else:
                self.add(".PP", escape(paragraph))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 0, col_spacing: int = 0) -> None:
        for term, text in rows:
            if self._heading == ".SH" or not term.startswith(EVERYWHERE):
                self.add(".TP", f".B {escape(term)}", escape(text))


def environment() -> str:
    """What the README says of the variables that are heeded."""
    paragraphs = (TOP / "README.md").read_text("utf-8").split("\n\n")
    (found,) = (each for each in paragraphs if each.startswith("`RETELL_PACE"))
    return re.sub("`(.+?)`", r"\1", found)


def write() -> str:
    """The whole manual page."""
    about = retell.get_short_help_str(WIDE).rstrip(".")
    whole = Roff(".SH")
    whole.add(f'.TH RETELL 1 "" "retell {escape(__version__)}" "User Commands"')
    whole.add(".SH NAME", f"retell \\- {about[0].lower()}{about[1:]}")
    context = retell.context_class(retell, info_name="retell", **retell.context_settings)
    retell.format_help(context, whole)
    whole.add(".SH EACH COMMAND")
    parts = []
    for name, command in every_command().items():
        part = Roff(".SS")
        command.format_help(click.Context(command, info_name=name, parent=context), part)
        parts.append(part.getvalue())
    return f"{whole.getvalue()}{''.join(parts)}.SH ENVIRONMENT\n{escape(environment())}\n"


if __name__ == "__main__":
    FILE.write_text(write(), "utf-8")
