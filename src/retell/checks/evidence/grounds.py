"""Find what the note of a beat bears out: what it works out from grounds that it names, and nothing else.

A note that names a paragraph (¶10) or shows a computation (25 + 6) bears the numbers that it has. Any other bears the
article's own date, where it gives that, the day that a weekday names in the week before that date, and the year of the
last such month.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from retell.checks.evidence.quantities import quantities
from retell.copies.text import settle
from retell.story.instants import on_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.checks.evidence.forms import Value
    from retell.checks.evidence.witness import Witness
    from retell.story.citations import Citation
    from retell.story.dates import When

NUMBER = r"(?:\d[\d,.]*\d|\d)"
NAMED = re.compile(
    r"¶\s?\d|\bparas?(?:graphs?)?\.?\s\d"
    rf"|{NUMBER}\s?[+×*/÷=−–-]\s?{NUMBER}\s?(?:[=+]|is|makes?)|{NUMBER}\s(?:plus|minus|times|less|divided\sby|out\sof)\s{NUMBER}"
    rf"|{NUMBER}\sand\s{NUMBER}\s(?:make|are|is|together)"
)
REPORTED = re.compile(
    r"\b(?:wrote|writes|written|reported|reports|reporting|article|articles|published|printed|dated|interview)\b",
    re.IGNORECASE,
)


def borne_out(note: str, citations: Iterable[Citation], witness: Witness) -> set[Value]:
    """Return the values that a note bears out for a claim with these citations."""
    if not note:
        return set()
    values = {value for quantity in quantities(note) for value in quantity.bears}
    if NAMED.search(settle(note)):
        return values
    own = {value for citation in citations for value in witness.published(citation.key)}
    own |= {value for citation in citations for value in before(values, witness.issued(citation.key))}
    return values & own


def before(values: set[Value], issued: When | None) -> Iterator[Value]:
    """Yield the days that the weekdays of a note name in the week before its article, and the year of its month."""
    if issued is None:
        return
    for back in range(7 if issued.is_day else 0):
        day = on_day(issued.first.day_number - back)
        if any(("weekday", Decimal(weekday)) in values for weekday in day.weekdays):
            yield from (value for quantity in quantities(str(day)) for value in quantity.bears)
    for month in range(1, 13):
        if ("month", Decimal(month)) in values:
            yield "month", Decimal(month)
            yield "number", Decimal(issued.first.year - (month > issued.first.month))
