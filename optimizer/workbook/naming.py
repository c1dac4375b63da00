"""Names that last from round to round: of rotations, and of the locks that Lock cells of plan sheets stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from optimizer.domain import Case, Lock, Plan, Rotation
from optimizer.domain.presence import stands_for

TICKED = "Lock cell: "  # begins the name of a lock that a Lock cell stands for
Span = tuple[str, int, int]  # unit, first week, week after the last


def rotation_names(plan: Plan, before: Sequence[tuple[str, Span]]) -> dict[Rotation, str]:
    """What each rotation is called: what the rotation of the same unit was called ``before`` that it shares most
    weeks with, else the next free number."""
    shared = sorted(
        (-_overlap(r, span), name, i)
        for i, r in enumerate(plan.rotations)
        for name, span in before
        if span[0] == r.unit and _overlap(r, span) > 0
    )
    named: dict[int, str] = {}
    for _, name, i in shared:
        if i not in named and name not in named.values():
            named[i] = name
    numbers = [int(found[1]) for name, _ in before if (found := re.fullmatch(r"R0*(\d{1,9})", name))]
    following = max(numbers, default=0) + 1
    for i in sorted(range(len(plan.rotations)), key=lambda i: (plan.rotations[i].arrive, plan.rotations[i])):
        if i not in named:
            named[i] = f"R{following:03}"
            following += 1
    return {r: named[i] for i, r in enumerate(plan.rotations)}


def _overlap(r: Rotation, span: Span) -> int:
    return min(r.depart, span[2]) - max(r.arrive, span[1])


def _meet(a: int | None, b: int | None, c: int | None, d: int | None) -> bool:
    return max(a or 0, c or 0) < min(b or 0, d or 0)


def tick(sheet: str, keys: Iterable[object]) -> str:
    """The name of the lock behind the Lock cell of a row: ``Lock cell: rotations R012 A-1``.

    ``sheet`` without its ``Plan``; ``keys`` what names the row.
    """
    return f"{TICKED}{sheet} {' '.join(map(str, keys))}"


def holds_row(case: Case, lock: Lock, row: Lock) -> bool:
    """Whether ``lock``, once made from a Lock cell, is about what now stands in the row of that name (``row`` is
    what a Lock cell there would say): where something must be, the row itself; where it must not, the same place
    and weeks."""
    if lock.rule == "must":
        return lock.subject == row.subject
    ends = (lock.start, lock.end, row.start, row.end)
    apart = all(x is not None for x in ends) and not _meet(*ends)
    here = row.place is None or stands_for(case.site[row.place], lock.place)
    return lock.subject == row.subject and here and not apart
