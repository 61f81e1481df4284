"""Count what the files of a story hold, and refuse more than can be told in time."""

from __future__ import annotations

from retell.files.yamlfile import MOST_PROBLEMS, YamlFile
from retell.problems import RetellError
from retell.story.prose import QUOTATION_MARKS

MOST_WORDS, MOST_VALUES, MOST_MARKED = 2_000_000, 150_000, 100_000
"""How many words all files may have, names and values, and citations, quotations and emphases together."""
SPACES = " \t\n"
# two marks make a quotation or an emphasis; YAML may write each as an escape
MARKS, ESCAPES = f"*{QUOTATION_MARKS}", ("@", "\\x", "\\u", "\\U")


class Files(list[YamlFile]):
    """The files that were read, and how many problems more are named of those that come: one of each at least.

    What they hold is counted before it is filled in, and refused where it is more than can be told in time.
    """

    room = MOST_PROBLEMS
    _characters = _counted = _words = _values = _marked = 0

    def __init__(self, shown: str) -> None:
        """Take the story's name as shown to the user."""
        super().__init__()
        self._shown = shown

    def add(self, file: YamlFile) -> None:
        """Add a file; raises RetellError when there is too much in all."""
        self.append(file)
        self._values += file.values
        self._characters += len(file.text)
        if self._characters > min(MOST_WORDS, MOST_MARKED):  # fewer make neither so many words nor so many marks
            self._count()
        for has, most, what in (
            (self._words, MOST_WORDS, "words"),
            (self._values, MOST_VALUES, "names and values"),
            (self._marked, MOST_MARKED, "citations, quotations and emphases"),
        ):
            if has > most:
                raise RetellError(f"{self._shown} has more than {most:,} {what}, the most that a story may have")

    def _count(self) -> None:
        """Count the words and the marks of the files that were not counted yet."""
        for file in self[self._counted :]:
            self._words += sum(file.text.count(space) - file.text.count(space * 2) for space in SPACES)
            self._marked += sum(map(file.text.count, ESCAPES)) + sum(map(file.text.count, MARKS)) // 2
        self._counted = len(self)
