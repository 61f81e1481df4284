"""Draw the figures of a Word file: as PNG, for not every Word shows SVG."""

from __future__ import annotations

import shutil
import subprocess
from functools import partial
from typing import TYPE_CHECKING

from retell.handout.writers.pandoc import how_to_get_it
from retell.problems import RetellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from retell.handout.tree import Figure

# what a figure is lettered with: the first that is installed, of those that come with the usual systems
FAMILIES = (
    *("Arial", "Helvetica", "DejaVu Sans", "Noto Sans", "Liberation Sans", "Open Sans", "Ubuntu", "Cantarell"),
    *("Adwaita Sans", "Roboto", "Lato", "FreeSans", "Nimbus Sans", "Verdana", "Tahoma"),
)
NO_FONT = "the figures of a Word file need a font, and none is here that is known: install DejaVu Sans"
ZOOM = 3  # for a sharp print
LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="8" font-family="{}">n</text></svg>'


def why_not_drawn() -> str:
    """Return why no figure can be drawn here, with what would bring it, or nothing where one can."""
    try:
        _drawing()
    except RetellError as error:
        return str(error)
    return ""


def draw_pictures(figures: Iterable[Figure], folder: Path) -> None:
    """Write each figure as a PNG of its name; raises RetellError where what draws it, or a font, is not here."""
    figures = list(figures)
    draw = _drawing() if figures else None
    for figure in figures:
        assert draw is not None, "there is a figure"
        (folder / f"{figure.name}.png").write_bytes(draw(figure.svg))


def _drawing() -> Callable[[str], bytes]:
    """Return what makes a PNG of an SVG: resvg, of the extra, or rsvg-convert, which Pandoc itself uses too."""
    try:
        import resvg_py  # noqa: PLC0415 - it comes with the extra, and only figures need it
    except ImportError:
        found = shutil.which("rsvg-convert")
        if found is None:
            raise RetellError(
                f"the figures of a Word file are drawn by resvg or by rsvg-convert, and neither is here: "
                f"{how_to_get_it()} brings the first"
            ) from None
        return partial(_convert, [found, f"--zoom={ZOOM}", "--background-color=white"])
    draw = partial(resvg_py.svg_to_bytes, dpi=96, zoom=ZOOM, background="#ffffff", sans_serif_family=_family())
    return lambda svg: draw(svg_string=svg)


def _convert(command: list[str], svg: str) -> bytes:
    made = subprocess.run(command, input=svg.encode(), capture_output=True, check=False)
    if made.returncode:
        raise RetellError(f"rsvg-convert made no picture: {' '.join(made.stderr.decode(errors='replace').split())}")
    return made.stdout


def _family() -> str:
    """Return a family of fonts that is installed: resvg leaves out all letters of one that is not, and says nothing."""
    import resvg_py  # noqa: PLC0415 - as above

    drawn = {family: resvg_py.svg_to_bytes(svg_string=LETTER.format(family)) for family in ("", *FAMILIES)}
    found = next((family for family in FAMILIES if drawn[family] != drawn[""]), "")
    if not found:
        raise RetellError(NO_FONT)
    return found
