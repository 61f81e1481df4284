"""Who did what to whom is told by the order of the names, and only where an article has it the other way round."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.small import SCENE, Small, Told, problems, rules_told, told_of, voice, write

VOICES = {
    "norland": voice("Norland", "Nor", side="norland"),
    "sudland": voice("Sudland", side="sudland"),
    "ann-hill": voice("Ann Hill", "Hill", side="norland"),
    "ben-dale": voice("Ben Dale", "Dale", side="sudland"),
    "post": voice("The Post", side="press"),
}
ACCUSED = "Norland accused Sudland of firing at the ferry."
KILLED = "Two Norlandian soldiers were killed by Sudland in the night."
ASKED = "The ministry of Norland asked Sudland to open the bridge."
DENIED = "Norland denied it, and the ferry sailed."
OWN = "Sudlandian border guards put a gate on the bridge, between the land of Norland and the town."
BOTH = "Norland accused Sudland of firing, and Sudland accused Norland of firing."
# An article's paragraph, a claim, and the word that is told (nothing: it is borne out).
ROWS = [
    (ACCUSED, "Norland accused Sudland", ""),
    (ACCUSED, "Sudland was accused by Norland", ""),
    (ACCUSED, "Norland blamed Sudland", ""),
    (ACCUSED, "Sudland accused Norland", "accused"),
    (ACCUSED, "Norland was accused by Sudland", "accused"),
    (ACCUSED, "Sudland blamed Norland for the shots", "blamed"),
    (ACCUSED, "Sudland warned Norland", ""),
    (BOTH, "Sudland accused Norland", ""),
    (KILLED, "Sudland killed two of the soldiers", ""),
    (KILLED, "Soldiers were killed by Norland, and Sudland", ""),
    (KILLED, "Norland killed two of the men of Sudland", "killed"),
    (ASKED, "Norland asked Sudland for the bridge", ""),
    (ASKED, "Sudland asked Norland for the bridge", "asked"),
    (ASKED, "Sudland was asked by Norland for the bridge", ""),
    (DENIED, "Norland denied it", ""),
    (f"{DENIED} Sudland was silent.", "Sudland denied it", "denied"),
    (OWN, "Sudland's border guards stood there", ""),
    (OWN, "Norland's border guards stood there", "border"),
    (OWN, "Sudland's soldiers were not far from Norland", ""),
    ("Ann Hill met Ben Dale. Norland and Sudland agreed.", "Ann Hill, Norland's foreign minister, met Ben Dale", ""),
    ("Ann Hill met Ben Dale. Norland and Sudland agreed.", "Ann Hill, Sudland's foreign minister, met him", "Sudland"),
    ("Ann Hill met Ben Dale. Norland and Sudland agreed.", "Norland's president, Ben Dale, met her", "Norland"),
    ("Ann Hill met Ben Dale. Norland and Sudland agreed.", "The president of Norland, Ben Dale, met her", "Norland"),
    ("Ann Hill met Ben Dale. Norland and Sudland agreed.", "Sudland's president, Ben Dale, met Ann Hill", ""),
    (
        "The town wished for good relations with Norland. Sudland paid.",
        "The town had relations with Norland in mind",
        "",
    ),
    (
        "The town wished for good relations with Norland. Sudland paid.",
        "The town had relations with Sudland in mind",
        "relations",
    ),
    ("The town was allied with Norland, and with Sudland.", "It was allied with Norland", ""),
    (f"{DENIED} The Post could not ask.", "The Post said that it could not ask", ""),
]


HOSTED = "Norland announced that it would host no exercise of the alliance that Sudland leads."
SENT = "Hill, according to Norland, was sent to the town by Sudland to spoil the talks."
# An article's paragraph, a claim, and whether two names in it are found to be exchanged.
EXCHANGED = [
    (HOSTED, "Norland hosted no exercise of the alliance which Sudland leads", False),
    (HOSTED, "Sudland hosted no exercise of the alliance which Norland leads", True),
    (HOSTED, "No exercise was hosted by Norland, and the alliance is led by Sudland", False),
    (HOSTED, "Sudland and Norland hosted an exercise of an alliance", False),
    (SENT, "Norland said that Sudland had sent him there to spoil the talks", False),
    ("Ben Dale and Norland met at noon.", "Norland, Ben Dale's president, met him at noon", True),
    ("Ben Dale and Norland met at noon.", "Norland, the president of Ben Dale, met him at noon", True),
    ("Ben Dale and Sudland met at noon.", "Ben Dale, Sudland's president, met them at noon", False),
]


def test_two_names_exchanged(tmp_path: Path) -> None:
    small = Small({}, VOICES)
    found = rules_told(tmp_path, EXCHANGED, "actors-exchanged", small)
    assert [(*row[:2], told) for row, told in zip(EXCHANGED, found, strict=True)] == EXCHANGED


def test_who_did_what_to_whom(tmp_path: Path) -> None:
    told = [Told(claim, f"@post, para. {number}") for number, (_, claim, _) in enumerate(ROWS, 1)]
    places = write(tmp_path, Small({"post": [paragraph for paragraph, _, _ in ROWS]}, VOICES), told)
    found = [[each for each in one if each.rule == "actors-exchanged"] for one in told_of(problems(tmp_path), places)]
    scene = (tmp_path / "story/01-start.yaml").read_text("utf-8").splitlines()
    words = []
    for each in found:
        columns = [scene[problem.location.line - 1][problem.location.column - 1 :] for problem in each]
        words.append(columns[0].split()[0].rstrip(",").removesuffix("'s") if columns else "")
    assert [(*row[:2], word) for row, word in zip(ROWS, words, strict=True)] == ROWS


@pytest.mark.parametrize(
    ("lead", "by", "told"),
    [
        ("Ann Hill told the council.", "ann-hill", False),
        ("Ann Hill told the council.", "ben-dale", True),
        ("Ann Hill asked, and he said", "ben-dale", False),
        ("The answer of the ferryman was", "ben-dale", False),
        ("Of Norland was said", "ben-dale", False),
        ("Ann Hill told the council.", "ben-dael", False),  # there is no such card, and that is told
    ],
)
def test_the_lead_of_a_quotation_names_its_speaker(tmp_path: Path, lead: str, by: str, *, told: bool) -> None:
    text = "Ann Hill and Ben Dale of Norland spoke of a very bad day."
    write(tmp_path, Small({"post": [text]}, VOICES), [Told("a very bad day", "@post, para. 1", quoted=True)])
    scene = tmp_path / SCENE
    written = scene.read_text("utf-8").replace("Ann Hill told the council.", lead).replace("by: ann-hill", f"by: {by}")
    scene.write_text(written, "utf-8")
    assert any(each.rule == "actors-exchanged" for each in problems(tmp_path)) == told
