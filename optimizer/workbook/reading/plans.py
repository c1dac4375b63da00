"""The five plan sheets to a ``Plan``, and their Lock cells to lock lines."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count
from typing import Any

from optimizer.domain import Lock, Maintenance, Participant, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.workbook.reading.fields import Fields, of

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


def lock_cells(f: Fields, prefix: str, taken: Collection[str]) -> Iterator[Lock]:
    """One lock line per filled Lock cell, for those weeks of the row that lie inside the plan.

    ``taken`` are the ids of other lock lines, such as those once made from the same cells.
    """
    for name in NAMES:
        for row, v in f.rows(f"{prefix} {name}"):
            about = _about(name, v)
            if about["start"] is not None:
                about |= {"start": max(about["start"], 0), "end": min(about["end"], f.calendar.weeks)}
            if row["Lock"] is not None and (about["start"] is None or about["start"] < about["end"]):
                own = f"{prefix} {name} row {row.number}"
                free = own if own not in taken else next(n for i in count(2) if (n := f"{own} ({i})") not in taken)
                yield of(Lock, {"id": free, "rule": row["Lock"]} | about)


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
