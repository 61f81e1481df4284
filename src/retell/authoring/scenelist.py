"""Add a scene to the list in story.yaml, all else in that file as it is."""

from __future__ import annotations

from yaml import MappingNode, Node, SequenceNode

from retell.files.yamlfile import YamlFile


def with_scene(text: str, name: str) -> str:
    """Return the text of a story.yaml with a scene at the end of `scenes:`, or as it is where the scene is there.

    Returns nothing where that is not clearly done.
    """
    old = YamlFile("", text)
    scenes = _scenes(old.root)
    if scenes is None:
        return ""
    if any(each.value == name for each in scenes.value):
        return text
    end = (scenes.value[-1] if scenes.value else scenes).end_mark.index
    if not scenes.value:  # nothing, or [], or only comments behind the colon
        new = f"{text[: scenes.start_mark.index].rstrip(' ')}\n  - {name}{text[end:]}"
    elif isinstance(scenes, SequenceNode) and scenes.flow_style:
        new = f"{text[:end]}, {name}{text[end:]}"
    else:
        line_end = text.find("\n", end)
        line_end = len(text) if line_end < 0 else line_end
        new = f"{text[:line_end]}\n{' ' * scenes.start_mark.column}- {name}{text[line_end:]}"
    data = old.data if isinstance(old.data, dict) else {}
    return new if YamlFile("", new).data == {**data, "scenes": [*(data.get("scenes") or ()), name]} else ""


def _scenes(root: Node | None) -> Node | None:
    """Return the list of scenes in the nodes of a file, or the value without any text that stands in its place."""
    fields = root.value if isinstance(root, MappingNode) else ()
    named = next((value for key, value in fields if key.value == "scenes"), None)
    return named if isinstance(named, SequenceNode) or (named and not named.value) else None
