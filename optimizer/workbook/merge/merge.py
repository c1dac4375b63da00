"""Copies of one workbook, edited by several people, made one again.

Pure: contents in, content out. Nothing depends on the order of the copies; a copy without edits changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from optimizer.workbook.merge import order, references, rotations
from optimizer.workbook.merge.agreed import Names, agreed
from optimizer.workbook.merge.align import words
from optimizer.workbook.merge.conflicts import BASE, DELETED, ORDER, ROW, Chosen, Conflict
from optimizer.workbook.merge.content import MERGED, Content, Row
from optimizer.workbook.merge.fold import Clash, Merged, fold_table
from optimizer.workbook.merge.own import fold_notes, fold_sheets
from optimizer.workbook.merge.renames import NAMED, find_renames, renamed, replaced, whole_units


@dataclass(frozen=True)
class Result:
    """``content`` is what all edits make of the base, conflicts that are open left as they were; ``notes`` say what
    could not be told apart and what was not touched."""

    content: Content
    conflicts: tuple[Conflict, ...]
    notes: tuple[str, ...]

    @property
    def open(self) -> tuple[Conflict, ...]:
        """The conflicts that nobody has decided yet."""
        return tuple(c for c in self.conflicts if c.chosen is None)


def merge(base: Content, copies: Sequence[Content], chosen: Chosen | None = None) -> Result:
    """The edits of all ``copies`` on ``base``, with what was ``chosen`` where they differ.

    The names of the contents must be different.
    """
    found = {c.name: find_renames(base, c) for c in copies}
    sides = {name: copy for name, (_, copy) in sorted(found.items())}
    notes = [f"{name}: {tie}" for name, (r, _) in sorted(found.items()) for tie in r.ties]
    notes += [f"{name} has no sheet {s}: taken as not touched"
              for name, c in sides.items() for s in base.tables if s not in c.tables]  # fmt: skip
    start, sides = rotations.in_groups_of(base, sides)
    tables = {s.name: fold_table(s, start.tables.get(s.name, ()), _rows(sides, s.name)) for s in MERGED
              if s.name in start.tables or any(s.name in c.tables for c in sides.values())}  # fmt: skip
    notes += [f"{tie}: which row became which is not clear; taken as deleted and added"
              for t in tables.values() for tie in t.ties]  # fmt: skip
    sure, clashes = agreed(start, {n: r.by_sheet for n, (r, _) in found.items()}, tables)
    references.missed(start, tables)
    clashes += order.of_levels(start, sides, tables)
    clashes += [c for t in tables.values() for c in t.clashes]
    conflicts = [_conflict(c, sure, chosen or {}, whole_units(start)) for c in clashes]
    names = {sheet: dict(known) for sheet, known in sure.items()}
    for clash, conflict in zip(clashes, conflicts, strict=True):
        if conflict.chosen is not None:
            _decide(clash, conflict, tables, names)
    sheets, apart = fold_sheets(base.sheets, {n: c.sheets for n, c in sides.items()}, chosen or {})
    made = Content(
        base.name,
        {name: tuple(f.row for f in t.rows) for name, t in tables.items()},
        _own_headers(base, sides.values()),
        sheets,
        fold_notes(base.notes, {n: c.notes for n, c in sides.items()}),
        base.calendar,
    )
    made = rotations.numbered(renamed(made, names))
    rank = {s.name: i for i, s in enumerate(MERGED)}
    every = sorted([*conflicts, *apart], key=lambda c: (rank.get(c.sheet, len(rank)), c.at))
    return Result(made, tuple(every), tuple(dict.fromkeys(notes)))


def _rows(sides: Mapping[str, Content], sheet: str) -> dict[str, Sequence[Row]]:
    return {name: c.tables[sheet] for name, c in sides.items() if sheet in c.tables}


def _conflict(clash: Clash, names: Names, chosen: Chosen, whole: set[str]) -> Conflict:
    """A clash in the ids that everybody agrees on, with what was chosen."""

    def shown(value: Any) -> Any:
        if clash.column in (ROW, ORDER) or value is None or _renames(clash):
            return value
        column = next((c for c in clash.sheet.columns if c.header == clash.column), None)
        return value if column is None else replaced(clash.sheet, column, value, clash.line, names, whole)

    line = dict(clash.line)
    for c in clash.sheet.columns:
        if line.get(c.header) is not None and c.family is None:
            line[c.header] = replaced(clash.sheet, c, line[c.header], clash.line, names, whole)
    row = words(clash.sheet, line) if clash.line else ""
    column = _renamed_header(clash, names)
    made = Conflict(clash.sheet.name, row, column, shown(clash.base), {n: shown(v) for n, v in clash.versions.items()})
    said = chosen.get(made.at)
    return replace(made, chosen=said) if said == BASE or said in made.versions else made


def _renamed_header(clash: Clash, names: Names) -> str:
    for c in clash.sheet.families:
        for old, new in names.get(c.family or "", {}).items():
            if clash.column == c.header.format(old):
                return c.header.format(new)
    return clash.column


def _renames(clash: Clash) -> bool:
    """Whether it is about the name of a thing that other sheets refer to."""
    return clash.column == clash.sheet.key[0] and clash.sheet in NAMED


def _decide(clash: Clash, conflict: Conflict, tables: Mapping[str, Merged], names: Names) -> None:
    """Do what was chosen to the merged tables; new names are put into effect at the end."""
    assert conflict.chosen is not None
    table, target = tables[clash.sheet.name], clash.target
    value = clash.base if conflict.chosen == BASE else clash.versions[conflict.chosen]
    if clash.column == ORDER:
        order.put(table, value)
    elif target is None:
        return
    elif clash.column == ROW:
        if value == DELETED and target in table.rows:
            table.rows.remove(target)
    elif _renames(clash):
        if value != clash.base:
            names.setdefault(clash.sheet.name, {})[clash.base] = value
    else:
        values, raw = dict(target.row.values), dict(target.row.raw)
        values[clash.column] = raw[clash.column] = value
        if value is None:
            raw.pop(clash.column)
        target.row = target.row.but(values=values, raw=raw)


def _own_headers(base: Content, copies: Iterable[Content]) -> dict[str, tuple[str, ...]]:
    """The planners' own columns: the base's in order, then the others' by name."""
    found: dict[str, tuple[str, ...]] = {}
    every = list(copies)
    for name in dict.fromkeys([*base.own, *sorted(s for c in every for s in c.own)]):
        first = base.own.get(name, ())
        more = {h for c in every for h in c.own.get(name, ())} - set(first)
        found[name] = (*first, *sorted(more))
    return found
