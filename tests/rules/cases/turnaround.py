"""A TANK company comes by sea (lead 4 weeks, RSOI 2) or on a set (lead 2, RSOI 1); exercises of two weeks."""

from dataclasses import replace

from optimizer.domain import Plan
from tests.build import case, plan, rot, run, setting, tweak
from tests.rules.cases.trial import Trial

ON = {"turnaround": True}
ONE = case(units={"U1": "TANK"}, sets={"S1": {}}, exercises={"X1": {}, "X2": {}}, settings=ON)
RETURNED = tweak(ONE, "units", "U1", last_return=-1, last_weeks=9)


def sea(*spans: tuple[int, int]) -> tuple:
    return tuple(rot("U1", a, d, "U1a POZ sea") for a, d in spans)


def x1(start: int, mode: str = "sea"):
    return run("X1", "POZ", start, f"N1 U1a {mode}")


OUT = plan(*sea((-3, 3)))
UNDERWAY = replace(ONE, last=OUT)
FLOWN = replace(ONE, last=plan(x1(-2)))  # left when it ended, in week 0
LATE = plan(run("X1", "POZ", 1, "N1 U1a sea"))  # arrived in week −1
STAGGERED = tweak(case(units={"U1": "TANK ART"}, exercises={"X1": {}}, settings=ON), "unit_types", "BDE", stagger=1)


def brigade() -> Plan:
    """The tanks leave in week 3, a week before the battery."""
    return plan(rot("U1", 0, 4, "U1a POZ sea 0 3", "U1b POZ air"), x1(9))


CASES = (
    # X1 in week 10: brought in in week 8, four after it left
    Trial("turnaround", "shipped home and back", ONE, plan(*sea((0, 4)), x1(10))),
    Trial("turnaround", "a week too soon", ONE, plan(*sea((0, 4)), x1(9)), ((7, ("U1a",), 1),)),
    Trial("turnaround", "on the day it left", ONE, plan(*sea((0, 4)), x1(6)), ((4, ("U1a",), 4),)),
    Trial("turnaround", "with the switch off", setting(ONE, turnaround=False), plan(*sea((0, 4)), x1(6))),
    Trial("turnaround", "from theatre nobody is brought in", ONE, plan(*sea((0, 6)), run("X1", "POZ", 3, "N1 U1a"))),
    # two weeks suffice to fall in on a set: week 6, ready in week 7
    Trial("turnaround", "a set is quicker", ONE, plan(*sea((0, 4)), x1(7, "set:S1"))),
    Trial("turnaround", "even a set not at once", ONE, plan(*sea((0, 4)), x1(6, "set:S1")), ((5, ("U1a",), 1),)),
    # flown in during [0, 4)
    Trial("turnaround", "a rotation after a deployment", ONE, plan(x1(2), *sea((8, 12)))),
    Trial("turnaround", "a rotation too soon after it", ONE, plan(x1(2), *sea((6, 10))), ((6, ("U1a",), 2),)),
    Trial(
        "turnaround",
        "flown in again",
        ONE,
        plan(x1(2), run("X2", "DRA", 7, "N1 U1a sea")),
        ((5, ("U1a",), 3),),
    ),
    Trial("turnaround", "rotations without rest between", ONE, plan(*sea((0, 4), (6, 9))), ((6, ("U1a",), 2),)),
    Trial("turnaround", "home in time before the plan", RETURNED, plan(*sea((3, 7)))),
    Trial("turnaround", "home too late before the plan", RETURNED, plan(*sea((1, 5))), ((1, ("U1a",), 2),)),
    Trial("turnaround", "home in time from an exercise before", FLOWN, plan(*sea((4, 8)))),
    Trial("turnaround", "home too late from an exercise before", FLOWN, plan(x1(4)), ((2, ("U1a",), 2),)),
    Trial("turnaround", "under way, and back in time", UNDERWAY, plan(*OUT.rotations, *sea((7, 11)))),
    Trial(
        "turnaround",
        "under way, and back too soon",
        UNDERWAY,
        plan(*OUT.rotations, x1(7)),
        ((5, ("U1a",), 2),),
    ),
    # nobody is brought in any more
    Trial("turnaround", "under way itself", tweak(UNDERWAY, "units", "U1", last_return=-4, last_weeks=3), OUT),
    Trial("turnaround", "flown in already", tweak(replace(ONE, last=LATE), "units", "U1", last_return=-2), LATE),
    # the tanks left in week 3: week 7 is soon enough
    Trial("turnaround", "by its own day of leaving", STAGGERED, brigade()),
)
