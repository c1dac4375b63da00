"""Parting a case by the bound's tree and searching each part: no better plan is lost, and what is claimed is true."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from optimizer.domain import Plan
from optimizer.domain.outcome import Options, Outcome, Status, StopReason
from optimizer.engines import auto, closing
from optimizer.engines.lagrangian.bound import tree as bound_tree
from optimizer.engines.lagrangian.bound.dual import Schedule
from optimizer.engines.lagrangian.bound.limits import limits_of
from optimizer.engines.lagrangian.bound.tree import Tree
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.engines.linear import drive
from optimizer.engines.linear.build import model_of
from optimizer.engines.linear.limits import narrowed
from optimizer.rules import check_all
from tests.build import case
from tests.engines.lagrangian.mixed import mixed, optimum

SOON = Schedule(first=40, each=10, again=10)
SEEDS = [0, 1, 3, 4, 5]  # of those that have a plan
QUIET = Options()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound_tree, "CHILD", 12)
    monkeypatch.setattr(bound_tree, "SHORT", 3)
    monkeypatch.setattr(bound_tree, "Tree", partial(Tree, schedule=SOON))
    monkeypatch.setattr(closing, "STEPS", 400)
    monkeypatch.setattr(closing, "LEAVES", 6)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_optimum_is_in_some_part_and_none_of_them_holds_more(seed: int, soon: None) -> None:
    """Tiny cases with every feature now and then, against optima proven without any parting."""
    made, (score, _) = mixed(seed), optimum(seed)
    least, tree = score - 1e-3 * max(1.0, abs(score)), Tree(made, tables(made), SOON, fruit=-1.0)
    tree.run(400)
    model, found = model_of(made), []
    for leaf in tree.proofs():
        if leaf.bound <= least:
            continue
        answer = drive.solve(narrowed(model, limits_of(made, tree, leaf, least)), QUIET, beat=least)
        assert answer.status in ("optimal", "infeasible")
        if answer.x is not None and len(answer.x):
            found.append(float(model.costs @ answer.x) + model.constant)
    assert max(found) == pytest.approx(score, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_is_found_beyond_the_best_and_the_best_is_found_from_just_below(seed: int) -> None:
    """HiGHS takes what is to be beaten for an incumbent: an option that its manual tells of the dual simplex alone."""
    model, score = model_of(mixed(seed)), optimum(seed)[0]
    step = 1e-3 * max(1.0, abs(score))
    below, above = (drive.solve(model, QUIET, beat=score + by) for by in (-step, step))
    assert below.x is not None
    assert float(model.costs @ below.x) + model.constant == pytest.approx(score, rel=1e-6, abs=1e-6)
    assert below.bound == pytest.approx(score, rel=1e-5, abs=1e-5)
    assert above.status == "infeasible" or above.bound == pytest.approx(score + step, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_case_is_closed_from_a_plan_that_is_not_the_best(seed: int, soon: None, monkeypatch) -> None:
    made, (score, _) = mixed(seed), optimum(seed)
    poor = _poor(seed)
    end = closing.closed(made, poor, Options("thorough"))
    assert (end.status, end.stop_reason) == (Status.optimal, StopReason.proven)
    assert end.score == pytest.approx(score, rel=1e-6, abs=1e-6)
    assert end.plan is not None
    assert not any(f.breaches for f in check_all(made, end.plan))


def _poor(seed: int) -> Outcome:
    """The best plan, said to be worth less than it is: whoever closes has to find it, or one as good, again."""
    score, best = optimum(seed)
    return Outcome("x", Status.feasible, StopReason.effort, best, score - 0.01 * max(1.0, abs(score)), score + 50)


def test_a_run_that_is_ended_at_once_claims_nothing_new(soon: None) -> None:
    poor = _poor(SEEDS[0])
    assert closing.closed(mixed(SEEDS[0]), poor, Options("thorough", stopped=lambda: True)) is poor


def test_a_part_that_stays_open_keeps_its_bound(soon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A solver that finds and proves nothing: what is claimed is what the tree proved, never less."""
    monkeypatch.setattr(drive, "solve", lambda *_, **__: drive.Answer("limit", None, None))
    seed = next(s for s in SEEDS if _open(s))
    poor, best = _poor(seed), optimum(seed)[0]
    end = closing.closed(mixed(seed), poor, Options("thorough"))
    assert end.status == Status.feasible
    assert best <= end.bound + 1e-9 <= poor.bound + 1e-9


def _open(seed: int) -> bool:
    made = mixed(seed)
    tree = Tree(made, tables(made), SOON, fruit=0.0)
    tree.run(400)
    return bool(np.isfinite(tree.bound) and tree.bound > optimum(seed)[0] * 1.001 + 0.001 and tree.search)


def test_narrowing_leaves_the_model_as_it_was() -> None:
    made = mixed(SEEDS[0])
    model, tree = model_of(made), Tree(made, tables(made), SOON, fruit=0.0)
    tree.run(150)
    before = model.matrix.copy(), list(model.high)
    narrowed(model, limits_of(made, tree, tree.proofs()[0], optimum(SEEDS[0])[0]))
    assert (model.matrix != before[0]).nnz == 0
    assert list(model.high) == before[1]


def test_thorough_runs_of_cases_that_are_not_large_are_closed_if_there_is_time(monkeypatch) -> None:
    made, asked = case(4), []
    left = Outcome("x", Status.feasible, StopReason.effort, Plan(), 4.0, 8.0)
    done = replace(left, status=Status.optimal, bound=4.0)
    monkeypatch.setattr(auto, "engine", lambda name: lambda case, options: asked.append(options.time_limit) or left)
    monkeypatch.setattr(auto, "checked", lambda case, options, claim: claim)
    monkeypatch.setattr(closing, "closed", lambda case, found, options: done)
    assert auto.solve(made, Options("thorough")).status == Status.optimal
    assert auto.solve(made, Options("standard")).status == Status.feasible
    assert auto.solve(made, Options("thorough", time_limit=60.0)).status == Status.feasible
    asked.clear()
    assert auto.solve(made, Options("thorough", time_limit=300.0)).status == Status.optimal
    assert max(asked) == pytest.approx(90, abs=1)  # the search leaves time
