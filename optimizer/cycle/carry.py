"""What a signed year hands to the next: arithmetic of its case and its plan.

Decisions that begin before the next year's first week are signed; the rest was only looked at. What was signed becomes
the next year's last plan, in its weeks: what has ended is its history, what is out stays out. Sets, clocks and upgrades
are told as facts for the rows of the next workbook.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from optimizer.domain import Case, Maintenance, Plan, Purchase, Stay
from optimizer.domain.differences import later
from optimizer.domain.presence import holds
from optimizer.rosters import lenient


@dataclass(frozen=True)
class Standing:
    """A set on the first day of the next year: where it stands, or first will, and from which day it is there, free of
    a block, and reset after whoever left before that day; when its last block ended or will end; until when, and by
    whom, it is held or in reset (``None``: free).
    """

    site: str | None
    available: date | None
    last_maintenance: date | None
    busy_until: date | None
    holder: str | None


@dataclass(frozen=True)
class Carried:
    """What runs on after ``weeks`` signed weeks. ``plan`` is what was signed, in weeks of the next year; ``returns``
    when each unit that went came home and the weeks it had been away; ``done`` upgrades that are usable, ``building``
    those that are not yet; ``held`` the exercises that took place and the day they began; ``spent`` is not carried:
    money ends with its fiscal year."""

    weeks: int
    plan: Plan
    returns: Mapping[str, tuple[date, int]]
    sets: Mapping[str, Standing]
    done: tuple[str, ...]
    building: tuple[Purchase, ...]
    held: Mapping[str, date]


def signed(case: Case, plan: Plan, weeks: int) -> Plan:
    """The decisions of a plan of ``case`` that begin in the first ``weeks`` weeks. A set stays where it stands then;
    one that is on the road goes on to where it was going. A block that the plan writes cut at its end is whole."""
    return Plan(
        tuple(r for r in plan.rotations if r.arrive < weeks),
        tuple(_stays(plan, weeks)),
        tuple(_whole(case, m) for m in plan.maintenance if m.start < weeks),
        tuple(r for r in plan.runs if r.start < weeks),
        tuple(b for b in plan.purchases if b.start < weeks),
    ).tidy()


def _whole(case: Case, block: Maintenance) -> Maintenance:
    length = case.prepo[block.set_id].maintenance_weeks
    return replace(block, end=block.start + length) if block.end == case.weeks else block


def _stays(plan: Plan, weeks: int) -> list[Stay]:
    by_set: dict[str, list[Stay]] = {}
    for s in sorted(plan.stays, key=lambda s: (s.set_id, s.start)):
        by_set.setdefault(s.set_id, []).append(s)
    out = []
    for stays in by_set.values():
        begun = [s for s in stays if s.start < weeks]
        out += begun
        coming = [s for s in stays if s.start >= weeks]
        if coming and begun and begun[-1].end < weeks:  # on the road
            out.append(coming[0])
    return out


def carry(case: Case, plan: Plan, weeks: int) -> Carried:
    """What ``plan`` hands over at the end of its first ``weeks`` weeks."""
    kept = signed(case, plan, weeks)
    day = case.calendar.monday
    returns: dict[str, tuple[date, int]] = {}
    for r in sorted((*case.last.rotations, *kept.rotations), key=lambda r: r.depart):
        if r.depart <= weeks:
            returns[r.unit] = day(r.depart), r.depart - r.arrive
    kind = {u.id: u for u in case.upgrades}
    done = tuple(b.upgrade for b in kept.purchases if b.start + kind[b.upgrade].weeks <= weeks)
    building = tuple(replace(b, start=b.start - weeks) for b in kept.purchases if b.upgrade not in done)
    started = {r.exercise: day(r.start) for r in kept.runs}
    return Carried(weeks, later(kept, -weeks), returns, _sets(case, kept, weeks), done, building, started)


def _sets(case: Case, plan: Plan, weeks: int) -> dict[str, Standing]:
    day = case.calendar.monday
    held: dict[str, tuple[int, str]] = {}
    for h in holds(lenient(case, plan), plan):
        if h.start < weeks < h.end:
            held[h.set_id] = max(held.get(h.set_id, (h.end, h.element)), (h.end, h.element))
    out = {}
    for q in case.sets:
        stays = sorted((s for s in plan.stays if s.set_id == q.id), key=lambda s: s.start)
        last = stays[-1] if stays else None
        blocks = sorted((m for m in plan.maintenance if m.set_id == q.id), key=lambda m: m.end)
        ended = blocks[-1].end if blocks else case.maintained[q.id]
        free = max(q.available, last.start if last else q.available, ended if blocks and ended > weeks else 0)
        busy = held.get(q.id)
        if (
            busy is not None and busy[0] - q.reset_weeks <= weeks
        ):  # nobody holds it any more: no block before it is reset
            free = max(free, busy[0])
        out[q.id] = Standing(
            last.site if last else q.start_site,
            day(free) if free > weeks else None,
            day(ended) if q.interval else None,
            None if busy is None else day(busy[0]),
            None if busy is None else busy[1],
        )
    return out
