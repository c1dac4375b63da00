"""Prices on tiny cases solved to optimality: the sign is right and the truth inside every band."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain.outcome import Options
from optimizer.engines.linear import solve
from optimizer.insight.prices import edits, prices
from tests.build import budget, case
from tests.engines.lagrangian.mixed import mixed
from tests.insight.priced import priced


@pytest.mark.parametrize("seed", [4, 5, 9])
def test_the_sign_is_right_and_the_truth_lies_in_every_band(seed: int) -> None:
    """Cases soon solved; of fifty whatever they take: ``python -m tests.insight.priced``."""
    told = list(priced(mixed(seed)))
    assert told
    assert [r for r in told if r.faults] == []


def test_the_truth_lies_in_every_band_that_is_searched_and_bounded() -> None:
    told = list(priced(mixed(9), solved=0))
    assert sum(r.true is not None and r.true > 0.1 for r in told) >= 3
    assert [r for r in told if r.faults] == []


def test_a_lump_is_seen() -> None:
    """A company of 100 does not fit into 60 places: with 100 places more it does, which a multiplier at the case as it
    is cannot see. The search finds the gain, and the bound of the changed case lets it be."""
    sites = tuple(replace(s, places=60, handover_places=60) for s in case(12).sites)
    small = case(12, units={"U1": "TANK"}, sets={}, sites=sites)
    best = solve(small, Options(time_limit=60))
    assert best.plan is not None
    assert not best.plan.rotations
    wanted = [e for e in edits(small) if e.kind == "places"]
    found = prices(small, best.plan, Options(), wanted, moves=128, solved=0)
    assert max(p.found or 0.0 for p in found) > 0
    assert all(p.proven is not None and p.proven >= (p.found or 0.0) for p in found)


def test_money_has_a_price_through_a_transfer() -> None:
    """There is money for a rotation only if some moves over from another line: more for that line is worth points."""
    poor = case(12, units={"U1": "TANK"}, sets={}, budgets=(budget(3), budget(2, "exercises")),
                settings={"transfer_limit": 100})  # fmt: skip
    best = solve(poor, Options(time_limit=60))
    assert best.plan is not None
    found = {(p.subject, p.more): p for p in prices(poor, best.plan, Options(), list(edits(poor)), moves=128, solved=0)}
    assert (found["exercises", True].found or 0.0) > 0
