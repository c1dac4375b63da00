"""A case under a scenario: what is gone, what comes later, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Holding, Lock, Scenario, Window
from optimizer.domain.scenarios import under
from optimizer.errors import UsageError
from optimizer.quantities import MONEY
from tests.build import budget, case, plan, rot, run, setting, standing

BAD = Scenario(
    "bad",
    "everything at once",
    weight=200,
    closed_routes=frozenset({"corridor"}),
    lost_sets=frozenset({"S1"}),
    late_units=frozenset({"U1"}),
    late_weeks=3,
    budget_factor=900,
    cr_weeks=6,
    cr_rate=500,
)


def hit(**more):
    made = case(
        12,
        units={"U1": "TANK", "U2": "ART"},
        sets={"S1": {}, "S2": {}},
        budgets=(budget(10, quarters=(MONEY, None, None, None), last_year=8 * MONEY),),
        scenarios=(BAD, Scenario("worse", "worse", lost_sets=frozenset({"S1", "S2"}))),
        settings={"weigh_scenarios": True, "total_cap": 5 * MONEY},
    )
    return replace(made, **more)


def test_everything_a_scenario_takes_is_gone():
    before = hit()
    now = under(before, "bad")
    assert now.under == "bad"
    assert now.cr is not None
    assert (now.cr.cr_weeks, now.cr.cr_rate) == (6, 500)
    assert len(now.legs) == len(before.legs) - 1
    assert not any("corridor" in leg.routes for leg in now.legs)
    assert [q.id for q in now.sets] == ["S2"]
    assert {h.set_id for h in now.holdings} == {"S2"}
    assert now.budgets[0].amount == 9 * MONEY
    assert now.budgets[0].quarters == (900_000, None, None, None)
    assert now.budgets[0].last_year == 8 * MONEY
    assert now.settings.total_cap == 4_500_000
    assert not now.settings.weigh_scenarios
    assert next(s for s in now.scenarios if s.id == "worse").lost_sets == {"S2"}
    assert len(before.sets) == 2, "the case itself stays as it was"


def test_late_units_come_later_and_windows_that_close_before_are_gone():
    windows = (Window("U1", -10, 20), Window("U1", -5, 3), Window("U1", 8, 20), Window("U2", 0, 20))
    now = under(hit(windows=windows), "bad")
    assert now.windows == (Window("U1", 3, 20), Window("U1", 11, 20), Window("U2", 0, 20))


def test_a_scenario_without_a_continuing_resolution_brings_none():
    assert under(hit(), "worse").cr is None


def test_an_unknown_scenario_names_the_known_ones():
    with pytest.raises(UsageError, match="bad, worse"):
        under(hit(), "corridor")


def test_a_lost_set_that_must_stand_is_refused_and_other_locks_go():
    must = Lock("L1", "must", "set", "S1", "POZ")
    with pytest.raises(UsageError, match="L1"):
        under(hit(locks=(must,)), "bad")
    kept = Lock("L3", "prefer", "set", "S2", "POZ", price=1.0)
    assert under(hit(locks=(replace(must, rule="forbid"), kept)), "bad").locks == (kept,)


def test_a_lost_set_in_use_on_day_one_is_refused():
    last = plan(rot("U1", -4, 4, "U1a POZ set:S1"))
    with pytest.raises(UsageError, match="under way"):
        under(hit(last=last), "bad")


def test_a_frozen_exercise_on_a_lost_set_is_refused_only_while_frozen():
    made = hit(last=plan(run("X1", "POZ", 2, "N1 U1a set:S1")))
    frozen = setting(made, replan=True, frozen_weeks=4)
    with pytest.raises(UsageError, match="X1"):
        under(frozen, "bad")
    assert under(setting(made, replan=True, frozen_weeks=2), "bad").last.runs[0].participants == ()


def test_the_last_plan_forgets_what_stood_on_a_lost_set():
    made = hit()
    last = plan(*standing(made), rot("U1", 2, 6, "U1a POZ set:S1"), rot("U2", 2, 6, "U2a POZ sea"))
    now = under(replace(made, last=last), "bad")
    assert [r.unit for r in now.last.rotations] == ["U2"]
    assert {s.set_id for s in now.last.stays} == {"S2"}


def test_holdings_of_other_sets_are_untouched():
    made = hit(holdings=(Holding("S1", "POZ", 0, 12), Holding("S2", "DRA", 0, 12)))
    assert under(made, "bad").holdings == (Holding("S2", "DRA", 0, 12),)
