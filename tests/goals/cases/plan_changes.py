"""Replanning at 0.5 for an element-week or set-week and 3 for an exercise or upgrade."""

from dataclasses import replace

from optimizer.domain import Plan, Purchase, Stay
from tests.build import case, plan, rot, run, setting, standing
from tests.goals.cases.example import Example

BASE = case(units={"U1": "TANK", "U2": "TANK"}, sets={"S1": {}}, exercises={"X1": {}}, upgrades={"B1": {}})
LAST = plan(
    rot("U1", 2, 6, "U1a POZ sea"),
    Stay("S1", "POZ", 0, 5),
    Stay("S1", "DRA", 6, 12),
    run("X1", "DRA", 4, "N1 U1a"),
    Purchase("B1", 3),
)
AGAIN = setting(replace(BASE, last=LAST), replan=True, change_price=0.5, change_price_event=3.0)
ALONE = replace(AGAIN, last=replace(LAST, runs=()))


def but(**changes) -> Plan:
    return replace(LAST, **changes).tidy()


def u1(arrive: int, depart: int, site: str = "POZ"):
    return (rot("U1", arrive, depart, f"U1a {site} sea"),)


EXAMPLES = (
    Example("plan-changes", "nothing changes", AGAIN, LAST, 0.0),
    # home instead of POZ in week 2, POZ instead of home in week 6
    Example("plan-changes", "a week later", AGAIN, but(rotations=u1(3, 7)), -1.0),
    Example("plan-changes", "another base", AGAIN, but(rotations=u1(2, 6, "DRA")), -2.0),
    # one comes home and another takes its place: 4 weeks each
    Example("plan-changes", "another unit", AGAIN, but(rotations=(rot("U2", 2, 6, "U2a POZ sea"),)), -4.0),
    # POZ instead of the road in week 5 and of DRA in weeks 6 to 11
    Example("plan-changes", "the set stays", AGAIN, but(stays=standing(BASE)), -3.5),
    Example("plan-changes", "the exercise is dropped", AGAIN, but(runs=()), -3.0),
    # a change of place and time is still one
    Example("plan-changes", "the exercise is moved", AGAIN, but(runs=(run("X1", "POZ", 3, "N1 U1a"),)), -3.0),
    Example("plan-changes", "others take part", AGAIN, but(runs=(run("X1", "DRA", 4, "N1 U2a sea"),)), 0.0),
    Example("plan-changes", "bought later", AGAIN, but(purchases=(Purchase("B1", 4),)), -3.0),
    Example("plan-changes", "not replanning", setting(AGAIN, replan=False), but(runs=()), 0.0),
    # U2, flown in for X1, is at home as it was; only the exercise is new
    Example("plan-changes", "flown in is at home", ALONE, but(runs=(run("X1", "DRA", 4, "N1 U2a sea"),)), -3.0),
    # what the last plan did before week 0 is past
    Example(
        "plan-changes",
        "past events",
        replace(AGAIN, last=plan(run("X1", "DRA", -4, "N1 U1a"), Purchase("B1", -2), *LAST.rotations, *LAST.stays)),
        but(runs=(), purchases=()),
        0.0,
    ),
)
