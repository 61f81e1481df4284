"""Tell which key was pressed from the bytes that a terminal sends.

Their form is ECMA-48's. Which key sends which: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html (PC-style and
VT220-style keys), the terminfo entries of rxvt, screen and linux.
"""

from __future__ import annotations

import re

from retell.terminal.input.background import is_answer

LEADS = {2: 0xE0, 3: 0xF0, 4: 0xF5}  # the first byte of UTF-8's longer characters lies below these (RFC 3629)
ESCAPE = b"\x1b"
# after an escape or two (the second is Alt's): a control sequence, one of the Linux console's with two brackets, or one
# after `O`, as in the keypad's application mode, up to but without the byte that ends it
BEGUN = rb"\x1b\x1b?(?:\[|\[\[|\[[0-?]+[ -/]*|O[0-9;]*)?"
ANSWER_BEGUN = rb"\x1b\](?:1|11|11;[a-zA-Z0-9:/]{0,40}\x1b?)?"  # to the question for the background
AFTER_ESCAPE = {
    "KEY_UP": (b"[A", b"OA"),
    "KEY_DOWN": (b"[B", b"OB"),
    "KEY_RIGHT": (b"[C", b"OC"),
    "KEY_LEFT": (b"[D", b"OD"),
    "KEY_HOME": (b"[H", b"OH", b"[1~", b"[7~"),
    "KEY_END": (b"[F", b"OF", b"[4~", b"[8~"),
    "KEY_INSERT": (b"[2~",),
    "KEY_DELETE": (b"[3~",),
    "KEY_PGUP": (b"[5~",),
    "KEY_PGDOWN": (b"[6~",),
    "KEY_ENTER": (b"OM",),
    "KEY_ESCAPE": (
        b"",
        ESCAPE,
        ESCAPE * 2,
    ),  # more than one: the key is held down
}
NAMES = {
    b"\r": "KEY_ENTER",
    b"\n": "KEY_ENTER",
    b"\x7f": "KEY_BACKSPACE",
    b"\x08": "KEY_BACKSPACE",
    **{ESCAPE + rest: name for name, rests in AFTER_ESCAPE.items() for rest in rests},
}


def may_go_on(sent: bytes) -> bool:
    """Return whether what was sent may be the beginning of a key's sequence; if no more follows soon, it is all."""
    return bool(re.fullmatch(BEGUN, sent) or re.fullmatch(ANSWER_BEGUN, sent)) or _is_cut_short(sent)


def name_key(sent: bytes) -> str:
    """Return the name of the key that sends these bytes, or the bytes as text where it has none.

    A terminal's answer that comes too late is nothing that was typed, and has an empty name.
    """
    if is_answer(sent):
        return ""
    return NAMES.get(sent) or sent.decode("utf-8", "replace")


def _is_cut_short(sent: bytes) -> bool:
    """Return whether a character of several bytes is not yet whole."""
    wanted = next((size for size, first in ((2, 0xC2), (3, 0xE0), (4, 0xF0)) if first <= sent[0] < LEADS[size]), 1)
    return len(sent) < wanted and all(0x80 <= byte < 0xC0 for byte in sent[1:])
