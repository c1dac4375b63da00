"""Whatever limit binds, stays are shortened, shifted and fitted again; what it still pays for is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Budget, Case, Mode, Scenario, UnitType
from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian import solve
from optimizer.quantities import MILLI, MONEY
from tests.tiny import case


def _case(units: int, weeks: int, kind: UnitType, **changed: object) -> Case:
    """``units`` single companies that each give one point; demand for as many, so every ready week is worth 1."""
    made = case(weeks=weeks, units={f"U{i}": "CO" for i in range(units)}, unit_types=(kind,), sets={}, exercises={})
    sites = tuple(replace(s, places=10_000, handover_places=10_000) for s in made.sites)
    demands = tuple(
        replace(
            d, points=(units * MILLI if d.country == "PL" and d.capability == "armour" and d.level == "full" else 0)
        )
        for d in made.demands
    )
    settings = replace(made.settings, cost_price=0.0, floor_price=0.0, over_length_price=0.0)
    return replace(
        made,
        sites=sites,
        demands=demands,
        settings=settings,
        countries=tuple(replace(c, weight=1.0 if c.id == "PL" else 0.0, floor=0) for c in made.countries),
        capabilities=tuple(replace(k, weight=1.0) for k in made.capabilities),
        levels=tuple(replace(v, value=1.0) for v in made.levels),
        **changed,
    )


def _company(shortest: int, longest: int, fare: int, week: int, dwell: int = 1000) -> UnitType:
    points = {"armour": MILLI}
    mode = {"sea": Mode(0, 0, fare * MONEY)}
    return UnitType("CO", "Company", "company", "armour", "heavy", 100, points, mode, week * MONEY, shortest, longest,
                    longest, dwell)  # fmt: skip


def test_thirty_units_and_money_for_37_weeks_of_one() -> None:
    """Stays of 12 to 48 weeks, 3 to come and 1 a week, money 40: one stay of 37 weeks (3 + 37 = 40)."""
    money = (Budget(2018, "presence", 40 * MONEY),)
    made = _case(30, 52, _company(12, 48, 3, 1), budgets=money)
    made = replace(made, settings=replace(made.settings, transfer_limit=0))
    outcome = solve(made, Options("quick", workers=1))
    assert outcome.score == pytest.approx(37.0)


def test_a_resolution_pays_for_one_and_two_thirds() -> None:
    """Two units, twelve weeks, a resolution that pays twelve element-weeks of the first eight: all twelve weeks of
    one (8 of them inside) and the second from week 4 on (4 inside): 12 + 8 = 20."""
    resolution = Scenario("CR", "resolution", cr_weeks=8, cr_rate=1000)
    money = (Budget(2018, "presence", 1000 * MONEY, last_year=78 * MONEY),)  # 78 × 8 / 52 = 12
    made = replace(_case(2, 12, _company(2, 12, 0, 1), budgets=money), cr=resolution)
    outcome = solve(made, Options("quick", workers=1))
    assert outcome.score == pytest.approx(20.0)


def test_short_stays_under_a_cap() -> None:
    """One unit, stays of 2 to 4 weeks, rest as long as the stay, a cap of 9 weeks: 3 + 3 + 3 or 4 + 3 + 2."""
    made = _case(1, 20, _company(2, 4, 0, 1), budgets=())
    made = replace(made, settings=replace(made.settings, total_cap=9 * MONEY))
    outcome = solve(made, Options("quick", workers=1))
    assert outcome.score == pytest.approx(9.0)


@pytest.mark.parametrize("cap", [2, 7, 40, 100])
def test_no_answer_is_below_the_best_single_stay_that_fits(cap: int) -> None:
    """A cap of n pays for one stay of n weeks, or of the longest, 48; more units use the rest."""
    made = _case(30, 52, _company(2, 48, 0, 1), budgets=())
    made = replace(made, settings=replace(made.settings, total_cap=cap * MONEY))
    outcome = solve(made, Options("quick", workers=1))
    assert outcome.score is not None
    assert outcome.score >= min(cap, 48)
    assert outcome.score == pytest.approx(cap)
