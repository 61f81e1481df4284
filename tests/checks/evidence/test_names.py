"""Names are found by their capitals, and known in an article in any of their forms."""

from __future__ import annotations

import pytest

from retell.checks.evidence.names import capitals_of, is_named_by_its_deed, stands_in
from retell.copies.text import words_of

FOUND = [
    ("So Colonel Blunderbuss led them.", ["Colonel Blunderbuss"]),
    ("Blunderbuss led them. Then Percy did.", ["Percy"]),
    ("It fell, said Ann Hill’s brother, in New York.", ["Ann Hill’s", "New York"]),
    ("On Monday the First Minister came to Fifth Avenue in May.", []),
    ("King Louis XIV met the Red Cross.", ["Louis XIV", "Red Cross"]),
    ("I saw him: The road was shut.", []),
    ("It was told of Lord North, and of North Street.", ["Lord North"]),
    ("the UN and the anti-Soviet men", ["UN"]),
]
# A name, a text, and whether it is named there.
KNOWN = [
    ("Blunderbuss", "Colonel Blunderbuss led them", True),
    ("Blunderbuss", "Colonel Percy led them", False),
    ("Ann Hill’s", "Ann Hill left", True),
    ("Yankees", "a Yankee", True),
    ("José Díaz", "Jose Diaz left", True),
    ("France", "the French foreign ministry", True),
    ("United States", "Washington said", True),
    ("UN", "the U.N. Security Council", True),
    ("UN", "the United Nations", True),
    ("Red Cross", "the ICRC said", True),
    ("Red Cross", "the red flag", False),
    ("Colonel Harwood", "the colonel", False),
    ("Norland", "the Norlanders", True),
    ("Kestrel Valley", "a valley", False),
]


@pytest.mark.parametrize(("text", "names"), FOUND)
def test_names_of_a_text(text: str, names: list[str]) -> None:
    assert [name.text for name in capitals_of(text).names] == names
    assert all(text[name.start :].startswith(name.text) for name in capitals_of(text).names)


@pytest.mark.parametrize(("name", "text", "named"), KNOWN)
def test_a_name_stands_in_a_text(name: str, text: str, named: bool) -> None:
    words = words_of(text)
    assert stands_in(name, text, words, f" {' '.join(words)}") is named


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("It fell. Blunderbuss came with a hundred men.", True),
        ("Blunderbuss later wrote to his wife.", True),
        ("Petrol came late. Everybody said so.", False),
        ("Drivers said so. Meanwhile they left, and Blunderbuss came.", False),
        ("Negotiation led nowhere. Blunderbuss, the colonel.", False),
        ("Harlan had ridden ahead of them.", True),
        ("Harlan was there, and Harlan took the road.", True),
        ("Blunderbuss counted them twice.", True),
        ("Bread was dear. Trade had stopped. Soon came the rain.", False),
        ("Most had left. Parliament was dissolved. Weakness was no fault. Freed prisoners came.", False),
        ("Leisure was rare; courage had gone. Farmers took the road.", False),
    ],
)
def test_who_is_told_of_by_a_name_that_begins_a_sentence(text: str, named: bool) -> None:
    assert any(is_named_by_its_deed(name, text) for name in capitals_of(text).openings) is named
