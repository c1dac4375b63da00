"""What a merge must come to, worked out from the edits as such; and what must hold of any merge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.workbook.merge.align import spelt
from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.merge.merge import Result
from optimizer.workbook.schema import BY_NAME
from tests.workbook.merge.edits import NAMES, Edits, base, named, put

Lines = dict[str, list[tuple[tuple[str, str], ...]]]


def lines(content: Content) -> Lines:
    """What a workbook says, whatever the order of its rows."""
    return {
        name: sorted(tuple(sorted((h, spelt(v)) for h, v in r.values.items() if h in r.raw and spelt(v))) for r in rows)
        for name, rows in content.tables.items()
    }


def expected(people: Sequence[Edits]) -> tuple[Lines, set[tuple[str, str]]] | None:
    """(the tables, (sheet, column) of every conflict), or ``None`` where edits meet in a way this does not model: two
    names for one thing, a name for or a use of what another deletes, the same row added twice."""
    start = base()
    names: dict[tuple[str, str], str] = {}
    for p in people:
        for key, new in p.names.items():
            if names.setdefault(key, new) != new:
                return None
    if len({(s, n) for (s, _), n in names.items()}) < len(names):
        return None
    renamed = {(s, i) for s, old in names for i, r in enumerate(start.tables[s]) if r.values[NAMES[s]] == old}
    gone = {(s, i): {p.name for p in people if (s, i) in p.gone} for p in people for s, i in p.gone}
    added: dict[tuple[Any, ...], tuple[str, Row]] = {}
    for p in people:
        for sheet, row in p.added:
            key = (sheet, *(spelt(row.values.get(h)) for h in BY_NAME[sheet].key))
            if key in added or any((sheet, *(spelt(x.values.get(h)) for h in BY_NAME[sheet].key)) == key
                                   for x in start.tables[sheet]):  # fmt: skip
                return None
            added[key] = sheet, row
    if renamed & gone.keys() or _uses(people, gone):
        return None
    conflicts: set[tuple[str, str]] = set()
    tables: dict[str, list[Row]] = {s: [] for s in start.tables}
    for sheet, rows in start.tables.items():
        for i, row in enumerate(rows):
            said: dict[str, dict[str, Any]] = {}
            for p in people:
                for (s, j, h), v in p.sets.items():
                    if (s, j) == (sheet, i):
                        said.setdefault(h, {})[spelt(v)] = v
            editors = {p.name for p in people if any(k[:2] == (sheet, i) for k in p.sets)}
            if (sheet, i) in gone:
                if not editors - gone[sheet, i]:
                    continue
                conflicts.add((sheet, "(row)"))
            conflicts |= {(sheet, h) for h, values in said.items() if len(values) > 1}
            tables[sheet].append(put(row, {h: next(iter(v.values())) for h, v in said.items() if len(v) == 1}))
    from tests.workbook.merge.edits import _full

    for sheet, row in added.values():
        tables[sheet].append(_full(sheet, row))
    made = Content("base", {s: tuple(rows) for s, rows in tables.items()})
    return lines(named(made, names)), conflicts


def _uses(people: Sequence[Edits], gone: Mapping[tuple[str, int], set[str]]) -> bool:
    """Whether somebody refers to what another deleted."""
    start = base()
    for (sheet, i), who in gone.items():
        if sheet not in NAMES:
            continue
        name = start.tables[sheet][i].values[NAMES[sheet]]
        for p in people:
            said = [*p.sets.values(), *(v for _, r in p.added for v in r.values.values())]
            if name in said and who != {p.name}:
                return True
    return False


def check_nothing_lost(people: Sequence[Edits], copies: Sequence[Content], result: Result) -> None:
    """Every cell of the result is the base's or a copy's, and every new value of a copy is in the result, or in a
    conflict, unless the row it is in went."""
    start = base()
    known: dict[str, set[str]] = {}
    fresh = {name for p in people for (_, old), new in p.names.items() for name in (old, new)}
    for content in (start, *copies):
        for sheet, rows in content.tables.items():
            known.setdefault(sheet, set()).update(f"{h}={spelt(v)}" for r in rows for h, v in r.values.items())
    for sheet, rows in result.content.tables.items():
        for r in rows:
            for h, v in r.values.items():
                # names that follow a rename stand where nobody wrote them
                alone = (sheet, h) == ("Plan rotations", "Rotation") or any(new in spelt(v) for new in fresh)
                assert alone or not spelt(v) or f"{h}={spelt(v)}" in known[sheet], (sheet, h, v)
    there = {
        sheet: {f"{h}={spelt(v)}" for r in rows for h, v in r.values.items()}
        for sheet, rows in result.content.tables.items()
    }
    open_values = {spelt(v) for c in result.conflicts for v in c.versions.values()}
    for p in people:
        for (sheet, _, h), v in p.sets.items():
            assert not spelt(v) or _there(people, there[sheet], h, spelt(v), open_values), (p.name, sheet, h, v)
        for sheet, row in p.added:
            for h in BY_NAME[sheet].key:
                text = spelt(row.values.get(h))
                assert _there(people, there[sheet], h, text, open_values), (p.name, sheet, row)


def _there(people: Sequence[Edits], cells: set[str], header: str, text: str, open_values: set[str]) -> bool:
    """Whether a value is in the result or a conflict, under the name others may have given it."""
    now = {text, *(new for p in people for (_, old), new in p.names.items() if old == text)}
    return any(f"{header}={t}" in cells or t in open_values for t in now)
