"""Which rows of the input tables of two cases differ, by what they mean and not by how they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.domain import Case, Lock
from optimizer.workbook.merge.align import Line, align, spelt, words
from optimizer.workbook.schema import INPUT_SHEETS, Sheet

ADDED, GONE, CHANGED = "added", "gone", "changed"
LOCK_CELLS = "Lock cells"  # the name under which Lock cells of the Plan sheets are compared


@dataclass(frozen=True)
class RowChange:
    """A row that is only in the second (``added``) or first (``gone``) case, or one cell that differs.

    ``row`` is what names the row, in the first case where it has one; ``before`` and ``after`` are as a cell shows
    them, or all filled cells of a row added or gone."""

    sheet: str
    row: str
    change: str
    column: str | None
    before: str | None
    after: str | None


def row_changes(
    one: Case, other: Case, cells: tuple[Sequence[Lock], Sequence[Lock]] = ((), ())
) -> tuple[RowChange, ...]:
    """What differs in the input tables of two cases, in workbook order; ``cells`` are lock lines from Lock cells."""
    found: list[RowChange] = []
    old, new = _lines(one), _lines(other)
    for sheet in INPUT_SHEETS:
        found += _changes(sheet, old[sheet.name], new[sheet.name])
    before, after = (sorted({_said(k): k for k in locks}.items()) for locks in cells)
    was, now = dict(before), dict(after)
    found += (RowChange(LOCK_CELLS, k, GONE, None, k, None) for k in was if k not in now)
    found += (RowChange(LOCK_CELLS, k, ADDED, None, None, k) for k in now if k not in was)
    return tuple(found)


def _said(lock: Lock) -> str:
    parts = (lock.rule, lock.kind, lock.subject, lock.exercise, lock.place)
    when = "" if lock.start is None else f", weeks {lock.start} to {(lock.end or 0) - 1}"
    return " ".join(p for p in parts if p) + when


def _lines(case: Case) -> dict[str, list[Line]]:
    """Every input row of a case by header."""
    from optimizer.workbook.output.inputs import tables_of  # its sheets of comparisons read this module

    return {
        name: [dict(zip((c.header for c in t.columns), row, strict=True)) for row in t.rows]
        for name, t in tables_of(case).items()
    }


def _changes(sheet: Sheet, old: Sequence[Line], new: Sequence[Line]) -> Iterator[RowChange]:
    matched = align(sheet, old, new)
    for i, j in matched.pairs:
        for header in dict.fromkeys((*old[i], *new[j])):
            a, b = spelt(old[i].get(header)), spelt(new[j].get(header))
            if a != b:
                yield RowChange(sheet.name, words(sheet, old[i]), CHANGED, header, a, b)
    for i in matched.gone:
        yield RowChange(sheet.name, words(sheet, old[i]), GONE, None, _filled(old[i]), None)
    for j in matched.added:
        yield RowChange(sheet.name, words(sheet, new[j]), ADDED, None, None, _filled(new[j]))


def _filled(line: Line) -> str:
    shown: list[tuple[str, Any]] = [(h, spelt(v)) for h, v in line.items()]
    return "; ".join(f"{h}: {v}" for h, v in shown if v)
