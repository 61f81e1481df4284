"""Where a stranger's bytes enter: each entry takes any bytes, and raises only where retell is wrong."""

from __future__ import annotations

from collections.abc import Callable

from retell.checks.report import lines_of, to_annotations
from retell.copies.article import article_in
from retell.copies.fingerprints import fingerprint
from retell.copies.matching import Finder
from retell.copies.page import UnreadError
from retell.copies.readers.opening import read_bytes
from retell.files.characters import unseen
from retell.files.decoding import NotTextError, decode
from retell.files.yamlfile import YamlFile
from retell.story.cards import CARDS
from retell.story.citations import Locators
from retell.story.filling import fill
from retell.story.form import Form
from retell.story.model import Scene, Story
from retell.story.prose import Prose
from retell.story.typography import END_OF_ISOLATE, ISOLATE
from tests.fuzz.handout import read_handout

FORMS: tuple[type[Form], ...] = (Story, Scene, *CARDS.values())


def read_yaml(raw: bytes) -> None:
    """Read a file, as a story, a scene and every card; each problem lies in the file and can be shown."""
    text = _text(raw)
    file = YamlFile("f", text)
    for form in FORMS if file.root is not None else ():
        fill(form, file, file.data)
    lines = text.split("\n")
    for problem in file.problems:
        place = problem.location
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1
    assert not unseen().search(to_annotations(file.problems))
    shown = "".join(line.plain for each in file.problems[:1] for line in lines_of(each))
    assert not unseen().search(
        shown.replace(ISOLATE, "").replace(END_OF_ISOLATE, "")
    )  # those that keep a name in its place


def read_prose(raw: bytes) -> None:
    """Read the text of a field; no character of it is lost, and each fault lies in it."""
    text = _text(raw)
    prose = Prose(text)
    assert all(0 <= fault.offset <= len(text) for fault in (*prose.faults, *Locators(text).faults))
    for claim in prose.claims:
        assert all(0 <= citation.offset < len(text) for citation in claim.citations)
        assert all(span.text and 0 <= span.offset < len(text) for span in claim.spans)
    assert prose.words >= 0
    assert "\n" not in prose.plain


def read_copy(raw: bytes) -> None:
    """Find the paragraphs of a saved article by their fingerprints."""
    try:
        page = read_bytes(raw)
    except UnreadError:
        return
    wanted = {fingerprint(paragraph) for paragraph in article_in(page).paragraphs}
    found = Finder(page).find(wanted)
    assert found.keys() <= wanted
    assert bool(found) == any(map(str.strip, found.values()))


ENTRIES: dict[str, Callable[[bytes], None]] = {
    "yaml": read_yaml,
    "prose": read_prose,
    "copies": read_copy,
    "handout": read_handout,
}


def _text(raw: bytes) -> str:
    try:
        return decode(raw)
    except NotTextError as error:
        return error.readable
