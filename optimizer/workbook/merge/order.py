"""The order of rows, where it is part of what a table says: levels, lowest first."""

from __future__ import annotations

from collections.abc import Mapping

from optimizer.workbook.merge.conflicts import ORDER
from optimizer.workbook.merge.content import Content
from optimizer.workbook.merge.fold import Clash, Merged
from optimizer.workbook.schema import BY_NAME

LEVELS = BY_NAME["Levels"]


def of_levels(base: Content, sides: Mapping[str, Content], tables: Mapping[str, Merged]) -> list[Clash]:
    """Put the levels into the order that copies gave them; a clash where they gave different ones."""
    table = tables.get(LEVELS.name)
    if table is None:
        return []
    old = _ids(base)
    said: dict[str, tuple[str, ...]] = {}
    for name, copy in sides.items():
        mine = [x for x in _ids(copy) if x in old]
        if mine and mine != [x for x in old if x in mine]:
            said[name] = tuple(mine)
    if not said:
        return []
    if len(set(said.values())) == 1:
        put(table, next(iter(said.values())))
        return []
    return [Clash(LEVELS, {}, ORDER, tuple(old), dict(said))]


def put(table: Merged, ids: tuple[str, ...]) -> None:
    """Bring the rows with these ids into this order, in the places they have now; others stay where they are."""
    head = LEVELS.key[0]
    by_id = {f.row.values[head]: f for f in table.rows}
    wanted = iter([by_id[x] for x in ids if x in by_id])
    table.rows[:] = [next(wanted) if f.row.values[head] in ids else f for f in table.rows]


def _ids(content: Content) -> list[str]:
    return [str(r.values[LEVELS.key[0]]) for r in content.tables.get(LEVELS.name, ())]
