"""All copies of one table folded into one: cell by cell over the set of different values, so that order cannot matter.

A cell that nobody changed stays; one that copies changed alike is changed once; one that they changed differently is a
clash and stays as it was. A row that one copy deletes goes, unless another edits it: then that is a clash, and it stays
with its edits. Rows that copies add are taken once each. Where a copy put another thing under an id and another edits
the row, every cell is left to choose: the two must not be mixed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from optimizer.workbook.merge.align import Alignment, align, key_of, spelt
from optimizer.workbook.merge.conflicts import DELETED, KEPT, ROW
from optimizer.workbook.merge.content import Row
from optimizer.workbook.schema import Sheet

Names = tuple[str, ...]


@dataclass(eq=False)
class Folded:
    """One row of the result: where it comes from in the base (``None``: added), and who changed which of its cells."""

    row: Row
    origin: int | None
    by: dict[str, Names] = field(default_factory=dict)


@dataclass(eq=False)
class Clash:
    """What copies say differently about a cell of ``target`` (or of the whole table), in the base's ids."""

    sheet: Sheet
    line: Mapping[str, Any]  # the row as the base has it, or as added
    column: str
    base: Any
    versions: dict[str, Any]
    target: Folded | None = None


@dataclass
class Merged:
    """A table merged: its rows, what is open, who deleted which row of the base, and pairings that were ties."""

    rows: list[Folded] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    gone: dict[int, Names] = field(default_factory=dict)
    ties: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Side:
    rows: Sequence[Row]
    found: Alignment
    of_base: Mapping[int, int]


def fold_table(sheet: Sheet, base: Sequence[Row], copies: Mapping[str, Sequence[Row]]) -> Merged:
    """``base`` with the edits of all ``copies`` (rows by the copy's name, all in the base's ids)."""
    out = Merged()
    sides: dict[str, _Side] = {}
    for name, rows in sorted(copies.items()):
        found = align(sheet, [r.values for r in base], [r.values for r in rows])
        sides[name] = _Side(rows, found, dict(found.pairs))
        out.ties += (f"{sheet.name}: {' | '.join(map(spelt, t))} in {name}" for t in found.ties)
    after: dict[int, list[Folded]] = {}  # added rows by the base row they follow
    for anchor, made in _added(sheet, sides, out):
        after.setdefault(anchor, []).append(made)
    out.rows += after.get(-1, [])
    for i, row in enumerate(base):
        kept = _base_row(sheet, i, row, sides, out)
        if kept is not None:
            out.rows.append(kept)
        out.rows += after.get(i, [])
    return out


def _base_row(sheet: Sheet, i: int, row: Row, sides: Mapping[str, _Side], out: Merged) -> Folded | None:
    mine = {name: s.rows[s.of_base[i]] for name, s in sides.items() if i in s.of_base}
    deleters = tuple(name for name, s in sides.items() if i not in s.of_base)
    changed = {name: differing(row, other) for name, other in mine.items()}
    editors = tuple(name for name, headers in changed.items() if headers)
    if deleters and not editors:
        out.gone[i] = deleters
        return None
    made = Folded(row, i)
    if deleters:
        verdicts = dict.fromkeys(deleters, DELETED) | dict.fromkeys(editors, KEPT)
        out.clashes.append(Clash(sheet, row.values, ROW, KEPT, verdicts, made))
    apart = any(_another(sheet, row, mine[n]) for n in editors) and len(editors) > 1
    values, raw = dict(row.values), dict(row.raw)
    for h in sorted(set().union(*changed.values())) if editors else ():
        new = {n: mine[n].values.get(h) for n in editors if h in changed[n]}
        said = {n: mine[n].values.get(h) for n in editors} if apart else new
        if len({spelt(v) for v in said.values()}) > 1:
            out.clashes.append(Clash(sheet, row.values, h, row.values.get(h), said, made))
            continue
        _take(values, raw, h, [mine[n] for n in new])
        made.by[h] = tuple(new)
    made.row = Row(values, raw, _notes(row, mine.values()))
    return made


def differing(row: Row, other: Row) -> set[str]:
    """The headers whose cells mean something else; blank in both is the same whatever a blank means there."""
    headers = {*row.values, *other.values}
    filled = {*row.raw, *other.raw}
    return {h for h in headers & filled if spelt(row.values.get(h)) != spelt(other.values.get(h))}


def _another(sheet: Sheet, row: Row, other: Row) -> bool:
    """Whether a copy put another thing under the same id: most of what was filled is different."""
    if len(sheet.key) > 1 or sheet.name == "Settings":
        return False
    ours = {c.header for c in sheet.columns} - {*sheet.key}
    filled = {*row.raw, *other.raw} & ours
    differ = differing(row, other) & filled
    return len(differ) >= 2 and 2 * len(differ) > len(filled)


def _take(values: dict[str, Any], raw: dict[str, Any], header: str, rows: Sequence[Row]) -> None:
    """The cell of rows that all say the same, as the first of their spellings."""
    values[header] = rows[0].values.get(header)
    shown = sorted((r.raw[header] for r in rows if header in r.raw), key=repr)
    if shown:
        raw[header] = shown[0]
    else:
        raw.pop(header, None)


def _notes(row: Row, others: Any) -> dict[str, str]:
    """Comments: a changed one replaces the old, several changed ones are kept below one another."""
    out = dict(row.notes)
    rows = list(others)
    for h in {h for r in rows for h in r.notes} | row.notes.keys():
        new = {r.notes.get(h, "") for r in rows} - {row.notes.get(h, "")}
        if new:
            out[h] = "\n".join(sorted(n for n in new if n))
    return {h: text for h, text in out.items() if text}


def _added(sheet: Sheet, sides: Mapping[str, _Side], out: Merged) -> Iterator[tuple[int, Folded]]:
    """(index of the base row it follows, row) of every row that copies added, in an order of their own."""
    groups: dict[tuple[Any, int], dict[str, tuple[int, Row]]] = {}
    for name, side in sides.items():
        base_of = {j: i for i, j in side.found.pairs}
        seen: dict[Any, int] = {}
        for j in side.found.added:
            key = key_of(sheet, side.rows[j].values)
            seen[key] = seen.get(key, -1) + 1
            anchor = next((base_of[k] for k in range(j - 1, -1, -1) if k in base_of), -1)
            groups.setdefault((key, seen[key]), {})[name] = anchor, side.rows[j]
    for _, adders in sorted(groups.items(), key=lambda g: repr(g[0])):
        yield min(anchor for anchor, _ in adders.values()), _added_row(sheet, adders, out)


def _added_row(sheet: Sheet, adders: Mapping[str, tuple[int, Row]], out: Merged) -> Folded:
    rows = {name: row for name, (_, row) in adders.items()}
    first = rows[min(rows)]
    made = Folded(first, None, {h: tuple(rows) for r in rows.values() for h in r.values})
    values: dict[str, Any] = {}
    raw: dict[str, Any] = {}
    for h in dict.fromkeys(h for r in rows.values() for h in r.values):
        said = {n: r.values.get(h) for n, r in rows.items()}
        if len({spelt(v) for v in said.values()}) > 1:
            out.clashes.append(Clash(sheet, first.values, h, None, said, made))
            values[h] = None
        else:
            _take(values, raw, h, list(rows.values()))
    made.row = Row(values, raw, _notes(Row({}), rows.values()))
    return made
