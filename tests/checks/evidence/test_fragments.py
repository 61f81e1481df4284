"""A quoted fragment is found word for word, whatever the quoter left out or put in brackets, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retell.checks.evidence import fragments
from retell.checks.evidence.card_names import AllNames
from retell.checks.evidence.fragments import Fault
from retell.checks.evidence.paragraph import Paragraph
from retell.story.library import Library

MILL = "Ann Hill said the miller is not permitted to sell the old mill. She wants no quarrel. The council has agreed."
# An article, a fragment, and what is wrong with it (nothing: it stands there).
ROWS: list[tuple[str, str, Fault | None]] = [
    (MILL, "“the old mill”", None),
    (MILL, "[T]he miller is not permitted", None),
    (MILL, "the mill[er] is not permitted", None),
    (MILL, "to sell[ing] the old mill", None),
    (MILL, "the miller is [by law] not permitted", None),
    (MILL, "[She] wants no quarrel", None),
    (MILL, "the miller [...] to sell", None),
    (MILL, "the miller . . . to sell", None),
    (MILL, "the miller .\u00a0.\u00a0. to sell", None),
    (MILL, "the miller ⋯ to sell", None),
    (MILL, "the miller… to sell", None),
    (MILL, "the old mill. . . . She wants", None),
    (MILL, "the old mill … The council has agreed", None),
    (MILL, "the miller … has agreed", "sentences"),
    (MILL, "has agreed … the miller", "missing"),
    (MILL, "the miller … sell", "single words"),
    (MILL, "She … wants … quarrel", "single words"),
    (MILL, "the miller is [never] permitted", "missing"),
    (MILL, "the new mill", "missing"),
    (MILL, "…", "wordless"),
    (MILL, "[They hate us all]", "wordless"),
    (MILL, "💩", "wordless"),
    (MILL, "!", "wordless"),
    ("He lives in St. Mary's Road … no, he said, he is at No. 5 Mill Lane.", "lives in … he is at", None),
    ("the mill [the old one] is our bread", "the mill [the old one] is our bread", None),
    ("She paid $40 for it.", "paid $40 for it", None),
    ("She paid $40 for it.", "paid €40 for it", "missing"),
    ("She lost 40% of it.", "lost 40 of it", "missing"),
    ("It was -4 degrees.", "was 4 degrees", "missing"),
    ("Did it burn? No.", "did it burn. No", "missing"),
    ("Did it burn? No.", "Did it burn? No", None),
    ("wrote 👍 to them", "wrote 👎 to them", "missing"),
    ("wrote 👍 to them", "wrote 👍 to them", None),
    ("it is “ours” — now", "it is 'ours' - now", None),
    ("Ann Hill 说：我们失去了老磨坊，也失去了面包和水。", "老磨坊", None),
    ("Ann Hill 说：我们失去了老磨坊，也失去了面包和水。", "新磨坊", "missing"),
    ("كَتَبَ الرجل", "كتب الرجل", None),
    ("שָׁלוֹם עולם", "שלום עולם", None),
    ("it isnʼt so, the œuvre", "it isn't so, the oeuvre", None),
    ("Ինչո՞ւ այրվեց", "Ինչու այրվեց", None),
    ("O mill / by the river", "O mill by the river", None),
]


def fault_in(article: str, fragment: str) -> Fault | None:
    read = fragments.read(fragment)
    if read.fault:
        return read.fault
    found = fragments.find(read, *Paragraph("key", 1, article, AllNames(Library(root=None))).signed)  # type: ignore[arg-type]
    return found if isinstance(found, str) else None


@pytest.mark.parametrize(("article", "fragment", "fault"), ROWS)
def test_a_fragment_in_a_paragraph(article: str, fragment: str, fault: Fault | None) -> None:
    assert fault_in(article, fragment) == fault


WORDS = st.lists(st.sampled_from("the old mill is not our bread and water".split()), min_size=2, max_size=12)


@given(WORDS, st.data())
def test_a_run_of_an_articles_words_is_always_found(words: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(words) - 2))
    end = data.draw(st.integers(start + 2, len(words)))
    assert fault_in(" ".join(words), " ".join(words[start:end])) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_text_stops_it(article: str, fragment: str) -> None:
    fault_in(article, fragment)
