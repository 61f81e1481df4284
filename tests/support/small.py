"""A small story written for a test: articles of some paragraphs, cards, and one scene that tells what is wanted."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from retell.checks.evidence.examination import check_with_copies
from retell.copies.fingerprints import fingerprint
from retell.problems import Problem
from retell.story.library import load

SCENE = "story/01-start.yaml"
STORY = """\
title: The Old Mill
subtitle: A made-up story
question: What happened at the mill?
about: A made-up story of a mill.
format: 1
edition: 2026-01-01
revisions: [{date: 2026-01-01, what: First.}]
phases: [{id: the-mill, title: The mill}]
scenes: [start]
"""
HEAD = """\
title: Start
phase: the-mill
%sgist: It began [@%s, para. 1].
questions: [{ask: What?, skill: sourcing, answer: "It began [@%s, para. 1]."}]
beats:
"""


class Told(NamedTuple):
    """Something told in a beat: the text, what it cites, and whether it is the fragment of a quotation."""

    text: str
    cite: str
    quoted: bool = False
    note: str = ""


class Small(NamedTuple):
    """What a small story is made of; voices and places are cards by their id, `head` more fields of the scene."""

    articles: Mapping[str, Sequence[str]]
    voices: Mapping[str, Mapping[str, object]] = {}
    places: Mapping[str, Mapping[str, object]] = {}
    head: str = ""
    issued: str = "2020-05-01"
    authors: Mapping[str, tuple[str, str]] = {}
    cards: Mapping[str, str] = {}


def written(value: object) -> str:
    """JSON, which is YAML."""
    return json.dumps(value, ensure_ascii=False)


def voice(name: str, *aliases: str, side: str = "other") -> Mapping[str, object]:
    return {"name": name, "role": "somebody", "side": side, "aliases": aliases}


def write(folder: Path, small: Small, told: Iterable[Told]) -> list[range]:
    """Write the story and its copies; give the lines of each beat in the scene."""
    first = next(iter(small.articles))
    scene, places = HEAD % (small.head, first, first), []
    for each in told:
        start = scene.count("\n") + 1
        if each.quoted:
            scene += f"  - quote: {written(each.text)}\n    lead: Ann Hill told the council.\n    by: ann-hill\n"
            scene += f"    cite: {written(each.cite)}\n"
        else:
            scene += f"  - say: {written(f'{each.text} [{each.cite}].')}\n"
        if each.note:
            scene += f"    note: {written(each.note)}\n"
        places.append(range(start, scene.count("\n") + 1))
    files = {"story/story.yaml": STORY, SCENE: scene, **small.cards}
    for code, (key, paragraphs) in zip("ABCDEFGH", small.articles.items(), strict=False):
        card: dict[str, object] = {
            "type": "article-newspaper",
            "title": "The mill",
            "container-title": "The Post",
            "issued": small.issued,
            "code": code,
            "genre": "news report",
            "summary": "It is about the mill.",
            "stance": "It stands where it stands.",
            "leaves-out": "Everybody else.",
            "paragraphs": list(map(fingerprint, paragraphs)),
        }
        if key in small.authors:
            card["author"] = [dict(zip(("given", "family"), small.authors[key], strict=True))]
        files[f"cards/sources/{key}.yaml"] = written(card)
        files[f"copies/{key}.txt"] = "\n\n".join(paragraphs) + "\n"
    for kind, cards in (("voices", small.voices), ("places", small.places)):
        files |= {f"cards/{kind}/{card}.yaml": written(fields) for card, fields in cards.items()}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return places


def problems(folder: Path) -> list[Problem]:
    """Give all problems that the check finds with the copies."""
    return check_with_copies(load(folder), folder / "copies")[0]


def told_of(found: Iterable[Problem], places: Sequence[range]) -> list[list[Problem]]:
    """Give the problems of each beat."""
    here = [problem for problem in found if problem.location.file.endswith(SCENE)]
    return [[problem for problem in here if problem.location.line in place] for place in places]


def rules_told(
    folder: Path, rows: Sequence[tuple[str, str, bool]], rule: str, small: Small | None = None
) -> list[bool]:
    """Give for each row, a paragraph and a claim that cites it, whether a rule has something to say of it."""
    made = (small or Small({}))._replace(articles={"post": [paragraph for paragraph, *_ in rows]})
    told = [Told(claim, f"@post, para. {number}") for number, (_, claim, _) in enumerate(rows, 1)]
    places = write(folder, made, told)
    return [any(each.rule == rule for each in found) for found in told_of(problems(folder), places)]
