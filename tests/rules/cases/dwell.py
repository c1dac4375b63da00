"""TANK: a week at home per week away; INF: half a week. Plans of 12 weeks."""

from dataclasses import replace

from optimizer.domain import Plan
from tests.build import case, plan, rot, run, tweak
from tests.rules.cases.trial import Trial

TANK = case(units={"U1": "TANK"})
INF = case(units={"U1": "INF"})
# home since week −2 from 4 weeks away: free from week 2
RESTING = tweak(TANK, "units", "U1", last_return=-2, last_weeks=4)


def sea(*spans: tuple[int, int]) -> Plan:
    return plan(*(rot("U1", a, d, "U1a POZ sea") for a, d in spans))


def air(*spans: tuple[int, int]) -> Plan:
    return plan(*(rot("U1", a, d, "U1a POZ air") for a, d in spans))


# away [−4, 2), 6 weeks: home for 6, free from week 8
UNDERWAY = replace(TANK, last=sea((-4, 2)))
# away [−6, −2) by the last plan: free from week 2, and later than what the planner typed or not
ENDED = replace(TANK, last=sea((-6, -2)))
TYPED = tweak(ENDED, "units", "U1", last_return=-9, last_weeks=30)
SINCE = tweak(ENDED, "units", "U1", last_return=-1, last_weeks=2)

CASES = (
    Trial("dwell", "three weeks away, three at home", TANK, sea((0, 3), (6, 9))),
    Trial("dwell", "two weeks at home instead of three", TANK, sea((0, 3), (5, 8)), ((5, ("U1",), 1),)),
    # half of 3 weeks is rounded up to 2
    Trial("dwell", "rounded up and kept", INF, air((0, 3), (5, 8))),
    Trial("dwell", "rounded up and missed", INF, air((0, 3), (4, 7)), ((4, ("U1",), 1),)),
    Trial("dwell", "rested since the last return", RESTING, sea((2, 5))),
    Trial("dwell", "back too soon after the last return", RESTING, sea((0, 3)), ((0, ("U1",), 2),)),
    Trial("dwell", "rested after being under way", UNDERWAY, sea((-4, 2), (8, 10))),
    Trial("dwell", "back too soon after being under way", UNDERWAY, sea((-4, 2), (7, 9)), ((7, ("U1",), 1),)),
    # under way itself, though it left long before its rest was over
    Trial(
        "dwell",
        "under way without rest",
        tweak(UNDERWAY, "units", "U1", last_return=-5, last_weeks=5),
        sea((-4, 2)),
    ),
    Trial("dwell", "rested since a rotation that ended before", ENDED, sea((2, 5))),
    Trial("dwell", "back too soon after it", ENDED, sea((1, 5)), ((1, ("U1",), 1),)),
    Trial("dwell", "an older return does not count beside it", TYPED, sea((2, 5))),
    Trial("dwell", "a later return counts instead", SINCE, sea((1, 4))),
    Trial("dwell", "back too soon after the later return", SINCE, sea((0, 3)), ((0, ("U1",), 1),)),
    # [0, 2) earns 2 weeks and gets 1; [3, 5) earns 2 and gets none
    Trial("dwell", "twice too soon", TANK, sea((0, 2), (3, 5), (5, 7)), ((3, ("U1",), 1), (5, ("U1",), 2))),
    # flown in during [3, 7) for X1: the rest since week 3 goes on
    Trial(
        "dwell",
        "an exercise neither needs nor ends rest",
        case(units={"U1": "TANK"}, exercises={"X1": {}}),
        plan(*sea((0, 3), (7, 10)).rotations, run("X1", "DRA", 5, "N1 U1a sea")),
    ),
)
