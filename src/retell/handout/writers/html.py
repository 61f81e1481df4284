"""Stage 10: a handout in Markdown in, one web page out, that loads nothing: its style and its figures stand inside it.

The page is for a screen, for a screen reader and for a printer: https://www.w3.org/TR/WCAG22/
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markupsafe import Markup

from retell.handout.templating import TEMPLATES, our_templates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token
    from markdown_it.utils import EnvType, OptionsDict

ANCHOR = re.compile(r"\[\*\*(\w+)\*\*\]\{#([\w-]+)\}")
SECTION = "h2"  # h1 is the title


def write_page(markdown: str, languages: Mapping[str, str], figures: Mapping[str, str]) -> str:
    """Set a handout as a page of HTML.

    `languages` gives names of places in the languages of their people, with the codes of BCP 47; a cell of a table that
    holds one is marked with it. `figures` gives the SVG of each picture, by its address in the Markdown.
    """
    parser = _parser()
    tokens = parser.parse(markdown)
    _mark_headings(tokens)
    _mark_tables(tokens, languages)
    _put_figures(tokens, figures)
    first = next((i for i, token in enumerate(tokens) if token.tag == SECTION), len(tokens))
    last = _last_paragraph(tokens)
    return (
        our_templates(autoescape=True)
        .get_template("page.html.j2")
        .render(
            title=_title(tokens),
            style=Markup((TEMPLATES / "page.css").read_text("utf-8")),
            contents=_contents(tokens),
            header=_html(parser, tokens[:first]),
            main=_html(parser, tokens[first:last]),
            footer=_html(parser, tokens[last:]),
        )
    )


def _parser() -> MarkdownIt:
    """Give a parser of CommonMark with GFM's tables that takes no HTML from the text."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.inline.ruler.before("link", "anchor", _anchor)
    parser.add_render_rule("figure", _figure)
    return parser


def _html(parser: MarkdownIt, tokens: Sequence[Token]) -> Markup:
    return Markup(parser.renderer.render(tokens, parser.options, {}))


def _anchor(state: StateInline, silent: bool) -> bool:
    """Read `[**C**]{#source-c}`: a place that links lead to."""
    match = ANCHOR.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("strong_open", "strong", 1).attrSet("id", match[2])
        state.push("text", "", 0).content = match[1]
        state.push("strong_close", "strong", -1)
    state.pos = match.end()
    return True


def _figure(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: EnvType) -> str:
    del renderer, options, env
    return f"<figure>{tokens[index].content}</figure>\n"


def _mark_headings(tokens: Sequence[Token]) -> None:
    """Give each heading of a section a name to lead to."""
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.tag == SECTION:
            token.attrSet("id", re.sub(r"\W+", "-", _text(inline).lower()).strip("-"))


def _mark_tables(tokens: Sequence[Token], languages: Mapping[str, str]) -> None:
    """Say of which column a header is the header, which row titles a group, and in which language a name is."""
    for token, inline in pairwise(tokens):
        if token.type == "th_open":
            token.attrSet("scope", "col")
        elif token.type == "td_open" and _text(inline) in languages:
            token.attrSet("lang", languages[_text(inline)])
    for row, _, inline in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if row.type == "tr_open" and _is_strong(inline):
            row.attrSet("class", "title")


def _is_strong(inline: Token) -> bool:
    """Say whether a text is strong from its first word to its last."""
    pieces = [piece.type for piece in inline.children or () if piece.type != "text" or piece.content]
    return pieces[:1] == ["strong_open"] and pieces.index("strong_close") == len(pieces) - 1


def _put_figures(tokens: Sequence[Token], figures: Mapping[str, str]) -> None:
    """Put each figure where its picture stands, in place of the paragraph that holds it."""
    for i, token in enumerate(tokens):
        children = token.children or []
        if token.type == "inline" and len(children) == 1 and children[0].type == "image":
            token.type, token.content = "figure", figures[str(children[0].attrGet("src"))]
            tokens[i - 1].hidden = tokens[i + 1].hidden = True


def _last_paragraph(tokens: Sequence[Token]) -> int:
    """Give where the last paragraph begins, which says what this is an edition of."""
    opened = (i for i in range(len(tokens) - 1, -1, -1) if tokens[i].type == "paragraph_open" and not tokens[i].level)
    return next(opened, len(tokens))


def _title(tokens: Sequence[Token]) -> str:
    return next((_text(inline) for token, inline in pairwise(tokens) if token.tag == "h1"), "")


def _contents(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    return [
        (str(token.attrGet("id")), _text(inline))
        for token, inline in pairwise(tokens)
        if token.type == "heading_open" and token.tag == SECTION
    ]


def _text(inline: Token) -> str:
    return "".join(child.content for child in inline.children or ())
