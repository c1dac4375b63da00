"""A TANK company may spend a third of its weeks on rotation in exercises of two weeks; plans of 12 weeks."""

from dataclasses import replace

from tests.build import case, plan, rot, run, tweak
from tests.rules.cases.trial import Trial

FREE = case(units={"U1": "TANK", "U2": "TANK"}, exercises={"X1": {}, "X2": {}})
ONE = tweak(FREE, "unit_types", "TANK", exercise_load=333)
HALF = tweak(FREE, "unit_types", "TANK", exercise_load=500)


def sea(arrive: int, depart: int, unit: str = "U1"):
    return rot(unit, arrive, depart, f"{unit}a POZ sea")


def x1(start: int, *who: str):
    return run("X1", "POZ", start, *who)


def x2(start: int, *who: str):
    return run("X2", "DRA", start, *who)


OUT = sea(-4, 4)
UNDERWAY = replace(HALF, last=plan(OUT))
CASES = (
    # 2 weeks of 7, which allow 2.331
    Trial("exercise-load", "one exercise", ONE, plan(sea(0, 7), x1(3, "N1 U1a"))),
    # 2 weeks of 6, which allow 1.998
    Trial("exercise-load", "a little too much", ONE, plan(sea(0, 6), x1(3, "N1 U1a")), ((3, ("U1a",), 0.002),)),
    # 4 of 8 weeks
    Trial("exercise-load", "just half", HALF, plan(sea(0, 8), x1(3, "N1 U1a"), x2(5, "N1 U1a"))),
    Trial(
        "exercise-load",
        "more than half",
        HALF,
        plan(sea(0, 7), x1(3, "N1 U1a"), x2(5, "N1 U1a")),
        ((3, ("U1a",), 0.5),),
    ),
    # the weeks of both rotations count together: 4 of 3 + 5
    Trial("exercise-load", "over the whole plan", HALF, plan(sea(0, 3), sea(4, 9), x1(6, "N1 U1a"), x2(1, "N1 U1a"))),
    Trial("exercise-load", "each for itself", ONE, plan(sea(0, 7), sea(0, 7, "U2"), x1(3, "N1 U1a"), x2(3, "N1 U2a"))),
    Trial("exercise-load", "no limit", FREE, plan(sea(0, 4), x1(2, "N1 U1a"), x2(0, "N1 U1a"))),
    # flown in it is there for the exercise alone: nothing of that counts, on either side
    Trial("exercise-load", "flown in", ONE, plan(x1(4, "N1 U1a sea"))),
    # under way: the 4 weeks in the plan count, and allow 2; those before do not
    Trial("exercise-load", "under way", UNDERWAY, plan(OUT, x1(1, "N1 U1a"))),
    Trial(
        "exercise-load",
        "under way, too much",
        UNDERWAY,
        plan(OUT, x1(0, "N1 U1a"), x2(2, "N1 U1a")),
        ((0, ("U1a",), 2),),
    ),
    # [9, 15): 3 weeks in the plan allow 1.5
    Trial("exercise-load", "past the end", HALF, plan(sea(9, 15), x1(10, "N1 U1a")), ((10, ("U1a",), 0.5),)),
)
