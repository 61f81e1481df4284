"""A word that describes, on a source card, has something like it in the article; and a genre what its articles have."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.small import Small, Told, problems, write

ARTICLE = "The miller of Alder has shut the weir, which was made of oak trees for the king, and likes nobody. " * 10
ON_SUNDAY = "It was on Sunday. "
TALK = "Q: Why? A: I told my men that we would mend our weir, I and my sons. "
# What stands on a card, and the word that nothing in the article is like.
ROWS = [
    ("stance", "Tells of a weir that was shut.", ""),
    ("stance", "Tells of a weir that was opened, and thanks the king.", ""),
    ("stance", "It says that the wooden weir was royal property.", ""),
    ("stance", "It says that the naval weir was royal property.", "naval"),
    ("summary", "The friendly miller of Alder and his weir.", "friendly"),
    ("leaves-out", "Nobody friendly is heard, and no harmless word.", ""),
    ("cautions", "Other papers call the miller friendly.", ""),
    ("cautions", 'It calls the weir "friendly", in its own voice.', ""),
    ("cautions", "Most of our copy was lost.", ""),
]


def told(folder: Path, article: str, field: str, text: str) -> list[str]:
    """Give what is told of a field of a card."""
    write(folder, Small({"post": [article]}), [Told("The miller has a weir", "@post, para. 1")])
    card = folder / "cards/sources/post.yaml"
    fields = json.loads(card.read_text("utf-8")) | {field: [text] if field == "cautions" else text}
    card.write_text(json.dumps(fields), "utf-8")
    return [each.message for each in problems(folder) if each.location.file.endswith("post.yaml")]


@pytest.mark.parametrize(("field", "text", "word"), ROWS)
def test_a_word_of_a_card(tmp_path: Path, field: str, text: str, word: str) -> None:
    found = [each for each in told(tmp_path, ARTICLE, field, text) if "is like" in each]
    assert found == ([f"the article has nothing that is like '{word}'"] if word else [])


@pytest.mark.parametrize(
    ("article", "genre", "is_told"),
    [
        (ARTICLE + ON_SUNDAY, "news report", False),
        (ARTICLE, "news report", True),
        (ARTICLE[:100], "news report", False),
        (ARTICLE, "analysis", False),
        (ARTICLE, "interview", True),
        (TALK + ARTICLE, "interview", False),
        (ARTICLE, "letter", True),
        (TALK + ARTICLE, "letter", False),
    ],
)
def test_a_genre(tmp_path: Path, article: str, genre: str, *, is_told: bool) -> None:
    assert any("genre" in each for each in told(tmp_path, article, "genre", genre)) == is_told
