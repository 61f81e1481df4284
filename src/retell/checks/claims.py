"""Stage 6: what each text owes its readers: citations, speakers, short quotations, more than one position.

Rules: malformed-citation, unclosed-mark, claim-without-citation, quotation-without-speaker, quotation-too-long,
one-position. The figure of 15 words is the editor's guide's: a quotation that long needs no permission and replaces no
reading of the article.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from retell.problems import Problem
from retell.story.mentions import Names, voice_names
from retell.story.model import Quote
from retell.story.prose import count_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from retell.files.yamlfile import Trail, YamlFile
    from retell.story.citations import Fault
    from retell.story.library import Entry, Library, Passage
    from retell.story.model import Dispute, Scene

MOST_SHOWN = 60  # characters of a stretch that cites nothing
MOST_WORDS_QUOTED = 15
CITED = ("narration", "position", "answer")
HELP_LONG = "quote the words that matter and tell the rest in your own"
HELP_CITE = "end it with a citation such as [@key, para. 6]"
HELP_SPEAKER = "name the speaker, by a name or alias of a voice card, in the same text, before the quotation's citation"


def check(library: Library) -> Iterator[Problem]:
    """Give the problems of this family."""
    voices = voice_names(library)
    # the name that seems missing may stand in a card that cannot be read
    voices_known = not any(voice.file.problems for voice in library.voices.values())
    for passage in library.passages():
        yield from _faults(passage.file, passage.trail, passage.prose.faults)
        yield from _quotations(passage)
        if passage.kind in CITED:
            yield from _uncited(passage)
        if passage.kind == "narration" and voices_known:
            yield from _unowned(passage, voices)
    for file, trail, locators in library.locators():
        yield from _faults(file, trail, locators.faults)
    for scene in library.scenes.values():
        yield from _quote_beats(scene)
    for dispute in library.disputes.values():
        yield from _positions(dispute)


def _faults(file: YamlFile, trail: Trail, faults: Iterable[Fault]) -> Iterator[Problem]:
    for fault in faults:
        yield Problem(fault.rule, file.locate(trail, fault.offset), fault.message, fault.help)


def _quotations(passage: Passage) -> Iterator[Problem]:
    for claim in passage.prose.claims:
        for quotation in claim.quotations:
            words = count_words(quotation.text)
            if words > MOST_WORDS_QUOTED:
                place = passage.file.locate(passage.trail, quotation.offset)
                message = f"this quotation has {words} words; {MOST_WORDS_QUOTED} are the most"
                yield Problem("quotation-too-long", place, message, HELP_LONG)


def _uncited(passage: Passage) -> Iterator[Problem]:
    if any(fault.rule == "malformed-citation" for fault in passage.prose.faults):
        return  # the citation that seems missing is the one that cannot be read
    for claim in passage.prose.claims:
        if not claim.citations:
            words = claim.text.split()
            start = " ".join(words[:6])
            if len(words) > 6 or len(start) > MOST_SHOWN:
                start = f"{start[:MOST_SHOWN]} …"
            place = passage.file.locate(passage.trail, claim.offset)
            yield Problem("claim-without-citation", place, f"nothing is cited for “{start}”", HELP_CITE)


def _unowned(passage: Passage, voices: Names) -> Iterator[Problem]:
    owned, unread = False, ""
    for claim in passage.prose.claims:
        unread += " " + " ".join([span.text for span in claim.spans if span.style != "quotation"]) + claim.tail
        for quotation in claim.quotations:
            owned, unread = owned or bool(voices.found_in(unread)), ""
            if not owned:
                place = passage.file.locate(passage.trail, quotation.offset)
                message = f"nobody is named who says {quotation.text}"
                yield Problem("quotation-without-speaker", place, message, HELP_SPEAKER)


def _quote_beats(scene: Entry[Scene]) -> Iterator[Problem]:
    for i, beat in enumerate(scene.form.beats):
        if not isinstance(beat, Quote):
            continue
        words = count_words(beat.quote)
        if words > MOST_WORDS_QUOTED:
            place = scene.file.locate(("beats", i, "quote"))
            message = f"this quotation has {words} words; {MOST_WORDS_QUOTED} are the most"
            yield Problem("quotation-too-long", place, message, HELP_LONG)


def _positions(dispute: Entry[Dispute]) -> Iterator[Problem]:
    voices = [position.voice for position in dispute.form.positions]
    if any(problem.rule != "unprintable-character" for problem in dispute.file.problems):
        return  # a position may be there and unreadable
    if len(set(voices)) < 2:
        place = dispute.file.locate(("positions",), key=True)
        message = "a dispute has two positions or more, from different voices"
        yield Problem(
            "one-position",
            place,
            message,
            "add the other side's, or tell it in a scene as one voice's account",
        )
