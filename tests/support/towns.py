"""A richer small story than tests/mini, as data: five articles, disputes with two to five positions, frames, notes."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

from retell.story.library import Library, load

Files = dict[str, Any]

SECRETS = (
    "SECRET-ANSWER",
    "SECRET-STANCE",
    "SECRET-SILENCE",
    "SECRET-CAUTION",
    "SECRET-AIM",
    "SECRET-SENSITIVITY",
    "SECRET-THOUGHT",
    "SECRET-CORRECTION",
)
VOICES = ("ann-hill", "ben-dale", "cy-moor", "di-lake", "ed-wood")
FINGERPRINTS = ["aaaaaaaaaaaa"] * 9


def _source(code: str, **known: object) -> dict[str, object]:
    return {
        "type": "article-newspaper",
        "code": code,
        "genre": "news report",
        "summary": f"What {code} is about.",
        "stance": "SECRET-STANCE",
        "leaves-out": "SECRET-SILENCE",
        "cautions": ["SECRET-CAUTION one: the paper speaks in its own voice of a fall.", "SECRET-CAUTION two"],
        "paragraphs": FINGERPRINTS,
        **known,
    }


def _dispute(positions: int, **more: object) -> dict[str, object]:
    said = [{"voice": voice, "says": f"It was {voice[0]} [@north, para. 1; @south, paras. 2-3]."} for voice in VOICES]
    return {"question": f"Who of the {positions}?", "positions": said[:positions], **more}


STORY: Files = {
    "story/story": {
        "title": "The Two Towns",
        "subtitle": "A story of a bridge",
        "question": "Who broke the bridge?",
        "about": "Five invented articles on an invented bridge.",
        "edition": "2026-11-22",
        "phases": [
            {"id": "opening", "title": "Opening", "frame": True},
            {"id": "flood", "title": "The flood", "span": "2001-05/2001-06"},
            {"id": "close", "title": "Close", "frame": True},
        ],
        "scenes": ["start", "alone", "many", "end"],
    },
    "story/class": {
        "aims": ["tell SECRET-AIM"],
        "sensitivity": ["SECRET-SENSITIVITY: somebody may have known the bridge."],
        "misconceptions": [
            {"think": "SECRET-THOUGHT one", "says": "SECRET-CORRECTION [@north, para. 1].", "scene": "alone"},
            {"think": "SECRET-THOUGHT two", "says": "SECRET-CORRECTION [@south, para. 1]."},
        ],
        "task": "Write a page on the bridge.",
        "starters": ["The bridge fell because …", "Nobody knows …"],
        "unknown": [
            {"what": "Who was on it [@north, para. 1].", "scene": "alone"},
            {"what": "What it cost [@south, para. 2].", "scene": "many", "short": True},
        ],
    },
    "story/01-start": {
        "title": "Start",
        "phase": "opening",
        "gist": "A bridge fell [@north, para. 1].",
        "beats": [
            {
                "say": 'Hill called it "a bad day" [@north, paras. 1-2, 4], left *at once* [@south, para. 3; @west], '
                "and wrote *nothing*.[@east, para. 1]",
                "note": 'The article says "Sunday".',
            },
            {"aside": "Two towns, one river."},
        ],
        "questions": [
            {"ask": "Who spoke?", "skill": "sourcing", "answer": "SECRET-ANSWER [@north, para. 1]."},
            {"ask": 'Whose word is "bad"?', "skill": "close-reading", "answer": "SECRET-ANSWER [@north, para. 1]."},
        ],
    },
    "story/02-alone": {
        "title": "Alone",
        "phase": "flood",
        "when": "2001-05-03",
        "where": "aberford",
        "gist": "It rained [@north, para. 2].",
        "beats": [
            {
                "quote": "it was the rain",
                "lead": "Hill said",
                "by": "ann-hill",
                "cite": "@north, para. 2",
                "note": "It is a translation.",
            },
        ],
        "questions": [{"ask": "What else?", "skill": "context", "answer": "SECRET-ANSWER [@north, para. 1]."}],
    },
    "story/03-many": {
        "title": "Many",
        "phase": "flood",
        "when": "2001-06",
        "gist": "All spoke [@south, para. 2], and nobody agreed [@coast, paras. 1, 3].",
        "beats": [*({"accounts": f"of-{n}"} for n in (2, 3, 4, 5)), {"figure": "timeline"}, {"pause": 1}],
        "questions": [{"ask": "Which?", "skill": "sourcing", "answer": "SECRET-ANSWER [@north, para. 1]."}],
    },
    "story/04-end": {
        "title": "End",
        "phase": "close",
        "gist": "It is over [@east, para. 1; @coast, para. 2].",
        "beats": [{"say": "It is over, and the bridge is gone [@east, para. 1; @coast, para. 2]."}],
        "questions": [{"ask": "Is it over?", "skill": "close-reading", "answer": "SECRET-ANSWER [@north, para. 1]."}],
    },
    "cards/sources/north": _source(
        "A",
        title='Bridge "Falls"',
        issued="2001-05-04",
        author=[{"literal": "Nan North"}, {"literal": "Otto Oak"}],
        URL="https://example.org/2001/05/04/a-bridge-has-fallen-into-the-river-between-the-two-old-towns-a80910",
        volume="20",
        issue="11",
        **{"container-title": "The Northern Star", "worked-out": ["The date is in the address.", "Sunday is 3 May."]},
    ),
    "cards/sources/south": _source("B", title="A Fall", issued="2001-05", **{"container-title": "The South"}),
    "cards/sources/west": _source("C", issued="2001", **{"container-title": "West Wind", "worked-out": ["The year."]}),
    "cards/sources/east": _source("D", title="No Bridge", **{"container-title": "East End", "genre": "interview"}),
    "cards/sources/coast": _source("E"),
    "cards/voices/north": {"name": "The Northern Star", "role": "a newspaper", "side": "press"},
    "cards/places/aberford": {
        "name": "Aberford/Aberfurt",
        "what": "a town",
        "names": {"az": "Əberford", "hy": "Աբերֆորդ"},
        "position": [1, 2],
    },
    "cards/terms/bridge": {"term": "bridge", "meaning": "a way over water [@north, para. 1]"},
    "cards/terms/unsaid": {"term": "aqueduct", "meaning": "a way for water"},
    "cards/disputes/of-2": _dispute(2),
    "cards/disputes/of-3": _dispute(3, notice="Mark the verbs."),
    "cards/disputes/of-4": _dispute(4, silent="The river."),
    "cards/disputes/of-5": _dispute(5, notice="Mark the names.", silent="The mayor’s wife."),
    **{
        f"cards/voices/{voice}": {
            "name": voice.title().replace("-", " "),
            "role": "a mayor's friend",
            "side": "other",
            "aliases": [voice.split("-")[1].title()],
        }
        for voice in VOICES
    },
}


def story_files() -> Files:
    """A copy of the story's files, to be changed."""
    return copy.deepcopy(STORY)


def load_files(folder: Path, files: Files) -> Library:
    """Write the files and read them as a story."""
    for name, data in files.items():
        path = folder / f"{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return load(folder)
