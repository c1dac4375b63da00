"""Branching on top of the dual: lower than the dual alone, above every plan (``test_validity``)."""

from __future__ import annotations

from collections.abc import Generator
from typing import NamedTuple

import numpy as np
import pytest

from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian.bound import branching
from optimizer.engines.lagrangian.bound import tree as bound_tree
from optimizer.engines.lagrangian.bound.chosen import Choice, Recent
from optimizer.engines.lagrangian.bound.dual import Dual, Schedule
from optimizer.engines.lagrangian.bound.explore import BestFirst
from optimizer.engines.lagrangian.bound.parts.decided import AGAIN, FREE, ONCE, Decided, undecided
from optimizer.engines.lagrangian.bound.tree import Tree
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.engines.linear import solve
from tests.build import budget, case
from tests.engines.lagrangian.mixed import mixed

SOON = Schedule(first=40, each=10, again=10)


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short descents, and branching that goes on without fruit."""
    monkeypatch.setattr(bound_tree, "CHILD", 12)
    monkeypatch.setattr(bound_tree, "SHORT", 3)


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bound_tree, "FRUIT", -1.0)


class Life(NamedTuple):
    """What a plan may do, as far as decisions are about it."""

    arrive: np.ndarray
    depart: np.ndarray
    again: np.ndarray
    base: np.ndarray
    start: np.ndarray


def holds(d: Decided, x: Life, weeks: int) -> bool:
    """Whether a plan keeps to all of ``d``: written from the words of ``Decided``."""
    goes = x.arrive < weeks
    arrivals = (d.since <= x.arrive) & (x.arrive <= d.by)
    leaves = ~goes | ((d.leave_since <= x.depart) & (x.depart <= d.leave_by))
    again = (d.again == FREE) | ((d.again == ONCE) & ~x.again) | ((d.again == AGAIN) & goes & x.again)
    starts = (d.run_since <= x.start) & (x.start <= d.run_by)
    based = [x.base[e] < 0 or d.base[m, x.base[e]] for m, e in enumerate(d.element)]
    return bool(arrivals.all() and leaves.all() and again.all() and starts.all() and all(based))


@pytest.mark.parametrize("seed", [2, 5, 11])
@pytest.mark.usefixtures("endless")
def test_leaves_hold_all_plans(seed: int) -> None:
    """Whatever units, elements and exercises do lies in some leaf, unless a leaf without a plan was dropped, which
    none of these cases has."""
    made = mixed(seed)
    t = tables(made)
    tree = Tree(made, t, SOON)
    r = np.random.default_rng(seed)
    tree.run(1200)
    leaves = [leaf.decided for leaf in tree.leaves()]
    assert len(leaves) > 2
    for _ in range(300):
        arrive = r.integers(0, made.weeks + 1, len(t.std))
        goes = arrive < made.weeks
        elements, posted = len(t.el_type), r.random(len(t.el_type)) < 0.8
        base = np.where(goes[t.el_unit] & posted, r.integers(0, len(t.places), elements), -1)
        again = goes & (r.random(len(arrive)) < 0.5)
        start = r.integers(0, made.weeks + 1, len(t.x_weeks))
        life = Life(arrive, arrive + r.integers(1, 9, len(arrive)), again, base, start)
        assert any(holds(d, life, made.weeks) for d in leaves)


def test_candidates_split_what_solutions_disagree_about() -> None:
    """U1 always goes in week 1 or 3 and leaves in 5, U2 half the time: first arrivals are split after week 1, whether
    U2 goes at all is a candidate, U1's departure is none."""
    made = case(8, units={"U1": "TANK", "U2": "ART"})
    t = tables(made)
    recent, none = Recent(8), np.zeros(0, dtype=np.int64)
    for k in range(8):
        arrive, depart = np.array([1 + 2 * (k % 2), 2 if k < 4 else 8]), np.array([5, 6 if k < 4 else -1])
        base = np.array([0, 0 if k < 4 else -1])
        recent.add(Choice(arrive, depart, np.zeros(2, dtype=np.int64), base, none))
    found = branching.splits(t, undecided(t), recent, branching.stakes(t, 1.0, 0.0))
    assert {s.kind for s in found} == {"arrive", "go"}
    arrive = next(s for s in found if s.kind == "arrive")
    assert arrive.sides[0].by.tolist() == [1, 8]
    assert arrive.sides[1].since.tolist() == [2, 0]
    go = next(s for s in found if s.kind == "go")
    assert go.sides[0].by.tolist() == [8, 7]
    assert go.sides[1].since.tolist() == [0, 8]


def test_best_first_goes_into_the_largest_bound() -> None:
    """A node n > 1 falls apart into n // 2 and n // 2 − 1 after one step that proves nothing new."""
    worked: list[int] = []

    def children(n: int) -> Generator[float, None, list[int]]:
        worked.append(n)
        yield float(n)
        return [n // 2, n // 2 - 1] if n > 1 else []

    search = BestFirst(20, children, float, lambda bound: bound < 4)
    assert list(search.steps()) == [20.0, 10.0, 9.0, 5.0, 4.0, 4.0, 3.0]
    assert worked == [20, 10, 9, 5, 4, 4]
    assert sorted(n for *_, n in search.open) == [1, 1, 1, 2, 2, 2, 3]


def test_half_a_unit_is_not_enough() -> None:
    """Two like units and money for one and a half: the dual pays for a half, the tree does not."""
    units = {"U1": "TANK", "U2": "TANK"}
    made = case(8, units=units, budgets=(budget(5, "presence"),))
    best = solve(made, Options(time_limit=60))
    dual, tree = Dual(made, tables(made)), Tree(made, tables(made))
    dual.run(1400)
    tree.run(1400)
    assert best.score is not None
    assert best.score - 1e-6 <= tree.bound < dual.bound - 0.2 * (dual.bound - best.score)


def test_branching_ends_when_it_does_not_pay() -> None:
    """Two units and money for both: nothing to branch on lowers the bound below the optimum it reaches."""
    made = case(8, units={"U1": "TANK", "U2": "TANK"}, budgets=(budget(50, "presence"),))
    best = solve(made, Options(time_limit=60))
    assert best.score is not None
    tree = Tree(made, tables(made))
    tree.run(12_000)
    assert tree.fruitless
    assert tree.made > 0
    assert tree.iterations < 12_000
    assert best.score - 1e-6 <= tree.bound


@pytest.mark.usefixtures("endless")
def test_resuming_changes_nothing() -> None:
    made = mixed(2)
    whole, parts = Tree(made, tables(made), SOON), Tree(made, tables(made), SOON)
    whole.run(220)
    for n in (1, 60, 100, 59):
        parts.run(n)
    assert whole.made > 0
    assert parts.trail == whole.trail
    assert parts.iterations == whole.iterations == 220
    asked = iter([False] * 3 + [True])
    parts.run(10, lambda: next(asked))
    assert parts.iterations == 223
