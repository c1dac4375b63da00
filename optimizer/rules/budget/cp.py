"""Constraint-programming reading: integer transfers between lines, ceilings, continuing resolutions."""

from __future__ import annotations

from typing import Any

from optimizer.quantities import MILLI
from optimizer.rules.budget.limits import limits
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    case, held = space.case, limits(space.case)
    spans: dict[tuple[int, int], list[int]] = {}
    for t in space.weeks:
        spans.setdefault(case.calendar.fiscal(t), []).append(t)
    if held.lines is not None:
        for year in case.calendar.fiscal_years:
            inside = [t for t in space.weeks if case.calendar.fiscal(t)[0] == year]
            _year(model, space, held.lines, year, inside[0], inside[-1] + 1)
    for (year, quarter, line), ceiling in held.quarters.items():
        if weeks := spans.get((year, quarter)):
            model.add(space.spent(line, weeks[0], weeks[-1] + 1) <= ceiling).with_name(line)
    if held.total is not None:
        spend = sum(space.spent(line, 0, case.weeks) for line in case.lines)
        model.add(spend <= held.total).with_name("total")
    for r in held.resolutions:
        for upgrade, bought in space.purchases.items():
            for w, x in bought.items():
                if 0 <= w < r.weeks:
                    model.add(x == 0).with_name(upgrade)
        for line, rate in held.rates.items():
            ceiling = r.rate * rate * r.weeks // (52 * MILLI)
            model.add(space.spent(line, 0, r.weeks) <= ceiling).with_name(line)


def _year(model: Any, space: Literals, money: Any, year: int, start: int, end: int) -> None:
    """Transfers in thousandths of money, in which the transfer limit of every line is whole."""
    share, gained, given = space.case.settings.transfer_limit, [], []
    lines = space.case.lines
    room = sum(share * money[year, line] for line in lines)
    for line in lines:
        own, spend = money[year, line], space.spent(line, start, end)
        if room:
            gained.append(model.new_int_var(0, room, f"to {line} {year}"))
            given.append(model.new_int_var(0, share * own, f"from {line} {year}"))
            model.add(MILLI * spend <= MILLI * own + gained[-1] - given[-1]).with_name(line)
        else:
            model.add(spend <= own).with_name(line)
    model.add(sum(gained) == sum(given)).with_name(str(year))
