from __future__ import annotations

import pytest

from retell.files.yamlfile import YamlFile
from retell.problems import RetellError
from retell.story import volume
from retell.story.volume import Files


def test_marks_are_counted_in_the_files_that_were_read_before_there_could_be_too_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(volume, "MOST_MARKED", 100)
    files = Files("a story")
    for number in range(4):
        files.add(YamlFile(f"{number}.yaml", "@" * 25))
    with pytest.raises(RetellError, match="a story has more than 100 citations"):
        files.add(YamlFile("5.yaml", "@"))
