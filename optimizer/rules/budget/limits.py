"""The limits on money that hold for a case, scenarios weighed in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from optimizer.domain import Case
from optimizer.quantities import MILLI


@dataclass(frozen=True)
class Resolution:
    """A continuing resolution: in weeks ``[0, weeks)`` no purchase and, per line, spend × 52,000
    ≤ ``rate`` (milli) × last year's money × weeks."""

    weeks: int
    rate: int


@dataclass(frozen=True)
class Limits:
    """``lines``: money by (fiscal year, line), 0 where a row is missing, ``None`` for a case
    without any row. ``quarters``: ceilings by (fiscal year, quarter 1-4, line). ``rates``: last
    year's money by line, for the fiscal year of week 0."""

    lines: Counter[tuple[int, str]] | None
    quarters: dict[tuple[int, int, str], int]
    total: int | None
    resolutions: tuple[Resolution, ...]
    rates: dict[str, int]


def limits(case: Case) -> Limits:
    """The limits as typed or, with scenarios weighed, under the smallest budget factor and every
    continuing resolution among those with a probability; cut sums are rounded down."""
    weighed = [s for s in case.scenarios if s.weight > 0] if case.settings.weigh_scenarios else []
    factor = min([MILLI, *(s.budget_factor for s in weighed)])
    lines: Counter[tuple[int, str]] = Counter()
    quarters: dict[tuple[int, int, str], int] = {}
    rates: dict[str, int] = {}
    for row in case.budgets:
        lines[row.year, row.line] += row.amount * factor // MILLI
        for number, ceiling in enumerate(row.quarters, start=1):
            if ceiling is not None:
                quarters[row.year, number, row.line] = ceiling * factor // MILLI
        if row.last_year is not None and row.year == case.calendar.fiscal(0)[0]:
            rates[row.line] = row.last_year
    total = case.settings.total_cap
    stops = [s for s in (case.cr, *weighed) if s is not None and s.cr_weeks > 0]
    return Limits(
        lines if case.budgets else None,
        quarters,
        None if total is None else total * factor // MILLI,
        tuple(Resolution(s.cr_weeks, s.cr_rate) for s in stops),
        rates,
    )
