"""Words that tellings of news and of war use for one another, by rows: who retells seldom keeps the article's word.

A row is no thesaurus: in one place two of its words may mean different things. What two texts share by it counts for
less than a word that both have.
"""

from __future__ import annotations

from functools import lru_cache

from retell.copies.search import stem

ROWS = (
    "soldier soldiers troops trooper servicemen serviceman military army forces armed men regulars",
    "weapon weapons arms ammunition guns muskets munitions armament rifles mines",
    "kill killed kills dead died dies death deaths fatalities casualties slain lives",
    "wounded wound injured injuries hurt",
    "land lands territory territories soil area areas ground",
    "talk talks negotiate negotiations negotiating negotiators dialogue "
    "discussions discuss discussed meeting meetings met meet",
    "treaty agreement agreements deal accord pact statement",
    "ceasefire truce armistice",
    "breach broke broken break violation violate violated violates violations",
    "worry worried concern concerned concerns alarm alarmed fear fears anxious",
    "begin began begun start started starts launch launched launches opened open commence",
    "end ended ends finish finished stop stopped stops halt halted suspend suspended",
    "road roads route routes highway corridor link links connection connections connect connected",
    "town city capital village settlement",
    "checkpoint post checkpoints gate control controls",
    "check checks inspect inspection verify verified confirm confirmed",
    "protest protests protesters demonstrators demonstration demonstrations activists rally",
    "claim claims claimed allege alleged alleges assert accuse accused accuses accusing blame blamed charge charges",
    "say said says told tell tells state stated according added wrote writes write report reported reports",
    "call called calls urge urged urges demand demands demanded appeal ask asked asks request requested",
    "refuse refused refuses reject rejected rejects deny "
    "denied denies decline declined opposed oppose opposes objected",
    "send sent sends dispatch dispatched deliver delivered delivery "
    "deliveries shipment convoy convoys trucks truck vehicles vehicle lorries",
    "food flour aid supplies goods cargo humanitarian relief bread medicine medicines",
    "leader leaders president minister prime government authorities officials official ministry",
    "separatist separatists breakaway self-proclaimed rebels regime",
    "majority most mostly mainly predominantly",
    "enter entered advance advanced march marched",
    "capture captured take took taken seize seized secured secure recaptured",
    "give gave cede ceded hand handed surrender surrendered withdraw withdrew withdrawal",
    "hold held control controlled occupied occupy occupation",
    "fight fought fighting war wars clash clashes battle conflict hostilities",
    "peace normalise normalization normalisation reconciliation reintegration",
    "help helped assist assistance support supported supports backing backed",
    "guarantee guarantees guaranteed ensure ensures protect protection safe safety security secure",
    "house houses home homes dwelling",
    "child children kids",
    "woman women female",
    "man men male",
    "money sum funds budget dollars pay pays paid",
    "new fresh recent recently",
    "old former previous previously",
    "big large great major significant main key",
    "quick quickly immediately immediate once urgent urgently soon",
    "build built construct construction set establish established sets",
    "hill hills height heights mountain mountains",
    "block blocked blockade blocking closed close closure shut",
    "crisis emergency plight hardship situation",
    "picture photo photograph image",
    "document documents text paper papers draft drafts",
    "fail failed fails failure unable",
    "influence clout sway power pressure press",
    "border frontier",
    "railway rail train trains railroad",
    "mining mine mines ore extraction",
    "name named names call",
    "fire fired shoot shot shooting shots shelling",
    "want wanted wants wish wished seek sought seeks insist insisted",
    "win won victory triumph",
    "lose lost loss defeat",
)


@lru_cache(maxsize=1)
def rows() -> dict[str, frozenset[int]]:
    """Return for each stem the numbers of the rows that it stands in."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(ROWS):
        for word in row.split():
            found.setdefault(stem(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}
