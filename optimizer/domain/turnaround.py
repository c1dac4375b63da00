"""How soon an element that left the theatre may be brought in again (rule turnaround)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from optimizer.domain.case import Case


def back_from(case: Case, element: str, mode: str, left: int) -> int:
    """The first week in which the element, gone from theatre since week ``left``, may be brought in from
    home by ``mode``: as many weeks later as the mode's lead. ``left`` itself while the switch is off, or
    for a mode its type does not offer."""
    terms = case.element_type(element).modes.get(mode)
    return left if terms is None or not case.settings.turnaround else left + terms.lead_weeks


def left_before(case: Case) -> dict[str, int]:
    """By element: the week from which it has been gone from its last rotation or exercise deployment
    that began before the plan and is not under way. Elements nothing is known of have no entry."""
    found = {e.id: case.returned[e.unit][0] for e in case.elements if e.unit in case.returned}
    own = {p.element: p.depart for r in sorted(case.last.rotations) if r.depart <= 0 for p in r.postings}
    for e in case.elements:
        if e.id in own and (case.unit[e.unit].last_return or own[e.id]) <= own[e.id]:
            found[e.id] = own[e.id]  # its own day, not the last of its unit
    for run in case.past_runs:
        for who in run.participants:
            if who.mode is not None:
                end = run.start + case.exercise[run.exercise].weeks
                found[who.element] = max(found.get(who.element, end), end)
    return found
