"""What a reader may do at the keys, drawn from the table of key bindings, so that no key can be missing from a walk."""

from __future__ import annotations

import random

from retell.terminal.input.keys import ASK_BY_KEY, BY_POSITION, Ask, ask_for
from retell.terminal.input.sequences import NAMES

UNBOUND = ["x", "z", "\t", "é", "中", "KEY_INSERT", "KEY_DELETE", "KEY_BACKSPACE"]
KEYS = sorted({*ASK_BY_KEY, *BY_POSITION, *map(str.upper, BY_POSITION), *UNBOUND})
WORDS = ["flour", "bridge", "a", "the  ", "[", "\\", "nobody says this", ""]
PASTED = "q quit now\rand q again\n"
NUMBERS = ["1", "2", "14", "99", "007", "5000"]
SENT = {name: [sent.decode() for sent, known in NAMES.items() if known == name] for name in NAMES.values()}


def gesture(chance: random.Random) -> list[str]:
    """Give the names of the keys of what a reader does next: one key, one held down, the wheel, a number, a search."""
    key = chance.choice(KEYS)
    kinds = {
        "a key": [key],
        "a key held down": [key] * chance.randint(2, 30),
        "the wheel": [chance.choice(["KEY_UP", "KEY_DOWN"])] * 3 * chance.randint(1, 5),
        "a number": [*chance.choice(NUMBERS), chance.choice("gG")],
        "a search": ["/", *chance.choice(WORDS), chance.choice(["KEY_ENTER", "KEY_ESCAPE"])],
    }
    (kind,) = chance.choices(list(kinds), weights=[12, 2, 2, 1, 1])
    return kinds[kind]


def stops(keys: list[str]) -> bool:
    """Give whether a key among these may end the program."""
    return any(ask_for(key) is Ask.STOP for key in keys)


def sent_by(keys: list[str], chance: random.Random) -> str:
    """Give what a terminal sends for keys, which has several ways for some of them."""
    return "".join(chance.choice(SENT.get(key, [key])) for key in keys)
