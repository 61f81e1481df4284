"""A wrong word, number, name or locator in the shipped story is found, wherever the articles can tell it at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from retell.checks import check
from retell.checks.evidence.examination import examine
from retell.copies.held import Copy
from retell.copies.saved import read_copies
from retell.files.yamlfile import YamlFile
from retell.story.cards import Dispute, Term
from retell.story.filling import fill
from retell.story.form import Form
from retell.story.library import Entry, Library, load, shipped_root
from retell.story.model import Scene
from tests.checks.evidence.single_changes import Changer
from tests.support.articles import Articles, Place, claims_of

pytestmark = pytest.mark.copies

LEAST_CAUGHT = 0.97
SEED = 20230919
FORMS: dict[str, type[Form]] = {"scenes": Scene, "disputes": Dispute, "terms": Term}
REWORDINGS = """\
One Sunday Azerbaijan put a border post on the Lachin road [@moscow-times, paras. 1, 3].
Russian soldiers watch over the corridor, and Azerbaijan owes everyone on it a safe journey [@moscow-times, para. 5].
Washington did not hide its worry [@moscow-times, para. 8].
Paris saw the ceasefire broken, and the talks made harder [@moscow-times, para. 10].
In one month over 400 vehicles used the road, some of them ambulances [@edm, para. 5].
On 10 January Pashinyan declined to host an exercise of the alliance that Russia leads [@edm, para. 9].
Aliyev spoke on 14 December 2021, a few hours before he sat down with Pashinyan [@edm, para. 4].
For 44 days in 2020 the two armies fought [@sabah-interview, para. 4].
Forty tons of flour, on two trucks, got no further than a Russian post [@sabah-interview, para. 8].
Fifteen tons of aid came through on a Wednesday [@sabah-interview, para. 9].
Mammadov puts the number of Armenian soldiers at about 10,000 [@sabah-interview, para. 14].
He names a sum, $360 million, and says that it can be read in the budget [@sabah-interview, para. 15].
In July Pashinyan thought that a treaty might be signed before 2023 was over [@sabah-interview, para. 21].
More than two hundred and eighty people died in a border clash in October [@sabah-report, para. 6].
Trains might one day run to Iran, to Armenia and to Nakhchivan [@sabah-report, para. 11].
Most people in the region are Armenians, and the world counts it as Azerbaijan's [@mee, para. 3].
Four policemen and two civilians died, Azerbaijan said, when mines went off [@mee, para. 5].
Blinken wanted aid to come by two ways, and no delay [@mee, paras. 19-20].
Middle East Eye had no means to check the figure of 25 dead [@mee, para. 2].
Azerbaijan's soldiers took several hills beside a new road, said the defence ministry [@sabah-report, paras. 1-2].
Some 400 vehicles and more went along it within a month, ambulances among them [@edm, para. 5].
A sum of three hundred and sixty million dollars a year, he said, stood in the budget [@sabah-interview, para. 15].
The trucks with 40 tonnes of flour stood at a Russian checkpoint for over a week [@sabah-interview, para. 8].
Mammadov spoke of ten thousand troops [@sabah-interview, para. 14].
The war of 44 days ended with a peace agreement that Russia brokered [@sabah-interview, para. 4].
On the 14th of December 2021 Aliyev spoke, hours before Pashinyan met him [@edm, para. 4].
Pashinyan said on Jan. 10 that Armenia would not host the exercise [@edm, para. 9].
Some two hundred and eighty people or more were killed [@sabah-report, para. 6].
On a Wednesday 15 tons of aid arrived by the Russian Red Cross [@sabah-interview, para. 9].
Azerbaijan counted two civilians and four police officers among the dead [@mee, para. 5].
Twenty-five people were killed, two of them civilians, by the separatists' account [@mee, para. 2].
Middle East Eye wrote in September 2023 that it could not verify this [@mee, para. 2].
As reported in April 2023, the border service set up a checkpoint on the road [@moscow-times, paras. 1, 3].
The U.S. was deeply concerned about the checkpoint [@moscow-times, para. 8].
French diplomats deplored it [@moscow-times, para. 10].
Blinken wanted a pair of routes for aid opened at once [@mee, para. 20].
The war of the 1990s and that of 2020 were fought over the region [@sabah-interview, para. 4].
It is a hundred and fifty square kilometres, the interview says [@sabah-interview, para. 3].
In the nineteen-nineties the two fought, and they fought again in 2020 [@sabah-interview, para. 4].
Protests had gone on for more than a month [@edm, para. 1].
""".splitlines()

Found = Counter[tuple[str, str]]


@pytest.fixture(scope="module")
def library() -> Library:
    return load(shipped_root())


@pytest.fixture
def held(library: Library, copies: Path) -> dict[str, Copy]:
    found, differing = read_copies(library, copies)
    assert differing == []
    return found


def one_file(library: Library, place: Place, data: Any = None) -> Library:
    """Give a library whose story is one file of another's, read anew from changed data if there is any."""
    entry: Entry[Any] = getattr(library, place.folder)[place.entry]
    file = YamlFile(entry.file.name, entry.file.text)
    form = fill(FORMS[place.folder], file, file.data if data is None else data)
    assert form is not None
    assert library.story is not None
    scenes = (entry.id,) if place.folder == "scenes" else ()
    story = Entry("story", msgspec.structs.replace(library.story.form, scenes=scenes), library.story.file)
    alone = Library(library.root, story, sources=library.sources, voices=library.voices, places=library.places)
    getattr(alone, place.folder)[entry.id] = Entry(entry.id, form, file)
    alone.problems.extend(file.problems)
    return alone


def found_in(library: Library, held: dict[str, Copy]) -> Found:
    problems = [*check(library), *examine(library, held).problems]
    # what is unused in a story of one file says nothing of the change
    return Counter((problem.rule, problem.message) for problem in problems if not problem.rule.startswith("unused"))


def test_the_changes_are_judged_with_eyes_that_pass_the_story_as_it_is(library: Library, held: dict[str, Copy]) -> None:
    articles = Articles(library, held)
    assert [claim.text for claim in claims_of(library) if articles.lacking(claim)] == []


@pytest.mark.parametrize("changes", [100, pytest.param(500, marks=pytest.mark.slow)])
def test_97_of_100_changes_that_can_be_told_are_found(
    library: Library, held: dict[str, Copy], record_property: Callable[[str, object], None], changes: int
) -> None:
    before: dict[tuple[str, str], Found] = {}
    told: Counter[str] = Counter()
    caught: Counter[str] = Counter()
    untold: Counter[str] = Counter()
    missed = []
    kinds = set()
    for change in Changer(library, held, SEED).changes(changes):
        kinds.add(change.kind)
        if change.untellable:
            untold[f"{change.kind}: {change.untellable}"] += 1
            continue
        file = (change.place.folder, change.place.entry)
        if file not in before:
            before[file] = found_in(one_file(library, change.place), held)
        told[change.kind] += 1
        if found_in(one_file(library, change.place, change.data), held) - before[file]:
            caught[change.kind] += 1
        else:
            missed.append(change.said)
    share = caught.total() / told.total()
    lines = [f"{told.total()} of {changes} changes can be told, {caught.total()} of these are found: {share:.1%}"]
    lines += [f"  {kind}: {caught[kind]} of {count}" for kind, count in sorted(told.items())]
    lines += [f"{untold.total()} cannot be told:", *(f"  {count} {reason}" for reason, count in sorted(untold.items()))]
    lines += [f"missed: {said}" for said in missed]
    print("\n".join(lines))  # noqa: T201 - shown with -rP
    for name, value in (("changes", changes), ("can be told", told.total()), ("found", caught.total())):
        record_property(name, value)
    assert told.total() + untold.total() == changes
    assert len(kinds) == len(Changer(library, held, SEED).kinds), "a kind of change is never made"
    assert told.total() >= 0.65 * changes, "too much is said to be no business of the articles"
    assert share >= LEAST_CAUGHT


@pytest.mark.parametrize("claim", REWORDINGS)
def test_a_true_rewording_gives_no_alarm(library: Library, held: dict[str, Copy], claim: str) -> None:
    place = Place("scenes", "noon-on-sunday", (), "narration")
    data: Any = YamlFile("invented.yaml", library.scenes["noon-on-sunday"].file.text).data
    plain = {
        "beats": [{"say": claim}],
        "gist": claim,
        "questions": [{"ask": "Who?", "skill": "context", "answer": claim}],
    }
    scene = {name: value for name, value in data.items() if name not in ("when", "where", "plain")}
    told = one_file(library, place, scene | plain)
    assert [problem for problem in check(told) if not problem.rule.startswith("unused")] == []
    findings = examine(told, held)
    assert findings.problems == []
    assert findings.not_looked_into == {}


def test_there_are_forty_rewordings() -> None:
    assert len(REWORDINGS) == 40
