"""A second engine doubts what is claimed of small cases, and large models are not built behind anybody's back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Lock, Plan
from optimizer.domain.outcome import Options, Outcome, Status, StopReason
from optimizer.engines import auto, linear, referee
from optimizer.engines.auto import _both
from optimizer.errors import Disagreement
from tests.build import case, random_case

ONE = Options(workers=1)
SMALL = case(6, units={"U1": "INF"})
NEVER = replace(SMALL, locks=(Lock("A", "must", "unit", "U1", "POZ"), Lock("B", "forbid", "unit", "U1", "POZ")))


def claim(status: Status, plan: Plan | None = None, score: float | None = None) -> Outcome:
    return Outcome("x", status, StopReason.proven, plan, score, score)


def test_false_claims_are_refuted() -> None:
    with pytest.raises(Disagreement, match="no plan, yet"):
        referee.checked(SMALL, ONE, claim(Status.infeasible))
    with pytest.raises(Disagreement, match="scores above 0"):
        referee.checked(SMALL, ONE, claim(Status.optimal, Plan(), 0.0))


def test_true_claims_pass_unchanged() -> None:
    best = linear.solve(SMALL, ONE)
    assert best.status == Status.optimal
    assert referee.checked(SMALL, ONE, best) is best
    none = linear.solve(NEVER, ONE)
    assert none.status == Status.infeasible
    assert referee.checked(NEVER, ONE, none) is none


def test_auto_passes_no_false_claim_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auto, "engine", lambda name: lambda c, o: claim(Status.infeasible))
    with pytest.raises(Disagreement):
        auto.solve(SMALL, ONE)


def test_the_claims_of_the_linear_engine_stand_on_random_cases() -> None:
    proven = []
    for seed in range(12):
        c = random_case(seed, weeks=7)
        found = linear.solve(c, Options(workers=1, effort="quick"))
        if found.status in (Status.optimal, Status.infeasible):
            assert referee.checked(c, ONE, found) is found
            proven.append(found.status)
    assert len(proven) > 8
    assert set(proven) == {Status.optimal, Status.infeasible}


def test_too_large_a_model_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is found and nothing to begin from; whole and core have more columns than may be built: it is said."""
    monkeypatch.setattr(auto, "SMALL", 0)
    monkeypatch.setattr(auto, "MEDIUM", 0)
    monkeypatch.setattr(auto, "LARGEST", 1)
    monkeypatch.setattr(auto, "CHECKED", 0)
    asked, told = [], []
    nothing = Outcome("x", Status.unknown, StopReason.effort)
    monkeypatch.setattr(auto, "engine", lambda name: lambda c, o: asked.append(name) or nothing)
    made = replace(SMALL, locks=(Lock("A", "must", "unit", "U1", "POZ", start=2, end=4),))
    assert auto.solve(made, replace(ONE, progress=lambda p: told.append(p.stage))) is nothing
    assert asked == ["lagrangian"]
    assert "not built" in told[-1]


@pytest.mark.parametrize(("made", "status"), [(SMALL, Status.feasible), (NEVER, Status.infeasible)])
def test_the_core_of_a_large_case_gives_a_plan_or_a_proof(made, status, monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole has more columns than may be built, its core (without demand and idle units) has not."""
    monkeypatch.setattr(auto, "SMALL", 0)
    monkeypatch.setattr(auto, "MEDIUM", 0)
    monkeypatch.setattr(auto, "LARGEST", auto.linear_columns(made) - 1)
    monkeypatch.setattr(auto, "CHECKED", 0)
    nothing = Outcome("x", Status.unknown, StopReason.effort, bound=99.0)
    monkeypatch.setattr(auto, "engine", lambda name: lambda c, o: nothing)
    found = auto.solve(made, ONE)
    assert found.status == status
    assert (found.plan is None) is (status == Status.infeasible)


def test_with_a_plan_to_begin_from_nobody_else_is_asked_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(auto, "SMALL", 0)
    monkeypatch.setattr(auto, "MEDIUM", 0)
    asked: list[str] = []
    nothing = Outcome("x", Status.unknown, StopReason.effort)
    monkeypatch.setattr(auto, "engine", lambda name: lambda c, o: asked.append(name) or nothing)
    auto.solve(SMALL, replace(ONE, start=Plan()))
    assert asked == ["lagrangian"]


def test_two_runs_that_prove_nothing_together_claim_nothing() -> None:
    """A first plan of a proof-minded run is no optimum, whatever that run called its end."""
    a = Outcome("a", Status.unknown, StopReason.effort, bound=9.0)
    b = Outcome("b", Status.feasible, StopReason.proven, Plan(), 4.0)
    both = _both(a, b, ONE)
    assert (both.status, both.stop_reason, both.bound) == (Status.feasible, StopReason.effort, 9.0)
