"""Where each figure of the Money sheet comes from: the ledger by line, month, purpose and party."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from optimizer.domain import Case, Plan
from optimizer.domain.ledger import ledger
from optimizer.workbook.output.page import Column, Formula, Link, Material, money, put

NAME = "Postings"
KINDS = {
    "deploy": "way there and back",
    "stay": "upkeep on rotation",
    "exercise": "exercise",
    "fly-in": "flown in for an exercise",
    "sustain": "upkeep of a set",
    "move": "move of a set",
    "upgrade": "upgrade",
}
COLUMNS = (
    Column("Line", 18),
    Column("Fiscal year", 9, ("cell", "plain")),
    Column("Quarter", 8, ("cell", "plain")),
    Column("Month", 10, ("cell", "month_name")),
    Column("For", 24),
    Column("Who or what", 24),
    Column("First week", 11, ("cell", "date")),
    Column("Weeks", 7, ("cell", "count")),
    Column("Amount", 12, ("cell", "exact")),
)


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
    """Budget lines: the four of Settings first, then every other one budgeted or spent."""
    s = case.settings
    named = [s.line_rotation, s.line_exercise, s.line_set, s.line_upgrade]
    known = {b.line for b in case.budgets} | {p.line for p in posted}
    return [x for x in dict.fromkeys([*named, *sorted(known)]) if x in known]


class Sums:
    """Live sums over the Postings sheet, each with its value."""

    def __init__(self, posted: list[Posting]):
        self.posted = posted

    def value(self, **where: object) -> float:
        """The sum of amounts where every named field has the value given."""
        return money(sum(p.amount for p in self.posted if all(getattr(p, k) == v for k, v in where.items())))

    def __call__(self, **where: tuple[str, object]) -> Formula:
        """The same as a live formula; each field is given as (address, value)."""
        columns = {"line": "A", "year": "B", "quarter": "C", "month": "D"}
        # "=" keeps a line called ">x" from being taken for a comparison
        wanted = {k: f'"="&{at}' if k == "line" else at for k, (at, _) in where.items()}
        tests = [f"{NAME}!${columns[k]}:${columns[k]},{at}" for k, at in wanted.items()]
        return Formula(f"=SUMIFS({NAME}!$I:$I,{','.join(tests)})", self.value(**{k: v for k, (_, v) in where.items()}))


def write(m: Material) -> None:
    """The Postings sheet: the rows behind every amount, filterable, with the total of what is shown."""
    posted = postings(m.case, m.plan)
    note = f"One row: what one party cost one line in one month, in {m.case.settings.money_unit}."
    page = m.page(NAME, "Where each figure comes from", note, [c.width for c in COLUMNS])
    put(page.sheet, 2, 2, Link("Money", "← Money"), page.style("link"))
    total = Formula(f"=SUBTOTAL(109,I5:I{max(5, len(posted) + 4)})", money(sum(p.amount for p in posted)))
    put(page.sheet, 2, 6, "Total of the rows shown", page.style("label"))
    put(page.sheet, 2, 8, total, page.style("total", "exact"))
    rows = [
        (p.line, p.year, p.quarter, p.month, KINDS[p.kind], p.subject, p.first, p.weeks, money(p.amount))
        for p in posted
    ]
    page.table(COLUMNS, rows, filters=True)
    page.sheet.freeze_panes(4, 1)
    page.sheet.repeat_rows(3)
