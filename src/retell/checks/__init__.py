"""Stage 6: a Library in, its problems out; the registry of all rules, written by hand, with the level of each.

A rule is a line of RULES and a page of `rules.yaml`. Some are noted while the files are read (`yamlfile`, `forms`,
`library`), those of FAMILIES and of `check` look at the library, and those of `evidence` need a reader's copies.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from retell.checks import claims, references, usage
from retell.problems import Level, Problem, StoryUnfitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from retell.story.library import Library


class Rule(NamedTuple):
    """One rule: its name, how much it weighs, and what it asks, in one sentence."""

    name: str
    level: Level
    asks: str


RULES = (
    Rule("not-yaml", "error", "A file is UTF-8 text and YAML."),
    Rule("too-large", "error", "No file, list or text is larger than a story needs."),
    Rule("yaml-extra", "error", "A file has no tags and no aliases: it is plain data."),
    Rule("duplicate-key", "error", "A field stands once."),
    Rule("comment-in-text", "warning", "No word of a text is lost as a comment."),
    Rule("unprintable-character", "error", "Every character can be seen."),
    Rule("file-name", "error", "Files and folders are named so that they are read, and no two name one scene."),
    Rule("missing-file", "error", "story/story.yaml is there, and each folder can be read."),
    Rule("newer-format", "error", "The story is written in a format that this retell reads."),
    Rule("unknown-field", "error", "Every field is one that retell knows."),
    Rule("missing-field", "error", "Every field that is needed is there."),
    Rule("wrong-type", "error", "Every value is of its field's type."),
    Rule("unknown-source", "error", "A citation's key is that of a source card."),
    Rule("unknown-card", "error", "A voice, place or dispute that is named has its card."),
    Rule("unknown-phase", "error", "A scene's phase is one of the story's."),
    Rule("unknown-scene", "error", "A scene that the story lists has its file."),
    Rule(
        "repeated-name", "error", "No two phases, listed scenes or source codes are the same, nor a phase and a scene."
    ),
    Rule("paragraph-out-of-range", "error", "A cited paragraph is one that the article has."),
    Rule("malformed-citation", "error", "A citation can be read."),
    Rule("unclosed-mark", "error", "Each quotation and each emphasis that opens is closed."),
    Rule(
        "claim-without-citation",
        "error",
        "Every stretch of narration, of a position and of an answer is cited.",
    ),
    Rule("quotation-without-speaker", "error", "A quotation in the narration names who speaks."),
    Rule("quotation-too-long", "error", "A quotation has at most 15 words."),
    Rule("one-position", "error", "A dispute has two positions or more, from different voices."),
    Rule("one-sided-dispute", "error", "A dispute hears more than one side, or says who is silent."),
    Rule("misspelt-side", "warning", "No two sides are a single letter apart."),
    Rule("same-side-first", "warning", "No side speaks first in more than two thirds of three or more disputes."),
    Rule("copy-missing", "warning", "The copies have a file for each article."),
    Rule("copy-differs", "warning", "Each paragraph of a copy has the fingerprint that its source card gives."),
    Rule("quotation-not-found", "error", "A quoted fragment stands word for word in a cited paragraph."),
    Rule("number-not-found", "error", "A number or date stands in a cited paragraph, or in a note that explains it."),
    Rule("name-not-found", "error", "A voice or place that a claim names is named in a cited paragraph."),
    Rule("speaker-not-found", "error", "A cited paragraph names the speaker of a quotation or position."),
    Rule(
        "negation-differs",
        "warning",
        "What is quoted, or follows an article for five words, has a 'not' just where the article has one.",
    ),
    Rule("copied-wording", "error", "No eight consecutive words outside quotation marks are an article's."),
    Rule("loaded-word", "error", "The narrator uses no word that takes a side, unless it is named as somebody's."),
    Rule("judging-verb", "error", "The narrator's verbs of speech do not say whether the speaker is to be believed."),
    Rule("one-name-for-two-named-place", "error", "A place with two names has both at its first use in a scene."),
    Rule("people-for-government", "warning", "Governments and offices act, not whole peoples."),
    Rule("contrast-joiner", "warning", "No 'However' or 'But' sets one side's words against the other's."),
    Rule("outside-the-aside", "error", "An aside has no figures, dates, names or quotations."),
    Rule("unlisted-scene", "warning", "Every scene's file is in the story's list."),
    Rule("unused-source", "warning", "Every source is cited."),
    Rule("unused-card", "warning", "Every card is used or named by the story."),
)

Family: TypeAlias = "Callable[[Library], Iterator[Problem]]"
FAMILIES: tuple[Family, ...] = (references.check, claims.check)
"""What a telling rests on: `fit` asks these alone. How fairly a story is worded is for `check`."""
LAST: Family = usage.check
"""Asked only where all others find nothing."""
MOST_PROBLEMS = 10_000
"""So many are looked for in the text of a story; whoever has more mends these first."""


def check(library: Library) -> list[Problem]:
    """Give every problem of a library, those of its files included, sorted by file, line and column."""
    from retell.checks import balance, wording  # noqa: PLC0415 - a telling does not wait for what it does not need

    unfit = [*_unfit(library), *balance.check(library)]
    worded = islice(wording.check(library), MOST_PROBLEMS)
    return in_order([*(unfit or LAST(library)), *worded])


def _unfit(library: Library) -> list[Problem]:
    found = (problem for family in FAMILIES for problem in family(library))
    return [*library.problems, *islice(found, MOST_PROBLEMS)]


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Give problems by file, line and column, each once."""
    return sorted(set(problems), key=lambda problem: (problem.location, problem.rule, problem.message))


def fit(library: Library) -> Library:
    """Give the library back if it can be told; raises StoryUnfitError when an error stands in the way of that."""
    errors = in_order(problem for problem in _unfit(library) if problem.level == "error")
    if errors:
        raise StoryUnfitError(errors)
    return library
