"""Exercises of two weeks; by sea a TANK company needs two weeks of RSOI."""

from optimizer.domain import Need
from tests.build import case, plan, rot, run, tweak
from tests.rules.cases.trial import Trial

ONE = case(units={"U1": "TANK"}, exercises={"X1": {}, "X2": {}})
NEEDS = (Need("N1", "TANK", 1), Need("N2", "armour", 1))
STAGGERED = tweak(case(units={"U1": "TANK ART"}, exercises={"X1": {}}), "unit_types", "BDE", stagger=1)
APART = rot("U1", 0, 6, "U1a POZ sea 0 5", "U1b POZ air")
TWO_NEEDS = case(units={"U1": "TANK"}, exercises={"X1": {"needs": NEEDS}})


def sea(arrive: int, depart: int):
    return rot("U1", arrive, depart, "U1a POZ sea")


CASES = (
    Trial("one-place", "exercising while on rotation", ONE, plan(sea(0, 6), run("X1", "DRA", 3, "N1 U1a"))),
    Trial("one-place", "one rotation after the other", ONE, plan(sea(0, 4), sea(4, 8))),
    # week 5 is in both: the unit is on two rotations, and so is its company
    Trial("one-place", "two rotations at once", ONE, plan(sea(2, 6), sea(5, 9)), ((5, ("U1",), 1), (5, ("U1a",), 1))),
    # flown in for X1 during [3, 7)
    Trial(
        "one-place",
        "flown in while on rotation",
        ONE,
        plan(sea(0, 4), run("X1", "DRA", 5, "N1 U1a sea")),
        ((3, ("U1a",), 1),),
    ),
    # the tanks leave in week 5, a week before their battery, and come again at once
    Trial(
        "one-place", "flown in while its unit is still out", STAGGERED, plan(APART, run("X1", "DRA", 7, "N1 U1a sea"))
    ),
    Trial(
        "one-place",
        "flown in while still out",
        STAGGERED,
        plan(APART, run("X1", "DRA", 6, "N1 U1a sea")),
        ((4, ("U1a",), 1),),
    ),
    Trial("one-place", "flown in after its rotation", ONE, plan(sea(0, 4), run("X1", "DRA", 6, "N1 U1a sea"))),
    Trial(
        "one-place",
        "one exercise after the other",
        ONE,
        plan(sea(0, 6), run("X1", "DRA", 2, "N1 U1a"), run("X2", "POZ", 4, "N1 U1a")),
    ),
    # [3, 5) and [4, 6)
    Trial(
        "one-place",
        "two exercises at once",
        ONE,
        plan(sea(0, 6), run("X1", "DRA", 3, "N1 U1a"), run("X2", "POZ", 4, "N1 U1a")),
        ((4, ("U1a",), 1),),
    ),
    # deployments [2, 6) and [5, 9) share week 5; the exercises [4, 6) and [7, 9) are apart
    Trial(
        "one-place",
        "flown in twice at once",
        ONE,
        plan(run("X1", "DRA", 4, "N1 U1a sea"), run("X2", "DRA", 7, "N1 U1a sea")),
        ((5, ("U1a",), 1),),
    ),
    Trial(
        "one-place",
        "serving two needs of one exercise",
        TWO_NEEDS,
        plan(sea(0, 6), run("X1", "DRA", 3, "N1 U1a", "N2 U1a")),
        ((3, ("U1a", "X1"), 1),),
    ),
)
