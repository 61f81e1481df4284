"""Print what `retell voices` shows of who speaks: bars, a table and shared phrases, or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from rich.cells import cell_len, set_cell_size
from rich.text import Text

from retell.figures.voices import balance
from retell.figures.words import side_words
from retell.story.columns import plural, several, wrap
from retell.story.references import ranges
from retell.story.typography import capitalise
from retell.terminal.layout.voices import draw_voices

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from rich.console import Console

    from retell.figures.voices import Balance, Echo, Share
    from retell.figures.words import SideWords
    from retell.story.kinds import Noun
    from retell.story.told import Told

VERSION = 1
NEVER = "-"
INDENT = "  "
WHAT_WORDS_COUNT = (
    "In narration + in positions. A statement of narration counts for the side of the first voice that it names, a "
    "quotation and a position for the side of their voice. Who is meant without a name, who is named second, and "
    "whether a side is told of or told against, a count cannot see."
)
FEWEST_NAME_COLUMNS = 20  # where names have less, a table gives way to a list


class Manner(NamedTuple):
    """How it is shown: in words, without columns that have to be seen; with ASCII alone; the sources' noun."""

    plain: bool
    ascii: bool
    noun: Noun


def show(told: Told, console: Console, *, plain: bool = False, ascii: bool = False) -> None:
    """Print who speaks in the story, as wide as the console."""
    for line in _page(balance(told), side_words(told), console, Manner(plain, ascii, told.noun)):
        line.rstrip()
        console.print(line, soft_wrap=True, highlight=False)


def to_json(told: Told) -> str:
    """Write the balance as JSON, its keys always all there; a later version only adds keys.

    - `version`: 1. It grows when a key changes its meaning or goes.
    - `times`: how often anybody speaks: a quote beat, a position of a dispute or a quotation in narration.
    - `phases`: those that are told, in order: `id`, `title`, `times`.
    - `sides` and `voices`, the most heard first: `id`, `name`, `side`, `times`, `phases` (id: times) and `articles`
      (code: times), both without zeros. `unheard`: the names of the voices that have a card and never speak.
    - `opens`: how many disputes each side opens (side: disputes).
    - `echoes`: phrases quoted from voices of different sides: `phrase`, and `sayings` with `voice`, `name`, `side`,
      `scenes` (numbers from 1) and `cited` (`code`, `paragraphs`, `outlet`).
    - `words` for each side, the most first, those of the narrator alone last with an empty `id`: `id`, `name`,
      `narration` and `positions` (phase: words), both without zeros.
    """
    return (
        msgspec.json.format(
            msgspec.json.encode(
                {"version": VERSION, **msgspec.structs.asdict(balance(told)), "words": side_words(told)}
            ),
            indent=2,
        ).decode()
        + "\n"
    )


def _page(found: Balance, words: Iterable[SideWords], console: Console, manner: Manner) -> Iterator[Text]:
    yield from _wrap(
        f"Who speaks: {plural(found.times, 'time')}, {plural(len(found.voices), 'voice')}", console, "bold"
    )
    yield from _wrap("A time is a quotation, or a position in a dispute.", console)
    if not found.times:
        return
    yield from _heading("By side", console)
    yield from _bars(found, console, manner)
    yield from _heading("By voice", console)
    yield from _table(found, console, manner)
    yield from _heading("Words for each side", console)
    yield from _words(found, words, console)
    if found.unheard:
        yield from _heading("Named, and never speaking", console)
        yield from _wrap(", ".join(found.unheard), console, indent=INDENT)
    if found.opens:
        yield from _heading("First to speak in a dispute", console)
        first = sorted(found.opens.items(), key=lambda side: (-side[1], side[0]))
        names = _side_names(found)
        yield from _wrap(", ".join(f"{names[side]} {n}" for side, n in first), console, indent=INDENT)
    if found.echoes:
        yield from _heading("The same words from different sides", console)
        for echo in found.echoes:
            yield from _echo(echo, _side_names(found), console)


def _bars(found: Balance, console: Console, manner: Manner) -> Iterator[Text]:
    width = console.width - len(INDENT)
    for line in draw_voices(found, width, plain=manner.plain, ascii=manner.ascii):
        yield Text(INDENT + line.text)


def _table(found: Balance, console: Console, manner: Manner) -> Iterator[Text]:
    column = len(str(max(len(found.phases), found.voices[0].times))) + 2
    articles = max(len(manner.noun.many), *(len(" ".join(share.articles)) for share in found.voices))
    names = console.width - len(INDENT) * 3 - column * len(found.phases) - 4 - articles
    names = min(names, max(cell_len(share.name) for share in found.voices))
    narrow = manner.plain or names < min(FEWEST_NAME_COLUMNS, max(cell_len(share.name) for share in found.voices))
    phases = (f"{number} {phase.title}" for number, phase in enumerate(found.phases, 1))
    if not narrow:
        yield from _wrap(f"Phases: {', '.join(phases)}", console, indent=INDENT)
        numbers = "".join(f"{number:>{column}}" for number in range(1, len(found.phases) + 1))
        yield Text(f"{INDENT * 2}{' ' * names}{numbers} all  {manner.noun.many}", "bold")
    for side in found.sides:
        yield Text(INDENT + capitalise(side.name), "bold")
        for share in (share for share in found.voices if share.side == side.id):
            yield from _items(share, found, console, manner) if narrow else _row(share, found, names, column)


def _row(share: Share, found: Balance, names: int, column: int) -> Iterator[Text]:
    first, *others = wrap(share.name, names)
    numbers = "".join(f"{share.phases.get(phase.id, NEVER):>{column}}" for phase in found.phases)
    name = set_cell_size(first, names)
    yield Text(f"{INDENT * 2}{name}{numbers}{share.times:>4}  {' '.join(share.articles)}")
    yield from (Text(INDENT * 2 + line) for line in others)


def _items(share: Share, found: Balance, console: Console, manner: Manner) -> Iterator[Text]:
    """Yield a row of the table in words, where there is no room for its columns."""
    phases = ", ".join(f"{phase.title} {share.phases[phase.id]}" for phase in found.phases if phase.id in share.phases)
    yield from _wrap(f"{share.name}: {plural(share.times, 'time')}", console, indent=INDENT * 2)
    yield from _wrap(f"{phases}; by {', '.join(share.articles) or f'no {manner.noun.one}'}", console, indent=INDENT * 3)


def _words(found: Balance, words: Iterable[SideWords], console: Console) -> Iterator[Text]:
    """Yield lines on how many words each side has: in all, and by phase those of narration and those of positions."""
    yield from _wrap(WHAT_WORDS_COUNT, console, indent=INDENT)
    for side in words:
        name = capitalise(side.name) or "The narrator alone"
        yield from _wrap(f"{name}: {plural(side.total, 'word')}", console, indent=INDENT)
        phases = (
            f"{phase.title} {side.narration.get(phase.id, 0)} + {side.positions.get(phase.id, 0)}"
            for phase in found.phases
            if side.of(phase.id)
        )
        yield from _wrap(", ".join(phases), console, indent=INDENT * 2)


def _side_names(found: Balance) -> dict[str, str]:
    """Return what readers call each side that speaks."""
    return {side.id: side.name for side in found.sides}


def _echo(echo: Echo, names: Mapping[str, str], console: Console) -> Iterator[Text]:
    yield from _wrap(f"“{echo.phrase}”", console, indent=INDENT)
    for saying in echo.sayings:
        scenes = f"{several(len(saying.scenes), 'scene')} {ranges(saying.scenes)}"
        text = f"{saying.name} ({names[saying.side]}), {scenes}: {'; '.join(map(str, saying.cited))}"
        yield from _wrap(text, console, indent=INDENT * 2)


def _heading(text: str, console: Console) -> Iterator[Text]:
    yield Text()
    yield from _wrap(text, console, "bold")


def _wrap(text: str, console: Console, style: str = "", indent: str = "") -> Iterable[Text]:
    return (Text.assemble(indent, (line, style)) for line in wrap(text, console.width - len(indent)))
