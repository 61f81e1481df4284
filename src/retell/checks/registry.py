"""All rules, in the order in which `retell explain` lists them; each stands in full where it is looked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.checks import balance, claims, dating, positions, readings, references, usage, wording
from retell.checks.evidence import (
    actors,
    copying,
    counted,
    facts,
    frame,
    negation,
    noted_numbers,
    placement,
    polarity,
    quotation,
    retold,
    silences,
    turned,
)
from retell.copies import saved
from retell.files import rules as of_files
from retell.story import rules as of_stories

if TYPE_CHECKING:
    from retell.problems import Rule

RULES: tuple[Rule, ...] = (
    of_files.NOT_YAML,
    of_files.TOO_LARGE,
    of_files.YAML_EXTRA,
    of_files.DUPLICATE_KEY,
    of_files.COMMENT_IN_TEXT,
    of_files.UNPRINTABLE_CHARACTER,
    of_stories.FILE_NAME,
    of_stories.MISSING_FILE,
    of_stories.SHIPPED_DOCUMENT,
    of_stories.NEWER_FORMAT,
    of_stories.UNKNOWN_FIELD,
    of_stories.MISSING_FIELD,
    of_files.WRONG_TYPE,
    references.UNKNOWN_SOURCE,
    references.UNKNOWN_CARD,
    references.UNKNOWN_PHASE,
    references.UNKNOWN_SCENE,
    references.REPEATED_NAME,
    references.PARAGRAPH_OUT_OF_RANGE,
    of_stories.MALFORMED_CITATION,
    of_stories.UNCLOSED_MARK,
    of_stories.CLAIM_WITHOUT_CITATION,
    of_stories.QUOTATION_WITHOUT_SPEAKER,
    claims.QUOTATION_TOO_LONG,
    claims.LINES_JOINED,
    claims.ONE_POSITION,
    balance.ONE_SIDED_DISPUTE,
    balance.MISSPELT_SIDE,
    balance.SAME_SIDE_FIRST,
    dating.DATE_OUT_OF_PLACE,
    dating.WEEKDAY_DIFFERS,
    saved.COPY_MISSING,
    saved.COPY_DIFFERS,
    saved.COPY_UNREAD,
    quotation.QUOTATION_NOT_FOUND,
    facts.NUMBER_NOT_FOUND,
    facts.NUMBER_NOT_READ,
    facts.COUNT_NOT_FOUND,
    facts.NAME_NOT_FOUND,
    facts.SPEAKER_NOT_FOUND,
    negation.NEGATION_DIFFERS,
    polarity.POLARITY,
    turned.TURNED,
    counted.COUNTED_OTHERWISE,
    retold.TOLD_OTHERWISE,
    actors.ACTORS_EXCHANGED,
    placement.MISPLACED,
    noted_numbers.NOT_THERE,
    frame.WHEN_NOT_TOLD,
    frame.WHERE_NOT_NAMED,
    silences.SILENCE_BROKEN,
    copying.COPIED_WORDING,
    *wording.RULES,
    usage.UNLISTED_SCENE,
    usage.UNUSED_SOURCE,
    positions.FAR_AWAY,
    usage.UNUSED_CARD,
    readings.CHANGED_SINCE_READ,
    readings.OPEN_REMARK,
    readings.UNREAD,
)
