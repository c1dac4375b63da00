"""Ids: every key once, every reference to something that is there."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from optimizer.workbook.faults import did_you_mean
from optimizer.workbook.reading.tables import Row, Table, Tables
from optimizer.workbook.schema import Column
from optimizer.workbook.words import fold, foreign, look, nearest

HEADED = ("Capabilities", "Levels")  # their ids stand in headers, where hyphens do not count

GUESSES = 100  # different unknown words of one column that get a suggestion


def check_references(tables: Tables) -> None:
    """Note doubled keys and unknown references of every table."""
    for table in tables.by_name.values():
        if table.sheet.name != "Settings":
            _keys(tables, table)
    _implied_elements(tables)
    known = {name: ids_of(tables, name) for name in tables.by_name}
    for table in tables.by_name.values():
        for column in table.columns:
            if column.refs and not tables.doubtful & set(column.refs):
                _column(tables, table, column, known)


def ids_of(tables: Tables, name: str) -> set[str]:
    """The ids of a sheet; a unit without rows in Elements is its own only element."""
    table = tables[name]
    own = {str(r[table.sheet.key[0]]) for r in table.rows if r.sound(table.sheet.key[0])}
    return own | {str(r["Unit"]) for r in whole_units(tables)} if name == "Elements" else own


def whole_units(tables: Tables) -> list[Row]:
    """The rows of units that have no elements of their own."""
    split = {r["Unit"] for r in tables.rows("Elements")}
    return [r for r in tables.rows("Units") if r.sound("Unit") and r["Unit"] not in split]


def _keys(tables: Tables, table: Table) -> None:
    seen: dict[tuple[object, ...], int] = {}
    spelt: dict[str, tuple[str, int]] = {}
    looks: dict[str, tuple[str, int]] = {}
    for row in table.rows:
        key = tuple(row[h] for h in table.sheet.key)
        if key[0] is None or row.bad & set(table.sheet.key):
            continue
        header = table.sheet.key[0]
        words = " and ".join(table.sheet.key).lower()
        if key in seen:
            tables.say("duplicate", table, row, header, key=words, first=seen[key])
        seen.setdefault(key, row.number)
        if len(key) == 1:
            alike = fold(str(key[0])) if table.sheet.name in HEADED else str(key[0]).casefold().replace(" ", "")
            other, first = spelt.setdefault(alike, (str(key[0]), row.number))
            if other != key[0]:
                tables.say("id-spelling", table, row, header, other=other, first=first)
            twin, first = looks.setdefault(look(str(key[0])), (str(key[0]), row.number))
            if twin != key[0] and (odd := foreign(str(key[0])) or foreign(twin)):
                tables.say("id-lookalike", table, row, header, twin=twin, first=first, odd=", ".join(odd))


def _implied_elements(tables: Tables) -> None:
    table = tables.by_name.get("Elements")
    alone = {r["Unit"] for r in whole_units(tables)}
    for row in table.rows if table else ():
        if row["Element"] in alone:
            tables.say("implied-element", table, row, "Element", unit=row["Element"])  # type: ignore[arg-type]


def _column(tables: Tables, table: Table, column: Column, known: dict[str, set[str]]) -> None:
    ids = set().union(*(known.get(sheet, set()) for sheet in column.refs))
    guesses: dict[str, str] = {}
    for row in table.rows:
        value = row[column.header]
        wrong = [v for v in (value if isinstance(value, tuple) else (value,)) if v is not None and v not in ids]
        for v in wrong:
            if v not in guesses:  # past the first hundred a whole table is missing, and guessing takes long
                guesses[v] = guess(tables, column.refs, v, ids) if len(guesses) < GUESSES else ""
            tables.say("unknown", table, row, column.header, guesses[v], sheets=" or ".join(column.refs))
        if wrong:
            row.bad.add(column.header)


def guess(tables: Tables, sheets: Iterable[str], typed: str, ids: Collection[str]) -> str:
    """What to write instead of something that is no id of any of the ``sheets``, as far as can be told."""
    alike = [i for i in ids if look(i) == look(typed)]
    if len(alike) == 1 and (odd := foreign(typed) or foreign(alike[0])):
        return f"type {alike[0]} anew: {', '.join(odd)} only looks alike"
    for name in sheets:
        named = [r for r in tables.rows(name) if r.sound("Name") and fold(r["Name"]) == fold(typed)]
        key = tables[name].sheet.key[0] if name in tables.by_name else ""
        if len(named) == 1 and named[0].sound(key):
            return f"{named[0][key]} is named {named[0]['Name']}: write {named[0][key]}"
    if "Elements" in sheets:
        parts = [str(r["Element"]) for r in tables.rows("Elements") if r["Unit"] == typed and r.sound("Element")]
        named = [r for r in tables.rows("Units") if r.sound("Name", "Unit") and fold(r["Name"]) == fold(typed)]
        if parts:
            return f"unit {typed} splits into {', '.join(parts)}: name one of them"
        if len(named) == 1:
            return f"{named[0]['Unit']} is named {named[0]['Name']}: write {named[0]['Unit']}, or an element of it"
    parts = [p.strip() for p in re.split(r"[,/|&+]|\band\b", typed)]
    if len(parts) > 1 and all(p in ids for p in parts):
        return f"separate them by ;, as in {'; '.join(parts)}"
    return did_you_mean(nearest(typed, ids))
