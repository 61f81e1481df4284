"""Draw the figures of a Word file: as PNG, for not every Word shows SVG."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from retell.handout.writers.pandoc import how_to_get_it
from retell.problems import RetellError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from retell.handout.tree import Figure

# what a figure is lettered with: the first that is installed, of those that come with the usual systems
FAMILIES = (
    *("Arial", "Helvetica", "DejaVu Sans", "Noto Sans", "Liberation Sans", "Open Sans", "Ubuntu", "Cantarell"),
    *("Adwaita Sans", "Roboto", "Lato", "FreeSans", "Nimbus Sans", "Verdana", "Tahoma"),
)
NO_FONT = (
    "the figures of a Word file need a font, and none is here that is known: install DejaVu Sans, or add --no-figures"
)
LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="8" font-family="{}">n</text></svg>'


def draw_pictures(figures: Iterable[Figure], folder: Path) -> None:
    """Write each figure as a PNG of its name; raises RetellError where what draws it, or a font, is not here."""
    figures = list(figures)
    if not figures:
        return
    try:
        import resvg_py  # noqa: PLC0415 - it comes with the extra, and only figures need it
    except ImportError:
        raise RetellError(
            f"the figures of a Word file are drawn by resvg, which is not here: {how_to_get_it()} brings it, "
            "or add --no-figures"
        ) from None
    draw = partial(resvg_py.svg_to_bytes, dpi=96, zoom=3, background="#ffffff", sans_serif_family=_family())
    for figure in figures:
        (folder / f"{figure.name}.png").write_bytes(draw(svg_string=figure.svg))


def _family() -> str:
    """Return a family of fonts that is installed: resvg leaves out all letters of one that is not, and says nothing."""
    import resvg_py  # noqa: PLC0415 - as above

    drawn = {family: resvg_py.svg_to_bytes(svg_string=LETTER.format(family)) for family in ("", *FAMILIES)}
    found = next((family for family in FAMILIES if drawn[family] != drawn[""]), "")
    if not found:
        raise RetellError(NO_FONT)
    return found
