"""Proofs that were once false, each on the smallest case that shows its kind; right values worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType

import pytest

from optimizer.domain import Case, Demand, Holding, Lock, Maintenance, Stay, Window
from optimizer.domain.outcome import Options
from optimizer.engines import cpsat, linear
from optimizer.rules import check_all
from tests.agreement import generator
from tests.build import case, plan, tweak

ENGINES = pytest.mark.parametrize("engine", [linear, cpsat], ids=["linear", "cpsat"])


def _proves(engine: ModuleType, c: Case, best: float | None) -> None:
    outcome = engine.solve(c, Options(workers=1))
    if best is None:
        assert (outcome.status, outcome.plan) == ("infeasible", None)
        return
    assert outcome.status == "optimal"
    assert outcome.score == pytest.approx(best, abs=1e-9)
    assert outcome.bound == pytest.approx(best, rel=2e-6)
    assert not any(f.breaches for f in check_all(c, outcome.plan))


@ENGINES
def test_nobody_needs_no_place(engine: ModuleType) -> None:
    """A type without people is based where there is no place: half a point of armour at 3 × 1 and
    a fifth of fires at 3 × 0.5, for two weeks."""
    c = case(2, units={"U1": "INF"}, settings={"cost_price": 0.0})
    c = replace(tweak(c, "unit_types", "INF", people=0), legs=(), sites=c.sites[:1])
    _proves(engine, tweak(c, "sites", "POZ", places=0, handover_places=0), 2 * (0.5 * 3 + 0.2 * 3 * 0.5))


@ENGINES
def test_stagger_in_a_window_as_narrow_as_the_rotation(engine: ModuleType) -> None:
    """Fires count in week 1 alone, for which the battery (1 point, a week of RSOI) comes in week 0;
    the infantry (0.2, ready at once) comes a week later and saves its upkeep: 0.5 × (3 × 1 + 0.2),
    less a tenth of 4 + 2 × 0.05 and of 1 + 0.05. In three weeks a unit and an element have as many intervals."""
    c = case(3, units={"U1": "ART INF"}, settings={"cost_price": 0.1}, windows=(Window("U1", 0, 3),))
    c = tweak(c, "unit_types", "BDE", rotation_min=1, rotation_max=3, stagger=1)
    wanted = (Demand("PL", "fires", level, 1, 2, points) for level, points in (("assure", 1000), ("full", 2000)))
    c = replace(c, demands=tuple(wanted), legs=(), sites=c.sites[:1])
    _proves(engine, c, 1.6 - 0.1 * (4.1 + 1.05))


@ENGINES
def test_rotations_that_follow_each_other_within_the_stagger(engine: ModuleType) -> None:
    """Two companies go for a week, and without rest for another: a point of armour at 3, 0.4 of fires at 1.5."""
    c = case(2, units={"U1": "INF INF"}, settings={"cost_price": 0.0})
    c = tweak(c, "unit_types", "BDE", rotation_min=1, rotation_max=1, dwell_ratio=0, stagger=1)
    _proves(engine, replace(c, legs=(), sites=c.sites[:1]), 2 * (3 + 0.4 * 1.5))


def _journey(slots: int) -> Case:
    """S1 may be at POZ until week 2 and at RUK, two weeks away, from week 5 on: it has to spend
    week 3 at DRA, a week from POZ and two from RUK, where S2 takes a slot."""
    c = case(8, units={}, sets={"S1": {}, "S2": {"start_site": "DRA"}}, demands=(), settings={"cost_price": 1.0})
    rows = (*(Holding("S1", *row) for row in (("POZ", 0, 2), ("DRA", 3, 4), ("RUK", 5, 8))), Holding("S2", "DRA", 0, 8))
    c = replace(c, holdings=rows, locks=(Lock("L", "prefer", "set", "S1", "RUK", start=5, end=6, price=1.0),))
    return replace(c, sites=tuple(replace(s, slots=slots) if s.id == "DRA" else s for s in c.sites))


@ENGINES
def test_a_set_does_not_pass_through_a_site_without_standing_there(engine: ModuleType) -> None:
    """With one slot at DRA there is no way; with two S1 gets to RUK in week 6: two moves, 16 weeks of upkeep."""
    _proves(engine, _journey(1000), None)
    _proves(engine, _journey(2000), -2 * 0.5 - 16 * 0.01)


@ENGINES
@pytest.mark.parametrize(("seed", "best"), [(1041, -16.80135), (1300, 8.24365), (10207, -2.94534)])
def test_presolve_loses_no_solution(
    engine: ModuleType, seed: int, best: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Presolve of HiGHS 1.12 ended at −16.86135 and at "infeasible", presolve of CP-SAT 9.15 at −3.66334: the values
    without it, by the other engine and by CBC, are these."""
    monkeypatch.setattr(generator, "ODDITIES", generator.ODDITIES[:21])  # those that there were then
    c = generator.generated(seed)
    _proves(engine, replace(c, last=replace(c.last, purchases=())), best)


@ENGINES
def test_a_block_starts_the_clock_anew_even_where_none_was_due(engine: ModuleType) -> None:
    """Week 0 is frozen with a block of S1 in it, though by its Last maintenance (the end of week 1) none is due within
    the five weeks. From its end, week 1, three weeks run: a second block, in one of weeks 1 to 4. A week of S1 in
    store is worth 1 to nobody here; each of five weeks costs 0.01, blocks nothing."""
    q = {"interval": 3, "maintenance_weeks": 1, "last_maintenance": 2}
    c = case(5, units={}, sets={"S1": q}, demands=(), settings={"cost_price": 1.0, "replan": True, "frozen_weeks": 1})
    c = replace(c, last=plan(Stay("S1", "POZ", 0, 5), Maintenance("S1", 0, 1)))
    found = engine.solve(c, Options("quick"))
    assert [(m.start < 1, m.start <= 4) for m in found.plan.maintenance] == [(True, True), (False, True)]
    _proves(engine, c, -5 * 0.01)
