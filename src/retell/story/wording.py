"""A story's own words, as a frozen type: those that take a side in it, and those that are plain in it."""

from typing import Annotated

import msgspec

from retell.story.form import Form, holds

MOST_WORDS = 100
"""How many words one of the lists holds at most: each text of the story is looked through for all of them."""
Word = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^\s\d\[\]\\^*'-][^\[\]\\^*]*\*?$",
        max_length=60,
        description="a word or a few, with a '*' only at the end, for any ending",
    ),
]


class Wording(Form, frozen=True, kw_only=True):
    """`story/wording.yaml`: this story's own words, beside the few that take a side anywhere; all may be left out."""

    loaded: Annotated[
        tuple[Word, ...], holds("words that take a side in this story; a '*' at the end stands for any ending")
    ] = ()
    judging: Annotated[
        tuple[Word, ...], holds("verbs that say whether a speaker is to be believed, in each form that is looked for")
    ] = ()
    peoples: Annotated[
        tuple[Word, ...], holds("whole peoples, as in 'the British' or 'Parisians', which are no governments")
    ] = ()
    allowed: Annotated[
        tuple[Word, ...],
        holds("words and phrases that are plain in this story, though they hold a word of a list, as in 'press gang'"),
    ] = ()

    @property
    def lists(self) -> dict[str, tuple[str, ...]]:
        """The words of each list that could be read, by its name."""
        lists = {"loaded": self.loaded, "judging": self.judging, "peoples": self.peoples, "allowed": self.allowed}
        return {name: tuple(filter(None, words)) for name, words in lists.items()}
