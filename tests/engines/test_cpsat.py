"""What the constraint-programming engine claims, and when."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from optimizer.domain import Case, Lock, Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.engines import cpsat
from optimizer.engines.cpsat import engine
from optimizer.engines.cpsat.model import build
from optimizer.engines.cpsat.objective import ceiling, maximise
from optimizer.engines.cpsat.search import Found
from optimizer.engines.cpsat.symmetry import alike, order_alike
from optimizer.errors import Disagreement
from optimizer.goals import score_all
from optimizer.rules import check_all
from tests.build import case, plan, rot
from tests.chance import random_case

ONE = Options(workers=1)


def score(made: Case, p: Plan) -> float:
    return sum(score_all(made, p).values())


def sound(made: Case, p: Plan) -> bool:
    return not any(f.breaches for f in check_all(made, p))


def test_a_proven_optimum_is_scored_anew_and_bounded() -> None:
    made = random_case(12)
    seen: list[Progress] = []
    found = cpsat.solve(made, Options(workers=1, progress=seen.append))
    assert (found.engine, found.status, found.stop_reason, found.repeatable) == ("cpsat", "optimal", "proven", True)
    assert found.plan is not None
    assert found.plan == found.plan.tidy()
    assert sound(made, found.plan)
    assert found.score == score(made, found.plan)
    assert found.bound is not None
    assert 0 <= found.bound - found.score <= 1e-6 * abs(found.score)
    assert seen
    assert tuple(seen) == found.trail
    assert all(p.bound is None or p.bound >= found.score - 1e-6 for p in seen)


@pytest.mark.parametrize("workers", [1, 2])
def test_equal_calls_give_equal_plans(workers: int) -> None:
    made, options = random_case(6), Options(effort="quick", workers=workers)
    first, second = cpsat.solve(made, options), cpsat.solve(made, Options(effort="quick", workers=workers))
    assert (first.plan, first.score, first.bound) == (second.plan, second.score, second.bound)


def test_out_of_work_it_says_so_and_keeps_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    made = random_case(0)
    monkeypatch.setitem(engine.WORK, "quick", 0.2)
    found = cpsat.solve(made, Options(effort="quick", workers=1))
    assert (found.status, found.stop_reason, found.repeatable) in (
        ("feasible", "effort", True),
        ("unknown", "effort", True),
    )
    assert found.bound is not None
    assert found.bound >= cpsat.solve(made, ONE).score - 1e-6


def test_without_time_there_is_no_plan_but_a_bound() -> None:
    made = random_case(12)
    found = cpsat.solve(made, Options(time_limit=0.0))
    assert (found.status, found.stop_reason, found.plan, found.repeatable) == ("unknown", "time limit", None, False)
    assert found.bound is not None
    assert found.bound >= cpsat.solve(made, ONE).score


def test_interrupted_it_keeps_the_plan_it_was_given() -> None:
    made = case(6, units={"U1": "INF"})
    given = plan(rot("U1", 0, 3, "U1a POZ air"))
    found = cpsat.solve(made, Options(stopped=lambda: True, workers=1, start=given))
    assert found.stop_reason in ("interrupted", "proven")
    assert found.score >= score(made, given)


def test_a_plan_to_start_from_is_never_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    made = random_case(12)
    best = cpsat.solve(made, ONE).plan
    monkeypatch.setitem(engine.WORK, "quick", 0.001)
    found = cpsat.solve(made, Options(effort="quick", workers=1, start=best))
    assert found.score == score(made, best)


def test_a_plan_that_breaks_a_rule_is_no_start() -> None:
    made = case(4, units={"U1": "INF"})
    found = cpsat.solve(made, replace(ONE, start=plan(rot("U1", 0, 30, "U1a POZ air"))))
    assert found.status == "optimal"
    assert sound(made, found.plan)


def test_a_false_proof_is_not_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    made = case(6, units={"U1": "INF"})
    good = plan(rot("U1", 0, 3, "U1a POZ air"))
    for claim in (Found("OPTIMAL", good, 1.0, ()), Found("OPTIMAL", plan(rot("U1", 0, 30, "U1a POZ air")), 99.0, ())):
        monkeypatch.setattr(engine, "run", lambda *_, claim=claim: claim)
        with pytest.raises(Disagreement):
            cpsat.solve(made, ONE)
    monkeypatch.setattr(engine, "run", lambda *_: Found("INFEASIBLE", None, None, ()))
    with pytest.raises(Disagreement):
        cpsat.solve(made, replace(ONE, start=good))


def test_a_case_without_a_plan_is_proven_to_have_none() -> None:
    """U1 must be in Lithuania in week 0, where Rukla has no room for it."""
    made = case(6, units={"U1": "INF", "U2": "TANK"}, locks=(Lock("L1", "must", "unit", "U1", "LT", start=0, end=1),))
    made = replace(made, sites=tuple(replace(s, handover_places=100) if s.id == "RUK" else s for s in made.sites))
    found = cpsat.solve(made, ONE)
    assert (found.status, found.stop_reason, found.plan, found.bound) == ("infeasible", "proven", None, None)
    assert found.reasons == ()  # whichever engine proves it, ``insight.infeasible`` finds out why


def test_sets_alike_are_used_in_order() -> None:
    """Two sets that nobody draws may change places; a named or another one may not."""
    spare = {"set_type": "BRIDGE", "start_site": None}
    made = case(5, units={"U1": "INF"}, sets={"S1": spare, "S2": spare, "S3": {**spare, "slots": 500}, "S4": {}})
    assert list(alike(made)) == [["S1", "S2"]]
    assert not list(alike(replace(made, locks=(Lock("L1", "prefer", "set", "S1", "POZ"),))))
    free, ordered = build(made), build(made)
    rows = len(ordered.model.proto.constraints)
    order_alike(ordered.space)
    assert len(ordered.model.proto.constraints) == rows + 1
    results = [engine.run(b, ONE, 60.0) for b in (free, ordered)]
    assert [r.status for r in results] == ["OPTIMAL", "OPTIMAL"]
    assert score(made, results[0].plan) == pytest.approx(score(made, results[1].plan), rel=1e-9)


def test_rounded_prices_widen_the_bound() -> None:
    """A third is no decimal: what rounding loses on each of ten variables is in the slack."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    x = [model.new_int_var(0, 1000, "") for _ in range(10)]
    made = maximise(model, lambda v: 1000, [(1 / 3, v) for v in x] + [(2.0, 1), (-0.5, ~model.new_bool_var(""))])
    solver = cp_model.CpSolver()
    solver.solve(model)
    assert made.bound(solver.best_objective_bound) >= 1e4 / 3 + 2.0
    assert made.bound(solver.best_objective_bound) == pytest.approx(1e4 / 3 + 2.0, rel=1e-7)
    assert made.slack > 0


def test_no_plan_reaches_the_ceiling() -> None:
    for seed in (3, 8, 12):
        made = random_case(seed)
        assert cpsat.solve(made, ONE).score <= ceiling(made)


def test_the_solver_is_loaded_only_when_asked() -> None:
    code = "import sys, optimizer.engines.cpsat, optimizer.rules.budget.cp; sys.exit('ortools' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
