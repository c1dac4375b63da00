"""What the linear engine says of itself: status, stop reason, bound, reasons, exports."""

from __future__ import annotations

import _thread
import signal
import threading
from dataclasses import replace
from pathlib import Path

import highspy
import pytest

from optimizer.domain import Case, Lock, Need
from optimizer.domain.outcome import Options, Outcome, Progress
from optimizer.engines import linear
from optimizer.engines.linear import drive
from optimizer.errors import UsageError
from optimizer.rules import check_all
from tests.build import case, setting

SMALL = case(6, units={"u-1": "INF", "u_1": "INF"}, exercises={"X1": {}}, sets={"S1": {}}, upgrades={"B1": {}})
ONE = Options(workers=1)


@pytest.fixture(scope="module")
def hard() -> Case:
    """Takes far longer to prove than any test here waits."""
    units = {f"U{i}": "TANK INF ART?" for i in range(4)}
    needs = (Need("N1", "TANK", 2), Need("N2", "INF", 1))
    return case(12, units=units, sets={"S1": {}, "S2": {}}, exercises={"X1": {"needs": needs}, "X2": {}})


@pytest.fixture(scope="module")
def stopped(hard: Case) -> tuple[Outcome, list[Progress]]:
    """What is told of the hard case, and what is answered, when one asks to stop at the first plan."""
    seen: list[Progress] = []
    options = Options(workers=1, time_limit=60, progress=seen.append, stopped=lambda: any(p.score for p in seen))
    return linear.solve(hard, options), seen


def sound(c: Case, o: Outcome) -> bool:
    assert o.plan is not None
    assert o.score is not None
    assert o.bound is not None
    return o.score <= o.bound and not any(f.breaches for f in check_all(c, o.plan))


def test_a_small_case_is_proven_and_the_same_every_time() -> None:
    first, again = linear.solve(SMALL, ONE), linear.solve(SMALL, ONE)
    assert (first.status, first.stop_reason, first.repeatable) == ("optimal", "proven", True)
    assert sound(SMALL, first)
    assert first.plan == again.plan
    assert {r.unit for r in first.plan.rotations} == {"u-1", "u_1"}  # names alike stay apart


def test_both_solvers_and_both_ways_into_highs_agree() -> None:
    by_highs, by_cbc = linear.solve(SMALL, ONE), linear.solve(SMALL, ONE, solver="cbc")
    assert by_cbc.engine == "linear (cbc)"
    assert by_cbc.status == "optimal"
    assert sound(SMALL, by_cbc)
    assert by_cbc.score == pytest.approx(by_highs.score, abs=1e-4)
    assert drive.solve(linear.model_of(SMALL), ONE).bound == pytest.approx(by_highs.bound, abs=1e-4)


def test_cbc_steps_in_where_highs_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drive, "highspy", None)
    assert linear.solve(SMALL, ONE).engine == "linear (cbc)"


def test_an_unknown_solver_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="glpk"):
        linear.solve(SMALL, ONE, solver="glpk")


def test_the_relaxation_bounds_every_plan(hard: Case, stopped: tuple[Outcome, list[Progress]]) -> None:
    assert linear.relax(SMALL, ONE) >= linear.solve(SMALL, ONE).score
    assert stopped[0].score is not None
    assert linear.relax(hard, ONE) >= stopped[0].score


def test_a_small_score_is_proven_as_sharply_as_a_large_one() -> None:
    tiny, huge = (setting(SMALL, coverage_price=p, cost_price=p / 1000, over_length_price=p) for p in (1e-5, 1e4))
    tiny, huge = (replace(c, exercises=()) for c in (tiny, huge))
    a, b = linear.solve(tiny, ONE), linear.solve(huge, ONE)
    assert a.status == b.status == "optimal"
    assert a.score * 1e9 == pytest.approx(b.score, rel=2e-6)


def test_a_time_limit_keeps_the_best_plan_and_a_true_bound(hard: Case) -> None:
    o = linear.solve(hard, Options(workers=1, time_limit=4.0))
    assert (o.status, o.stop_reason, o.repeatable) == ("feasible", "time limit", False)
    assert sound(hard, o)
    assert o.seconds < 12


@pytest.mark.parametrize("solver", ["highs", "cbc"])
def test_no_time_at_all_is_unknown_and_not_a_plan_of_zeros(hard: Case, solver: str) -> None:
    o = linear.solve(hard, Options(workers=1, time_limit=1e-3), solver=solver)
    assert (o.status, o.stop_reason) == ("unknown", "time limit")
    assert (o.plan, o.score) == (None, None)
    assert o.bound is None or o.bound >= linear.relax(hard, ONE)  # none where the limit came before the model was built


def test_effort_is_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    c = case(6, units={"U1": "TANK INF", "U2": "INF ART?"}, sets={"S1": {}}, exercises={"X1": {}})
    monkeypatch.setitem(drive.NODES, "quick", 1)
    o = linear.solve(c, Options("quick", workers=1))
    assert (o.status, o.stop_reason, o.repeatable) == ("feasible", "effort", True)
    assert sound(c, o)
    assert o.gap > 1e-6


def test_a_search_may_begin_from_a_plan(hard: Case, stopped: tuple[Outcome, list[Progress]]) -> None:
    first, _ = stopped
    again = linear.solve(hard, Options(workers=1, stopped=lambda: True, start=first.plan))
    assert (again.status, again.stop_reason) == ("feasible", "interrupted")
    assert again.score >= first.score - 1e-6


def test_whoever_asks_to_stop_gets_the_best_plan_so_far(hard: Case, stopped: tuple[Outcome, list[Progress]]) -> None:
    o, seen = stopped
    assert (o.status, o.stop_reason) == ("feasible", "interrupted")
    assert sound(hard, o)
    assert o.trail == tuple(seen)
    assert o.seconds < 40


def test_ctrl_c_does_not_lose_the_plan(hard: Case) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what runs in its background
    seen: list[Progress] = []

    def interrupt(p: Progress) -> None:
        if p.score is not None and not seen:
            seen.append(p)
            threading.Timer(0.1, _thread.interrupt_main).start()

    o = linear.solve(hard, Options(workers=1, time_limit=60, progress=interrupt))
    assert (o.status, o.stop_reason) == ("feasible", "interrupted")
    assert sound(hard, o)


def test_a_clash_is_proven_infeasible_by_the_relaxation_too() -> None:
    clash = replace(
        SMALL, locks=(Lock("K1", "must", "unit", "u-1", "PL"), Lock("K2", "forbid", "element", "u-1a", "POZ", end=3))
    )
    clash = replace(clash, locks=(*clash.locks, Lock("K3", "forbid", "element", "u-1a", "DRA", end=3)))
    o = linear.solve(clash, ONE)
    assert (o.status, o.stop_reason, o.plan, o.bound) == ("infeasible", "proven", None, None)
    assert linear.relax(clash, ONE) == float("-inf")


def test_exported_models_have_the_same_optimum(tmp_path: Path) -> None:
    lp, mps = tmp_path / "m.lp", tmp_path / "m.mps"
    o = linear.solve(SMALL, ONE, write_lp=lp, write_mps=mps)
    for path in (lp, mps):
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.readModel(str(path))
        highs.run()
        found = -highs.getInfo().objective_function_value + linear.model_of(SMALL).constant
        assert found == pytest.approx(o.score, rel=1e-4)


def test_row_counts_speak_of_every_rule() -> None:
    counts = linear.row_counts(SMALL)
    assert counts["set-custody"] == 0  # nobody here can draw the set
    assert all(counts[r] > 0 for r in ("dwell", "together", "one-place", "site-capacity", "set-location", "upgrades"))
