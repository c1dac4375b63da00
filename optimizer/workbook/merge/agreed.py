"""Which renames hold, and which are to choose: two new names for one thing, or one that is taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from optimizer.workbook.merge.conflicts import DELETED, KEPT, ROW
from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.merge.fold import Clash, Folded, Merged
from optimizer.workbook.merge.renames import NAMED
from optimizer.workbook.schema import Sheet

Names = dict[str, dict[str, str]]  # old id → new id, by sheet


def agreed(
    base: Content, found: Mapping[str, Mapping[str, Mapping[str, str]]], tables: Mapping[str, Merged]
) -> tuple[Names, list[Clash]]:
    """The renames everybody agrees on, and a clash for each other one. ``found``: what each copy renamed.

    A row that one copy renames and another deletes is put back into ``tables``, with a clash."""
    sure: Names = {}
    clashes: list[Clash] = []
    for sheet in NAMED:
        if sheet.name not in tables:
            continue
        head = sheet.key[0]
        by_old: dict[str, dict[str, str]] = {}
        for name, by_sheet in sorted(found.items()):
            for old, new in by_sheet.get(sheet.name, {}).items():
                by_old.setdefault(old, {})[name] = new
        targets = {old: _target(sheet, tables[sheet.name], base.tables[sheet.name], old, by_old[old]) for old in by_old}
        given = [new for said in by_old.values() for new in set(said.values())]
        taken = {str(f.row.values[head]) for f in tables[sheet.name].rows}
        for old, said in sorted(by_old.items()):
            new_names = set(said.values())
            if len(new_names) == 1 and given.count(min(new_names)) == 1 and not new_names & taken:
                sure.setdefault(sheet.name, {})[old] = min(new_names)
            else:
                clashes.append(Clash(sheet, targets[old].row.values, head, old, dict(said), targets[old]))
    return sure, clashes


def _target(sheet: Sheet, table: Merged, base: Sequence[Row], old: str, said: Mapping[str, str]) -> Folded:
    head = sheet.key[0]
    for f in table.rows:
        if f.row.values[head] == old and f.origin is not None:
            return f
    i = next(i for i, r in enumerate(base) if r.values[head] == old)
    return put_back(sheet, table, base, i, tuple(said))


def put_back(sheet: Sheet, table: Merged, base: Sequence[Row], i: int, needed_by: Sequence[str]) -> Folded:
    """Put row ``i`` of the base back where copies deleted it and others need it, with a clash to choose."""
    made = Folded(base[i], i)
    at = next((k for k, f in enumerate(table.rows) if f.origin is not None and f.origin > i), len(table.rows))
    table.rows.insert(at, made)
    versions = dict.fromkeys(table.gone.pop(i), DELETED) | dict.fromkeys(needed_by, KEPT)
    table.clashes.append(Clash(sheet, base[i].values, ROW, KEPT, versions, made))
    return made
