"""Ids that a copy renamed: found by what stands beside them, followed into every sheet that refers to them.

A copy is first read in the base's ids, so that its edits and everybody else's are about the same rows; at the end the
new ids are put everywhere, into what others added as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from optimizer.workbook.merge.align import cheapest
from optimizer.workbook.merge.content import MERGED, Content, Row
from optimizer.workbook.schema import BY_NAME, REMARKS, Column, Sheet
from optimizer.workbook.schema.places import LOCK_SHEETS

NO = 1e3  # the cost of taking two rows for one that cannot be
NAMED = tuple(s for s in MERGED if len(s.key) == 1 and s.group == "input" and s.name != "Settings")
_BESIDES = frozenset(c.header for c in REMARKS)


@dataclass
class Renames:
    """Old id → new id, by sheet; ``ties`` say where a rename cannot be told from a deletion and an addition."""

    by_sheet: dict[str, dict[str, str]] = field(default_factory=dict)
    ties: list[str] = field(default_factory=list)

    def back(self) -> dict[str, dict[str, str]]:
        """New id → old id."""
        return {sheet: {new: old for old, new in names.items()} for sheet, names in self.by_sheet.items()}


def find_renames(base: Content, copy: Content) -> tuple[Renames, Content]:
    """What ``copy`` renamed, and the copy in the base's ids."""
    found = Renames()
    for sheet in NAMED:
        if sheet.name in base.tables and sheet.name in copy.tables:
            names = _of_sheet(sheet, base.tables[sheet.name], copy.tables[sheet.name], found)
            if names:
                found.by_sheet[sheet.name] = names
                copy = renamed(copy, {sheet.name: {new: old for old, new in names.items()}})
    return found, copy


def _of_sheet(sheet: Sheet, base: Sequence[Row], copy: Sequence[Row], found: Renames) -> dict[str, str]:
    head = sheet.key[0]
    old, new = {r.values[head]: r for r in base}, {r.values[head]: r for r in copy}
    gone = [k for k in old if k not in new]
    come = [k for k in new if k not in old]
    if not gone or not come:
        return {}
    costs = np.array([[_unlike(sheet, old[a], new[b]) for b in come] for a in gone])
    pairs, _ = cheapest(costs)
    sure = {gone[i]: come[j] for i, j in pairs if costs[i, j] < NO}
    open_rows = [gone[i] for i in range(len(gone)) if gone[i] not in sure and (costs[i] < NO).any()]
    if open_rows:
        found.ties.append(f"{sheet.name}: {', '.join(open_rows)} may have been renamed to one of {', '.join(come)}; "
                          "taken as deleted and added")  # fmt: skip
    return sure


def _unlike(sheet: Sheet, old: Row, new: Row) -> float:
    """Cells that differ besides the id; ``NO`` unless all the rest, or the name and half of the rest, is the same."""
    head = sheet.key[0]
    filled = [h for h in {*old.raw, *new.raw} if h != head and h not in _BESIDES]
    differ = sum(old.values.get(h) != new.values.get(h) for h in filled)
    if not filled:
        return NO
    if differ == 0:
        return 0.0
    named = "Name" in old.raw and "Name" in new.raw and old.values["Name"] == new.values["Name"]
    return float(differ) if named and 2 * differ <= len(filled) else NO


def renamed(content: Content, names: Mapping[str, Mapping[str, str]]) -> Content:
    """The content with ids replaced wherever they stand: as ids, in references, in headers of column families."""
    if not any(names.values()):
        return content
    whole = whole_units(content)
    tables = {}
    for name, rows in content.tables.items():
        sheet = BY_NAME[name]
        heads = dict(_family_headers(sheet, names))
        columns = [c for c in sheet.columns if c.family is None]
        tables[name] = tuple(_row(sheet, columns, heads, names, whole, r) for r in rows)
    return Content(content.name, tables, content.own, content.sheets, content.notes, content.calendar)


def _row(
    sheet: Sheet, columns: Sequence[Column], heads: Mapping[str, str],
    names: Mapping[str, Mapping[str, str]], whole: set[str], row: Row
) -> Row:  # fmt: skip
    def moved(cells: Mapping[str, Any]) -> dict[str, Any]:
        return {heads.get(h, h): v for h, v in cells.items()}

    changed = {}
    for c in columns:
        value = row.values.get(c.header)
        if value is not None:
            new = replaced(sheet, c, value, row.values, names, whole)
            if new != value:
                changed[c.header] = new
    if not changed and not heads:
        return row
    raw = {h: changed.get(h, v) for h, v in row.raw.items()}
    if "Name" in row.values and "Name" not in row.raw and sheet.key[0] in changed:
        changed["Name"] = changed[sheet.key[0]]  # a blank name is the id
    return Row(moved({**row.values, **changed}), moved(raw), moved(row.notes))


def replaced(
    sheet: Sheet, column: Column, value: Any, line: Mapping[str, Any],
    names: Mapping[str, Mapping[str, str]], whole: set[str]
) -> Any:  # fmt: skip
    """``value`` of a column with the ids in it replaced."""
    own = names.get(sheet.name, {}) if column.header == sheet.key[0] and column.kind == "id" else {}
    maps = [own, *(names.get(s, {}) for s in referred(sheet, column, line))]
    if "Elements" in referred(sheet, column, line):  # a unit without elements is its own
        maps.append({old: new for old, new in names.get("Units", {}).items() if old in whole})
    known = {old: new for m in maps for old, new in m.items()}
    if isinstance(value, tuple):
        return tuple(sorted(known.get(v, v) for v in value))
    return known.get(value, value) if isinstance(value, str) else value


def referred(sheet: Sheet, column: Column, line: Mapping[str, Any]) -> tuple[str, ...]:
    """The sheets whose ids a cell of a row (``line``) may hold."""
    if sheet.name in ("Locks", "Ask") and column.header == "Subject":
        kinds = LOCK_SHEETS | ({"draw": "Sets", "demand": "Countries"} if sheet.name == "Ask" else {})
        return (kinds[line["Kind"]],) if line.get("Kind") in kinds else ()
    return tuple("Exercises" if s == "Plan exercises" else s for s in column.refs + column.offers)


def _family_headers(sheet: Sheet, names: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    for c in sheet.families:
        for old, new in names.get(c.family or "", {}).items():
            yield c.header.format(old), c.header.format(new)


def whole_units(content: Content) -> set[str]:
    """Units without rows in Elements: each is its own only element."""
    split = {r.values.get("Unit") for r in content.tables.get("Elements", ())}
    return {str(r.values["Unit"]) for r in content.tables.get("Units", ())} - {str(s) for s in split}
