"""Which engine ``auto`` asks, and what it makes of two answers."""

from __future__ import annotations

import pytest

from optimizer.domain import Plan
from optimizer.domain.outcome import Options, Outcome, Progress
from optimizer.domain.reasons import Reason
from optimizer.engines import auto
from optimizer.errors import UsageError
from tests.build import case

SMALL, LARGE = case(4), case(104, units={f"U{i}": "TANK ART INF" for i in range(60)})
ALONE = case(260, units={}, sets={f"S{i}": {} for i in range(40)})
PROVEN = Outcome("x", "optimal", "proven", Plan(), 5.0, 5.0)
OPEN = Outcome("x", "feasible", "effort", Plan(), 4.0, 8.0)
BETTER = Outcome("y", "feasible", "effort", Plan(), 6.0, 9.0)
NOTHING = Outcome("x", "unknown", "effort", bound=7.0)
NONE = Outcome("y", "infeasible", "proven", reasons=(Reason("locks", (), (), "because."),))


@pytest.fixture
def engines(monkeypatch):
    """Replace the engines by answers; returns who was asked with which time limit."""
    asked = []

    def give(**answers):
        def engine(name):
            def solve(case, options):
                asked.append((name, options.time_limit))
                return answers[name]

            return solve

        monkeypatch.setattr(auto, "engine", engine)
        monkeypatch.setattr(auto, "checked", lambda case, options, claim: claim)  # these claims are made up
        return asked

    return give


def test_sizes_are_on_the_side_of_the_threshold_that_the_tests_need():
    assert auto.linear_columns(SMALL) < auto.SMALL < auto.MEDIUM < auto.linear_columns(LARGE)
    assert auto.linear_columns(ALONE) > auto.SMALL


@pytest.mark.parametrize(("made", "first"), [(SMALL, "linear"), (ALONE, "linear"), (LARGE, "lagrangian")])
def test_the_first_engine_suits_the_case_and_its_proof_is_final(engines, made, first):
    asked = engines(**{first: PROVEN})
    assert auto.solve(made, Options()) is PROVEN
    assert [name for name, _ in asked] == [first]


def test_a_small_case_left_open_is_searched_too_and_the_best_of_both_is_kept(engines):
    asked = engines(linear=OPEN, lagrangian=BETTER)
    found = auto.solve(SMALL, Options())
    assert [name for name, _ in asked] == ["linear", "lagrangian"]
    assert (found.engine, found.score, found.bound, found.status) == ("y", 6.0, 8.0, "feasible")


def test_two_halves_can_make_a_proof(engines):
    engines(linear=OPEN, lagrangian=Outcome("y", "feasible", "effort", Plan(), 8.0, 9.0))
    found = auto.solve(SMALL, Options())
    assert (found.status, found.stop_reason, found.gap) == ("optimal", "proven", 0.0)


def test_the_linear_engine_gets_half_of_the_time_first(engines):
    asked = engines(linear=OPEN, lagrangian=BETTER)
    auto.solve(SMALL, Options(time_limit=100.0))
    assert asked[0][1] == pytest.approx(50, abs=1)
    assert asked[1][1] == 100


def test_a_case_not_much_larger_gets_the_root_of_the_linear_model_from_a_quick_plan(engines, monkeypatch):
    asked, begun = engines(lagrangian=OPEN), []

    def root(case, options, nodes):
        begun.append((options.start, nodes, options.workers))
        return BETTER

    monkeypatch.setattr("optimizer.engines.linear.solve", root)
    monkeypatch.setattr(auto, "MEDIUM", auto.linear_columns(LARGE))
    told: list[Progress] = []
    found = auto.solve(LARGE, Options("standard", progress=told.append))
    assert (BETTER.score, BETTER.plan) in [(p.score, p.plan) for p in told]  # handed out, should the other not end
    assert [name for name, _ in asked] == ["lagrangian", "lagrangian"]
    assert begun == [(OPEN.plan, 1, 1)]
    assert (found.score, found.bound, found.effort) == (6.0, 8.0, "standard")
    assert auto.solve(LARGE, Options("quick")) is OPEN  # a quick answer stays quick
    assert len(begun) == 1


def test_a_large_case_with_a_plan_is_done(engines):
    asked = engines(lagrangian=OPEN)
    assert auto.solve(LARGE, Options()) is OPEN
    assert len(asked) == 1


def test_a_large_case_without_a_plan_is_asked_for_a_proof(engines):
    asked = engines(lagrangian=NOTHING, linear=NONE)
    assert auto.solve(LARGE, Options()) is NONE
    assert [name for name, _ in asked] == ["lagrangian", "linear"]


def test_after_an_interruption_nobody_else_is_asked(engines):
    asked = engines(lagrangian=NOTHING)
    assert auto.solve(LARGE, Options(stopped=lambda: True)) is NOTHING
    assert len(asked) == 1


def test_an_unknown_engine_is_a_usage_error():
    with pytest.raises(UsageError, match="lagrangian"):
        auto.engine("magic")


@pytest.mark.parametrize("name", sorted(auto.ENGINES))
def test_every_engine_is_there(name):
    assert callable(auto.engine(name))
