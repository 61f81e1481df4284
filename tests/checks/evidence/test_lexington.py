"""Statements about four documents of 1775: true ones give no alarm, and most single faults in them are named.

lexington/ has paragraphs of the documents, statements (`document paragraph | text`), all true and in words of our own,
and faults (`what a statement says | what it says instead`). The documents are in the public domain.
"""

from __future__ import annotations

from pathlib import Path

from retell.problems import Problem
from tests.support.small import Small, Told, problems, told_of, voice, write

HERE = Path(__file__).with_name("lexington")
DOCUMENTS = {
    path.stem: path.read_text("utf-8").strip().split("\n\n")
    for path in sorted(HERE.glob("*.txt"))
    if path.stem not in ("statements", "faults")
}
STATEMENTS = [line.split(" | ") for line in (HERE / "statements.txt").read_text("utf-8").splitlines()]
FAULTS = [line.split(" | ") for line in (HERE / "faults.txt").read_text("utf-8").splitlines()]
VOICES = {
    "barker": voice("John Barker", "Barker"),
    "berniere": voice("Henry de Berniere", "de Berniere"),
    "parker": voice("John Parker", "Parker", side="massachusetts"),
    "robbins": voice("John Robbins", "Robbins", side="massachusetts"),
    "pitcairn": voice("John Pitcairn", "Pitcairn", "Major Pitcairn", side="army"),
    "smith": voice("Francis Smith", "Smith", side="army"),
    "percy": voice("Lord Percy", "Percy", side="army"),
}
PLACES = {
    name.lower(): {"name": name, "what": "a town", "position": [42.4, -71.2]}
    for name in ("Lexington", "Concord", "Boston", "Menotomy", "Charlestown")
}
ALARMS = 2
"""So many true statements may be warned of, and none called wrong."""
NAMED = 40


def cited(where: str) -> str:
    key, number = where.split()
    return f"@{key}, para. {number}"


def of_each(folder: Path, told: list[Told]) -> list[list[Problem]]:
    places = write(
        folder, Small(DOCUMENTS, VOICES, PLACES, issued="1775-05-30", authors={"barker": ("John", "Barker")}), told
    )
    return told_of(problems(folder), places)


def test_true_statements_give_no_alarm(tmp_path: Path) -> None:
    assert len(STATEMENTS) >= 60
    found = of_each(tmp_path, [Told(text.rstrip("."), cited(where)) for where, text in STATEMENTS])
    alarms = [(text, each[0]) for (_, text), each in zip(STATEMENTS, found, strict=True) if each]
    for text, problem in alarms:
        print(problem.level, problem.rule, text, problem.message)  # noqa: T201 - shown with -rP
    assert len(alarms) <= ALARMS
    assert not [each for each in alarms if each[1].level == "error"]


def test_most_single_faults_are_named(tmp_path: Path) -> None:
    told = []
    for old, new in FAULTS:
        (there,) = ((where, text) for where, text in STATEMENTS if old in text)
        told.append(Told(there[1].replace(old, new).rstrip("."), cited(there[0])))
    missed = [fault for fault, each in zip(FAULTS, of_each(tmp_path, told), strict=True) if not each]
    for fault in missed:
        print("missed:", " -> ".join(fault))  # noqa: T201 - shown with -rP
    assert len(FAULTS) - len(missed) >= NAMED
