"""Stage 8: what a claim rests on in, its citation in Markdown out, in one of the styles that a handout can have.

A style also gives what must stand before the handout and after it for its citations to be understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from retell.handout.writers.bibliography import as_markdown, dump_yaml, references
from retell.handout.writers.escaping import escape, escape_set
from retell.script.resolver import articles
from retell.script.steps import ranges

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.script.steps import Reference
    from retell.story.told import Told

StyleName: TypeAlias = Literal["codes", "links", "footnotes", "pandoc"]

# keys that Pandoc reads without braces: https://pandoc.org/MANUAL.html#citation-syntax
PLAIN_KEY = re.compile(r"\w+(?:[.-]\w+)*")


class CitingStyle(Protocol):
    """How citations are set. It is made anew for each handout, for it may keep account of what was cited."""

    after_stop: bool
    """Whether a citation stands behind the punctuation that ends its claim."""
    titled: bool
    """Whether the handout's title stands in what comes before it."""

    def explain(self, code: str) -> str:
        """Say in a sentence of Markdown how to read a citation, by the example of an article's code."""

    def cite(self, references: Iterable[Reference]) -> str:
        """Set what a text rests on."""

    def label(self, code: str) -> str:
        """Set an article's code where the sources are listed."""

    def before(self, title: str) -> str:
        """Give what stands before the handout."""

    def after(self) -> str:
        """Give what stands after it, once all of it is set."""


def citing_style(name: StyleName, told: Told) -> CitingStyle:
    """Make a style.

    `codes` are plain text, safe in any paste; `links` are codes that lead to the list of sources; `footnotes` are
    those of GFM; `pandoc` are citations that `pandoc --citeproc` sets in any style.
    """
    if name == "footnotes":
        return Footnotes(told)
    if name == "pandoc":
        return PandocCitations(told)
    return Links() if name == "links" else CODES


class Codes:
    """`[C ¶6; E ¶2–3]`."""

    after_stop = False
    titled = False

    def explain(self, code: str) -> str:
        """Say what stands for what."""
        return f"A code such as [{code} ¶2] means paragraph 2 of the article with that letter."

    def cite(self, references: Iterable[Reference]) -> str:
        """Set the codes."""
        return f"[{'; '.join(map(str, references))}]"

    def label(self, code: str) -> str:
        """Set a code in bold."""
        return f"**{code}**"

    def before(self, title: str) -> str:
        """Give nothing."""
        del title
        return ""

    def after(self) -> str:
        """Give nothing."""
        return ""


def source_anchor(code: str) -> str:
    """Give the name of an article's place in the list of sources, as a web page and a Word file have it."""
    return f"source-{code.lower()}"


class Links(Codes):
    """`[[C ¶6](#source-c)]`: codes for a format that has places to lead to."""

    def cite(self, references: Iterable[Reference]) -> str:
        """Set each code as a link to its article under Sources."""
        links = (f"[{reference}](#{source_anchor(reference.code)})" for reference in references)
        return rf"\[{'; '.join(links)}\]"

    def label(self, code: str) -> str:
        """Set a code as the place that the links lead to, as Pandoc writes such a place."""
        return f"[**{code}**]{{#{source_anchor(code)}}}"


CODES = Codes()


class Footnotes(Codes):
    """`[^c6-7]`, and a note for each place, made of its article and paragraphs, so that its name never changes."""

    after_stop = True
    titled = False

    def __init__(self, told: Told) -> None:
        """Take the articles."""
        self._articles = {article.code: article for article in articles(told)}
        self._headlines = {source.code: source.title for source in told.sources.values()}
        self._cited: dict[str, Reference] = {}

    def explain(self, code: str) -> str:
        """Say what the marks lead to."""
        del code
        return "Each small number leads to a note that names an article and its paragraphs."

    def cite(self, references: Iterable[Reference]) -> str:
        """Set a mark for each place, and keep the place for its note."""
        marks = {_note_name(reference): reference for reference in references}
        self._cited.update(marks)
        return "".join(f"[^{name}]" for name in marks)

    def after(self) -> str:
        """Give the notes in the order of their first marks."""
        return "\n".join(f"[^{name}]: {self._note(reference)}" for name, reference in self._cited.items())

    def _note(self, reference: Reference) -> str:
        article = self._articles[reference.code]
        title = escape(article.title)
        headline = f"*{title}*" if self._headlines[reference.code] else title
        paragraphs = f"¶{ranges(reference.paragraphs)}" if reference.paragraphs else ""
        known = (headline, escape(article.outlet), article.date, paragraphs)
        return f"{article.code}: {', '.join(filter(None, known))}."


def _note_name(reference: Reference) -> str:
    """Name a place: `c6`, `c6-7`, `c3_6-7`."""
    return reference.code.lower() + ranges(reference.paragraphs).replace("–", "-").replace(", ", "_")


class PandocCitations:
    """`[@moscow-times, {¶6}]`, and a header with all that Pandoc needs to know of the articles."""

    after_stop = False
    titled = True

    def __init__(self, told: Told) -> None:
        """Take the articles with all that their cards know."""
        self._names = {article.code: _name(article.key) for article in articles(told)}
        self._references = [self._with_title(told, found) for found in as_markdown(references(told, told.sources))]

    def explain(self, code: str) -> str:
        """Say where the articles stand."""
        del code
        return "Each citation names an article and its paragraphs, as listed under References."

    def cite(self, references: Iterable[Reference]) -> str:
        """Set the citations; braces keep Pandoc from guessing where the paragraphs end."""
        return f"[{'; '.join(map(self._item, references))}]"

    def label(self, code: str) -> str:
        """Set a code in bold."""
        return f"**{code}**"

    def before(self, title: str) -> str:
        """Give the header: every text in it is Markdown to Pandoc, and in quotation marks to YAML."""
        header = {
            "title": escape_set(title),
            "lang": "en",
            "link-citations": True,
            "reference-section-title": "References",
            "references": self._references,
        }
        return f"---\n{dump_yaml(header)}---\n"

    def after(self) -> str:
        """Give nothing: Pandoc adds the references."""
        return ""

    def _item(self, reference: Reference) -> str:
        name = self._names[reference.code]
        mark = "¶" * min(2, len(reference.paragraphs))
        return f"{name}, {{{mark}{ranges(reference.paragraphs)}}}" if mark else name

    @staticmethod
    def _with_title(told: Told, reference: dict[str, Any]) -> dict[str, Any]:
        """Describe, in brackets, what has no title: some styles print nothing else of it."""
        described = escape(f"[{told.sources[reference['id']].genre}]")
        return {"id": reference["id"], "type": reference["type"], "title": described, **reference}


def _name(key: str) -> str:
    """Name an article as Pandoc's citations do."""
    return f"@{key}" if PLAIN_KEY.fullmatch(key) else f"@{{{key}}}"
