"""Money by line, quarter and month against its ceilings; every figure sums rows of the Postings sheet."""

from __future__ import annotations

from datetime import date

from optimizer.domain import Case
from optimizer.report.spending import ALL, lines_of, money, postings
from optimizer.report.utilisation import most_with_transfers
from optimizer.workbook.output import burn
from optimizer.workbook.output.postings import NAME as POSTINGS
from optimizer.workbook.output.postings import Sums
from optimizer.workbook.sheets.page import Formula, Link, Material, Page, cell, on, put
from optimizer.workbook.sheets.style import BAR

NAME = burn.SHEET
ON_ONE_PAGE = 2  # fiscal years that still print legibly on one page


def write(m: Material) -> None:
    """The Money sheet."""
    case, posted = m.case, postings(m.case, m.plan)
    lines, sums = lines_of(case, posted), Sums(posted)
    months = sorted({m.day(w).replace(day=1) for w in range(case.weeks)})
    note = f"In {case.settings.money_unit}. Every amount spent is a live sum over the Postings sheet."
    page = m.page(NAME, "Money", note, [20, *([11] * max(7, len(months) + 1))])
    put(page.sheet, 2, 1, Link(POSTINGS, "Where each figure comes from →"), page.style("link"))
    _years(page, m, case, lines, sums)
    _quarters(page, case, lines, sums)
    _months(page, m, lines, sums, months)
    page.sheet.freeze_panes(3, 1)
    if len(case.calendar.fiscal_years) <= ON_ONE_PAGE:
        page.sheet.fit_to_pages(1, 1)


def _years(page: Page, m: Material, case: Case, lines: list[str], sums: Sums) -> None:
    """Per fiscal year and line: money, spent, left, share."""
    budget = {(b.line, b.year): b for b in case.budgets}
    heads = ("Line", "Fiscal year", "Money", "Spent", "Left", "Used", "Most with transfers")
    for year in case.calendar.fiscal_years:
        m.places[f"money {year}"] = cell(page.row, 0)
        page.section(f"Fiscal year {year}", len(heads))
        page.sheet.set_row(page.row, 26)
        page.heads(heads, [False, False, True, True, True, True, True])
        first = page.row
        for line in lines:
            row = page.row
            given = budget[line, year].amount if (line, year) in budget else None
            spent = sums(line=(cell(row, 0), line), year=(cell(row, 1), year))
            most = None if given is None else money(most_with_transfers(case, line, year))
            values = [line, year, None if given is None else money(given), spent, *_left(row, given, spent), most]
            page.line(values, _LOOKS)
            _bar(page, row, 5)
        total = sum(budget[x, year].amount for x in lines if (x, year) in budget)
        spent = Formula(f"=SUM({cell(first, 3)}:{cell(page.row - 1, 3)})", sums.value(year=year))
        all_money = Formula(f"=SUM({cell(first, 2)}:{cell(page.row - 1, 2)})", money(total))
        values = [ALL, year, all_money, spent, *_left(page.row, total or None, spent), None]
        page.line(values, [("total", *look[1:]) for look in _LOOKS])
        page.row += 1


_LOOKS = (("cell",), ("cell", "plain"), *[("cell", "money")] * 3, ("cell", "percent"), ("cell", "money", "label"))


def _left(row: int, given: int | None, spent: Formula) -> tuple[Formula | None, Formula | None]:
    """What is left of a ceiling in column C after the spending in column D, and the share used."""
    if given is None:
        return None, None
    left, used = money(given) - float(spent.value), float(spent.value) / money(given) if given else ""
    return (
        Formula(f"={cell(row, 2)}-{cell(row, 3)}", left),
        Formula(f'=IF({cell(row, 2)}=0,"",{cell(row, 3)}/{cell(row, 2)})', used),
    )


def _bar(page: Page, row: int, col: int) -> None:
    bar = {"type": "data_bar", "bar_color": BAR, "bar_solid": True, "min_type": "num", "min_value": 0}
    page.sheet.conditional_format(row, col, row, col, {**bar, "max_type": "num", "max_value": 1})


def _quarters(page: Page, case: Case, lines: list[str], sums: Sums) -> None:
    """Per line and quarter: spent, and the ceiling where there is one."""
    budget = {(b.line, b.year): b for b in case.budgets}
    heads = ["Line", "Fiscal year", *(f"Q{q} {what}" for q in range(1, 5) for what in ("spent", "ceiling"))]
    page.section("Quarters", len(heads))
    page.heads(heads, [False, False, *[True] * 8])
    for year in case.calendar.fiscal_years:
        for line in lines:
            row, values = page.row, [line, year]
            ceilings = budget[line, year].quarters if (line, year) in budget else (None,) * 4
            looks: list[tuple[str, ...]] = [("cell",), ("cell", "plain")]
            for q, ceiling in enumerate(ceilings, 1):
                spent = sums(line=(cell(row, 0), line), year=(cell(row, 1), year), quarter=(str(q), q))
                over = ceiling is not None and float(spent.value) > money(ceiling)
                values += [spent, None if ceiling is None else money(ceiling)]
                looks += [("cell", "money", *(["bad"] if over else [])), ("cell", "money", "label")]
            page.line(values, looks)
    page.row += 1


def _months(page: Page, m: Material, lines: list[str], sums: Sums, months: list[date]) -> None:
    """Line × month, then the burn."""
    page.section("Months", len(months) + 2)
    head = page.row
    page.heads(["Line", *months, "Plan"], [False, *[True] * (len(months) + 1)], "month_name")
    first = page.row
    for line in lines:
        row = page.row
        each = [
            sums(line=(cell(row, 0, pin_column=True), line), month=(cell(head, i + 1, pin_row=True), x))
            for i, x in enumerate(months)
        ]
        whole = sum(p.amount for p in sums.posted if p.line == line)
        total = Formula(f"=SUM({cell(row, 1)}:{cell(row, len(months))})", money(whole))
        page.line([line, *each, total], [("cell",), *[("cell", "money")] * len(months), ("cell", "money", "strong")])
    row, spent = page.row, sum(p.amount for p in sums.posted)
    each = [
        Formula(f"=SUM({cell(first, i)}:{cell(row - 1, i)})", money(sum(p.amount for p in sums.posted if p.month == x)))
        for i, x in enumerate(months, 1)
    ]
    m.places["spent"] = on(NAME, cell(row, len(months) + 1))
    whole_plan = Formula(f"=SUM({cell(row, 1)}:{cell(row, len(months))})", money(spent))
    page.line([ALL, *each, whole_plan], [("total",), *[("total", "money")] * (len(months) + 1)])
    page.row += 1
    burn.write(page, m, first, [*lines, ALL], months, sums)
