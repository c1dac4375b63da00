"""The questions in the Ask sheet of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimizer.domain import Case
from optimizer.errors import FaultsFound, UsageError
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT, UPGRADE
from optimizer.workbook.faults import Fault, did_you_mean, stops
from optimizer.workbook.reading.fields import week
from optimizer.workbook.reading.grid import load
from optimizer.workbook.reading.rows import read_tables
from optimizer.workbook.schema.asking import ASK, WITHOUT
from optimizer.workbook.words import fold, nearest


@dataclass(frozen=True)
class AskedRow:
    """A row of the sheet: its cells as typed, and what it asks, in plan weeks."""

    cells: tuple[Any, ...]
    kind: str
    wish: bool
    subject: str
    place: str | None
    start: int | None
    end: int | None
    capability: str
    level: str

    @property
    def asks(self) -> tuple[Any, ...]:
        """All but the cells, in the order of a question's fields."""
        return (
            self.kind, self.subject, self.wish, self.place, self.start, self.end, self.capability, self.level
        )  # fmt: skip


def subjects(case: Case) -> dict[str, Mapping[str, Any]]:
    """By kind the ids that a question may be about."""
    return {
        UNIT: case.unit, EXERCISE: case.exercise, SET: case.prepo, DRAW: case.prepo, UPGRADE: case.upgrade,
        DEMAND: case.country,
    }  # fmt: skip


def read_asked(path: Path, case: Case) -> tuple[AskedRow, ...]:
    """The questions of the Ask sheet of ``path``; ``FaultsFound`` with the cells of what cannot be asked,
    ``UsageError`` if nothing is."""
    book = load(path, lambda title: fold(title) == fold(ASK.name))
    if not book.grids:
        raise UsageError(f"{path.name} has no {ASK.name} sheet: every plan that solve writes has one")
    tables = read_tables((ASK,), {ASK.name: book.grids[0]}, book.epoch, set())
    table, faults, found = tables[ASK.name], list(tables.faults), []
    for row in table.rows:
        if not any(h for h in row.typed):
            continue

        def wrong(header: str, problem: str, hint: str = "", row: Any = row) -> None:
            faults.append(Fault(table.title, table.cell(row, header), problem, str(row[header] or ""), hint))

        kind, subject = row["Kind"], row["Subject"]
        if kind is None or subject is None:
            continue  # told by the reader
        known = subjects(case)[kind]
        if subject not in known:
            guess = nearest(subject, known)
            wrong("Subject", f"there is no {'country' if kind == DEMAND else kind} of this name",
                  did_you_mean(guess) if guess else "")  # fmt: skip
        places = {**case.site, **case.country}
        for header, ids in (
            ("Place", places), ("Capability", {k.id: k for k in case.capabilities}),
            ("Level", {v.id: v for v in case.levels}),
        ):  # fmt: skip
            value = row[header]
            if value is not None and value not in ids:
                guess = nearest(value, ids)
                wrong(header, f"there is no {header.lower()} of this name", did_you_mean(guess) if guess else "")
            elif value is None and kind == DEMAND and header != "Place":
                wrong(header, f"demand is asked about by its {header.lower()}")
        days = {c.header: c.week for c in ASK.columns if c.kind == "date"}
        start, end = (None if row[h] is None else week(case.calendar, row[h], days[h]) for h in ("From", "To"))
        if end is None and start is not None:
            end = start + 1
        if start is None and kind == DEMAND:
            wrong("From", "demand is asked about in a week: say which")
        if (start is not None and not 0 <= start < case.weeks) or (end is not None and not (start or 0) < end):
            wrong("From", "these are no weeks of the plan")
        cells = tuple(row[c.header] for c in ASK.columns)
        found.append(AskedRow(cells, kind, row["Ask"] != WITHOUT, subject, row["Place"], start, end,
                              row["Capability"] or "", row["Level"] or ""))  # fmt: skip
    if stops(faults):
        raise FaultsFound(tuple(faults))
    if not found:
        raise UsageError(f"nothing is asked in the {ASK.name} sheet of {path.name}")
    return tuple(found)
