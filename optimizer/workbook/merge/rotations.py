"""Names of rotations: they only join rows, so copies are read in the base's names and new ones get the next numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import count
from typing import Any

from optimizer.workbook.merge.align import align
from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.schema import BY_NAME

SHEET = BY_NAME["Plan rotations"]
NEW = "new: "  # before a number is given


def in_groups_of(base: Content, sides: Mapping[str, Content]) -> tuple[Content, dict[str, Content]]:
    """The copies with each rotation under the name that most of its rows have in the base, or a name made of its first
    row where none is there."""
    rows = base.tables.get(SHEET.name, ())
    return base, {name: _put(c, _regrouped(rows, c.tables[SHEET.name])) if SHEET.name in c.tables else c
                  for name, c in sides.items()}  # fmt: skip


def _regrouped(base: Sequence[Row], rows: Sequence[Row]) -> list[Row]:
    found = align(SHEET, [r.values for r in base], [r.values for r in rows])
    votes: dict[str, Counter[str]] = {}
    for i, j in found.pairs:
        votes.setdefault(str(rows[j].values["Rotation"]), Counter())[str(base[i].values["Rotation"])] += 1
    names = {own: min(v, key=lambda x: (-v[x], x)) for own, v in votes.items()}
    for own in dict.fromkeys(str(r.values["Rotation"]) for r in rows):
        if own not in names:
            first = min(_when(r) for r in rows if str(r.values["Rotation"]) == own)
            names[own] = NEW + " ".join(map(str, first))
    return [_named(r, names[str(r.values["Rotation"])]) for r in rows]


def numbered(content: Content) -> Content:
    """The content with a free number for every new rotation, in order of time."""
    rows = content.tables.get(SHEET.name, ())
    new: dict[str, tuple[Any, ...]] = {}
    for r in rows:
        name = str(r.values["Rotation"])
        if name.startswith(NEW):
            new[name] = min(new.get(name, _when(r)), _when(r))
    taken = {str(r.values["Rotation"]) for r in rows}
    free = (n for i in count(1) if (n := f"R{i:03}") not in taken)
    names = dict(zip(sorted(new, key=lambda n: (new[n], n)), free, strict=False))
    if not names:
        return content
    return _put(content, [_named(r, names.get(str(r.values["Rotation"]), str(r.values["Rotation"]))) for r in rows])


def _when(row: Row) -> tuple[Any, ...]:
    return tuple(str(row.values[h]) for h in ("Arrive", "Unit", "Element"))


def _named(row: Row, name: str) -> Row:
    if row.values["Rotation"] == name:
        return row
    return row.but(values={**row.values, "Rotation": name}, raw={**row.raw, "Rotation": name})


def _put(content: Content, rows: Sequence[Row]) -> Content:
    tables = {**content.tables, SHEET.name: tuple(rows)}
    return Content(content.name, tables, content.own, content.sheets, content.notes, content.calendar)
