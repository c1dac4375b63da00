"""The five plan sheets to a ``Plan``, and their Lock cells to lock lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from optimizer.domain import Case, Lock, Maintenance, Participant, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.workbook.naming import holds_row, tick
from optimizer.workbook.reading.fields import Fields, of
from optimizer.workbook.reading.tables import Row, Table

NAMES = ("rotations", "sets", "exercises", "participants", "upgrades")


def read_plan(f: Fields, prefix: str) -> Plan:
    """The plan in the sheets ``<prefix> rotations`` and so on; sheets that are not there are empty."""
    rows = {n: list(f.rows(f"{prefix} {n}")) for n in NAMES}
    together: dict[str, list[dict[str, Any]]] = {}
    for row, v in rows["rotations"]:
        together.setdefault(row["Rotation"], []).append(v)
    taking: dict[str, list[Participant]] = {}
    for _, v in rows["participants"]:
        taking.setdefault(v["exercise"], []).append(of(Participant, v))
    return Plan(
        tuple(
            Rotation(
                vs[0]["unit"],
                min(v["arrive"] for v in vs),
                max(v["depart"] for v in vs),
                tuple(of(Posting, v) for v in vs),
            )
            for vs in together.values()
        ),
        tuple(of(Stay, v) for row, v in rows["sets"] if row["Activity"] == "stored"),
        tuple(of(Maintenance, v) for row, v in rows["sets"] if row["Activity"] == "maintenance"),
        tuple(of(Run, v | {"participants": tuple(taking.get(v["exercise"], ()))}) for _, v in rows["exercises"]),
        tuple(of(Purchase, v) for _, v in rows["upgrades"]),
    ).tidy()


def with_lock_cells(f: Fields, prefix: str, case: Case) -> tuple[Lock, ...]:
    """The lock lines of a case and one more per filled Lock cell.

    A line that was once made from a Lock cell (see ``naming.tick``) stands only while no row of that name is there:
    otherwise the cell says what holds now.
    """
    rows = {line.id: line for line in _rows(f, prefix)}
    kept = tuple(x for x in case.locks if x.id not in rows or not holds_row(case, x, rows[x.id]))
    return kept + tuple(lock_cells(f, prefix, {x.id for x in kept}))


def lock_cells(f: Fields, prefix: str, taken: Collection[str]) -> Iterator[Lock]:
    """One lock line per filled Lock cell, for those weeks of the row that lie inside the plan.

    ``taken`` are the ids of other lock lines.
    """
    for line in _rows(f, prefix):
        if line.rule and (line.start is None or line.end is None or line.start < line.end):
            yield replace(line, id=free_name(line.id, taken))


def _rows(f: Fields, prefix: str) -> Iterator[Lock]:
    """What a Lock cell says or would say in each row; an empty one has an empty rule."""
    for name in NAMES:
        for row, v in f.rows(f"{prefix} {name}"):
            about = _about(name, v)
            if about["start"] is not None:
                about |= {"start": max(about["start"], 0), "end": min(about["end"], f.calendar.weeks)}
            yield of(Lock, {"id": tick_of(f.tables[f"{prefix} {name}"], row), "rule": row["Lock"] or ""} | about)


def tick_of(table: Table, row: Row) -> str:
    """What a lock made from the Lock cell of a row is called."""
    return tick(table.sheet.name.partition(" ")[2], (row[k] for k in table.sheet.key))


def free_name(name: str, taken: Collection[str]) -> str:
    """``name``, or with a number behind where a line has it already."""
    return name if name not in taken else next(n for i in count(2) if (n := f"{name} ({i})") not in taken)


def _about(name: str, v: dict[str, Any]) -> dict[str, Any]:
    match name:
        case "rotations":
            about = {"kind": "element", "subject": v["element"], "place": v["site"]}
            return about | {"start": v["arrive"], "end": v["depart"]}
        case "sets":
            return {"kind": "set", "subject": v["set_id"], "place": v["site"], "start": v["start"], "end": v["end"]}
        case "exercises":
            about = {"kind": "exercise", "subject": v["exercise"], "place": v["site"]}
            return about | {"start": v["start"], "end": v["start"] + 1}
        case "participants":
            about = {"kind": "participant", "subject": v["element"], "exercise": v["exercise"]}
            return about | {"start": None, "end": None}
    return {"kind": "upgrade", "subject": v["upgrade"], "start": v["start"], "end": v["start"] + 1}
