"""Money by line, quarter and month against its ceilings; every figure sums rows of the Postings sheet."""

from __future__ import annotations

from datetime import date

from optimizer.domain import Case
from optimizer.quantities import MILLI
from optimizer.report.spending import ALL, lines_of, money, postings
from optimizer.report.transfers import Line, in_words, lines_by_year, transfers
from optimizer.workbook.output import burn
from optimizer.workbook.output.postings import NAME as POSTINGS
from optimizer.workbook.output.postings import Sums
from optimizer.workbook.sheets.material import Material, cell, on
from optimizer.workbook.sheets.page import Formula, Link, Page, put
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
    """Per fiscal year and line: ceiling, what transfers move, what is then available, spent and left; the transfers."""
    given, moves = lines_by_year(case, m.verdict.spend_by_year), transfers(case, m.verdict.spend_by_year)
    heads = ("Line", "Fiscal year", "Ceiling", "Moved in or out", "Available", "Spent", "Left", "Used", "May give away")
    for year in case.calendar.fiscal_years:
        m.places[f"money {year}"] = cell(page.row, 0)
        page.section(f"Fiscal year {year}", len(heads))
        page.sheet.set_row(page.row, 26)
        page.heads(heads, [False, False, *[True] * 7])
        first = page.row
        for line in lines:
            row, own = page.row, given.get((line, year))
            spent = sums(line=(cell(row, 0), line), year=(cell(row, 1), year))
            have = (None, None) if own is None else (own.ceiling, own.moved or None)
            most = None if own is None else own.ceiling * case.settings.transfer_limit / MILLI
            page.line([line, year, *have, *_after(row, own, spent), most], _LOOKS)
            m.places[f"line {line} {year}"] = cell(row, 0)
            _bar(page, row, 7)
        _total(page, year, first, [x for x in given.values() if x.year == year], sums.value(year=year))
        for t in (t for t in moves if t.year == year):
            page.line([in_words(t)], [("note",)])
        page.row += 1
    if sum(x.ceiling for x in given.values()) < money(_budgeted(case)) - 1e-9:
        page.line(["Ceilings are cut to the smallest budget of the scenarios weighed."], [("note",)])
        page.row += 1


def _budgeted(case: Case) -> int:
    """Money of the plan's years, as typed."""
    return sum(b.amount for b in case.budgets if b.year in case.calendar.fiscal_years)


def _after(
    row: int, own: Line | None, spent: Formula
) -> tuple[Formula | None, Formula, Formula | None, Formula | None]:
    """Available, spent, left and the share used, from the cells of a row."""
    if own is None:
        return None, spent, None, None
    have, used = cell(row, 4), cell(row, 5)
    share = own.spent / own.available if own.available else ""
    return (
        Formula(f"={cell(row, 2)}+{cell(row, 3)}", own.available),
        spent,
        Formula(f"=ROUND({have}-{used},9)", own.left),
        Formula(f'=IF({have}=0,"",{used}/{have})', share),
    )


def _total(page: Page, year: int, first: int, own: list[Line], spent: float) -> None:
    """All lines of a year."""
    row, sums = page.row, []
    ceiling = sum(x.ceiling for x in own)
    for col, value in ((2, ceiling), (4, ceiling), (5, spent)):
        sums.append(Formula(f"=SUM({cell(first, col)}:{cell(row - 1, col)})", value))
    left = Formula(f"=ROUND({cell(row, 4)}-{cell(row, 5)},9)", round(ceiling - spent, 9))
    share = Formula(f'=IF({cell(row, 4)}=0,"",{cell(row, 5)}/{cell(row, 4)})', spent / ceiling if ceiling else "")
    values = [ALL, year, sums[0], None, sums[1], sums[2], left, share, None]
    if not own:
        values = [ALL, year, None, None, None, sums[2], None, None, None]
    page.line(values, [("total", *look[1:]) for look in _LOOKS])


_LOOKS = (
    ("cell",),
    ("cell", "plain"),
    ("cell", "money"),
    ("cell", "moved"),
    *[("cell", "money")] * 2,
    ("cell", "left_over"),
    ("cell", "percent"),
    ("cell", "money", "label"),
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
