"""The figures a finished workbook states about its plan, found where people read them.

Cells are found by their labels, so that what is compared is what stands on the page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from optimizer.domain import Case
from optimizer.goals import GOALS
from optimizer.quantities import MONEY, scaled
from optimizer.workbook import labels
from optimizer.workbook.reading.grid import Broken, load
from optimizer.workbook.reading.grid import Grid as Cells

FAR, WIDE = 5_000, 64  # rows and columns beyond which no claim stands
TILES = {
    labels.SCORE: "score",
    labels.PROVEN_BOUND: "bound",
    labels.VERIFIED: "verified",
    labels.SPENT: "spent",
}
LINES = {
    labels.READDED: "score",
    labels.CLAIMED: "claimed score",
    labels.UPPER: "bound",
    labels.REPROVED: "certified bound",
    labels.UNPROVED: "unproved bound",
    labels.SCORE: "score",
    labels.BOUND: "bound",
    labels.CONTENT_HASH: "content",
}

Grid = list[tuple[Any, ...]]


def read_claims(path: Path, case: Case) -> dict[str, dict[str, Any]]:
    """What the workbook at ``path`` claims, by sheet; a sheet without claims is left out.

    Figures are named as in ``verify.compare_claims`` (money in integers), and besides:
    ``bound``, ``certified bound``, ``unproved bound``, ``claimed score``, ``verified`` (text) and ``content`` (the hash
    of inputs and plan).
    """
    grids = _grids(path)
    readers = {labels.SUMMARY: _summary, labels.CHECKS: _checks, labels.RUN: _lines}
    found = {name: readers[name](grids[name], case) for name in labels.CLAIMING if name in grids}
    return {name: claims for name, claims in found.items() if claims}


def read_run(path: Path) -> dict[str, Any]:
    """What the Run sheet of a workbook says, by name; empty where there is none."""
    rows = _grids(path).get(labels.RUN, [])
    return {row[0]: row[1] for row in rows if len(row) > 1 and isinstance(row[0], str)}


def _grids(path: Path) -> dict[str, Grid]:
    return {g.title: _rows(g) for g in load(path, lambda title: title in labels.CLAIMING).grids}


def _rows(cells: Cells) -> Grid:
    """The rows from the top, each from its first column; what is broken is no claim."""
    out: Grid = []
    for r in range(1, min(max(cells.rows, default=0), FAR) + 1):
        found = {c: None if isinstance(v, Broken) else v for c, v in cells.rows.get(r, {}).items() if c <= WIDE}
        out.append(tuple(found.get(c) for c in range(1, max(found, default=0) + 1)))
    return out


def _summary(grid: Grid, case: Case) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for row, col, text in _texts(grid):
        if text in TILES and TILES[text] not in out:
            _keep(out, TILES[text], _at(grid, row + 1, col))
        elif text == labels.COVERAGE:
            out |= _coverage(grid, row, col, case)
        elif text == labels.MONEY:
            out |= _money(grid, row, col)
    return out


def _coverage(grid: Grid, row: int, col: int, case: Case) -> dict[str, Any]:
    levels = [x.id for x in case.levels if x.id in grid[row][col + 1 : col + 1 + len(case.levels)]]
    names = Counter(c.name for c in case.countries)
    ids = {c.name: c.id for c in case.countries if names[c.name] == 1}
    overall: dict[str, Any] = {}
    countries: dict[str, dict[str, Any]] = {}
    for line in range(row + 1, len(grid)):
        name = _at(grid, line, col)
        shares = {x: _at(grid, line, col + 1 + i) for i, x in enumerate(levels)}
        if name in ids:
            countries[ids[name]] = shares
        elif name == labels.ALL_COUNTRIES:
            overall = shares
        elif name not in names:
            break
    return {"coverage": overall, "country_coverage": countries} if overall else {}


def _money(grid: Grid, row: int, col: int) -> dict[str, Any]:
    spent_at = next((i for i in range(col, len(grid[row])) if grid[row][i] == labels.SPENT), None)
    spend: dict[str, int] = {}
    for line in range(row + 1, len(grid)):
        name = _at(grid, line, col)
        amount = None if spent_at is None else _at(grid, line, spent_at)
        if not isinstance(name, str) or not isinstance(amount, int | float):
            break
        if name == labels.ALL_LINES:
            return {"spend": spend, "spent": scaled(amount, MONEY)}
        spend[name] = scaled(amount, MONEY)
    return {}


def _checks(grid: Grid, case: Case) -> dict[str, Any]:
    out = _lines(grid, case)
    terms = {row[0]: row[2] for row in grid if len(row) > 2 and row[0] in GOALS and isinstance(row[2], int | float)}
    return out | {"terms": terms} if terms else out


def _lines(grid: Grid, _: Case) -> dict[str, Any]:
    """Rows of a label and, in the next filled cell, its value."""
    out: dict[str, Any] = {}
    for row in grid:
        if row and row[0] in LINES and LINES[row[0]] not in out:
            _keep(out, LINES[row[0]], next((v for v in row[1:] if v is not None), None))
    return out


def _keep(out: dict[str, Any], name: str, value: Any) -> None:
    text = name in ("verified", "content")
    if isinstance(value, str if text else int | float):
        out[name] = scaled(value, MONEY) if name == "spent" else value


def _texts(grid: Grid) -> Iterator[tuple[int, int, str]]:
    for row, values in enumerate(grid):
        for col, value in enumerate(values):
            if isinstance(value, str):
                yield row, col, value


def _at(grid: Grid, row: int, col: int) -> Any:
    return grid[row][col] if row < len(grid) and col < len(grid[row]) else None
