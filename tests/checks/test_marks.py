"""What is quoted in other marks is a quotation too, and an apostrophe is none."""

from __future__ import annotations

import pytest

from retell.checks.marks import other_quotations
from retell.story.typography import set_quotes

QUOTED = [
    "She said 'I hate it' and left",
    "She said ‘I hate it, don’t you?’ and left",
    "She said »I hate it« and left",
    "She said «I hate it» and left",
    "She said „I hate it“ and left",
    "She said 「我恨」 and left",
    "She said ``I hate it'' and left",
    "She said ＂I hate it＂ and left",
    "She called it a 'blockade', and left",
]
NOT_QUOTED = [
    "the '90s were over and the mills' end",
    "'Tis the mill's end, the boys' own",
    "the town's and the mills' end",
    "rock 'n' roll in '94, the miners' year",
    "5 < 6 and 7 > 4",
]


@pytest.mark.parametrize("text", QUOTED)
def test_a_quotation(text: str) -> None:
    shown = set_quotes(text)
    (found,) = other_quotations(shown)
    assert shown[: found[0]].strip() in ("She said", "She called it a")
    assert shown[found[1] :] in (" and left", ", and left")


@pytest.mark.parametrize("text", NOT_QUOTED)
def test_no_quotation(text: str) -> None:
    assert list(other_quotations(set_quotes(text))) == []
