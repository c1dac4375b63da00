"""Weeks between leaving the theatre and being brought in again, element by element."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from optimizer.domain import Case, Participant, Plan
from optimizer.domain.presence import deployments
from optimizer.domain.turnaround import back_from
from optimizer.rosters import is_underway, lenient
from optimizer.rules.audit import Audit, weeks
from optimizer.rules.base import Finding


class Presence(NamedTuple):
    """A posting or deployment; ``given``: it is under way, nobody is brought in any more."""

    arrive: int
    depart: int
    given: bool
    mode: str
    what: str


def check(case: Case, plan: Plan) -> Finding:
    """One condition per arrival of an element that left before; size in weeks too early."""
    audit = Audit(case, "turnaround")
    if not case.settings.turnaround:
        return audit.finding()
    found: defaultdict[str, list[Presence]] = defaultdict(list)
    for r in plan.rotations:
        for p in r.postings:
            found[p.element].append(
                Presence(p.arrive, p.depart, is_underway(case, r), p.mode, f"the rotation of {r.unit}")
            )
    for d in deployments(lenient(case, plan), plan):
        came = (d.exercise, d.site, d.ready, Participant(d.need, d.element, d.mode, d.set_id)) in case.flown_in
        found[d.element].append(Presence(d.arrive, d.depart, came, d.mode, d.exercise))
    for element, spans in found.items():
        left = case.left_before.get(element)
        for x in sorted(spans):
            if left is not None and not x.given:
                early = back_from(case, element, x.mode, left) - x.arrive
                text = f"{element} is brought in by {x.mode} for {x.what} {weeks(early)} too soon after it left theatre"
                audit.test(early, x.arrive, (element,), "weeks", text)
            left = x.depart if left is None else max(left, x.depart)
    return audit.finding()
