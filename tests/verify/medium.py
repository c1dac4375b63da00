"""A case of eleven weeks in which every rule is in play, and a plan that keeps them all."""

from __future__ import annotations

from dataclasses import replace

from optimizer.domain import Case, Host, Lock, Maintenance, Need, Plan, Purchase, Stay
from optimizer.domain.wants import Budget
from tests.build import case, plan, rot, run, tweak

UNDERWAY = rot("U3", -2, 3, "U3a RUK air")


def medium() -> Case:
    """Money is exact on line exercises; LT has a hard floor of 80, PL caps of 100, 150 and a quarter brigade."""
    x1 = {
        "earliest": 2,
        "latest": 4,
        "group": "g",
        "spacing": 2,
        "mandatory": True,
        "needs": (Need("N1", "TANK", 1, "theatre", 2000),),
    }
    x2 = {
        "earliest": 7,
        "latest": 9,
        "group": "g",
        "echelon": "brigade",
        "needs": (Need("N1", "armour", 1, "home"),),
        "hosts": (Host("DRA", 200_000), Host("POZ")),
    }
    made = case(
        11,
        units={"U1": "TANK ART?", "U2": "TANK", "U3": "INF", "U4": "INF"},
        sets={
            "S1": {"interval": 10, "maintenance_weeks": 2, "last_maintenance": -1},
            "S2": {"start_site": "DRA"},
        },
        exercises={"X1": x1, "X2": x2},
        upgrades={"B1": {"latest": 3}},
        locks=(Lock("L1", "must", "exercise", "X1", "DRA"), Lock("L2", "forbid", "unit", "U2", "RUK")),
        settings={
            "transfer_limit": 0,
            "floor_hard": True,
            "founding_act": True,
            "founding_act_weeks": 6,
            "replan": True,
            "frozen_weeks": 1,
        },
        budgets=tuple(
            Budget(2018, line, thousands * 1000)
            # exercises: X1 1.2; X2 1.2, by set 1.0 and three weeks of 0.1
            for line, thousands in {
                "presence": 9000,
                "exercises": 3700,
                "prepositioning": 1000,
                "infrastructure": 2000,
            }.items()
        ),
        last=plan(UNDERWAY, Stay("S1", "POZ", 0, 11), Stay("S2", "DRA", 0, 11), Purchase("B1", 0)),
    )
    made = tweak(made, "sites", "RUK", places=50, handover_places=130)
    made = tweak(made, "sites", "DRA", slots=2000)
    made = tweak(made, "countries", "LT", floor=80)
    made = tweak(made, "countries", "PL", cap=100, handover_cap=150, brigade_cap=250)
    # eight weeks away, half as many at home: free from week 6
    return tweak(made, "units", "U4", last_return=2, last_weeks=8)


CLEAN = plan(
    UNDERWAY,
    rot("U1", 2, 6, "U1a POZ set:S1", "U1b RUK air"),
    rot("U4", 6, 11, "U4a RUK air"),
    run("X1", "DRA", 3, "N1 U1a"),
    run("X2", "DRA", 8, "N1 U2a set:S2"),
    Stay("S1", "POZ", 0, 9),
    Stay("S1", "DRA", 10, 11),
    Stay("S2", "DRA", 0, 11),
    Maintenance("S1", 7, 9),
    Purchase("B1", 0),
)


def rotation(unit: str, **changes) -> Plan:
    """The clean plan with one rotation changed."""
    return replace(CLEAN, rotations=tuple(replace(r, **changes) if r.unit == unit else r for r in CLEAN.rotations))


def posting(element: str, **changes) -> Plan:
    """The clean plan with one posting changed."""
    return replace(
        CLEAN,
        rotations=tuple(
            replace(r, postings=tuple(replace(p, **changes) if p.element == element else p for p in r.postings))
            for r in CLEAN.rotations
        ),
    )


def exercise(name: str, **changes) -> Plan:
    """The clean plan with one run changed."""
    return replace(CLEAN, runs=tuple(replace(r, **changes) if r.exercise == name else r for r in CLEAN.runs))


def participant(name: str, **changes) -> Plan:
    """The clean plan with the one participant of an exercise changed."""
    who = next(r for r in CLEAN.runs if r.exercise == name).participants[0]
    return exercise(name, participants=(replace(who, **changes),))
