"""Who is said not to be heard or named is looked for in all articles that are meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import Small, Told, problems, told_of, voice, write

ARTICLES = {
    "north": [
        "The bridge fell, said Norland's mayor, Ann Hill.",
        "A ferryman told the paper of the night. Sudland paid.",
    ],
    "south": ["The bridge fell, and Ben Dale was in Westland.", "The council of Sudland met."],
}
VOICES = {
    "ann-hill": voice("Ann Hill", "Hill", side="norland"),
    "ben-dale": voice("Ben Dale", "Dale", side="sudland"),
    "norland": voice("Norland", side="norland"),
    "sudland": voice("Sudland", side="sudland"),
}


@pytest.mark.parametrize(
    ("claim", "cite", "message"),
    [
        ("The article quotes nobody from Norland", "@north", "¶1 of north quotes Norland"),
        ("The article quotes nobody from Sudland", "@north", ""),
        ("The article quotes nobody from Norland", "@south", ""),
        ("Nobody from Norland is heard", "@north; @south", "¶1 of north quotes Norland"),
        ("Ann Hill is not quoted", "@north", "¶1 of north quotes Ann Hill"),
        ("Ben Dale is not quoted", "@south", ""),
        ("The article does not quote a ferryman", "@north", "¶2 of north quotes a ferryman"),
        ("The article does not quote a miller", "@north", ""),
        ("None of the articles names Ben Dale", "@north; @south", "¶1 of south names Ben Dale"),
        ("The article does not name Ben Dale", "@north", ""),
        ("The article does not quote Ann Hill on the toll", "@north", ""),
        ("No word of Ann Hill is printed", "@north", "¶1 of north quotes Ann Hill"),
        ("No word of Ben Dale is printed", "@south", ""),
        ("In none of the articles is Ann Hill heard", "@north; @south", "¶1 of north quotes Ann Hill"),
        ("In all of the articles Norland is silent", "@north; @south", "¶1 of north quotes Norland"),
        ("In all of the articles Sudland is silent", "@north; @south", ""),
        ("Ben Dale is named in none of them", "@north; @south", "¶1 of south names Ben Dale"),
        ("Of Ben Dale the articles say not one word", "@north; @south", "¶1 of south names Ben Dale"),
    ],
)
def test_a_silence(tmp_path: Path, claim: str, cite: str, message: str) -> None:
    places = write(tmp_path, Small(ARTICLES, VOICES), [Told(claim, cite)])
    ((*found,),) = told_of(problems(tmp_path), places)
    assert [each.message for each in found if each.rule == "silence-broken"] == [message] * bool(message)
