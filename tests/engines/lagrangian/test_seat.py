"""A plan seated in the search is that plan, score and decisions, and one fitted to a case in which it holds stays."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from optimizer.domain import Case, Closure, Host, Leg, Lock, Need, Plan, Stay
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian import solve
from optimizer.engines.lagrangian.search.plans import plan_of
from optimizer.engines.lagrangian.search.seat import state_of
from optimizer.engines.lagrangian.search.state.value import money_fits, score
from optimizer.engines.lagrangian.tables.build import names, tables
from optimizer.engines.lagrangian.tables.wishes import MUST
from optimizer.goals import score_all
from optimizer.goals.plan_changes.score import changes
from optimizer.rules import check_all
from optimizer.synthetic import Size, synthetic_case
from tests.chance import random_case
from tests.engines.lagrangian.brief import brief
from tests.engines.lagrangian.seated import fitted
from tests.tiny import budget, run
from tests.tiny import case as tiny_case
from tests.tiny import plan as tiny_plan

SEEDS = range(40)
MIDDLE = Size(12, 8, 40, 8)


@cache
def _found(seed: int) -> tuple[Case, Plan | None]:
    case = random_case(seed)
    with brief():
        return case, solve(case, Options("quick", workers=1)).plan


@cache
def _middle() -> tuple[Case, Plan]:
    case = synthetic_case(MIDDLE, seed=3)
    with brief():
        plan = solve(case, Options("quick", workers=2)).plan
    assert plan is not None
    return case, plan


def _broken(case: Case, plan: Plan) -> list[str]:
    return [b.text for f in check_all(case, plan) for b in f.breaches]


def test_a_seated_plan_is_the_plan() -> None:
    """Compiled score and re-added score are one, hard wishes apart, and nothing is lost on the way."""
    rich = 0
    for seed in SEEDS:
        case, plan = _found(seed)
        if plan is None:
            continue
        t, ids = tables(case), names(case)
        board = state_of(case, t, ids, plan)
        compiled = score(board.tables, board.core)
        hard = round(compiled / MUST)
        assert hard == t.wish_target, seed
        assert compiled - hard * MUST == pytest.approx(sum(score_all(case, plan).values()), abs=1e-5), seed
        assert plan_of(case, t, ids, board.state) == plan.tidy(), seed
        assert money_fits(board.tables, board.core), seed
        rich += bool(plan.rotations and (plan.runs or plan.maintenance))
    assert rich > len(SEEDS) // 3


def test_a_plan_that_holds_is_fitted_as_it_is() -> None:
    for seed in SEEDS:
        case, plan = _found(seed)
        if plan is not None:
            assert fitted(case, plan) == plan.tidy(), seed
    case, plan = _middle()
    assert fitted(case, plan) == plan.tidy()


def test_after_a_shock_the_rules_hold_and_most_is_kept() -> None:
    """A unit eight weeks late, a camp shut for a month, money cut by a tenth: each time a plan that holds, made of
    parts of the old one."""
    case, plan = _middle()
    r = max((r for r in plan.rotations if r.arrive > 0), key=lambda r: r.depart - r.arrive)
    windows = tuple(replace(w, start=max(w.start, r.arrive + 8)) if w.unit == r.unit else w for w in case.windows)
    late = replace(case, windows=windows)
    busiest = max(case.sites, key=lambda s: sum(p.site == s.id for q in plan.rotations for p in q.postings))
    shut = replace(case, closures=(*case.closures, Closure(busiest.id, 15, 19, "places", 0)))
    cut = replace(case, budgets=tuple(replace(b, amount=b.amount * 9 // 10) for b in case.budgets))
    weeks = sum(min(p.depart, case.weeks) - max(p.arrive, 0) for q in plan.rotations for p in q.postings)
    for shocked in (late, shut, cut):
        assert _broken(shocked, plan)
        kept = fitted(shocked, plan)
        assert kept is not None
        assert not _broken(shocked, kept)
        moved, _ = changes(replace(shocked, last=plan), kept)
        assert 0 < moved < weeks // 2
        assert kept.rotations


def test_a_solve_is_never_worse_than_the_plan_in_hand() -> None:
    case, plan = _middle()
    held = sum(score_all(case, plan).values())
    with brief():
        again = solve(replace(case, last=plan), Options("quick", seed=7, workers=2, start=plan))
    assert again.score is not None
    assert again.score >= held


@pytest.mark.parametrize("frozen", [0, 1, 5, 20, 39])
def test_replanning_with_nothing_changed_changes_nothing(frozen: int) -> None:
    """Though it searches four times as long as the plan was sought, by when there are better ones."""
    case, plan = _middle()
    s = replace(case.settings, replan=True, frozen_weeks=frozen, change_price=1.0, change_price_event=5.0)
    with brief(moves=2_000):
        outcome = solve(replace(case, settings=s, last=plan), Options("quick", workers=2))
    assert outcome.plan == plan.tidy()
    assert not outcome.refused


def test_a_set_leaves_a_place_that_is_forbidden_however_long_it_is_on_the_road() -> None:
    """Forbidden in Poznan in week 20 of 40, and Drawsko is eleven weeks away: there is no coming back in time, and half
    of the weeks in Poznan are lost. It stays as long as it may."""
    made = tiny_case(40, sets={"S1": {}}, legs=(Leg("POZ", "DRA", 77_000, 77_000),))
    made = replace(made, locks=(Lock("L1", "forbid", "set", "S1", "POZ", start=20, end=21),))
    kept = fitted(made, tiny_plan(Stay("S1", "POZ", 0, 40)))
    assert kept is not None
    assert not _broken(made, kept)
    assert set(kept.stays) == {Stay("S1", "POZ", 0, 20), Stay("S1", "DRA", 31, 40)}


@pytest.mark.parametrize("money", [3, 6])
def test_an_exercise_moves_with_those_who_were_to_take_part(money: int) -> None:
    """Poznan is shut in the weeks of the exercise, Drawsko is not. A company of tanks would cover more than the
    infantry that was to come, but costs 3 M to bring where that costs 1: with 3 M for everything, 1 M of it for the
    exercise itself, only the infantry can be paid. More money is no reason to change who comes either."""
    weeks = {"earliest": 5, "latest": 7}
    made = tiny_case(
        units={"U1": "TANK", "U2": "INF"},
        exercises={"X1": {"hosts": (Host("POZ"), Host("DRA")), "needs": (Need("N1", "armour", 1),), **weeks}},
        closures=(Closure("POZ", 4, 8, "places", 0),),
        budgets=(budget(money, "exercises"),),
    )
    kept = fitted(made, tiny_plan(run("X1", "POZ", 5, "N1 U2a air")))
    assert kept is not None
    assert not _broken(made, kept)
    assert kept.runs == (run("X1", "DRA", 5, "N1 U2a air"),)


def test_a_plan_that_no_longer_holds_is_mended_by_many_descents() -> None:
    """Whatever work there is: never below what fits, and the same plan again for the same seed."""
    case, plan = _middle()
    cut = replace(case, budgets=tuple(replace(b, amount=b.amount * 9 // 10) for b in case.budgets), last=plan)
    s = replace(case.settings, replan=True, change_price=1.0, change_price_event=5.0)
    cut = replace(cut, settings=s)
    kept = fitted(cut, plan)
    assert kept is not None
    for moves in (1, 300):
        with brief(moves=moves, mending=moves):
            first, again = (solve(cut, Options("quick", workers=2)) for _ in range(2))
        assert first.plan == again.plan
        assert first.plan is not None
        assert first.score is not None
        assert not _broken(cut, first.plan)
        assert first.score >= sum(score_all(cut, kept).values()) - 1e-6
