"""Which rows of the plan sheets a breach of a rule is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from optimizer.domain import Case
from optimizer.rules import Breach

# what names the parties of a row of each plan sheet
PARTIES: Mapping[str, tuple[str, ...]] = {
    "rotations": ("unit", "element", "set_id", "site"),
    "sets": ("set_id", "site"),
    "exercises": ("exercise", "site"),
    "participants": ("exercise", "element", "set_id"),
    "upgrades": ("upgrade", "site"),
}
PLACES = ("site",)  # named by many rows: one that is told of the rest first


def breaches_by_row(
    case: Case, breaches: Sequence[Breach], sheet: str, rows: Sequence[Mapping[str, Any]]
) -> list[list[str]]:
    """For each row of a plan sheet (``rotations`` …) the breaches that name one of its parties in one of its weeks.

    A breach that names somebody and a place is told at who it names; one that names a place or a country alone, at
    whoever is there.
    """
    said: list[list[str]] = [[] for _ in rows]
    places = {s.id for s in case.sites} | {c.id for c in case.countries}
    for b in breaches:
        who, where = set(b.parties) - places, set(b.parties) & places
        about = [n for n, row in enumerate(rows) if _about(case, sheet, row, who, where)]
        then = [n for n in about if _then(b.week, rows[n])]
        for n in then or (about if who else []):  # a rest that is too short, say, is broken between two rows
            said[n].append(f"{b.rule}: {b.text}")
    return said


def _about(case: Case, sheet: str, row: Mapping[str, Any], who: set[str], where: set[str]) -> bool:
    if who:
        return bool(who & {row.get(k) for k in PARTIES[sheet] if k not in PLACES})
    site = row.get("site")
    return site is not None and bool(where & {site, case.site[site].country})


def _then(week: int | None, row: Mapping[str, Any]) -> bool:
    """Whether a week lies in those of a row that has any."""
    start, end = row.get("arrive", row.get("start")), row.get("depart", row.get("end"))
    return week is None or start is None or start <= week < max(start + 1 if end is None else end, start + 1)
