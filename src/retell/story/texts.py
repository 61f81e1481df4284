"""Find what a form is made of: its texts with who speaks and what they rest on, the cards it names, what it cites.

A form is a scene, a beat, a card or any other part of a story; what is inside it is found as well. Which of its fields
are texts, and which name cards, is said in the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from retell.story.citations import Citation, Locators
from retell.story.form import Form, Kind, Role, fields
from retell.story.prose import Prose, count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.files.yamlfile import Trail
    from retell.story.form import Field


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


def texts(form: Form, trail: Trail = ()) -> Iterator[Text]:
    """Yield the texts of a form that stands at a trail of its file, in the order of the model."""
    values = list(_values(form, trail))
    speaker = next((value for _, field, value in values if field.card == "voices"), "")
    note = next((value for _, field, value in values if field.role == "note"), "")
    cited = tuple(citation for _, _, value in values if isinstance(value, Locators) for citation in value.citations)
    for at, field, value in values:
        if isinstance(value, Form):
            yield from texts(value, at)
        elif field.role and value:
            here, cited = (value.citations, cited) if isinstance(value, Prose) else (cited, ())
            yield Text(at, field.role, value, speaker, here, note)


def namings(form: Form, trail: Trail = ()) -> Iterator[Naming]:
    """Yield the cards that a form names."""
    yield from _own_namings(form, trail)
    for at, _, value in _values(form, trail):
        if isinstance(value, Form):
            yield from namings(value, at)


def disputes_in(forms: Iterable[Form]) -> dict[str, None]:
    """Return the ids of the disputes that forms tell, in their order."""
    return dict.fromkeys(naming.card for form in forms for naming in namings(form) if naming.kind == "disputes")


def locators(form: Form, trail: Trail = ()) -> Iterator[tuple[Trail, Locators]]:
    """Yield the fields of a form that do nothing but cite, and where they stand."""
    yield from _own_locators(form, trail)
    for at, _, value in _values(form, trail):
        if isinstance(value, Form):
            yield from locators(value, at)


def _own_namings(form: Form, trail: Trail) -> Iterator[Naming]:
    cited: list[Citation] = []
    for _, _, value in _values(form, trail):
        if isinstance(value, Prose | Locators):
            cited += value.citations
    for at, field, value in _values(form, trail):
        if field.card:
            yield Naming(at, field.card, value, tuple(cited))


def _own_locators(form: Form, trail: Trail) -> Iterator[tuple[Trail, Locators]]:
    return ((at, value) for at, _, value in _values(form, trail) if isinstance(value, Locators))


def _values(form: Form, trail: Trail) -> Iterator[tuple[Trail, Field, Any]]:
    """Yield what stands in each field of a form that is of use here, item by item where that is a list."""
    for field in fields(type(form)):
        value = getattr(form, field.attribute)
        said = field.role or field.card
        if isinstance(value, tuple):
            if said or isinstance(value[0] if value else None, Form):
                for i, item in enumerate(value):
                    yield (*trail, field.name, i), field, item
        elif value is not None and (said or isinstance(value, Form | Prose | Locators)):
            yield (*trail, field.name), field, value
