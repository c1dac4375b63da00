"""Obeying the Conflicts sheet of a merged workbook: what was chosen is put into the cells before they are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from optimizer.workbook.faults import Fault, fault
from optimizer.workbook.merge.align import spelt, words
from optimizer.workbook.merge.conflicts import BASE, DELETED, ORDER, ROW, Chosen
from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.merge.read import content_of, grids_of, heads_of
from optimizer.workbook.merge.renames import NAMED, replaced, whole_units
from optimizer.workbook.reading.grid import Book, Grid, address
from optimizer.workbook.reading.headers import header_row, lay_out
from optimizer.workbook.reading.tables import Tables
from optimizer.workbook.schema import BY_NAME, CONFLICTS, Sheet
from optimizer.workbook.values import blank
from optimizer.workbook.words import fold, tidy


@dataclass(frozen=True)
class Line:
    """One line of a Conflicts sheet: what it is about, every version by its heading, what was typed under Choose."""

    cell: str  # of Choose
    sheet: str
    row: str
    column: str
    versions: Mapping[str, Any]
    typed: str

    @property
    def chosen(self) -> str | None:
        """The heading that was chosen, ``None`` if none is known by what was typed."""
        return next((h for h in self.versions if fold(h) == fold(self.typed)), None) if self.typed else None

    @property
    def value(self) -> Any:
        return self.versions[self.chosen or BASE]


def lines_of(book: Book) -> list[Line]:
    """The lines of the Conflicts sheet; none where there is no such sheet."""
    grid = grids_of(book).get(CONFLICTS.name)
    laid = None if grid is None else lay_out(CONFLICTS.columns, (), grid, [])
    if grid is None or laid is None:
        return []
    names = {j: h for h, j in laid.at.items()}
    versions = {j: tidy(str(t)) for j, t in sorted(grid.rows[laid.row].items()) if names.get(j, BASE) == BASE}
    out = []
    for number, cells in sorted(grid.rows.items()):
        if number <= laid.row or not any(not blank(v, "text") for v in cells.values()):
            continue
        at = {h: tidy(str(cells.get(j, ""))) for h, j in laid.at.items()}
        place = address(number, laid.at.get("Choose", 1))
        said = {h: cells.get(j) for j, h in versions.items()}
        out.append(
            Line(place, at.get("Sheet", ""), at.get("Row", ""), at.get("Column", ""), said, at.get("Choose", ""))
        )
    return out


def choices(lines: list[Line]) -> Chosen:
    """What was chosen, as ``merge`` takes it."""
    return {(x.sheet, x.row, x.column): x.chosen for x in lines if x.chosen is not None}


def obey(book: Book) -> tuple[Book, list[Fault]]:
    """The workbook with what its Conflicts sheet chooses, and a fault for every line that is open or makes no sense."""
    lines = lines_of(book)
    if not lines:
        return book, []
    faults = [f for x in lines for f in _unclear(x)]
    grids = {g.title: deepcopy(g) if fold(g.title) != fold(CONFLICTS.name) else g for g in book.grids}
    made = replace(book, grids=tuple(grids.values()))
    content, tables = content_of(made, "")
    clear = [x for x in lines if x.chosen is not None and x.sheet in BY_NAME]
    names = {(BY_NAME[x.sheet].name, str(x.versions[BASE])): str(x.value) for x in clear if _renames(x)}
    for line in clear:
        if line.column == ORDER:
            _order(grids_of(made)[line.sheet], tables, content, str(line.value))
        elif not _renames(line):
            faults += _put(line, clear, names, made, content, tables)
    _rename(names, made, content, tables)
    return made, faults


def _unclear(line: Line) -> Iterator[Fault]:
    known = ", ".join(line.versions)
    about = " | ".join(x for x in (line.sheet, line.row, line.column) if x)
    if not line.typed:
        yield fault("conflict-open", CONFLICTS.name, line.cell, about, names=known)
    elif line.chosen is None:
        yield fault("conflict-choice", CONFLICTS.name, line.cell, line.typed, names=known)


def _renames(line: Line) -> bool:
    return BY_NAME[line.sheet] in NAMED and line.column == BY_NAME[line.sheet].key[0]


def _put(
    line: Line, lines: list[Line], names: Mapping[tuple[str, str], str], book: Book, content: Content, tables: Tables
) -> Iterator[Fault]:
    """Set one cell, or take a row out, where it is still to be found."""
    sheet, grid = BY_NAME[line.sheet], grids_of(book)[line.sheet]
    row = _find(sheet, line, lines, names, content)
    if line.column == ROW:
        if line.value == DELETED and row is not None:
            grid.rows.pop(row.number, None)
        return
    known, own = heads_of(tables[line.sheet], grid)
    column = next((j for j, h in (known | own).items() if h == line.column), None)
    removed = any((x.sheet, x.row, x.column) == (line.sheet, line.row, ROW) and x.value == DELETED for x in lines)
    if row is None or column is None or row.number not in grid.rows:
        if not removed and line.chosen != BASE:
            yield fault("conflict-lost", CONFLICTS.name, line.cell, line.row, name=line.sheet)
    elif blank(line.value, "text"):
        grid.rows[row.number].pop(column, None)
    else:
        grid.rows[row.number][column] = line.value


def _find(
    sheet: Sheet, line: Line, lines: list[Line], names: Mapping[tuple[str, str], str], content: Content
) -> Row | None:
    """The row a line is about, by its name now or by what other lines make of it."""
    parts = line.row.split(" | ")
    headers = ("Unit", "Element", "Arrive") if sheet.name == "Plan rotations" else sheet.key
    other = {x.column: spelt(x.value) for x in lines if (x.sheet, x.row) == (line.sheet, line.row)}
    moved = [other.get(h, p) for h, p in zip(headers, parts, strict=False)]
    new = {old: to for (_, old), to in names.items()}
    wanted = [parts, moved, [new.get(p, p) for p in parts], [new.get(p, p) for p in moved]]
    by_name = {words(sheet, r.values): r for r in content.tables.get(sheet.name, ())}
    return next((by_name[name] for w in wanted if (name := " | ".join(w)) in by_name), None)


def _order(grid: Grid, tables: Tables, content: Content, wanted: str) -> None:
    """Bring rows into the order in which their ids are listed."""
    table = content.tables["Levels"]
    ids = [x.strip() for x in wanted.split(";")]
    mine = [r for r in table if r.values["Level"] in ids and r.number in grid.rows]
    cells = {r.values["Level"]: grid.rows[r.number] for r in mine}
    for number, name in zip(sorted(r.number for r in mine), [x for x in ids if x in cells], strict=True):
        grid.rows[number] = cells[name]


def _rename(names: Mapping[tuple[str, str], str], book: Book, content: Content, tables: Tables) -> None:
    """Put the chosen names of things into every cell that has the old one."""
    by_sheet: dict[str, dict[str, str]] = {}
    for (of, old), new in names.items():
        if old != new:
            by_sheet.setdefault(of, {})[old] = new
    if not by_sheet:
        return
    whole = whole_units(content)
    for name, grid in grids_of(book).items():
        if name not in content.tables:
            continue
        sheet = BY_NAME[name]
        at = {h: j for j, h in heads_of(tables[name], grid)[0].items()}
        for row in content.tables[name]:
            for c in sheet.columns:
                value = row.values.get(c.header)
                if c.header in row.raw and value is not None and row.number in grid.rows:
                    new = replaced(sheet, c, value, row.values, by_sheet, whole)
                    if new != value:
                        grid.rows[row.number][at[c.header]] = spelt(new)
        for c in sheet.families:
            for old, new in by_sheet.get(c.family or "", {}).items():
                if c.header.format(old) in at:
                    grid.rows[header_row(grid)][at[c.header.format(old)]] = c.header.format(new)
