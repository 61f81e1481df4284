"""Draw the README's pictures into .github/pictures, the same bytes every time: `python -m tests.support.pictures`.

Each picture is what the program shows on a terminal of 100 columns, as SVG by way of rich. They load nothing: no font,
no style from elsewhere.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.theme import Theme

from retell.checks import fit
from retell.script.resolver import write_script
from retell.script.steps import AccountsStep, QuoteStep, SayStep, Step, TimelineStep
from retell.story.library import load, shipped_root
from retell.terminal.layout.lines import BLANK
from retell.terminal.layout.roles import rich_styles
from retell.terminal.printing import show_lines
from retell.terminal.show.composition import compose
from retell.terminal.show.route import named_before
from tests.support.folders import TOP

FOLDER = TOP / ".github" / "pictures"
COLUMNS, ROWS = 100, 40
# rich's own template names a font on the web; this one leaves the choice of a font to whoever shows it
TEMPLATE = """\
<svg role="img" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
font-size: {char_height}px;
line-height: {line_height}px;
font-variant-east-asian: full-width;
}}
.{unique_id}-title {{
font-family: ui-sans-serif, system-ui, sans-serif;
font-size: 18px;
font-weight: bold;
}}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


class Picture(NamedTuple):
    """A picture: the name of its file, the part of the story whose telling it is of, and the places of its steps."""

    name: str
    part: str
    choose: Callable[[Sequence[Step]], Sequence[int]]


def beginning(steps: Sequence[Step]) -> Sequence[int]:
    """Give the headings and the first three beats."""
    beats = [i for i, step in enumerate(steps) if isinstance(step, SayStep | QuoteStep)]
    return range(beats[2] + 1)


def second_accounts(steps: Sequence[Step]) -> Sequence[int]:
    """Give the second accounts."""
    return [i for i, step in enumerate(steps) if isinstance(step, AccountsStep)][1:2]


def timeline(steps: Sequence[Step]) -> Sequence[int]:
    """Give the timeline."""
    return [i for i, step in enumerate(steps) if isinstance(step, TimelineStep)]


PICTURES = (
    Picture("telling", "noon-on-sunday", beginning),
    Picture("accounts", "noon-on-sunday", second_accounts),
    Picture("timeline", "", timeline),
)


def draw_picture(picture: Picture) -> str:
    """Give a picture as SVG."""
    console = Console(
        record=True,
        file=io.StringIO(),
        width=COLUMNS,
        force_terminal=True,
        color_system="truecolor",
        no_color=False,
        legacy_windows=False,
        theme=Theme(rich_styles("dark")),
    )
    steps = write_script(fit(load(shipped_root())), picture.part)
    named = named_before(steps)
    lines = [line for at in picture.choose(steps) for line in compose(steps, at, (COLUMNS, ROWS), named[at])]
    show_lines(console, lines if lines[0] == BLANK else [BLANK, *lines])
    title = " ".join(filter(None, ("retell read", picture.part)))
    return console.export_svg(title=title, code_format=TEMPLATE, unique_id=f"retell-{picture.name}")


def main() -> None:
    """Write all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        (FOLDER / f"{picture.name}.svg").write_text(draw_picture(picture), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
