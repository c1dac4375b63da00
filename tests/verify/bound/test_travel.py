"""What of a tree travels, and proofs for the answers of engines that have none of their own."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.domain.outcome import Options, Status
from optimizer.engines import linear
from optimizer.engines.attest import attested
from optimizer.engines.lagrangian.bound import travel
from optimizer.engines.lagrangian.bound.parts.decided import undecided
from optimizer.engines.lagrangian.bound.pricing.partly import no_rows
from optimizer.engines.lagrangian.bound.travel import MOST, of_tree, pruned, size
from optimizer.engines.lagrangian.bound.tree import Leaf, Tree
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.quantities import same
from optimizer.verify.bound.judge import prove
from optimizer.workflow.proving import proven
from tests.engines.lagrangian.mixed import mixed
from tests.engines.lagrangian.plain import company, plain
from tests.verify.bound.test_prove import SHORT


def _leaf(bound: float, parent: Leaf | None = None) -> Leaf:
    made = plain(1, 4, company(1, 2, 0, 0))
    return Leaf(bound, undecided(tables(made)), np.zeros(0), no_rows(), (np.zeros(0), no_rows()), parent=parent)


def test_leaves_are_taken_back_where_that_costs_least() -> None:
    """A root of 10 was parted into 9 and 8; the 9 into 7 and 6; the 8 into 5 and 4. Each weighs 1."""
    root = _leaf(10)
    nine, eight = _leaf(9, root), _leaf(8, root)
    leaves = [_leaf(7, nine), _leaf(6, nine), _leaf(5, eight), _leaf(-np.inf, eight)]
    for most, bounds in ((4, [7, 6, 5, -np.inf]), (3, [7, 6, 8]), (2, [8, 9]), (1, [10])):
        kept = pruned(leaves, lambda leaf: 1, most)
        assert [leaf.bound for leaf in kept] == bounds
    eight.bound = 7.001  # next to nothing is lost: it is taken back though there is room
    assert [leaf.bound for leaf in pruned(leaves, lambda leaf: 1, 9)] == [7, 6, 7.001]


def test_a_tree_travels_whole_or_as_far_as_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ever less room, ever fewer leaves, a larger bound; each proves what is said of it, up to rounding."""
    case = mixed(0)
    tree = Tree(case, tables(case), SHORT)
    tree.run(1_000)
    whole = of_tree(case, tree)
    assert whole is not None
    held = max(leaf.bound for leaf in tree.proofs())  # sides of the leaf in work may prove more than the tree says yet
    assert whole.bound == pytest.approx(held, abs=0.005)
    assert held <= tree.bound
    counts, last = [], whole.bound
    for most in (MOST, size(whole.certificate) * 9 // 10, size(whole.certificate) * 7 // 10):
        some = of_tree(case, tree, most)
        assert some is not None
        found = prove(case, some.certificate).certified
        assert found == pytest.approx(some.bound, abs=1e-3)
        assert last - 1e-9 <= some.bound <= tree.root.bound
        counts.append(len(some.certificate.leaves))
        last = some.bound
    assert counts[0] > counts[1] > counts[2]
    assert of_tree(case, tree, 100) is None
    with monkeypatch.context() as narrow:
        narrow.setattr(travel, "MOST", 100)
        alone = of_tree(case, tree)
    assert alone is not None
    assert len(alone.certificate.leaves) == 1
    assert alone.bound == tree.root.bound


@pytest.mark.parametrize("met", [True, False])
def test_an_optimum_of_the_linear_engine_is_certified_where_that_is_possible(met: bool) -> None:
    """Two companies that share a demand: the Lagrangian bound meets the plan. Not so in a case of every feature, where
    both bounds are told apart."""
    case = plain(2, 8, company(1, 2, 0, 0)) if met else mixed(6)
    options = Options(effort="quick")
    found = linear.solve(case, options)
    assert found.status == Status.optimal
    told = proven(case, attested(case, found, options), options)
    certified = prove(case, told.certificate).certified if told.certificate is not None else None
    assert certified is not None
    assert told.status == Status.optimal
    assert same(certified, told.score or 0.0) is met
    assert same(told.bound or 0.0, told.score or 0.0)
    assert met or (told.bound or 0.0) < certified
    assert "'linear (highs)'" in told.unproven


@pytest.mark.parametrize(
    ("limit", "by_hand", "checked"),
    [(None, True, False), (60.0, False, False), (600.0, True, False), (600.0, False, True)],
)
def test_a_run_cut_short_waits_for_a_check_in_proportion(limit: float | None, by_hand: bool, checked: bool) -> None:
    """What takes some 16 s to check is more than whoever ended a run by hand or after a minute waits for, five seconds,
    but not a twenty-fifth of ten minutes."""
    case, options = plain(2, 8, company(1, 2, 0, 0)), Options("quick", limit, stopped=lambda: by_hand)
    found = attested(case, linear.solve(case, Options("quick")), Options("quick"))
    proof = found.certificate
    assert proof is not None
    numbers = 16 * Options("quick").checkable(case) // 5
    many = replace(proof, leaves=proof.leaves * -(-numbers // proof.numbers))  # leaves that hold the same: refused
    told = proven(case, replace(found, certificate=many, stop_reason=options.cut_short), options)
    assert ("before it could be checked" in told.unproven) is not checked


def test_numbers_of_a_small_case_are_checked_sooner() -> None:
    """Measured: 28,000 numbers a second on 25 elements and a year, 2,300 on 334 elements and three years."""
    small, large = (Options("quick").checkable(plain(n, t, company(1, 2, 0, 0))) for n, t in ((25, 52), (334, 156)))
    assert 5 * 20_000 < small < 5 * 40_000
    assert 5 * 2_000 < large < 5 * 3_000
