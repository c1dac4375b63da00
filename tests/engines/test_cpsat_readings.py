"""The constraint-programming readings against checks and scores, on worked plans and on the space's own terms."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from optimizer.domain import Case, Plan, Scenario
from optimizer.domain.outcome import Options
from optimizer.engines import cpsat
from optimizer.engines.cpsat.assign import Unrepresentable, values
from optimizer.engines.cpsat.model import build
from optimizer.engines.cpsat.search import run as search
from optimizer.engines.cpsat.space import Space
from optimizer.goals import GOALS
from optimizer.rules import RULES
from tests.build import case, plan, rot, run, setting, standing
from tests.chance import random_case
from tests.goals.cases import ALL_EXAMPLES, Example
from tests.rules.cases import ALL_CASES, Trial


@pytest.mark.parametrize("trial", ALL_CASES, ids=lambda t: f"{t.rule}: {t.name}")
def test_a_rule_alone_admits_a_plan_exactly_if_its_check_does(trial: Trial) -> None:
    assert cpsat.holds(trial.case, trial.plan, trial.rule) == (not trial.expected)


@cache
def _by_the_others(seed: int) -> tuple[Case, Plan]:
    """A random case, and its best plan by all goals but the worst country's."""
    made = setting(random_case(seed), worst_country_price=0.3, replan=True, change_price=0.3, change_price_event=1.0)
    found = search(build(made, goals=[g for g in GOALS if g != "worst-country"]), Options(workers=1), 20.0)
    assert found.plan is not None
    return made, found.plan


@pytest.mark.parametrize("seed", [4, 8, 10, 12, 22, 29])
@pytest.mark.parametrize("goal", GOALS)
def test_a_goal_alone_is_worth_what_its_score_says(goal: str, seed: int) -> None:
    """The plan is fixed: the goal's terms add up to its score."""
    made, best = _by_the_others(seed)
    built = build(made, goals=[goal])
    for var, value in values(built.space, best):
        built.model.add(var == value)
    again = search(built, Options(workers=1), 20.0)
    assert (again.status, again.plan) == ("OPTIMAL", best)
    assert again.bound == pytest.approx(GOALS[goal].score(made, best), abs=1e-6)


@pytest.mark.parametrize("example", ALL_EXAMPLES, ids=lambda x: f"{x.goal}: {x.name}")
def test_a_goal_alone_is_worth_the_score_worked_out(example: Example) -> None:
    built = build(example.case, rules=(), goals=[example.goal], told=example.plan)
    for var, value in values(built.space, example.plan):
        built.model.add(var == value)
    found = search(built, Options(workers=1), 20.0)
    assert found.bound == pytest.approx(example.score, abs=1e-6)


def test_scenarios_weighed_are_worth_what_their_score_says() -> None:
    """A lost set under a posting, a late unit in an exercise, a closed corridor."""
    made = case(
        12,
        units={"U1": "TANK", "U2": "INF"},
        sets={"S1": {}},
        exercises={"X1": {}},
        scenarios=(
            Scenario("a", "", 200, frozenset({"corridor"}), frozenset({"S1"})),
            Scenario("b", "", 300, late_units=frozenset({"U1"}), late_weeks=2),
        ),
        settings={"weigh_scenarios": True, "worst_scenario_weight": 250},
    )
    decided = plan(
        rot("U1", 0, 6, "U1a POZ set:S1"),
        rot("U2", 1, 5, "U2a RUK air"),
        run("X1", "DRA", 2, "N1 U1a"),
        *standing(made),
    )
    built = build(made, goals=["coverage"])
    for var, value in values(built.space, decided):
        built.model.add(var == value)
    found = search(built, Options(workers=1), 20.0)
    assert found.plan == decided
    assert found.bound == pytest.approx(GOALS["coverage"].score(made, decided), abs=1e-6)


def test_plans_survive_the_way_through_the_variables() -> None:
    made = random_case(12)
    first = search(build(made), Options(workers=1), 20.0).plan
    assert first is not None
    built = build(made, goals=())
    for var, value in values(built.space, first):
        built.model.add(var == value)
    assert search(built, Options(workers=1), 20.0).plan == first


def test_a_plan_outside_the_domains_cannot_be_told() -> None:
    made = case(6, units={"U1": "INF"})
    built = build(made, goals=())
    assert isinstance(built.space, Space)
    with pytest.raises(Unrepresentable):
        values(built.space, plan(rot("U1", 0, 40, "U1a POZ air")))  # longer than any rotation may be
    with pytest.raises(Unrepresentable):
        values(built.space, plan(rot("U1", 0, 3, "U1a POZ sea")))  # a mode the type does not offer


def test_every_rule_that_a_case_needs_posts_rows_in_the_name_of_someone() -> None:
    made = setting(random_case(12), floor_hard=True, founding_act=True, turnaround=True)
    made = replace(made, countries=tuple(replace(c, floor=10) for c in made.countries))
    made = replace(made, unit_types=tuple(replace(y, exercise_load=900) for y in made.unit_types))
    either = (tuple(replace(n, origin="either") for n in x.needs) for x in made.exercises)
    made = replace(made, exercises=tuple(replace(x, needs=n) for x, n in zip(made.exercises, either, strict=True)))
    silent = []
    for rule in RULES:
        named = {c.name for c in build(made, [rule], goals=()).model.proto.constraints}
        silent += [] if named - {""} else [rule]  # the space's own constraints have no name
    assert silent == []
