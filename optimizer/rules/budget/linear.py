"""Spend against money: lines and transfers, quarters, total, continuing resolutions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from optimizer.quantities import MILLI, MONEY
from optimizer.rules.budget.limits import Limits, limits
from optimizer.rules.rows import Row, Space, put, total


def rows(space: Space) -> Iterator[Row]:
    """Rows in whole money units; ``("receives", line, year)`` and ``("gives", …)`` are transfers."""
    case, held = space.case, limits(space.case)
    if held.lines is not None:
        for year in case.calendar.fiscal_years:
            yield from _year(space, held, year)
    first: dict[tuple[int, int], list[int]] = {}
    for w in range(case.weeks):
        first.setdefault(case.calendar.fiscal(w), []).append(w)
    for (year, quarter, line), ceiling in held.quarters.items():
        weeks = first.get((year, quarter), [])
        if weeks:
            spent = total((("spent", line, w), 1) for w in weeks)
            yield Row((line,), weeks[0], spent, "<=", ceiling / MONEY)
    if held.total is not None:
        everything = total((("spent", line, w), 1) for line in space.case.lines for w in range(case.weeks))
        yield Row((), None, everything, "<=", held.total / MONEY)
    for r in held.resolutions:
        for u in case.upgrades:
            early = total((("buy", u.id, w), 1) for w in space.buys[u.id] if 0 <= w < r.weeks)
            if early:
                yield Row((u.id,), 0, early, "<=", 0)
        for line, rate in held.rates.items():
            spent = total((("spent", line, w), 1) for w in range(min(r.weeks, case.weeks)))
            yield Row((line,), 0, spent, "<=", r.rate * rate * r.weeks / (52 * MILLI * MONEY))


def _year(space: Space, held: Limits, year: int) -> Iterator[Row]:
    case = space.case
    weeks = [w for w in range(case.weeks) if case.calendar.fiscal(w)[0] == year]
    money = held.lines or Counter()
    for line in space.case.lines:
        amount = money.get((year, line), 0)
        gets, gives = ("receives", line, year), ("gives", line, year)
        spent = total((("spent", line, w), 1) for w in weeks)
        yield Row((line,), weeks[0], put(spent, [(gets, -1), (gives, 1)]), "<=", amount / MONEY)
        yield Row((line,), weeks[0], {gives: 1}, "<=", amount * case.settings.transfer_limit / (MILLI * MONEY))
    balance = total((("receives", line, year), 1) for line in space.case.lines)
    yield Row((), weeks[0], put(balance, ((("gives", line, year), -1) for line in space.case.lines)), "==", 0)
