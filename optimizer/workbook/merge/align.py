"""Which row of one table is which row of another.

Rows are the same if their keys are. Keys of some tables hold dates or names of routes, which planners edit: rows that
are left over are paired, within one parent (the rest of the key), as the cheapest assignment of fewest changed cells,
nearest dates first. Where another assignment is as cheap, the rows concerned stay apart and are reported.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np

from optimizer.workbook.schema import Sheet
from optimizer.workbook.words import fold

Line = Mapping[str, Any]  # the values of a row by header
Key = tuple[Any, ...]

LOOSE = ("date", "ids")  # kinds of key columns that are edited like any other
DAY = 1e-4  # of a changed cell: what a day between two dates counts, to choose the nearer
FREE = {"Plan rotations": ("Unit", "Element"), "Plan sets": ("Set", "Activity")}  # what names a row for good
MOST = 60  # rows of one parent that are still paired; more of them would be a table without a parent


@dataclass
class Alignment:
    """Indices of rows: ``pairs`` (one, other), and those that are alone; ``ties`` are parents in which several
    pairings were as good, so that their rows stayed alone."""

    pairs: list[tuple[int, int]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)
    ties: list[Key] = field(default_factory=list)


def key_of(sheet: Sheet, line: Line) -> Key:
    """What names a row: its key, in which the two ends of a leg have no order and settings no spelling."""
    if sheet.name == "Settings":
        return (fold(str(line.get("Name", ""))),)
    if sheet.name == "Travel":
        return (*sorted((str(line.get("From")), str(line.get("To")))), _plain(line.get("Routes")))
    if sheet.group == "ask":  # a question is no more than its words
        return tuple(_plain(line.get(c.header)) for c in sheet.columns)
    names = (*FREE[sheet.name], "Arrive") if sheet.name == "Plan rotations" else sheet.key
    return tuple(_plain(line.get(h)) for h in names)


def parent_of(sheet: Sheet, line: Line) -> Key | None:
    """The part of the key that stays when a row is edited; ``None`` where that is the whole key."""
    if sheet.name == "Travel":
        return key_of(sheet, line)[:2]
    if sheet.group == "ask":
        return None
    names: tuple[str, ...] = FREE.get(sheet.name, ())
    if not names:
        kinds = {c.header: c.kind for c in sheet.columns}
        names = tuple(h for h in sheet.key if kinds.get(h) not in LOOSE)
        if len(names) == len(sheet.key):
            return None
    return tuple(_plain(line.get(h)) for h in names)


def align(sheet: Sheet, one: Sequence[Line], other: Sequence[Line]) -> Alignment:
    """Which row of ``one`` is which of ``other``; all indices of both are in the answer once."""
    found = Alignment()
    waiting: dict[Key, list[int]] = defaultdict(list)
    for j, line in enumerate(other):
        waiting[key_of(sheet, line)].append(j)
    left = []
    for i, line in enumerate(one):
        rest = waiting.get(key_of(sheet, line))
        if rest:
            found.pairs.append((i, rest.pop(0)))
        else:
            left.append(i)
    free = sorted(j for rest in waiting.values() for j in rest)
    _by_parent(sheet, one, other, left, free, found)
    matched, met = {i for i, _ in found.pairs}, {j for _, j in found.pairs}
    found.pairs.sort()
    found.gone = [i for i in range(len(one)) if i not in matched]
    found.added = [j for j in range(len(other)) if j not in met]
    return found


def _by_parent(
    sheet: Sheet, one: Sequence[Line], other: Sequence[Line], left: list[int], free: list[int], found: Alignment
) -> None:
    groups: dict[Key, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, indices, lines in ((0, left, one), (1, free, other)):
        for i in indices:
            parent = parent_of(sheet, lines[i])
            if parent is not None:
                groups[parent][side].append(i)
    for parent, (rows, columns) in sorted(groups.items(), key=lambda g: repr(g[0])):
        if rows and columns and max(len(rows), len(columns)) <= MOST:
            costs = np.array([[distance(one[i], other[j]) for j in columns] for i in rows])
            pairs, tied = cheapest(costs)
            found.pairs += [(rows[a], columns[b]) for a, b in pairs]
            if tied:
                found.ties.append(parent)


def cheapest(costs: np.ndarray) -> tuple[list[tuple[int, int]], bool]:
    """The pairs that every cheapest assignment has, and whether there are several such assignments.

    ``costs``: float, shape (rows, columns); as many pairs are made as the shorter side has members.
    """
    from scipy.optimize import linear_sum_assignment  # only where rows are paired, not whenever a workbook is read

    a, b = linear_sum_assignment(costs)
    least = costs[a, b].sum()
    sure = []
    for i, j in zip(a.tolist(), b.tolist(), strict=True):
        barred = costs.copy()
        barred[i, j] = 1e6
        x, y = linear_sum_assignment(barred)
        if barred[x, y].sum() > least + DAY / 2:
            sure.append((i, j))
    return sure, len(sure) < len(a)


def distance(a: Line, b: Line) -> float:
    """Cells that differ, and a trace for how far dates are apart."""
    total = 0.0
    for header in {*a, *b}:
        x, y = a.get(header), b.get(header)
        if x != y:
            total += 1
            if isinstance(x, date) and isinstance(y, date):
                total += min(abs((x - y).days), 5_000) * DAY
    return total


def words(sheet: Sheet, line: Line) -> str:
    """The row's key as a planner reads it."""
    if sheet.name == "Plan rotations":
        headers: tuple[str, ...] = ("Unit", "Element", "Arrive")
    else:
        headers = sheet.key
    return " | ".join(spelt(line.get(h)) for h in headers)


def spelt(value: Any) -> str:
    """A value as text: what a cell would show, one spelling for one value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple | frozenset | set):
        parts = value if isinstance(value, tuple) else sorted(value)
        if parts and all(isinstance(p, tuple) for p in parts):
            return "; ".join(f"{spelt(d)}: {spelt(c)}" for d, c in parts)
        return "; ".join(spelt(p) for p in parts)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        return f"{Decimal(str(value)).normalize():f}" if math.isfinite(value) else str(value)
    return str(value)


def _plain(value: Any) -> Any:
    return tuple(sorted(map(str, value))) if isinstance(value, tuple | frozenset | set) else value
