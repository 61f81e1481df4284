"""Complete names in a shell: scenes, phases, disputes, sources, cards and rules, and what each of them is.

click writes the scripts for bash, zsh and fish (https://click.palletsprojects.com/en/stable/shell-completion/); they
ask here. Whatever goes wrong, a faulty story included, nothing is offered and nothing said: the reader is in the middle
of a line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from retell.problems import RetellError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import click
    from click.shell_completion import CompletionItem

    from retell.story.library import Library

    Completer = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]

FILE, FOLDER = "file", "dir"  # what shells complete by themselves, as click calls it
HARMLESS = r"\w[\w.-]*"  # a stranger's story must put nothing into a line that a shell would run


def complete(*kinds: str, also: str = "") -> Completer:
    """Return what completes the names of these kinds, see NAMES, and the files or folders `also`."""

    def items(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        offered = [
            CompletionItem(name, help=what)
            for name, what in _names(cast("Path | None", ctx.obj), kinds)
            if name.lower().startswith(incomplete.lower())
        ]
        return offered or ([CompletionItem(incomplete, type=also)] if also else [])

    return items


def _names(root: Path | None, kinds: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the names of some kinds, each once, and what each of them is, in a line."""
    from retell.files.characters import visible
    from retell.story.library import BESIDE, load, shipped_root
    from retell.story.typography import set_line

    library = None
    seen = set()
    for kind in kinds:
        try:
            if kind in OF_PROGRAM:
                found = OF_PROGRAM[kind]()
            else:
                library = library or load(root or shipped_root(), leave_out=BESIDE)
                found = NAMES[kind](library)
            for name, what in found:
                if name not in seen and re.fullmatch(HARMLESS, name):
                    seen.add(name)
                    yield name, visible(set_line(what))
        except (RetellError, OSError):
            return


def _phases(library: Library) -> Iterator[tuple[str, str]]:
    for phase in library.story.form.phases if library.story else ():
        yield phase.id, phase.title


def _articles(library: Library) -> Iterator[tuple[str, str]]:
    for key, title in _keys(library):
        yield library.sources[key].form.code, title
        yield key, title


def _keys(library: Library) -> Iterator[tuple[str, str]]:
    return ((key, entry.form.title or "") for key, entry in library.sources.items())


def _rules() -> Iterator[tuple[str, str]]:
    from retell.checks.explain import pages

    return ((name, page.checks) for name, page in pages().items())


def _parts_of_a_story() -> Iterator[tuple[str, str]]:
    from retell.authoring.stubs import STUBS

    return ((kind, f"begins a {kind}") for kind in STUBS)


NAMES: dict[str, Callable[[Library], Iterator[tuple[str, str]]]] = {
    "scene": lambda library: ((entry.id, entry.form.title) for entry in library.told()),
    "phase": _phases,
    "article": _articles,
    "key": _keys,
    "dispute": lambda library: ((key, entry.form.question) for key, entry in library.disputes.items()),
    "voice": lambda library: ((key, entry.form.name) for key, entry in library.voices.items()),
    "place": lambda library: ((key, entry.form.name) for key, entry in library.places.items()),
    "term": lambda library: ((key, entry.form.term) for key, entry in library.terms.items()),
}
OF_PROGRAM: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {"rule": _rules, "begun": _parts_of_a_story}
