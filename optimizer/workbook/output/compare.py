"""Comparisons: what differs between plans and inputs, as sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import xlsxwriter

from optimizer.report.changes import Change, Figure
from optimizer.workbook.merge.rows import RowChange
from optimizer.workbook.sheets.files import land, new_workbook
from optimizer.workbook.sheets.page import A3, HOME, Column, Link, Page
from optimizer.workbook.sheets.style import Styles

NAME, ROWS = "Compare", "Rows"
MADE = datetime(2000, 1, 1)  # the same comparison gives the same bytes
MOST = 20_000  # rows of a kind that one sheet shows
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WRAP = ("cell", "wrap")
DECISIONS = (
    Column("What", 12),
    Column("Who", 18),
    Column("Name", 30, WRAP),
    Column("Change", 10),
    Column("Weeks later", 8, ("cell", "int")),
    Column("How", 48, WRAP),
    Column("Before", 40, WRAP),
    Column("After", 40, WRAP),
)
DIFFERENCES = (
    Column("Sheet", 18),
    Column("Row", 40, WRAP),
    Column("Change", 10),
    Column("Column", 20),
    Column("Before", 40, WRAP),
    Column("After", 40, WRAP),
)
Told = tuple[str, Sequence[RowChange], Sequence[Change]]  # the name of a version, and what differs from the first


def write_comparison(
    path: Path, names: Sequence[str], against: Sequence[Told], figures: Sequence[Figure], money: str
) -> Path:
    """A workbook of three sheets: figures side by side, decisions, rows. Returns where it landed."""

    def write(temporary: Path) -> None:
        with new_workbook(temporary, OPTIONS) as book:
            book.set_properties({"created": MADE, "title": f"Comparison: {', '.join(names)}"})
            style = Styles(book)
            _front(book, style, names, against, figures, money)
            page = Page(book, style, NAME, "Decisions", _than(names), [14, *(c.width for c in DECISIONS)], paper=A3)
            decisions(page, [(name, made) for name, _, made in against], first="Against")
            rows = Page(book, style, ROWS, "Rows of the input tables", _than(names),
                        [14, *(c.width for c in DIFFERENCES)], paper=A3)  # fmt: skip
            lines = [(name, x.sheet, x.row, x.change, x.column, x.before, x.after)
                     for name, changed, _ in against for x in changed]  # fmt: skip
            _table(rows, (Column("In", 14), *DIFFERENCES), lines)

    return land(path, write)


def decisions(
    page: Page,
    against: Iterable[tuple[str, Sequence[Change]]],
    first: str | None = None,
    reasons: Mapping[tuple[str, str], str] | None = None,
) -> None:
    """The table of decisions on a page: ``first`` heads a column that names the version, ``reasons`` (by kind and
    subject) fill one more column, for plans whose changes are explained."""
    columns = [*([Column(first, 14)] if first else []), *DECISIONS]
    if reasons is not None:
        columns.append(Column("Why", 60, WRAP))
    lines = []
    for name, made in against:
        for c in made:
            line = [c.kind, c.subject, c.name, c.change, c.weeks or None, c.text, c.before, c.after]
            more = [] if reasons is None else [reasons.get((c.kind, c.subject))]
            lines.append([*([name] if first else []), *line, *more])
    _table(page, columns, lines)


def _than(names: Sequence[str]) -> str:
    return f"{', '.join(names[1:])} against {names[0]}"


def _table(page: Page, columns: Sequence[Column], lines: Sequence[Sequence[object]]) -> None:
    for col, c in enumerate(columns):
        page.sheet.set_column(col, col, c.width)
    page.table(columns, lines[:MOST], filters=True)
    if len(lines) > MOST:
        page.line([f"… and {len(lines) - MOST:,} more: --json has them all"], [("note",)])
    if not lines:
        page.line(["No difference."], [("note",)])
    page.sheet.freeze_panes(4, 0)


def _front(
    book: xlsxwriter.Workbook, style: Styles, names: Sequence[str], against: Sequence[Told],
    figures: Sequence[Figure], money: str
) -> None:  # fmt: skip
    widths = [14, 34, *[18] * len(names), *[12] * (len(names) - 1)]
    page = Page(book, style, HOME, "Comparison", f"{_than(names)} · money in {money}", widths)
    page.section("What differs", len(widths))
    for name, rows, made in against:
        counts = Counter(c.change for c in made)
        kinds = ", ".join(f"{counts[k]} {k}" for k in ("kept", "moved", "new", "dropped") if counts[k]) or "none"
        page.line([name, Link(NAME, f"decisions: {kinds}")], [("strong",), ("link",)])
        counts = Counter(x.change for x in rows)
        kinds = ", ".join(f"{counts[k]} {k}" for k in ("changed", "added", "gone") if counts[k]) or "no difference"
        page.line([None, Link(ROWS, f"rows and cells of the input tables: {kinds}")], [("cell",), ("link",)])
    page.row += 1
    number = ("cell", "score")
    columns = [Column("Topic", 14), Column("Figure", 34), *(Column(n, 18, number) for n in names)]
    columns += [Column(f"{n} − {names[0]}", 12, number) for n in names[1:]]
    page.section("Figures", len(widths))
    page.table(columns, [[f.topic, f"{f.name}{f', {f.unit}' if f.unit else ''}", *f.values, *_apart(f)]
                         for f in figures])  # fmt: skip


def _apart(figure: Figure) -> list[float | None]:
    first = figure.values[0]
    return [None if first is None or v is None else v - first for v in figure.values[1:]]
