"""Money moved between lines: what a plan takes from where, so that no line ends below nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.domain import Case
from optimizer.quantities import MILLI, MONEY
from optimizer.rules.budget.limits import limits


@dataclass(frozen=True)
class Transfer:
    """``amount`` of money moved between two lines in a fiscal year; ``most`` the source may give away in all."""

    year: int
    source: str
    target: str
    amount: float
    most: float


@dataclass(frozen=True)
class Line:
    """A line's year in money units: ``ceiling`` as the rules hold it, ``moved`` in (out: negative), spent."""

    line: str
    year: int
    ceiling: float
    moved: float
    spent: float

    @property
    def available(self) -> float:
        """The ceiling after transfers."""
        return self.ceiling + self.moved

    @property
    def left(self) -> float:
        """What is not spent: never negative in a plan that holds the money rule."""
        return round(self.available - self.spent, 9)  # below what money is counted in


def transfers(case: Case, spend: Mapping[tuple[str, int], int]) -> list[Transfer]:
    """The transfers that make good every overspent line, as few as can be: the largest lack first, from the line
    with most to give. ``spend`` is money by (line, fiscal year).

    Line l gives at most min(τ B, B − s); counted in thousandths, in which τ B is whole, as the money rule does.
    In a plan that breaks that rule something stays unmet, and the line stays overspent.
    """
    held = limits(case).lines
    if held is None:
        return []
    share, found = case.settings.transfer_limit, []
    for year in case.calendar.fiscal_years:
        lines = sorted({line for y, line in held if y == year} | {line for line, y in spend if y == year})
        free = {line: MILLI * (held[year, line] - spend.get((line, year), 0)) for line in lines}
        room = {line: min(share * held[year, line], free[line]) for line in lines if free[line] > 0}
        lack = {line: -free[line] for line in lines if free[line] < 0}
        for target in sorted(lack, key=lambda x: (-lack[x], x)):
            for source in sorted(room, key=lambda x: (-room[x], x)):
                amount = min(room[source], lack[target])
                if amount > 0:
                    room[source] -= amount
                    lack[target] -= amount
                    most = share * held[year, source]
                    found.append(Transfer(year, source, target, _money(amount), _money(most)))
    return found


def lines_by_year(case: Case, spend: Mapping[tuple[str, int], int]) -> dict[tuple[str, int], Line]:
    """Every (line, fiscal year) that has money or spends any; empty for a case without a budget."""
    held = limits(case).lines
    if held is None:
        return {}
    moved: dict[tuple[str, int], float] = {}
    for t in transfers(case, spend):
        moved[t.target, t.year] = moved.get((t.target, t.year), 0.0) + t.amount
        moved[t.source, t.year] = moved.get((t.source, t.year), 0.0) - t.amount
    years = case.calendar.fiscal_years
    keys = {(line, y) for y, line in held if y in years} | {key for key in spend if spend[key]}
    return {
        (line, y): Line(line, y, held[y, line] / MONEY, moved.get((line, y), 0.0), spend.get((line, y), 0) / MONEY)
        for line, y in sorted(keys, key=lambda k: (k[1], k[0]))
    }


def in_words(t: Transfer) -> str:
    """``FY2017: 12.2 moved from prepositioning to presence, of 17.0 it may give``."""
    return f"FY{t.year}: {t.amount:,.1f} moved from {t.source} to {t.target}, of {t.most:,.1f} it may give"


def _money(thousandths: int) -> float:
    return thousandths / MILLI / MONEY
