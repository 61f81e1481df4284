"""The types and variables of CSL 1.0.2, which Zotero and Pandoc share, by what they hold; and its dates.

From https://github.com/citation-style-language/schema/tree/v1.0.2: schemas/styles/csl-types.rnc and csl-variables.rnc.
"""

from __future__ import annotations

import re
from typing import Literal, get_args

SourceType = Literal[
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
]
TYPES: tuple[str, ...] = get_args(SourceType)
ARTICLES = frozenset({"article", *(name for name in TYPES if name.startswith("article-"))})
PUBLISHED = ARTICLES | {"broadcast", "interview", "post", "post-weblog", "webpage"}
"""What is known by the paper, the site or the station that brought it; any other source by its author and its title."""
NAMES = tuple(
    """
    author chair collection-editor compiler composer container-author contributor curator director editor
    editorial-director editor-translator executive-producer guest host illustrator interviewer narrator organizer
    original-author performer producer recipient reviewed-author script-writer series-creator translator
    """.split()  # noqa: SIM905
)
DATES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
NUMBERS = tuple(
    """
    chapter-number citation-number collection-number edition first-reference-note-number issue locator number
    number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number version
    volume
    """.split()  # noqa: SIM905
)
TEXTS = tuple(
    """
    abstract annote archive archive-place archive_collection archive_location authority call-number citation-key
    citation-label collection-title container-title container-title-short dimensions division DOI event event-place
    event-title genre ISBN ISSN journalAbbreviation jurisdiction keyword language license medium note original-publisher
    original-publisher-place original-title part-title PMCID PMID publisher publisher-place references reviewed-genre
    reviewed-title scale shortTitle source status title title-short URL volume-title year-suffix
    """.split()  # noqa: SIM905
)
READ = frozenset(
    "author container-title genre issue issued original-date title title-short URL volume".split()  # noqa: SIM905
)
"""What retell itself reads of a source card; the others are handed on as they are."""


ROUGH = r"(?i:c\.?|ca\.?|circa|about|around) ?(?P<year>\d{4})"
SEASON = r"(?i:(?P<season>spring|summer|autumn|fall|winter)(?: of)?),? (?P<year>\d{4})"
AMERICAN = r"(?P<month>[A-Za-z]{3,9}) (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})"
YEARS = r"^(\d{4}) ?(?:-|--|–|to) ?(\d{4})$"


def date_of(value: object) -> str:
    """Return a date of CSL's data, `date-parts` or `year`, `month` and `day`, `raw` or `literal`, as EDTF writes it.

    Raises ValueError, with a sentence for the author, where it is none of these.
    """
    if isinstance(value, list) and all(isinstance(each, dict) for each in value):
        return "/".join(map(date_of, value))
    if not isinstance(value, dict):
        raise ValueError("a list is no date: write 2023, 2023-04 or 2023-04-23, and a range with '/'")
    ends = value.get("date-parts")
    if not isinstance(ends, list) and "year" in value:
        ends = [[value[name] for name in ("year", "month", "day") if name in value]]
    if not isinstance(ends, list):
        said = value.get("edtf") or value.get("raw") or value.get("literal")
        if not isinstance(said, str):
            raise ValueError("this date has neither 'date-parts' nor 'raw'")
        return of_words(said)
    mark = "~" if str(value.get("circa", "")).lower() in ("1", "true", "yes") else ""
    season = str(value.get("season", ""))
    return "/".join(_end(end) + _season(season) * (len(end) == 1) + mark for end in ends if isinstance(end, list))


def of_words(text: str) -> str:
    """Return a date as other programs spell it, such as 'c. 1775', 'Spring 1775' or 'April 19, 1775', as EDTF does.

    What is spelt in another way is returned as it is.
    """
    plain = " ".join(text.split())
    if ended := re.fullmatch(ROUGH, plain):
        return f"{ended['year']}~"
    if named := re.fullmatch(SEASON, plain):
        return named["year"] + _season(named["season"].lower().replace("fall", "autumn"))
    if american := re.fullmatch(AMERICAN, plain):
        return f"{american['day']} {american['month'].capitalize()} {american['year']}"
    return re.sub(YEARS, r"\1/\2", plain)


def _end(parts: list[object]) -> str:
    try:
        year, *rest = (int(str(part)) for part in parts if part not in (None, ""))
    except ValueError:
        raise ValueError("'date-parts' are whole numbers: [[1775, 4, 19]]") from None
    return f"{'-' * (year < 0)}{abs(year):04}" + "".join(f"-{part:02}" for part in rest)


def _season(named: str) -> str:
    seasons = ("spring", "summer", "autumn", "winter")
    number = int(named) if named.isdecimal() else seasons.index(named) + 1 if named in seasons else 0
    return f"-{20 + number}" if 1 <= number <= 4 else ""
