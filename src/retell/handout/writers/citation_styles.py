"""The styles in which Markdown can have its citations: codes, footnotes, or what `pandoc --citeproc` sets.

A style also has what must stand before the text and after it for its citations to be understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from retell.handout.tree import Emphasis
from retell.handout.writers.bibliography import as_markdown, dump_yaml, references
from retell.handout.writers.escaping import escape_line, escape_set
from retell.story.references import ranges

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.handout.choices import Cite
    from retell.handout.tree import Runs
    from retell.story.references import Reference
    from retell.story.told import Told

# keys that Pandoc reads without braces: https://pandoc.org/MANUAL.html#citation-syntax
PLAIN_KEY = re.compile(r"\w+(?:[.-]\w+)*")


class CitingStyle:
    """How citations are set: as codes, `[C ¶6; E ¶2–3]`, which are plain text and safe in any paste.

    It is made anew for each handout, for another style may keep account of what was cited.
    """

    after_stop = False
    """Whether a citation stands behind the punctuation that ends its claim."""
    titled = False
    """Whether the handout's title stands in what comes before it."""

    def cite(self, references: Iterable[Reference]) -> str:
        """Return what a text rests on, in Markdown; no line ends between a letter and its paragraphs."""
        return f"[{'; '.join(map(str, references))}]".replace(" ¶", "\u00a0¶")

    def before(self, title: str) -> str:
        """Return what stands before the handout."""
        del title
        return ""

    def after(self) -> str:
        """Return what stands after it, once all of it is set."""
        return ""


CODES = CitingStyle()


def citing_style(cite: Cite, told: Told) -> CitingStyle:
    """Return the style of this name for a story."""
    if cite == "footnotes":
        return Footnotes(Notes(told))
    return PandocCitations(told) if cite == "pandoc" else CODES


class Notes:
    """What a note says of a place: the article's code, what is known of it, and the paragraphs."""

    def __init__(self, told: Told) -> None:
        """Take the articles."""
        self._articles = {article.code: article for article in told.articles}
        self._headlines = {source.code: source.title for source in told.sources.values()}

    def note(self, reference: Reference) -> Runs:
        """Return the note on a place, which begins with its code: `C ¶6: …`."""
        article = self._articles[reference.code]
        code = str(reference).replace(" ¶", "\u00a0¶")
        rest = ", ".join(filter(None, (article.outlet, article.date)))
        if self._headlines[reference.code]:
            return (f"{code}: ", Emphasis(article.title), f", {rest}.")
        return (f"{code}: {article.title}, {rest}.",)


class Footnotes(CitingStyle):
    """`[^c6-7]`, and a note for each place, made of its article and paragraphs, so that its name never changes."""

    after_stop = True

    def __init__(self, notes: Notes) -> None:
        """Take what the notes say."""
        self._notes = notes
        self._cited: dict[str, Reference] = {}

    def cite(self, references: Iterable[Reference]) -> str:
        """Return a mark for each place, and keep the place for its note."""
        marks = {_note_name(reference): reference for reference in references}
        self._cited.update(marks)
        return "".join(f"[^{name}]" for name in marks)

    def after(self) -> str:
        """Return the notes in the order of their first marks."""
        return "\n".join(f"[^{name}]: {self._set(reference)}" for name, reference in self._cited.items())

    def _set(self, reference: Reference) -> str:
        texts = (
            f"*{escape_line(run.text)}*" if isinstance(run, Emphasis) else escape_line(str(run))
            for run in self._notes.note(reference)
        )
        return "".join(texts)


def _note_name(reference: Reference) -> str:
    """Return the name of a place: `c6`, `c6-7`, `c3_6-7`."""
    return reference.code.lower() + ranges(reference.paragraphs).replace("–", "-").replace(", ", "_")


class PandocCitations(CitingStyle):
    """`[@moscow-times, {¶6}]`, and a header with all that Pandoc needs to know of the articles."""

    titled = True

    def __init__(self, told: Told) -> None:
        """Take the articles with all that their cards know."""
        self._names = {article.code: _name(article.key) for article in told.articles}
        self._references = as_markdown(titled_references(told))

    def cite(self, references: Iterable[Reference]) -> str:
        """Return the citations; braces keep Pandoc from guessing where the paragraphs end."""
        return f"[{'; '.join(map(self._item, references))}]"

    def before(self, title: str) -> str:
        """Return the header: every text in it is Markdown to Pandoc, and in quotation marks to YAML."""
        header = {
            "title": escape_set(title),
            "lang": "en",
            "link-citations": True,
            "reference-section-title": REFERENCES,
            "references": self._references,
        }
        return f"---\n{dump_yaml(header)}---\n\n"

    def _item(self, reference: Reference) -> str:
        name = self._names[reference.code]
        place = locator(reference)
        return f"{name}, {{{place}}}" if place else name


REFERENCES = "References"  # the heading under which Pandoc lists them


def locator(reference: Reference) -> str:
    """Return the paragraphs as Pandoc reads them: `¶6`, `¶¶6–7`; nothing for an article as a whole."""
    mark = "¶" * min(2, len(reference.paragraphs))
    return f"{mark}{ranges(reference.paragraphs)}" if mark else ""


def titled_references(told: Told) -> list[dict[str, Any]]:
    """Return the articles as CSL's data, each with its letter as its genre, which the usual styles print.

    One without a title is described in brackets, or some styles print nothing.
    """
    letters = {article.key: f"{article.noun.one} {article.code}" for article in told.articles}
    return [
        {
            "id": found["id"],
            "type": found["type"],
            "title": f"[{told.sources[found['id']].genre}]",
            **found,
            "genre": ", ".join(filter(None, (found.get("genre"), letters[found["id"]]))),
        }
        for found in references(told, told.sources)
    ]


def _name(key: str) -> str:
    """Return the name of an article as Pandoc's citations have it."""
    return f"@{key}" if PLAIN_KEY.fullmatch(key) else f"@{{{key}}}"
