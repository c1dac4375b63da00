"""The linear reading of a rule or goal, alone and with the plan fixed, agrees with check and score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Case, Demand, Lock, Plan, Purchase, Scenario
from optimizer.engines.linear.fixed import keeps, worth
from optimizer.goals import GOALS
from tests.build import COUNTRIES, case, plan, rot, run, setting, standing
from tests.goals.cases import ALL_EXAMPLES, Example
from tests.rules.cases import ALL_CASES, Trial


@pytest.mark.parametrize("trial", ALL_CASES, ids=lambda t: f"{t.rule}: {t.name}")
def test_the_reading_of_a_rule_holds_exactly_where_its_check_finds_nothing(trial: Trial) -> None:
    assert keeps(trial.case, trial.plan, [trial.rule]) is (not trial.expected)


BUSY = setting(
    case(
        12,
        units={"U1": "TANK ART?", "U2": "INF", "U3": "TANK"},
        sets={"S1": {"interval": 6, "maintenance_weeks": 2, "last_maintenance": -2}, "S2": {"start_site": "DRA"}},
        exercises={"X1": {"value": 5.0}, "X2": {"value": 2.0}},
        upgrades={"B1": {}},
        countries=tuple(replace(c, floor=150) for c in COUNTRIES),
        locks=(
            Lock("K1", "prefer", "unit", "U1", "PL", price=2.0),
            Lock("K2", "prefer", "element", "U2a", "LT", start=1, end=4, price=-3.0),
            Lock("K3", "prefer", "exercise", "X1", "POZ", price=1.5),
            Lock("K4", "prefer", "set", "S2", "DRA", price=0.25),
            Lock("K5", "prefer", "upgrade", "B1", price=-0.5),
        ),
    ),
    worst_country_price=0.4,
    cost_price=0.01,
)
DECIDED = plan(
    rot("U1", 0, 6, "U1a POZ set:S1", "U1b RUK air"),
    rot("U2", 1, 6, "U2a RUK air 2 6"),
    run("X1", "DRA", 2, "N1 U1a"),
    run("X2", "POZ", 9, "N1 U3a sea"),
    *standing(BUSY),
    Purchase("B1", 3),
)
STRESSES = (
    Scenario("closed", "closed", 200, closed_routes=frozenset({"corridor"})),
    Scenario("lost", "lost", 300, lost_sets=frozenset({"S1"})),
    Scenario("late", "late", 250, late_units=frozenset({"U1", "U3"}), late_weeks=3),
)
LAST = plan(
    rot("U1", 1, 5, "U1a POZ set:S1"),
    rot("U2", 1, 6, "U2a DRA air"),
    run("X1", "POZ", 2, "N1 U1a"),
    *standing(BUSY),
)
SITUATIONS = {
    "as it is": BUSY,
    "under scenarios": setting(replace(BUSY, scenarios=STRESSES), weigh_scenarios=True, worst_scenario_weight=350),
    "by the worst": setting(replace(BUSY, scenarios=STRESSES), weigh_scenarios=True, worst_scenario_weight=1000),
    "replanned": setting(replace(BUSY, last=LAST), replan=True, change_price=0.7, change_price_event=3.0),
    "little demand": replace(BUSY, demands=(Demand("LT", "armour", "full", 2, 9, 300),)),
}


@pytest.mark.parametrize("goal", GOALS)
@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("decided", [DECIDED, Plan(stays=standing(BUSY))], ids=["busy", "idle"])
def test_the_reading_of_a_goal_is_its_score(goal: str, situation: str, decided: Plan) -> None:
    c: Case = SITUATIONS[situation]
    assert worth(c, decided, [goal]) == pytest.approx(GOALS[goal].score(c, decided), abs=1e-6)


@pytest.mark.parametrize("example", ALL_EXAMPLES, ids=lambda x: f"{x.goal}: {x.name}")
def test_the_reading_of_a_goal_is_the_score_worked_out(example: Example) -> None:
    assert worth(example.case, example.plan, [example.goal]) == pytest.approx(example.score, abs=1e-6)


def test_the_situations_reach_every_goal() -> None:
    scores = {goal: {room.score(c, DECIDED) for c in SITUATIONS.values()} for goal, room in GOALS.items()}
    assert all(values != {0.0} for values in scores.values())
    assert len(scores["coverage"]) == 4  # replanning changes nothing about coverage
