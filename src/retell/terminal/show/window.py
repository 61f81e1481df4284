"""Write styled pieces to a terminal's window, whose size may change; rich's console is too slow to wait for here.

Styles are SGR sequences of ECMA-48, links are OSC 8. The environment is heeded as rich does it: NO_COLOR, TERM, COLUMNS
and LINES.
"""

from __future__ import annotations

import os
from contextlib import suppress
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from retell.terminal.layout.roles import NO_THEME, ROLES, sgr, theme_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from retell.terminal.layout.lines import Line, Piece

SIZE = (80, 24)  # of a window that nobody knows the size of
GNU_SCREEN = "GNU screen"
WITHOUT_STYLES = frozenset({"dumb", "unknown"})


class Window:
    """A stream to a terminal, with its size in columns and rows."""

    def __init__(
        self,
        stream: TextIO,
        *,
        size: tuple[int, int] | None = None,
        styled: bool = True,
        italic: bool = True,
        theme: str = NO_THEME,
    ) -> None:
        """Take the stream, a size if it is fixed, whether text may have styles, italics too, and a theme.

        No theme: it is not known yet.
        """
        self.stream = stream
        self.fixed = size
        self.themeless = styled and not theme
        self._styled_at_all, self._italic = styled, italic
        self.wear(theme)

    def wear(self, theme: str) -> None:
        """Take the colours of a theme from now on."""
        self._sgr = {role: sgr(role, theme, italic=self._italic) if self._styled_at_all else "" for role in ROLES}

    @property
    def size(self) -> tuple[int, int]:
        """The columns and rows now."""
        return self.fixed or _size_of(self.stream, os.environ)

    def write(self, text: str) -> None:
        """Write text and control sequences, at once."""
        self.stream.write(text)
        self.stream.flush()

    def show(self, lines: Iterable[Line], *, links: bool = False) -> None:
        """Write lines, each with its end."""
        self.write("".join(f"{self.dress(line.pieces, links=links)}\n" for line in lines))

    def dress(self, pieces: Iterable[Piece], *, links: bool = False) -> str:
        """Return the text of pieces in their styles; neighbours in one style are set as one."""
        joined = groupby(pieces, key=lambda piece: (piece.style, piece.link if links else ""))
        return "".join(self.style("".join(piece.text for piece in group), *kind) for kind, group in joined)

    def style(self, text: str, style: str, link: str = "") -> str:
        """Return a text in one style."""
        sgr = self._sgr[style]
        shown = f"\x1b[{sgr}m{text}\x1b[0m" if sgr else text
        return f"\x1b]8;;{link}\x1b\\{shown}\x1b]8;;\x1b\\" if link else shown


def reader_window(stream: TextIO, environment: Mapping[str, str]) -> Window:
    """Return the window of the terminal that a reader sits at, styled as the environment wishes."""
    if os.name == "nt":
        os.system("")
    styled = environment.get("TERM", "").lower() not in WITHOUT_STYLES
    italic = kind_of(environment) != GNU_SCREEN  # which shows it as reversed
    return Window(stream, styled=styled, italic=italic, theme=theme_of(environment))


def kind_of(environment: Mapping[str, str]) -> str:
    """Return the terminal's kind, as TERM names it, or GNU screen, which by default has no alternate screen."""
    kind = environment.get("TERM", "")
    inside = "STY" in environment or (kind.startswith("screen") and "TMUX" not in environment)
    return GNU_SCREEN if inside else kind


def has_alternate_screen(environment: Mapping[str, str]) -> bool:
    """Ask tmux whether it has an alternate screen, which can be turned off there; other terminals have one.

    https://man.openbsd.org/tmux#alternate-screen
    """
    if "TMUX" not in environment:
        return True
    import subprocess  # noqa: PLC0415 - when the first panel is opened

    asked = ["tmux", "show-options", "-Awv", "-t", environment.get("TMUX_PANE", ""), "alternate-screen"]
    with suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(asked, stdin=subprocess.DEVNULL, capture_output=True, timeout=1, check=False)
        return told.stdout.strip() != b"off"
    return True


def _size_of(stream: TextIO, environment: Mapping[str, str]) -> tuple[int, int]:
    try:
        columns, rows = os.get_terminal_size(stream.fileno())
    except (OSError, ValueError, AttributeError):
        columns, rows = 0, 0
    wanted = (environment.get("COLUMNS", ""), environment.get("LINES", ""))
    columns, rows = (int(text) if text.isdecimal() else now for text, now in zip(wanted, (columns, rows), strict=True))
    return columns or SIZE[0], rows or SIZE[1]
