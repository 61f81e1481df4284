"""Check what each text owes its readers: citations, speakers, short quotations, more than one position.

The figure of 15 words is the editor's guide's: a quotation that long needs no permission and replaces no reading of the
article. What is cited from documents in the public domain alone may be quoted at any length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.checks.marks import quotes, split
from retell.files.rules import UNPRINTABLE_CHARACTER
from retell.problems import Rule
from retell.story.cards import PUBLIC_DOMAIN
from retell.story.library import forms
from retell.story.mentions import Names, voice_names
from retell.story.prose import GROUP, Prose, count_words
from retell.story.rules import CITATION_AS_TEXT, CLAIM_WITHOUT_CITATION, MALFORMED_CITATION, QUOTATION_WITHOUT_SPEAKER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from retell.files.yamlfile import Trail, YamlFile
    from retell.problems import Location, Problem
    from retell.story.cards import Dispute
    from retell.story.citations import Citation, Fault
    from retell.story.form import Role
    from retell.story.library import Entry, Library, Passage
    from retell.story.prose import CitedText, Span
    from retell.story.texts import Text

    Quoted = Sequence[tuple[CitedText, list[Span]]]
    """The claims of a passage, each with what it quotes."""

MOST_SHOWN = 60  # characters of a stretch that cites nothing
MOST_WORDS_QUOTED = 15
NARRATION: tuple[Role, ...] = ("gist", "say")
CITED: tuple[Role, ...] = (*NARRATION, "says", "answer")
QUOTATION_TOO_LONG = Rule(
    "quotation-too-long",
    f"A quotation has at most {MOST_WORDS_QUOTED} words.",
    message="this quotation has {words} words; {most} are the most",
    help="quote the words that matter and tell the rest in your own",
)
LINES_JOINED = Rule(
    "lines-joined",
    "No line of verse and no paragraph is lost.",
    level="warning",
    message="this text has lines or paragraphs of its own, and is told in one",
    help="give each paragraph a beat, write ' / ' between lines of verse; if none is meant, begin the text with '>-'",
)
ONE_POSITION = Rule(
    "one-position",
    "A dispute has two positions or more, from different voices.",
    message="a dispute needs two positions or more, from different voices",
    help="add the other side's, or tell it in a scene as one voice's account",
)


def check(library: Library) -> Iterator[Problem]:
    """Yield the problems of this family."""
    voices = voice_names(forms(library.voices))
    free = {source.id for source in library.sources.values() if source.form.rights == PUBLIC_DOMAIN}
    # the name that seems missing may stand in a card that cannot be read
    voices_known = not any(voice.file.problems for voice in library.voices.values())
    for passage in library.passages():
        yield from _faults(passage.file, passage.trail, passage.prose.faults)
        if passage.role in CITED:
            yield from _uncited(passage)
        if any(map(quotes, passage.prose.claims)):
            quoted = [(claim, _quoted(claim, passage)) for claim in passage.prose.claims]
            yield from _quotations(passage, quoted, free)
            yield from _unowned(passage, quoted, voices) if voices_known else ()
    for file, trail, locators in library.locators():
        yield from _faults(file, trail, locators.faults)
    for file, text in library.texts():
        yield from _shown_otherwise(file, text)
        if text.role == "quote" and not _rests_on(free, text.citations):
            yield from _long(text.plain, file, text.trail)
    for dispute in library.disputes.values():
        yield from _positions(dispute)


def _faults(file: YamlFile, trail: Trail, faults: Iterable[Fault]) -> Iterator[Problem]:
    for fault in faults:
        yield fault.at(file.locate(trail, fault.offset))


def _shown_otherwise(file: YamlFile, text: Text) -> Iterator[Problem]:
    """Yield what of a text its readers would not see as its author sees it."""
    typed = text.value.text if isinstance(text.value, Prose) else text.value
    if (broken := typed.rstrip().find("\n")) >= 0:
        yield LINES_JOINED.at(file.locate(text.trail, broken))
    if isinstance(text.value, str) and (cited := GROUP.search(typed)):
        yield CITATION_AS_TEXT.at(file.locate(text.trail, cited.start()))


def _rests_on(free: set[str], citations: Sequence[Citation]) -> bool:
    """Return whether all that is cited may be quoted at any length."""
    return bool(citations) and all(citation.key in free for citation in citations)


def _quotations(passage: Passage, quoted: Quoted, free: set[str]) -> Iterator[Problem]:
    for claim, quotations in quoted:
        for quotation in () if _rests_on(free, claim.citations) else quotations:
            yield from _long(quotation.text, passage.file, passage.trail, quotation.offset)


def _quoted(claim: CitedText, passage: Passage) -> list[Span]:
    """Return the quotations of a claim, whatever marks they stand in."""
    return [span for span in split(claim, passage.prose.text) if span.style == "quotation"]


def _long(quotation: str, file: YamlFile, trail: Trail, offset: int | None = None) -> Iterator[Problem]:
    words = count_words(quotation)
    if words > MOST_WORDS_QUOTED:
        yield QUOTATION_TOO_LONG.at(file.locate(trail, offset), words=words, most=MOST_WORDS_QUOTED)


def uncited_claims(library: Library) -> Iterator[tuple[Location, str]]:
    """Yield every claim that cites nothing and should, with its place."""
    for passage in library.passages():
        if passage.role in CITED:
            yield from _uncited_in(passage)


def _uncited_in(passage: Passage) -> Iterator[tuple[Location, str]]:
    if any(fault.rule.same(MALFORMED_CITATION) for fault in passage.prose.faults):
        return  # the citation that seems missing is the one that cannot be read
    for claim in passage.prose.claims:
        if not claim.citations:
            yield passage.file.locate(passage.trail, claim.offset), claim.text


def _uncited(passage: Passage) -> Iterator[Problem]:
    for place, text in _uncited_in(passage):
        words = text.split()
        start = " ".join(words[:6])
        if len(words) > 6 or len(start) > MOST_SHOWN:
            start = f"{start[:MOST_SHOWN]} …"
        yield CLAIM_WITHOUT_CITATION.at(place, start=start)


def _unowned(passage: Passage, quoted: Quoted, voices: Names) -> Iterator[Problem]:
    owned, unread = False, ""
    for claim, quotations in quoted if passage.role in NARRATION else ():
        unread += " " + " ".join([span.text for span in claim.spans if span.style != "quotation"]) + claim.tail
        for quotation in quotations:
            owned, unread = owned or bool(voices.found_in(unread)), ""
            if not owned:
                place = passage.file.locate(passage.trail, quotation.offset)
                yield QUOTATION_WITHOUT_SPEAKER.at(place, quotation=quotation.text)


def _positions(dispute: Entry[Dispute]) -> Iterator[Problem]:
    voices = [position.voice for position in dispute.form.positions]
    if not all(UNPRINTABLE_CHARACTER.same(problem) for problem in dispute.file.problems):
        return  # a position may be there and unreadable
    if len(set(voices)) < 2:
        yield ONE_POSITION.at(dispute.file.locate(("positions",), key=True))
