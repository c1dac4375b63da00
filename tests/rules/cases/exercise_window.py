"""X1 of two weeks starts in weeks 3 to 6, at DRA or POZ; plans of 12 weeks."""

from dataclasses import replace

from optimizer.domain import Closure
from tests.build import case, plan, run
from tests.rules.cases.trial import Trial

WINDOW = {"earliest": 3, "latest": 6}
ONE = case(exercises={"X1": WINDOW})
OPEN = case(exercises={"X1": {}})
PAIR = case(exercises={"X1": {"group": "g", "spacing": 2}, "X2": {"group": "g"}, "X3": {"spacing": 9}})

# X1, held [−2, 0) by the last plan: in this window, or before it opens (an earlier occurrence)
HELD = replace(case(exercises={"X1": {"earliest": -3, "mandatory": True}}), last=plan(run("X1", "DRA", -2)))
EARLIER = replace(PAIR, last=plan(run("X1", "DRA", -2)))


def closed(what: str, place: str = "DRA"):
    return case(exercises={"X1": WINDOW}, closures=(Closure(place, 4, 5, what),))


def x1(start: int, site: str = "DRA"):
    return plan(run("X1", site, start, "N1 U1a"))


CASES = (
    Trial("exercise-window", "at its first moment", ONE, x1(3)),
    Trial("exercise-window", "at its last moment", ONE, x1(6, "POZ")),
    Trial("exercise-window", "not held", ONE, plan()),
    Trial("exercise-window", "a week too soon", ONE, x1(2), ((2, ("X1",), 1),)),
    Trial("exercise-window", "two weeks too late", ONE, x1(8), ((8, ("X1",), 2),)),
    # its window is open, but week 12 is no longer in the plan
    Trial("exercise-window", "ends with the plan", OPEN, x1(10)),
    Trial("exercise-window", "ends after the plan", OPEN, x1(11), ((11, ("X1",), 1),)),
    Trial(
        "exercise-window", "at a site that is no host", ONE, x1(4, "RUK"), ((4, ("X1", "RUK"), 1),), considered=False
    ),
    # [3, 5) meets the closure in week 4
    Trial("exercise-window", "the range is closed", closed("range"), x1(3), ((4, ("X1", "DRA"), 1),)),
    Trial("exercise-window", "the country is closed", closed("all", "PL"), x1(4, "POZ"), ((4, ("X1", "POZ"), 1),)),
    Trial("exercise-window", "the range reopens in time", closed("range"), x1(5)),
    Trial("exercise-window", "only the beds are gone", closed("places"), x1(4)),
    # X1 ends in week 3; two weeks later is week 5
    Trial("exercise-window", "well spaced", PAIR, plan(run("X1", "DRA", 1), run("X2", "POZ", 5), run("X3", "DRA", 3))),
    Trial(
        "exercise-window",
        "too close to each other",
        PAIR,
        plan(run("X1", "DRA", 1), run("X2", "POZ", 4)),
        ((4, ("X1", "X2"), 1),),
    ),
    # [4, 6) before [5, 7): a gap of −1 where 2 are wanted
    Trial(
        "exercise-window",
        "at the same time",
        PAIR,
        plan(run("X2", "DRA", 4), run("X1", "POZ", 5)),
        ((5, ("X1", "X2"), 3),),
    ),
    Trial("exercise-window", "held before the plan", HELD, plan()),
    Trial("exercise-window", "held again", HELD, x1(4), ((4, ("X1",), 1),)),
    # two weeks from week 0 on
    Trial("exercise-window", "spaced from what was before", EARLIER, plan(run("X2", "DRA", 2))),
    Trial(
        "exercise-window",
        "too close to what was before",
        EARLIER,
        plan(run("X2", "DRA", 1)),
        ((1, ("X1", "X2"), 1),),
    ),
    Trial("exercise-window", "too close to its own last time", EARLIER, x1(0), ((0, ("X1",), 2),)),
    Trial("exercise-window", "mandatory and held", case(exercises={"X1": {**WINDOW, "mandatory": True}}), x1(5)),
    Trial(
        "exercise-window",
        "mandatory and not held",
        case(exercises={"X1": {**WINDOW, "mandatory": True}}),
        plan(),
        ((3, ("X1",), 1),),
    ),
    Trial(
        "exercise-window",
        "held twice",
        ONE,
        plan(run("X1", "DRA", 3), run("X1", "POZ", 6)),
        ((6, ("X1",), 1),),
        considered=False,
    ),
)
