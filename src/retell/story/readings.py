"""Who has read which statement of a story beside its paragraphs, and what they left open, as frozen types."""

import re
from typing import Annotated

import msgspec

from retell.story.form import Form, holds

SIGNED = re.compile(
    r"(?P<name>[^\s=#:](?:[^=#:]*[^\s=#:])?) = (?P<print>[0-9a-f]{8}\.[0-9a-f]{8}\.[0-9a-f]{8}) (?P<on>\d{4}-\d\d-\d\d)"
)
Signed = Annotated[
    str,
    msgspec.Meta(
        pattern=f"^{SIGNED.pattern.replace('?P<name>', '').replace('?P<print>', '').replace('?P<on>', '')}$",
        max_length=200,
        description="a line that 'retell review' wrote: a statement, its fingerprint and a date",
    ),
]
Print = Annotated[
    str,
    msgspec.Meta(pattern=r"^[0-9a-f]{8}\.[0-9a-f]{8}\.[0-9a-f]{8}$", description="a statement's fingerprint"),
]


class Remark(Form, frozen=True, kw_only=True):
    """What a reader did not find borne out: it stays open until the statement is read again, and found so."""

    of: Annotated[str, holds("the statement, by its name")]
    as_: Annotated[Print, holds("its fingerprint when it was read")] = msgspec.field(name="as")
    why: Annotated[str, holds("what its paragraphs do not bear out")]


class Reader(Form, frozen=True, kw_only=True):
    """The statements that one reader has read beside their paragraphs, and the remarks that are open."""

    by: Annotated[str, holds("who reads")]
    read: Annotated[tuple[Signed, ...], holds("the statements that the paragraphs bear out, one a line")] = ()
    remarks: Annotated[tuple[Remark, ...], holds("what they do not bear out, each with 'of', 'as' and 'why'")] = ()


class Readings(Form, frozen=True, kw_only=True):
    """`story/readings.yaml`, written by `retell review`: who has read which statement, in which form."""

    readers: Annotated[tuple[Reader, ...], holds("one entry a reader, each with 'by', 'read' and 'remarks'")] = ()
