"""What runs past the end of the plan: until when a set is held, may stand somewhere, and is not due.

Judged only with the switch ``look_past_end`` on.

Pure functions of the case. Past the end the model knows when a unit leaves, not each of its elements:
whoever is still there in the last week is taken to hold its set until its unit has left.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from optimizer.domain.case import Case
    from optimizer.domain.plan import Plan


def held_until(case: Case, set_id: str, own: int, unit: int) -> int:
    """The first week in which a set is free again after a holder who leaves in week ``own`` and whose
    unit leaves in week ``unit``: reset included."""
    return (own if own < case.weeks else max(own, unit)) + case.prepo[set_id].reset_weeks


class Overrun(NamedTuple):
    """A set held past the end, ``until`` after the reset; not by a rotation under way, which cannot be helped."""

    set_id: str
    site: str
    element: str
    until: int


def overruns(case: Case, plan: Plan) -> Iterator[Overrun]:
    """Every holding of a set that runs past the end of the plan; none with the switch off."""
    if not case.settings.look_past_end:
        return iter(())
    under = {(r.unit, r.arrive, r.depart) for r in case.underway}
    found = [
        Overrun(p.set_id, p.site, p.element, held_until(case, p.set_id, p.depart, r.depart))
        for r in plan.rotations
        for p in r.postings
        if p.set_id is not None and (r.unit, r.arrive, r.depart) not in under
    ]
    for run in plan.runs:
        end = run.start + case.exercise[run.exercise].weeks
        for who in run.participants:
            if who.set_id is not None:
                found.append(Overrun(who.set_id, run.site, who.element, held_until(case, who.set_id, end, end)))
    return (x for x in found if x.until > case.weeks)


def stands_until(case: Case, set_id: str, site: str) -> int | None:
    """Until when a set that is at the site in the last week may stay there: the latest end of its holding
    rows of that week. ``None``: for all that is known, as a row that ends with the plan tells nothing beyond."""
    last = case.weeks - 1
    ends = [h.end for h in case.holdings_of[set_id] if h.site == site and h.start <= last < h.end]
    return None if case.weeks in ends or not ends else max(ends)


def due_after(case: Case, set_id: str, end: int | None) -> int | None:
    """The week in which maintenance is due after a block that ended in week ``end`` (``None``: after the last
    one before the plan). ``None`` for a set that needs none."""
    q = case.prepo[set_id]
    if not q.interval:
        return None
    return max((case.maintained[set_id] if end is None else end) + q.interval, q.available, 0)


def may_run_on(case: Case, unit: str) -> bool:
    """Whether it matters to a set how long a rotation of the unit goes on past the end."""
    if not case.settings.look_past_end:
        return False
    kinds = [case.types[e.type] for e in case.elements_of[unit]]
    drawn = {kind.set_type for kind in kinds if "set" in kind.modes}
    return any(
        q.set_type in drawn and (q.interval or any(h.end > case.weeks for h in case.holdings_of[q.id]))
        for q in case.sets
    )
