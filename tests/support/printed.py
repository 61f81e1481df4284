"""Every edition of the shipped story that is printed, and how many pages it may take."""

from __future__ import annotations

from functools import cache

from retell.handout.packets import KEY, PLAN, make_packets
from retell.handout.pages.edition import Edition
from retell.handout.student import student_edition
from retell.handout.teacher import teacher_edition
from tests.support.every import shipped

MOST_FILLED = 0.85  # of the last page of the short handout: room to spare for a longer name or another printer
PAGES: dict[str, tuple[int, int]] = {  # the most on A4 and on Letter
    "short": (4, 4),
    "support": (7, 7),
    "full": (16, 17),
    "teacher": (8, 9),
    "teacher full": (18, 19),
    "packet everyone": (4, 4),
    "packet 1-ceasefire": (3, 3),
    "packet 2-protests": (3, 4),
    "packet 3-checkpoint": (3, 3),
    "packet 4-operation": (4, 4),
    f"packet {PLAN}": (2, 2),
    f"packet {KEY}": (3, 3),
}


@cache
def editions() -> dict[str, Edition]:
    told = shipped()
    made: dict[str, Edition] = {
        "short": student_edition(told, length="short"),
        "support": student_edition(told, length="short", support=True),
        "full": student_edition(told),
        "teacher": teacher_edition(told, length="short"),
        "teacher full": teacher_edition(told),
    }
    return made | {f"packet {name}": edition for name, edition in make_packets(told).items()}
