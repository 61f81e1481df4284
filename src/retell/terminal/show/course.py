"""Find where a telling goes next, as the reader wishes: on, back, to a scene by its number, to a place they chose."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.terminal.input.keys import Ask
from retell.terminal.show.reveal import BACKWARD

if TYPE_CHECKING:
    from retell.terminal.show.route import Route

THE_BEGINNING, THE_END = "this is the beginning", "this is the last scene"
MOST_DIGITS = 3


class Course:
    """Where the telling goes: `chosen` is the place to which it leaves as soon as what is being told allows."""

    def __init__(self, route: Route) -> None:
        """Take the ways that there are."""
        self._route = route
        self._number = ""
        self.chosen: int | None = None

    def type_digit(self, digit: str) -> str:
        """Take a digit of a scene's number; return what to say of it."""
        self._number = (self._number + digit)[-MOST_DIGITS:]
        return f"g: go to scene {self._number}"

    def forget_number(self) -> None:
        """Forget the digits that were typed: another key came after them."""
        self._number = ""

    def choose_number(self) -> str | None:
        """Choose the scene whose number was typed; return what to say of it, None where none was typed."""
        if not self._number:
            return None
        number, self._number = int(self._number), ""
        self.chosen = self._route.scene(number)
        return f"there is no scene {number} here" if self.chosen is None else ""

    def take_chosen(self) -> int | None:
        """Take the place that was chosen, if one was."""
        chosen, self.chosen = self.chosen, None
        return chosen

    def follow(self, at: int, asked: Ask) -> tuple[int, str]:
        """Return the step that comes after another on a wish, the same one where there is none, and what to say."""
        if self.chosen is not None:
            return self.take_chosen() or 0, ""
        if asked in BACKWARD:
            place, edge = self._route.beat_before(at), THE_BEGINNING
        elif asked is Ask.SCENE_BACK:
            place, edge = self._route.scene_back(at), THE_BEGINNING
        elif asked is Ask.SCENE_ON:
            place, edge = self._route.scene_on(at), THE_END
        else:
            place, edge = at + 1, ""
        return (at, edge) if place is None else (place, "")
