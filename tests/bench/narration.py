"""One narration for several programs: a story of narration alone, and the same words as slides in Markdown."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from retell.checks import fit
from retell.script.resolver import write_script
from retell.script.steps import SayStep, SceneStep
from retell.story.library import load


class Passage(NamedTuple):
    """What a reader sees at one go: the title above it, its words, and the codes of what it rests on."""

    title: str
    text: str
    codes: str


class Narration(NamedTuple):
    """The folder of a story, and what it tells in the order in which it is told."""

    root: Path
    title: str
    passages: Sequence[Passage]

    @property
    def words(self) -> int:
        """Count the words of the passages, without titles and codes."""
        return sum(len(passage.text.split()) for passage in self.passages)


def write_narration(story: Path, target: Path, words: int) -> Narration:
    """Write a story of nothing but another's narration, from its start as often as it takes to tell so many words."""
    (target / "story").mkdir(parents=True)
    shutil.copytree(story / "cards", target / "cards")
    head = _read(story / "story" / "story.yaml")
    scenes = _scenes_of_narration(story)
    wanted = sum(1 for _ in _enough(scenes, words))
    head["scenes"] = [f"scene-{number}" for number in range(1, wanted + 1)]
    (target / "story" / "story.yaml").write_text(_as_yaml(head), "utf-8")
    for name, scene in zip(head["scenes"], _enough(scenes, words), strict=True):
        (target / "story" / f"{name}.yaml").write_text(_as_yaml(scene), "utf-8")
    return Narration(target, str(head["title"]), _passages(target))


def write_slides(narration: Narration, target: Path, header: str) -> Path:
    """Write a narration as Markdown slides, one a passage, after a first one with the title alone."""
    slides = [f"# {narration.title}", *(f"# {title}\n\n{text}\n\n{codes}" for title, text, codes in narration.passages)]
    target.write_text(f"---\n{header}---\n\n" + "\n\n---\n\n".join(slides) + "\n", "utf-8")
    return target


def _scenes_of_narration(story: Path) -> list[dict[str, Any]]:
    files = [_read(path) for path in sorted((story / "story").glob("*.yaml"))]
    scenes = [data for data in files if "beats" in data]
    for scene in scenes:
        scene["beats"] = [{"say": beat["say"]} for beat in scene["beats"] if "say" in beat]
    return [scene for scene in scenes if scene["beats"]]


def _enough(scenes: Sequence[dict[str, Any]], words: int) -> Iterator[dict[str, Any]]:
    """Give scene after scene, the last of them shortened, until they have so many words, those of citations aside."""
    for number in count():
        scene = dict(scenes[number % len(scenes)])
        told = []
        for beat in scene["beats"]:
            if words <= 0:
                break
            told.append(beat)
            words -= sum(map(_is_word, _without_citations(beat["say"]).split()))
        if not told:
            return
        yield {**scene, "beats": told}


def _is_word(text: str) -> bool:
    return any(map(str.isalnum, text))


def _without_citations(text: str) -> str:
    return "".join(part.rpartition("]")[2] for part in f"]{text}".split("["))


def _passages(root: Path) -> list[Passage]:
    title, found = "", []
    for step in write_script(fit(load(root)), ""):
        if isinstance(step, SceneStep):
            title = step.title
        elif isinstance(step, SayStep):
            codes = " · ".join(str(reference) for stretch in step.stretches for reference in stretch.references)
            words = " ".join(stretch.text.strip() for stretch in step.stretches).split()
            found.append(Passage(title, " ".join(words), codes))
    return found


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader))  # dates stay as they are written


def _as_yaml(data: Any) -> str:
    return yaml.safe_dump(data, width=118, allow_unicode=True, sort_keys=False)
