"""Ranges: POZ battalion, one at once; DRA brigade, two; RUK company, one. Exercises of two weeks."""

from optimizer.domain import Host, Purchase
from tests.build import case, plan, run
from tests.rules.cases.trial import Trial

ANYWHERE = tuple(Host(s) for s in ("POZ", "DRA", "RUK", "DEP"))
# B1 makes RUK a battalion range for two at once, two weeks after it is bought
B1 = {"places": 0, "handover_places": 0, "range_echelon": "battalion", "exercises_at_once": 1}


def levels(*echelons: str):
    return case(
        exercises={f"X{i}": {"echelon": e, "hosts": ANYWHERE} for i, e in enumerate(echelons, 1)},
        upgrades={"B1": B1},
    )


COMPANIES = levels("company", "company", "company")
BATTALION = levels("battalion")

CASES = (
    Trial("range-capacity", "a company on a company range", COMPANIES, plan(run("X1", "RUK", 2))),
    Trial(
        "range-capacity",
        "a battalion on a company range",
        BATTALION,
        plan(run("X1", "RUK", 2)),
        ((2, ("X1", "RUK"), 1),),
    ),
    Trial("range-capacity", "a battalion on a battalion range", BATTALION, plan(run("X1", "POZ", 2))),
    # none < company < battalion < brigade: two short, three short
    Trial(
        "range-capacity",
        "a brigade on a company range",
        levels("brigade"),
        plan(run("X1", "RUK", 2)),
        ((2, ("X1", "RUK"), 2),),
    ),
    Trial(
        "range-capacity",
        "a brigade without a range",
        levels("brigade"),
        plan(run("X1", "DEP", 2)),
        ((2, ("X1", "DEP"), 3),),
    ),
    Trial("range-capacity", "a range built in time", BATTALION, plan(run("X1", "RUK", 3), Purchase("B1", 1))),
    Trial(
        "range-capacity",
        "a range built a week late",
        BATTALION,
        plan(run("X1", "RUK", 2), Purchase("B1", 1)),
        ((2, ("X1", "RUK"), 1),),
    ),
    Trial("range-capacity", "one after the other", COMPANIES, plan(run("X1", "POZ", 2), run("X2", "POZ", 4))),
    Trial(
        "range-capacity",
        "two at once where one fits",
        COMPANIES,
        plan(run("X1", "POZ", 2), run("X2", "POZ", 3)),
        ((3, ("POZ", "X1", "X2"), 1),),
    ),
    Trial("range-capacity", "two at once where two fit", COMPANIES, plan(run("X1", "DRA", 2), run("X2", "DRA", 3))),
    # only week 4 sees all three: [3, 5), [4, 6), [4, 6)
    Trial(
        "range-capacity",
        "three at once where two fit",
        COMPANIES,
        plan(run("X1", "DRA", 3), run("X2", "DRA", 4), run("X3", "DRA", 4)),
        ((4, ("DRA", "X1", "X2", "X3"), 1),),
    ),
    Trial(
        "range-capacity",
        "a staff exercise needs no range",
        levels("company", "none"),
        plan(run("X1", "RUK", 2), run("X2", "RUK", 2)),
    ),
    Trial(
        "range-capacity",
        "room for another is ready a week late",
        COMPANIES,
        plan(run("X1", "RUK", 4), run("X2", "RUK", 4), Purchase("B1", 3)),
        ((4, ("RUK", "X1", "X2"), 1),),
    ),
)
