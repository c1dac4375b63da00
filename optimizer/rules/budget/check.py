"""Spend against money: lines and transfers, quarters, total, continuing resolutions."""

from __future__ import annotations

from collections import Counter

from optimizer.domain import Case, Plan
from optimizer.domain.ledger import ledger
from optimizer.quantities import MILLI, MONEY
from optimizer.rosters import lenient
from optimizer.rules.audit import Audit, amount
from optimizer.rules.base import Finding
from optimizer.rules.budget.limits import Limits, limits

Spend = Counter[tuple[int, str]]  # money by (week, line)


def check(case: Case, plan: Plan) -> Finding:
    """Breaches by line, in the first week of the year or quarter; size in money."""
    audit, held = Audit(case, "budget"), limits(case)
    spend: Spend = Counter()
    for entry in ledger(lenient(case, plan), plan):
        spend[entry.week, entry.line] += entry.amount
    if held.lines is not None:
        for year in case.calendar.fiscal_years:
            _year(audit, held.lines, spend, year)
    _quarters(audit, held, spend)
    if held.total is not None:
        over = spend.total() - held.total
        text = f"the plan spends {_money(case, spend.total())}, {_money(case, over)} over the total cap"
        audit.test(over / MONEY, None, (), case.settings.money_unit, text)
    _resolutions(audit, plan, held, spend)
    return audit.finding()


def _money(case: Case, value: int) -> str:
    return f"{case.settings.money_unit} {amount(value / MONEY)}"


def _year(audit: Audit, money: Counter[tuple[int, str]], spend: Spend, year: int) -> None:
    """Transfers exist exactly if the overspent lines lack no more than the others may give:
    line l gives at most min(τ B, B − s), counted in thousandths so that τ B stays exact."""
    case = audit.case
    spent: Counter[str] = Counter()
    for (week, line), value in spend.items():
        if case.calendar.fiscal(week)[0] == year:
            spent[line] += value
    share = case.settings.transfer_limit
    lines = sorted({*spent, *(line for y, line in money if y == year)})
    lack = {line: spent[line] - money[year, line] for line in lines if spent[line] > money[year, line]}
    given = sum(
        min(share * money[year, line], MILLI * (money[year, line] - spent[line])) for line in lines if line not in lack
    )
    over = MILLI * sum(lack.values()) - given
    text = (
        f"fiscal year {year}: {', '.join(lack)} overspent by {_money(case, sum(lack.values()))}, "
        f"{amount(over / MILLI / MONEY)} more than other lines may transfer"
    )
    first = next(w for w in range(case.weeks) if case.calendar.fiscal(w)[0] == year)
    audit.test(over / MILLI / MONEY, first, tuple(lack), case.settings.money_unit, text)


def _quarters(audit: Audit, held: Limits, spend: Spend) -> None:
    case, spent = audit.case, Counter[tuple[int, int, str]]()
    first: dict[tuple[int, int], int] = {}
    for week in range(case.weeks):
        first.setdefault(case.calendar.fiscal(week), week)
    for (week, line), value in spend.items():
        spent[(*case.calendar.fiscal(week), line)] += value
    for (year, quarter, line), ceiling in held.quarters.items():
        if (year, quarter) in first:
            over = spent[year, quarter, line] - ceiling
            text = f"quarter {quarter} of {year}: {line} spends {_money(case, over)} over its ceiling"
            audit.test(over / MONEY, first[year, quarter], (line,), case.settings.money_unit, text)


def _resolutions(audit: Audit, plan: Plan, held: Limits, spend: Spend) -> None:
    case = audit.case
    for r in held.resolutions:
        for b in plan.purchases:
            inside = int(0 <= b.start < r.weeks)
            text = f"upgrade {b.upgrade} is bought under a continuing resolution of {r.weeks} weeks"
            audit.test(inside, b.start, (b.upgrade,), "purchases", text)
        for line, rate in held.rates.items():
            spent = sum(value for (week, owner), value in spend.items() if owner == line and week < r.weeks)
            over = (52 * MILLI * spent - r.rate * rate * r.weeks) / (52 * MILLI * MONEY)
            text = f"{line} spends {case.settings.money_unit} {amount(over)} over the rate of a continuing resolution"
            audit.test(over, 0, (line,), case.settings.money_unit, text)
