"""A word whose contrary alone stands in the paragraph is told, and a word of more or less beside a number."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import Small, problems, rules_told, voice, write

# A paragraph, a claim, and whether it is told.
ROWS = [
    ("The old mayor opened the new bridge to carts.", "The old mayor closed the new bridge to carts", True),
    ("The old mayor opened the new bridge to carts.", "The old mayor let carts use the new bridge", False),
    ("The carts came to the town before the flood.", "The carts came to the town after the flood", True),
    ("The carts came before the flood and after it.", "The carts came to the town after the flood", False),
    ("More than 400 carts went by the old bridge.", "Fewer than 400 carts went by the old bridge", True),
    ("Fewer than 400 carts went by the old bridge.", "More than 400 carts went by the old bridge", True),
    ("At least 400 carts went by the old bridge.", "Over 400 carts went by the old bridge", False),
    ("Some 400 carts went by the old bridge.", "Nearly 400 carts went by the old bridge", False),
    ("Some 400 carts went by the old bridge.", "More than 400 carts went by the old bridge", True),
    ("There could not be less than 400 carts.", "At least 400 carts went by the old bridge", False),
    ("There could not be less than 400 carts.", "At most 400 carts went by the old bridge", True),
    ("Up to 400 carts went by the old bridge.", "At most 400 carts went by the old bridge", False),
    ("The council refused the ferry a licence.", "The council granted the ferry a licence", True),
    ("The council denied the rumour of a toll.", "The council denied the rumour of a toll", False),
    ("The council spoke of the rumour of a toll.", "The council denied the rumour of a toll", True),
    ("The council said that the rumour was false.", "The council denied the rumour of a toll", False),
    ("The ferry of the year sailed on time.", "The first ferry of the year sailed on time", False),
    ("The town thanked the ferryman and his crew.", "The town blamed the ferryman and his crew", True),
    ("It rained. The town bought a ferry.", "The weir was sold to nobody", False),
    # a strong word, and whether the article has one of its direction
    ("The bailiff stood between the two millers of Alder.", "The bailiff brokered peace between the millers", True),
    ("The bailiff mediated between the two millers of Alder.", "The bailiff brokered peace between the millers", False),
    ("The warden spoke of the flood to the smiths.", "The warden warned the smiths of the flood", True),
    ("The warden told the smiths of the danger of a flood.", "The warden warned the smiths of the flood", False),
    ("The vicar let the glaziers pass through his orchard.", "The vicar forbade the glaziers his orchard", True),
    ("The vicar did not let the glaziers through his orchard.", "The vicar forbade the glaziers his orchard", False),
    ("Most of the weavers went home to Elm.", "At most one weaver went home to Elm", False),
    ("Most of the weavers went home to Elm.", "Few of the weavers went home to Elm", True),
    # another thing of a kind
    ("The baker of the mill was hit in the leg.", "The baker of the mill was hit in the arm", True),
    ("The baker of the mill was hit in the leg.", "The baker of the mill was hit in the thigh", False),
    ("The baker was hit in the leg, the miller in the arm.", "The baker was hit in the arm", False),
    ("The old doctor of the town came by horse.", "The old nurse of the town came by horse", True),
    ("The dragoons and infantry came to the mill.", "The grenadiers and infantry came to the mill", True),
    ("A doctor lives there. The miller sells rye.", "The nurse sang in the choir", False),
    ("The old white house stood by the mill.", "Brown bought the old house by the mill", False),
    # a title that the sources do not give
    ("Captain Ash of the mill rode to Harnsea.", "The road to Harnsea was taken by Colonel Ash", True),
    ("Capt. Beck of the mill rode to Harnsea.", "The road to Harnsea was taken by Captain Beck", False),
    ("Lieut. Col. Cole of the mill rode to Harnsea.", "The road to Harnsea was taken by Colonel Cole", False),
    ("Mr. Dunn of the mill rode to Harnsea.", "The road to Harnsea was taken by Captain Dunn", True),
    ("Mr. Eames of the mill rode to Harnsea.", "The road to Harnsea was taken by President Eames", False),
    ("Captain Ann Pole rode. Colonel Reed rode too.", "The road was taken by Colonel Ann Reed", False),
    ("The miller Finch rode to Harnsea.", "The road to Harnsea was taken by Captain Finch", False),
]
LONG = """\
The weather had been bad for all of that week in the hills and in the valley below. At about seven o'clock in the \
evening Captain Reed came back to the ferry with two boats, and the people of the ferry gave him soup and a bed and \
asked after his brother, who was ill at that time and could not travel with anybody, not even in a cart with straw \
and blankets under a roof of cloth, though they had offered to lend him theirs for nothing. They talked of the \
harvest, of the price of rye, of a wedding in the hills and of the old bell that had been sold. At nine o'clock in \
the morning Captain Pole opened the sluices of the mill, let the water into the lower meadow and hung a red flag \
over the gate, so that all the farms down the valley were warned of it and drove their cattle uphill.\
"""
PLACES = [
    (LONG, "Then Captain Pole opened the sluices of the mill", False),
    (LONG, "Then Captain Reed opened the sluices of the mill", True),
    (LONG, "At nine in the morning the sluices of the mill were opened", False),
    (LONG, "At seven the sluices of the mill were opened", True),
    (
        f"Captain Reed told it: {LONG}",
        "Captain Reed said that the sluices of the mill were opened",
        False,
    ),  # by its teller
    (LONG, "At seven somebody came back to the ferry with boats", False),
]


def test_what_is_told(tmp_path: Path) -> None:
    found = rules_told(tmp_path, ROWS, "turned-round")
    assert [(*row[:2], told) for row, told in zip(ROWS, found, strict=True)] == ROWS


def test_a_time_or_name_stands_where_it_is_told_of(tmp_path: Path) -> None:
    found = rules_told(tmp_path, PLACES, "turned-round")
    assert [(*row[:2], told) for row, told in zip(PLACES, found, strict=True)] == PLACES


ROLES = [
    ("Pole", "a captain", False),
    ("Pole", "the colonel of the 52nd", True),
    ("Pole", "captain of the 52nd", False),
    ("Pole", "a general reader", False),
    ("Reed", "a major", False),
]


@pytest.mark.parametrize(("name", "role", "told"), ROLES)
def test_the_title_of_a_role_is_one_that_the_sources_give(tmp_path: Path, name: str, role: str, *, told: bool) -> None:
    small = Small(
        {"north": ["Captain Pole of the Fifty-Second came to the mill."]}, {"he": {**voice(name), "role": role}}
    )
    write(tmp_path, small, [])
    assert any(each.rule == "turned-round" for each in problems(tmp_path)) == told


@pytest.mark.parametrize(("role", "told"), [("miller of the 52nd", False), ("miller of the 25th", True)])
def test_the_number_of_a_role_stands_where_its_voice_is_named(tmp_path: Path, role: str, *, told: bool) -> None:
    small = Small({"north": ["Pole of the Fifty-Second came to the mill."]}, {"he": {**voice("Pole"), "role": role}})
    write(tmp_path, small, [])
    assert any(each.rule == "grounds-not-found" for each in problems(tmp_path)) == told
