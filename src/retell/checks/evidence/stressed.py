"""Ask about a stressed "does say" that nothing is set against: a 'not' may have been dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retell.checks.evidence.denials import NOT
from retell.checks.evidence.polarity import POLARITY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retell.checks.statements import Statement
    from retell.problems import Problem

STRESSED = POLARITY.saying(
    "'{shown}' stresses what nothing denies: is a 'not' missing?", "put the 'not' back, or say it without '{do}'"
)
_NO_VERB = (
    "not nothing a an the all any some more less much most so this that these those what it its his her their our my "
    "he she they we you who which well better best badly good harm justice business by for in on with without to as at "
    "about away up out from of and or but"
)
STRESS = re.compile(
    r"(?<![\w’'])(?P<do>do|does|did) (?:(?:all|both|also|still|ever|even|indeed) )?"
    rf"(?!(?:{_NO_VERB.replace(' ', '|')})\b)[a-z]{{2,}}\b"
)
# a question, "so did Yerevan", "what they do", "had to do", and whatever is set against something
BEFORE = re.compile(
    r"(?:\b(?:so|nor|neither|not|to|who|whom|what|which|that|how|why|when|where|whether|only|never|can|could|will|would|"
    r"must|should|may|might|let|than|as)(?: [\w’']+){0,3}|^|[.?!:;“\"]) ?$",
    re.IGNORECASE,
)
SET_AGAINST = re.compile(r"\b(?:but|yet|though|although|however|while|nevertheless|still|true|indeed)\b", re.IGNORECASE)


def check(statement: Statement) -> Iterator[Problem]:
    """Yield the first 'does say' of a statement that sets nothing against anything."""
    for found in STRESS.finditer(statement.text):
        before = statement.text[: found.start()]
        if not (BEFORE.search(before) or SET_AGAINST.search(before) or NOT.search(before.rpartition(". ")[2])):
            yield STRESSED.at(statement.place, shown=found[0], do=found["do"])
            return
