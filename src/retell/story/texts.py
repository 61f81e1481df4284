"""Find what a form is made of: its texts with who speaks and what they rest on, the cards it names, what it cites.

A form is a scene, a beat, a card or any other part of a story; what is inside it is found as well. Which of its fields
are texts, and which name cards, is said in the model.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from retell.story.citations import Citation, Locators
from retell.story.form import Form, Kind, Role, fields, holds_any
from retell.story.prose import Prose, count_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from retell.files.yamlfile import Trail
    from retell.story.form import Field

CITING = (Prose, Locators)
HOLDERS = (Form, Prose, Locators)  # a tuple: Python takes its time to join types anew for each value


class Text(msgspec.Struct, frozen=True):
    """A text: where it stands in its file, what it is, who speaks beside it, what it cites, and the note beside it.

    The speaker is a voice's id, or nothing. What a field of its own cites for a form (`cite` for a quotation) is cited
    by the first text of that form.
    """

    trail: Trail
    role: Role
    value: Prose | str
    speaker: str = ""
    citations: tuple[Citation, ...] = ()
    note: str = ""

    @property
    def plain(self) -> str:
        """What a reader sees of it, without citations."""
        return self.value.plain if isinstance(self.value, Prose) else self.value

    @property
    def words(self) -> int:
        """How many words a reader sees."""
        return self.value.words if isinstance(self.value, Prose) else count_words(self.value)


class Naming(msgspec.Struct, frozen=True):
    """A card that is named: where, its kind, its id (nothing where it was left out), and what is cited beside it."""

    trail: Trail
    kind: Kind
    card: str
    citations: tuple[Citation, ...] = ()


class Contents(msgspec.Struct, frozen=True):
    """What a form is made of: its texts, the cards that it names, and the fields that do nothing but cite."""

    texts: list[Text]
    namings: list[Naming]
    locators: list[tuple[Trail, Locators]]


def contents(form: Form, trail: Trail = ()) -> Contents:
    """Return what a form is made of that stands at a trail of its file; texts are in the order of the model."""
    found = Contents([], [], [])
    _add(form, trail, found)
    return found


def texts(form: Form, trail: Trail = ()) -> list[Text]:
    """Return the texts of a form, see `contents`."""
    return contents(form, trail).texts


def namings(form: Form) -> list[Naming]:
    """Return the cards that a form names."""
    return contents(form).namings


def disputes_in(forms: Iterable[Form]) -> dict[str, None]:
    """Return the ids of the disputes that forms tell, in their order."""
    return dict.fromkeys(naming.card for form in forms for naming in namings(form) if naming.kind == "disputes")


def _add(form: Form, trail: Trail, found: Contents) -> None:
    """Add what a form is made of, and all that the forms in it are."""
    values = _values(form, trail)
    speaker = note = ""
    cited: tuple[Citation, ...] = ()
    located: tuple[Citation, ...] = ()
    for at, field, value in values:
        if isinstance(value, CITING):
            cited += value.citations
            if isinstance(value, Locators):
                located += value.citations
                found.locators.append((at, value))
        elif field.card == "voices":
            speaker = value
        elif field.role == "note":
            note = value
    found.namings.extend([Naming(at, field.card, value, cited) for at, field, value in values if field.card])
    _add_texts(values, found, speaker, located, note)


def _add_texts(
    values: list[tuple[Trail, Field, Any]], found: Contents, speaker: str, located: tuple[Citation, ...], note: str
) -> None:
    for at, field, value in values:
        if isinstance(value, Form):
            _add(value, at, found)
        elif field.role and value:
            here, located = (value.citations, located) if isinstance(value, Prose) else (located, ())
            found.texts.append(Text(at, field.role, value, speaker, here, note))


def _values(form: Form, trail: Trail) -> list[tuple[Trail, Field, Any]]:
    """Return what stands in each field of a form that is of use here, item by item where that is a list."""
    found: list[tuple[Trail, Field, Any]] = []
    for field in _of_use(type(form)):
        value = getattr(form, field.attribute)
        said = field.role or field.card
        if isinstance(value, tuple):
            if value and (said or isinstance(value[0], Form)):
                found += [((*trail, field.name, i), field, item) for i, item in enumerate(value)]
        elif value is not None and (said or isinstance(value, HOLDERS)):
            found.append(((*trail, field.name), field, value))
    return found


@cache
def _of_use(form: type[Form]) -> list[Field]:
    """Return the fields of a type that may hold any of it."""
    return [field for field in fields(form) if field.role or field.card or holds_any(field.type, HOLDERS)]
