"""Where each figure of the Money sheet comes from: the ledger by line, month, purpose and party."""

from __future__ import annotations

from collections import Counter

from optimizer.report.spending import KINDS, Posting, money, postings
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Column, Formula, Link, first_page_only, put

NAME = "Postings"
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


class Sums:
    """Live sums over the Postings sheet, each with its value."""

    def __init__(self, posted: list[Posting]):
        self.posted = posted
        self._tables: dict[tuple[str, ...], Counter[tuple[object, ...]]] = {}

    def value(self, **where: object) -> float:
        """The sum of amounts where every named field has the value given."""
        fields = tuple(where)
        if fields not in self._tables:
            table = self._tables[fields] = Counter()
            for p in self.posted:
                table[tuple(getattr(p, k) for k in fields)] += p.amount
        return money(self._tables[fields][tuple(where.values())])

    def __call__(self, **where: tuple[str, object]) -> Formula:
        """The same as a live formula; each field is given as (address, value)."""
        columns = {"line": "A", "year": "B", "quarter": "C", "month": "D"}
        # "=" keeps a line called ">x" from being taken for a comparison
        wanted = {k: f'"="&{at}' if k == "line" else at for k, (at, _) in where.items()}
        tests = [f"{NAME}!${columns[k]}:${columns[k]},{at}" for k, at in wanted.items()]
        return Formula(f"=SUMIFS({NAME}!$I:$I,{','.join(tests)})", self.value(**{k: v for k, (_, v) in where.items()}))

    def of_kinds(self, kinds: tuple[str, ...]) -> Formula:
        """The sum of everything paid for these purposes."""
        text = "+".join(f'SUMIFS({NAME}!$I:$I,{NAME}!$E:$E,"{KINDS[k]}")' for k in kinds)
        return Formula(f"={text}", money(sum(p.amount for p in self.posted if p.kind in kinds)))


def write(m: Material) -> None:
    """The Postings sheet: the rows behind every amount, filterable, with the total of what is shown."""
    posted = postings(m.case, m.plan)
    note = f"One row: what one party cost one line in one month, in {m.case.settings.money_unit}."
    page = m.page(NAME, "Postings: what was paid for, by line and month", note, [c.width for c in COLUMNS])
    put(page.sheet, 2, 2, Link("Money", "← Money"), page.style("link"))
    total = Formula(f"=SUBTOTAL(109,I5:I{max(5, len(posted) + 4)})", money(sum(p.amount for p in posted)))
    put(page.sheet, 2, 6, "Total of the rows shown", page.style("label"))
    put(page.sheet, 2, 8, total, page.style("total", "exact"))
    rows = [
        (p.line, p.year, p.quarter, p.month, KINDS[p.kind], p.subject, p.first, p.weeks, money(p.amount))
        for p in posted
    ]
    _, last = page.table(COLUMNS, rows, named="Postings")
    first_page_only(page, len(COLUMNS), last)
    page.sheet.freeze_panes(4, 1)
    page.sheet.repeat_rows(3)
