"""Typed lines, rotations under way and frozen weeks; plans of 12 weeks."""

from dataclasses import replace

from optimizer.domain import Case, Lock, Plan, Purchase, Stay
from tests.build import case, plan, rot, run, setting
from tests.rules.cases.trial import Trial

PLAIN = case(units={"U1": "TANK ART?", "U2": "TANK"}, sets={"S1": {}}, exercises={"X1": {}}, upgrades={"B1": {}})
HERE = plan(rot("U1", 2, 6, "U1a POZ sea", "U1b RUK air"))  # U1b is optional
MOVED = plan(Stay("S1", "POZ", 0, 5), Stay("S1", "DRA", 6, 12))
HELD = plan(rot("U1", 0, 6, "U1a POZ sea"), run("X1", "DRA", 3, "N1 U1a"))
OUT = plan(rot("U2", -2, 3, "U2a POZ sea"))


def line(rule: str, kind: str, subject: str, start=None, end=None, **rest) -> Case:
    return replace(PLAIN, locks=(Lock("L1", rule, kind, subject, start=start, end=end, **rest),))


def frozen(last: Plan, weeks: int = 3) -> Case:
    return setting(replace(PLAIN, last=last), replan=True, frozen_weeks=weeks)


BOUGHT = frozen(plan(Purchase("B1", 2)))
DRILL = frozen(plan(rot("U1", 0, 6, "U1a POZ sea"), run("X1", "DRA", 2, "N1 U1a")))

BUILDING = case(upgrades={"B1": {}}, last=plan(Purchase("B1", -4)))

CASES = (
    Trial("locks", "under way and kept", replace(PLAIN, last=OUT), OUT),
    Trial("locks", "under way and dropped", replace(PLAIN, last=OUT), plan(), ((0, ("U2",), 1),)),
    Trial(
        "locks",
        "under way and cut short",
        replace(PLAIN, last=OUT),
        plan(rot("U2", -2, 2, "U2a POZ sea")),
        ((0, ("U2",), 1),),
        considered=False,
    ),
    # the optional battery may be anywhere
    Trial("locks", "a unit must be in Poland and is", line("must", "unit", "U1", 2, 6, place="PL"), HERE),
    Trial(
        "locks",
        "a unit must be in Poland a week longer",
        line("must", "unit", "U1", 2, 7, place="PL"),
        HERE,
        ((6, ("L1", "U1"), 1),),
    ),
    # weeks 0-1 and 6-11 are missing
    Trial(
        "locks",
        "a unit must be out all the time",
        line("must", "unit", "U1"),
        HERE,
        ((0, ("L1", "U1"), 2), (6, ("L1", "U1"), 6)),
    ),
    Trial("locks", "a unit is kept out of DRA", line("forbid", "unit", "U1", place="DRA"), HERE),
    # and so is its optional battery, there in weeks 2 to 5
    Trial(
        "locks",
        "a unit is kept out of Lithuania",
        line("forbid", "unit", "U1", place="LT"),
        HERE,
        ((2, ("L1", "U1"), 4),),
    ),
    Trial("locks", "an element must be there", line("must", "element", "U1b", 3, 6, place="RUK"), HERE),
    Trial(
        "locks",
        "an element must be elsewhere",
        line("must", "element", "U1b", 3, 6, place="PL"),
        HERE,
        ((3, ("L1", "U1b"), 3),),
    ),
    Trial("locks", "an element must stay at home", line("forbid", "element", "U1a", 4), HERE, ((4, ("L1", "U1a"), 2),)),
    Trial("locks", "a set must be in place", line("must", "set", "S1", 6, place="DRA"), MOVED),
    # on the road in week 5
    Trial(
        "locks", "a set must be in Poland always", line("must", "set", "S1", place="PL"), MOVED, ((5, ("L1", "S1"), 1),)
    ),
    Trial(
        "locks", "a set must not be in DRA", line("forbid", "set", "S1", place="DRA"), MOVED, ((6, ("L1", "S1"), 6),)
    ),
    Trial("locks", "an exercise must be held", line("must", "exercise", "X1", 3, 4, place="DRA"), HELD),
    Trial(
        "locks", "an exercise must be held later", line("must", "exercise", "X1", 4, 8), HELD, ((4, ("L1", "X1"), 1),)
    ),
    Trial(
        "locks",
        "an exercise must be held elsewhere",
        line("must", "exercise", "X1", place="POZ"),
        HELD,
        ((0, ("L1", "X1"), 1),),
    ),
    Trial(
        "locks", "an exercise is forbidden", line("forbid", "exercise", "X1", place="PL"), HELD, ((3, ("L1", "X1"), 1),)
    ),
    Trial("locks", "an exercise is forbidden at other times", line("forbid", "exercise", "X1", 4, 9), HELD),
    Trial("locks", "an element must take part", line("must", "participant", "U1a", exercise="X1"), HELD),
    Trial(
        "locks",
        "another must take part",
        line("must", "participant", "U2a", exercise="X1"),
        HELD,
        ((0, ("L1", "U2a"), 1),),
    ),
    Trial(
        "locks",
        "an element must not take part",
        line("forbid", "participant", "U1a", exercise="X1"),
        HELD,
        ((3, ("L1", "U1a"), 1),),
    ),
    Trial("locks", "an upgrade must be bought", line("must", "upgrade", "B1", 2, 6), plan(Purchase("B1", 5))),
    Trial(
        "locks",
        "an upgrade must be bought sooner",
        line("must", "upgrade", "B1", 2, 6),
        plan(Purchase("B1", 6)),
        ((2, ("L1", "B1"), 1),),
    ),
    Trial(
        "locks",
        "an upgrade is forbidden",
        line("forbid", "upgrade", "B1"),
        plan(Purchase("B1", 6)),
        ((6, ("L1", "B1"), 1),),
    ),
    Trial("locks", "a wish is no order", line("prefer", "unit", "U2", price=1.0), HERE),
    # frozen until week 3: what comes after may change
    Trial("locks", "frozen and leaves sooner", frozen(HERE), plan(rot("U1", 2, 4, "U1a POZ sea", "U1b RUK air"))),
    Trial(
        "locks",
        "frozen and based elsewhere",
        frozen(HERE),
        plan(rot("U1", 2, 6, "U1a DRA sea", "U1b RUK air")),
        ((2, ("U1a",), 1),),
    ),
    Trial(
        "locks", "frozen and stays at home", frozen(HERE, 4), plan(rot("U1", 2, 6, "U1a POZ sea")), ((2, ("U1b",), 2),)
    ),
    Trial("locks", "not frozen without replanning", setting(frozen(HERE), replan=False), plan()),
    Trial(
        "locks", "frozen and the set has moved", frozen(MOVED, 8), plan(Stay("S1", "POZ", 0, 12)), ((5, ("S1",), 3),)
    ),
    Trial(
        "locks",
        "frozen exercise with others",
        DRILL,
        plan(rot("U1", 0, 6, "U1a POZ sea"), run("X1", "DRA", 2, "N1 U2a sea")),
        ((2, ("X1",), 1),),
    ),
    Trial("locks", "frozen exercise and kept", DRILL, DRILL.last),
    Trial("locks", "frozen purchase and kept", BOUGHT, plan(Purchase("B1", 2))),
    # dropped from week 2; week 3 is free
    Trial("locks", "frozen purchase put off", BOUGHT, plan(Purchase("B1", 3)), ((2, ("B1",), 1),)),
    Trial("locks", "bought before the plan", BUILDING, plan(Purchase("B1", -4))),
    Trial("locks", "bought before the plan and forgotten", BUILDING, plan(), ((0, ("B1",), 1),)),
)
