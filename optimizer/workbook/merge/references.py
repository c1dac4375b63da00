"""What one copy deleted and another, in a row it added or a cell it changed, refers to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from optimizer.workbook.merge.agreed import put_back
from optimizer.workbook.merge.content import Content
from optimizer.workbook.merge.fold import Folded, Merged
from optimizer.workbook.merge.renames import NAMED, referred
from optimizer.workbook.schema import BY_NAME, Sheet


def missed(base: Content, tables: Mapping[str, Merged]) -> None:
    """Puts back every deleted row that somebody else's edit needs. The clashes are put into ``tables``; a row that only
    untouched rows refer to stays deleted, for the reader to say where."""
    gone: dict[str, dict[str, int]] = {}
    for sheet in NAMED:
        rows = base.tables.get(sheet.name, ())
        if sheet.name in tables:
            gone[sheet.name] = {str(rows[i].values[sheet.key[0]]): i for i in tables[sheet.name].gone}
    if not any(gone.values()):
        return
    needed: dict[tuple[str, str], set[str]] = {}
    for name, table in tables.items():
        for folded in table.rows:
            for target, value, who in _uses(BY_NAME[name], folded, gone):
                others = set(who) - set(tables[target].gone[gone[target][value]])
                if others:
                    needed.setdefault((target, value), set()).update(others)
    for (target, value), writers in sorted(needed.items()):
        put_back(BY_NAME[target], tables[target], base.tables[target], gone[target][value], sorted(writers))


def _uses(
    sheet: Sheet, folded: Folded, gone: Mapping[str, Mapping[str, int]]
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(sheet, id, copies that wrote it) of every deleted id in the cells that copies wrote."""
    for c in sheet.columns:
        if c.family is not None:
            for value in gone.get(c.family, {}):
                header = c.header.format(value)
                if header in folded.by and folded.row.values.get(header) is not None:
                    yield c.family, value, folded.by[header]
            continue
        if c.header not in folded.by:
            continue
        targets = referred(sheet, c, folded.row.values)
        targets += ("Units",) if "Elements" in targets else ()  # a unit without elements is its own
        for value in _parts(folded.row.values.get(c.header)):
            for target in targets:
                if value in gone.get(target, {}) and (target, c.header) != (sheet.name, sheet.key[0]):
                    yield target, value, folded.by[c.header]


def _parts(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, tuple) else () if value is None else (str(value),)
