"""Words and their contraries, and what must stand in a paragraph for a strong word of a claim to rest on it.

A row of BORNE has the claim's words, and of which stems a paragraph must have one: any word of the same direction.
"""

from __future__ import annotations

from functools import lru_cache

from retell.copies.search import stem

CONTRARIES = (
    "before earlier previous previously prior ere | after later afterwards",
    "first | last",
    "early | late",
    "until till | since",
    "over | under",
    "both | neither",
    "began begins begun | ended ends finished",
    "increased increase rose grew doubled | decreased decrease fell dropped halved",
    "asked asks urged demanded demands demand | refused refuses declined declines",
    "denied denies rejected rejects dismissed | granted grants admitted admits confirmed confirms acknowledged",
    "accused accuses blamed blames condemned condemns deplored deplores | praised praises thanked thanks welcomed",
    "opened opens open opening | closed closes shut",
    "won wins victory | lost loses defeat",
    "killed kills dead died | saved saves rescued",
    "wounded injured | unhurt unharmed",
    "attacked attacks | defended defends",
    "allowed allows permitted permits | forbade forbids forbidden banned bans prevented prevents",
    "supported supports backed backs | opposed opposes",
    "bought buys | sold sells",
    "north northern | south southern",
    "east eastern | west western",
    "secret secretly | public publicly openly",
    "true | false untrue",
    "possible | impossible",
    "legal lawful | illegal unlawful",
    "strengthened strengthens | weakened weakens",
    "built builds | destroyed destroys demolished",
    "advanced advances | retreated retreats withdrew",
    "succeeded succeeds success | failed fails failure",
    "safe safely | unsafe dangerous",
    "agreed agrees | refused refuses disagreed",
)
ANY_NOT = "not no never nothing nobody none neither nor without cannot"
"""What ANY-NOT in a row stands for."""
COUNTED = frozenset(["killed", "kills", "killing", "died", "dies", "wounded", "injured", "ended", "ends"])
"""Of these a number may be told, or a date, without any such word: "25 dead" of a list, "1914–18"."""
BORNE = (
    "praised praises praising applauded applauds hailed hails lauded lauds commended commends | praise applaud "
    "hail laud commend welcome thank admire congratulate compliment honour honor tribute glory brave "
    "bravery courage courageous gallant gallantry noble hero heroic heroism amaze",
    "thanked thanks thankful grateful | thank grateful gratitude appreciate praise acknowledge brave "
    "bravery courage courageous gallant gallantry noble hero heroic heroism amaze",
    "welcomed welcomes | welcome greet hail praise receive glad pleased support",
    "rejoiced rejoices celebrated celebrates | rejoice celebrate joy cheer glad jubilant festival dance triumph happy",
    "boasted boasts bragged | boast brag proud pride",
    "hoped hope hopes hoping | hope wish expect optimism optimistic pray aspire confident trust",
    "feared fear fears fearing | fear afraid scare worry concern alarm anxious anxiety dread risk threat danger "
    "warn terror panic",
    "assured assures reassured reassures | assure reassure guarantee promise pledge confident certain",
    "promised promises pledged pledges vowed vows | promise will would pledge vow commit commitment undertake "
    "guarantee assure agree obligation oblige swear sworn oath word stipulate require duty",
    "forbade forbids forbidden banned bans prohibited prohibits | forbid forbade forbidden ban prohibit bar block "
    "outlaw refuse deny prevent restrict illegal unlawful stop ANY-NOT",
    "allowed allows permitted permits | allow permit let grant licence license authorise consent access pass "
    "passage open agree enable approve free able may could",
    "prevented prevents prevent averted foiled thwarted hindered | prevent stop block bar impede hamper hinder "
    "thwart foil obstruct halt avert avoid preclude disrupt hold sabotage undermine jeopardise jeopardize ANY-NOT",
    "ignored ignores ignoring neglected | ignore neglect overlook disregard silent unanswered refuse fail ANY-NOT",
    "hid hides hidden concealed conceals | hide hid hidden conceal secret cover undisclosed withhold withheld disguise",
    "withheld withholds withhold | withhold withheld refuse deny stop suspend cut block ANY-NOT",
    "abandoned abandons deserted deserts | abandon desert leave left quit forsake evacuate withdraw withdrew flee "
    "fled give gave",
    "freed frees released releases liberated liberates | free release liberate let rescue deliver unblock open",
    "saved saves rescued rescues | save rescue survive protect deliver spare",
    "gained gains gaining | gain win won increase grow rise capture acquire obtain profit strengthen take took control",
    "won wins winning triumphed | win won victory triumph defeat conquer beat capture recapture succeed success",
    "succeeded succeeds succeeding | succeed success achieve accomplish manage win won reach",
    "failed fails failing | fail unable unsuccessful collapse stall broke unwilling impossible ANY-NOT",
    "opposed opposes opposing | oppose opposition against object reject resist contest refuse disagree critic "
    "protest contrary denounce condemn unacceptable",
    "supported supports supporting backed backs | support back help aid assist assistance endorse favour favor "
    "ally behind fund finance",
    "consented consents | consent agree accept allow approve",
    "quarrelled quarrels | quarrel dispute disagree argue tension spat clash row feud friction conflict strain rival",
    "refused refuses refusing | refuse refusal reject deny decline unable fail balk stop block avoid opt "
    "unwilling oppose withdraw withdrew walk leave left insist ANY-NOT",
    "rejected rejects rejecting | reject refuse deny dismiss decline oppose unacceptable against object rebuff ANY-NOT",
    "accepted accepts accepting | accept apply agree consent recognise recognize receive welcome approve concede",
    "accused accuses accusing | accuse blame charge allege claim denounce condemn criticise criticize fault "
    "violate violation breach",
    "blamed blames blaming | accuse blame charge allege claim denounce condemn criticise criticize fault responsible",
    "condemned condemns deplored deplores denounced denounces | condemn deplore denounce criticise criticize "
    "decry slam blast outrage protest accuse aggression",
    "demanded demands demanding | demand insist call urge require ask must should ultimatum want press request "
    "obligation",
    "declined declines | decline refuse reject opt ANY-NOT",
    "objected objects | object oppose protest complain reject refuse unacceptable disagree",
    "complained complains | complain complaint lament criticise criticize protest accuse object regret deplore",
    "warned warns warning | warn caution alert threat threaten danger alarm risk",
    "closed closes closing shut | close closure shut block seal blockade bar cut halt stop suspend",
    "opened opens opening | open set install build built unblock start begin began launch inaugurate reopen "
    "establish commission",
    "blocked blocks blocking | block blockade close closure shut bar obstruct impede stop prevent halt hinder cut "
    "disrupt restrict",
    "joined joins | join connect link unite part member enter ally connection",
    "divided divides divide separated separates | divide split separate part cut sever partition disagree differ",
    "killed kills killing died dies | kill die dead death slain slay murder shot shoot execute casualty fatal "
    "lost massacre life lives bloody deadly",
    "wounded injured | wound injure hurt casualty",
    "cancelled cancels | cancel call abandon scrap suspend postpone withdraw stop",
    "withdrew withdraw withdraws withdrawn withdrawing | withdraw withdrew withdrawn withdrawal pull retreat "
    "leave left remove evacuate",
    "staged stages | stage organise organize orchestrate arrange set plan fake",
    "patrolled patrols | patrol guard monitor police peacekeeper",
    "recognised recognises recognized recognizes | recognise recognize recognition acknowledge accept",
    "brokered brokers mediated mediates | broker mediate mediator mediation negotiate arrange facilitate sponsor",
    "stopped stops stopping halted | stop collapse halt cease end suspend block prevent hold held strand bar cut "
    "closed ANY-NOT",
    "destroyed destroys demolished | destroy demolish ruin wreck raze burn blow blast flatten disable",
    "guaranteed guarantees | guarantee ensure assure secure protect safe safety safeguard promise",
    "attacked attacks attacking | attack assault shell fire strike struck raid offensive bomb aggression invade "
    "operation",
    "defended defends | defend defence defense protect guard resist",
    "arrested arrests detained detains | arrest detain held hold capture seize custody prison imprison",
    "apologised apologises apologized | apology apologise apologize sorry regret",
    "resigned resigns | resign quit step down",
    "fled flee flees fleeing | flee fled escape refugee left leave displace evacuate",
    "burned burnt burns | burn fire flame torch smoke",
    "surrendered surrenders | surrender cede capitulate give gave hand yield lay laid disarm",
    "invaded invades | invade invasion attack enter incursion cross aggression",
    "surprised surprises | surprise sudden unexpected shock",
    "outraged outrages angered angers | outrage anger angry fury furious rage",
    "increased increases rose rises grew grows | increase rise rose grow grew growing more escalate mount climb "
    "swell expand higher fuel",
    "decreased decreases fell falls shrank | decrease fall fell shrink shrank drop decline less fewer wane reduce "
    "lower",
    "friendly | friend friendly warm cordial good ally close",
    "hostile | hostile hostility enemy foe archfoe archrival rival tension aggression provocation",
    "secret secretly | secret hide hidden covert clandestine undisclosed conceal",
    "safe safely | safe safest safer safety secure protect guarantee unharmed shelter",
    "dangerous danger | danger threat risk peril unsafe hazard threaten jeopardise jeopardize",
    "few | few little hardly scarce handful only small rare minority",
    "many | many lots numerous hundred thousand dozen large several number million most majority much",
    "most mostly | most majority mainly main predominantly bulk largely chiefly almost percent per",
    "larger bigger | large big great grow more",
    "smaller | small less little fewer minor reduce",
    "none | none no not nobody neither without never",
    "neither | neither nor not no both none never without",
    "several | several some many number few various",
    "after afterwards | after follow following later then when wake end subsequent once result upon as since "
    "ensue aftermath hour day post led until till",
    "earlier | earlier before previous previously prior ago already former past last",
    "ended ends | end cease finish stop conclude close over terminate final until expire brought",
    "denied denies denying | deny denied denial reject dismiss refute false untrue rule ruled n't ANY-NOT",
    "granted grants admitted admits | grant admit concede acknowledge agree confirm recognise recognize allow "
    "gave give",
)


@lru_cache(maxsize=1)
def borne() -> dict[str, frozenset[str]]:
    """Return for each word of a claim the stems of which its paragraphs must have one."""
    found: dict[str, frozenset[str]] = {}
    for row in BORNE:
        words, needed = row.replace("ANY-NOT", ANY_NOT).split(" | ")
        for word in words.split():
            found[word] = found.get(word, frozenset()) | frozenset(map(stem, (*words.split(), *needed.split())))
    return found


@lru_cache(maxsize=1)
def pairs() -> dict[str, list[tuple[frozenset[str], frozenset[str]]]]:
    """Return for each word the sets that it stands in, with their contraries."""
    found: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for row in CONTRARIES:
        one, other = (frozenset(side.split()) for side in row.split("|"))
        for mine, theirs in ((one, other), (other, one)):
            for word in mine:
                found.setdefault(word, []).append((mine, theirs))
    return found
