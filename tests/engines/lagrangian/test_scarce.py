"""Whatever limit binds, stays are shortened, shifted and fitted again; what it still pays for is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Budget, Case, Scenario
from optimizer.domain.outcome import Options, Outcome
from optimizer.engines.lagrangian import solve
from optimizer.quantities import MONEY
from tests.engines.lagrangian.brief import brief
from tests.engines.lagrangian.plain import company, plain


def solved(case: Case) -> Outcome:
    """By far less work than the least effort: these plans are easily found."""
    with brief():
        return solve(case, Options("quick", workers=1))


def test_thirty_units_and_money_for_37_weeks_of_one() -> None:
    """Stays of 12 to 48 weeks, 3 to come and 1 a week, money 40: one stay of 37 weeks (3 + 37 = 40)."""
    money = (Budget(2018, "presence", 40 * MONEY),)
    made = plain(30, 52, company(12, 48, 3, 1), budgets=money)
    made = replace(made, settings=replace(made.settings, transfer_limit=0))
    outcome = solved(made)
    assert outcome.score == pytest.approx(37.0)


def test_a_resolution_pays_for_one_and_two_thirds() -> None:
    """Two units, twelve weeks, a resolution that pays twelve element-weeks of the first eight: all twelve weeks of
    one (8 of them inside) and the second from week 4 on (4 inside): 12 + 8 = 20."""
    resolution = Scenario("CR", "resolution", cr_weeks=8, cr_rate=1000)
    money = (Budget(2018, "presence", 1000 * MONEY, last_year=78 * MONEY),)  # 78 × 8 / 52 = 12
    made = replace(plain(2, 12, company(2, 12, 0, 1), budgets=money), cr=resolution)
    outcome = solved(made)
    assert outcome.score == pytest.approx(20.0)


def test_short_stays_under_a_cap() -> None:
    """One unit, stays of 2 to 4 weeks, rest as long as the stay, a cap of 9 weeks: 3 + 3 + 3 or 4 + 3 + 2."""
    made = plain(1, 20, company(2, 4, 0, 1), budgets=())
    made = replace(made, settings=replace(made.settings, total_cap=9 * MONEY))
    outcome = solved(made)
    assert outcome.score == pytest.approx(9.0)


@pytest.mark.parametrize("cap", [2, 7, 40, 100])
def test_no_answer_is_below_the_best_single_stay_that_fits(cap: int) -> None:
    """A cap of n pays for one stay of n weeks, or of the longest, 48; more units use the rest."""
    made = plain(30, 52, company(2, 48, 0, 1), budgets=())
    made = replace(made, settings=replace(made.settings, total_cap=cap * MONEY))
    outcome = solved(made)
    assert outcome.score is not None
    assert outcome.score >= min(cap, 48)
    assert outcome.score == pytest.approx(cap)
