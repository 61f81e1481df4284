"""Check that a claim has no other thing of a kind than its source: an arm for a leg, a nurse for a doctor.

Of the words of one row only one may be meant. It warns where the cited paragraphs have none of the claim's, and have
another of the row among the same words.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from retell.checks.evidence.terms import stems
from retell.checks.evidence.turned import TURNED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retell.checks.evidence.assertions import Assertion
    from retell.checks.evidence.paragraph import Paragraph
    from retell.problems import Problem

ROWS = (
    "leg legs thigh thighs calf | arm | shoulder shoulders | chest breast | neck throat | stomach belly | knee knees"
    " | ankle | wrist",
    "pistol pistols revolver revolvers | musket muskets | rifle rifles | cannon cannons | sword swords | bayonet"
    " bayonets | drone drones | tank tanks | rocket rockets missile missiles | mortar mortars | mine mines | grenade"
    " grenades",
    "dragoon dragoons cavalry horsemen | grenadier grenadiers | infantry infantrymen | marines | gunners artillerymen"
    " | sailors seamen | pilots airmen | paratroopers",
    "father fathers | mother mothers | brother brothers | sister sisters | son sons | daughter daughters | husband"
    " husbands | wife wives | uncle uncles | aunt aunts | cousin cousins | nephew | niece | grandfather | grandmother",
    "boy boys | girl girls",
    "church churches chapel cathedral monastery | mosque mosques | synagogue synagogues | temple temples",
    "school schools kindergarten | hospital hospitals clinic | prison prisons jail gaol | factory factories | hotel"
    " hotels inn tavern | airport airfield | theatre cinema | museum | library | university",
    "bridge bridges | tunnel tunnels | dam dams | ferry",
    "red | blue | green | yellow | white | black | brown | grey gray | purple",
    "horse horses | cow cows cattle oxen | sheep lambs | pig pigs swine | goat goats | dog dogs | donkey donkeys mule"
    " mules",
    "flour | rice | salt | sugar | meat beef pork | potatoes | fruit | vegetables | butter | cheese",
    "bus buses | lorry lorries truck trucks | car cars | train trains | helicopter helicopters | plane planes aircraft"
    " aeroplane airplane | bicycle bicycles | ambulance ambulances | ship ships | boat boats",
    "gold golden | silver | iron | brass bronze | copper | steel | tin",
    "spring | summer | autumn | winter",
    "doctor doctors physician physicians | nurse nurses | teacher teachers schoolmaster | farmer farmers | priest"
    " priests clergyman | lawyer lawyers | engineer engineers | driver drivers | shepherd shepherds | miner miners"
    " | baker | blacksmith | tailor | merchant merchants",
    "rain rains rained | snow snows snowed | fog mist | hail",
)
WORD = re.compile(r"[a-z]+")  # with a capital it is a name: Mrs. Brown
AROUND = 15  # words on either side of one that stands in the source
LEAST_SHARED = 2


@lru_cache(maxsize=1)
def _others() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return for each word those that mean the same, and those of its row that mean something else."""
    found = {}
    for row in ROWS:
        groups = [frozenset(group.split()) for group in row.split("|")]
        for group in groups:
            for word in group:
                found[word] = group, frozenset().union(*groups) - group
    return found


def check(assertion: Assertion, cited: Sequence[Paragraph]) -> Iterator[Problem]:
    """Yield the words of a claim in whose place the cited paragraphs have another of the kind."""
    known = _others()
    told = assertion.words
    if known.keys().isdisjoint(told) or not cited:
        return
    there = set().union(*[paragraph.vocabulary for paragraph in cited])
    for part in (part for part in assertion.parts if not part.quoted):
        for match in WORD.finditer(part.span.text):
            if match[0] not in known:
                continue
            same, others = known[match[0]]
            if not there.isdisjoint(same) or there.isdisjoint(others - told):
                continue
            found = _among_the_same(others - told, stems(told - same), cited)
            if found:
                paragraph, other = found
                (place,) = assertion.locate_within(part, [match.start()])
                yield TURNED.at(place, word=match[0], number=paragraph.number, key=paragraph.key, other=other)
                return


def _among_the_same(
    others: frozenset[str], content: set[str], cited: Sequence[Paragraph]
) -> tuple[Paragraph, str] | None:
    """Return where one of these words stands among words of the claim, and the word."""
    for paragraph in cited:
        words = paragraph.words
        for at, word in enumerate(words):
            near = stems(words[max(0, at - AROUND) : at + AROUND + 1]) if word in others else set()
            if len(near & content) >= LEAST_SHARED:
                return paragraph, word
    return None
