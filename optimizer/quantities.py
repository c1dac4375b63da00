"""Weeks, money and points, and the one policy that turns them into integers.

The policy, said once: every amount is read as a decimal and stored as an integer of a
small unit, so that sums are exact and a check can demand equality.

* money: 1 unit of the workbook's money (say USD million) = ``MONEY`` = 1,000,000
* points, credits, slots, ratios and other decimals: 1.0 = ``MILLI`` = 1,000
* supply is points × credit, hence 1.0 = ``MICRO`` = 1,000,000
* time: whole weeks; week 0 begins on the plan's start, a Monday. Intervals are half-open
  ``[from, until)``; weeks before the plan are negative, weeks after it are ≥ ``weeks``.

Scores are floating point: sums of price × exact integer quantities. Two of them are ``same`` up to
one millionth; that is what "optimal" and "agree" mean everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import isclose

MONEY = 1_000_000
MILLI = 1_000
MICRO = 1_000_000
SAME = 1e-6  # two figures are the same up to this: relative, absolute below 1
TELLING = 10.0  # a gap above this many times the score says nothing as a percentage


def scaled(value: float | int | str | Decimal, unit: int) -> int:
    """The decimal ``value`` in integers of ``1/unit``, halves rounded away from zero."""
    return int((Decimal(str(value)) * unit).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def same(a: float, b: float) -> bool:
    """Whether two scores (or percentages) are one figure up to rounding."""
    return isclose(a, b, rel_tol=SAME, abs_tol=SAME)


def gap(score: float | None, bound: float | None) -> float | None:
    """How much more a plan might score, as a share of |score|: (bound − score) / |score|, 0 where they
    are the ``same``. ``None`` without both, and where the score is so near to nothing that a share of it
    is no measure (the bound itself says it then)."""
    if score is None or bound is None:
        return None
    if bound <= score or same(score, bound):
        return 0.0
    return (bound - score) / abs(score) if bound - score <= TELLING * abs(score) else None


def figure(value: float, digits: int = 2) -> str:
    """A score for a sentence, thousands set apart; what rounds to nothing is 0, never "-0.00"."""
    return f"{round(value, digits) + 0.0:,.{digits}f}"


@dataclass(frozen=True)
class Calendar:
    """The plan's weeks and their place in fiscal years and quarters.

    ``start`` is a Monday; ``weeks`` the horizon; ``fiscal_month`` the month (1-12) in
    which a fiscal year begins, named after the calendar year in which it ends (so the
    year beginning October 2016 is 2017; with January it is the calendar year itself).
    A week belongs to the fiscal year and quarter of its Monday.
    """

    start: date
    weeks: int
    fiscal_month: int = 10

    def __post_init__(self) -> None:
        if self.start.weekday() != 0:
            raise ValueError(f"plan start {self.start} is not a Monday")
        if not 1 <= self.fiscal_month <= 12:
            raise ValueError("fiscal month must be 1-12")

    def week_of(self, day: date) -> int:
        """The week that contains ``day`` (may be negative or past the horizon)."""
        return (day - self.start).days // 7

    def week_from(self, day: date) -> int:
        """The first week that lies wholly on or after ``day``."""
        return -((self.start - day).days // 7)

    def monday(self, week: int) -> date:
        """The first day of ``week``."""
        return self.start + timedelta(weeks=week)

    def fiscal(self, week: int) -> tuple[int, int]:
        """(fiscal year, quarter 1-4) of ``week``."""
        day = self.monday(week)
        months = (day.month - self.fiscal_month) % 12
        year = day.year + (1 if self.fiscal_month > 1 and day.month >= self.fiscal_month else 0)
        return year, months // 3 + 1

    @property
    def fiscal_years(self) -> tuple[int, ...]:
        """The fiscal years the plan touches, ascending."""
        return tuple(sorted({self.fiscal(w)[0] for w in range(self.weeks)}))
