"""Add a scene to the list in story.yaml, all else in that file as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml import MappingNode, SequenceNode

from retell.files.yamlfile import YamlFile

if TYPE_CHECKING:
    from yaml import Node


def with_scene(text: str, name: str) -> str:
    """Return the text of a story.yaml with a scene at the end of `scenes:`; nothing where that is not clearly done."""
    old = YamlFile("", text)
    scenes = _scenes(old.root)
    if scenes is None or not scenes.value:
        return ""
    last = scenes.value[-1]
    end = last.end_mark.index
    if scenes.flow_style:
        new = f"{text[:end]}, {name}{text[end:]}"
    else:
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        new = f"{text[:line_end]}\n{' ' * scenes.start_mark.column}- {name}{text[line_end:]}"
    data = old.data if isinstance(old.data, dict) else {}
    return new if YamlFile("", new).data == {**data, "scenes": [*data.get("scenes", ()), name]} else ""


def _scenes(root: Node | None) -> SequenceNode | None:
    """Return the list of scenes in the nodes of a file."""
    fields = root.value if isinstance(root, MappingNode) else ()
    return next((value for key, value in fields if key.value == "scenes" and isinstance(value, SequenceNode)), None)
