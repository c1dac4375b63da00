"""The ledger by line, month, purpose and party, and the money there is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from optimizer.domain import Case, Plan
from optimizer.domain.ledger import ledger
from optimizer.quantities import MONEY

ALL = "All lines"
KINDS = {
    "deploy": "way there and back",
    "stay": "upkeep on rotation",
    "exercise": "exercise",
    "fly-in": "brought in for an exercise",
    "sustain": "upkeep of a set",
    "move": "move of a set",
    "upgrade": "upgrade",
}


@dataclass(frozen=True)
class Posting:
    """What one party cost one line in one month."""

    line: str
    year: int
    quarter: int
    month: date
    kind: str
    subject: str
    first: date
    weeks: int
    amount: int


def postings(case: Case, plan: Plan) -> list[Posting]:
    """The ledger by line, month, purpose and party, in that order."""
    found: dict[tuple[str, date, str, str, int, int], list[tuple[int, int]]] = defaultdict(list)
    for e in ledger(case, plan):
        if e.amount:
            year, quarter = case.calendar.fiscal(e.week)
            month = case.calendar.monday(e.week).replace(day=1)
            found[e.line, month, e.kind, e.subject, year, quarter].append((e.week, e.amount))
    return [
        Posting(line, year, quarter, month, kind, subject, case.calendar.monday(min(rows)[0]),
                len({w for w, _ in rows}), sum(a for _, a in rows))
        for (line, month, kind, subject, year, quarter), rows in sorted(found.items())
    ]  # fmt: skip


def lines_of(case: Case, posted: list[Posting]) -> list[str]:
    """The budget lines worth showing: those with money or spending. What is free of charge shows none."""
    shown = {b.line for b in case.budgets} | {p.line for p in posted}
    return [line for line in case.lines if line in shown]


def ceiling(case: Case, line: str, year: int) -> float | None:
    """A line's money (``ALL``: every line's) in the plan's fiscal years up to ``year``; ``None`` without a budget."""
    begun = range(case.calendar.fiscal_years[0], year + 1)
    given = [b.amount for b in case.budgets if b.year in begun and line in (b.line, ALL)]
    return money(sum(given)) if given else None


def year_of(case: Case, month: date) -> int:
    """The fiscal year of the weeks that belong to ``month``."""
    return case.calendar.fiscal(max(case.calendar.week_from(month), 0))[0]


def money(amount: int) -> float:
    """An amount in the workbook's money unit."""
    return amount / MONEY
