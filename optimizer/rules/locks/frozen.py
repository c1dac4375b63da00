"""Frozen weeks: the plan shows in them what the last plan shows."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.domain import Case, Participant, Plan
from optimizer.rules.audit import Audit


def frozen(audit: Audit, plan: Plan) -> None:
    """Test weeks ``[0, frozen)``: bases, places of sets, runs and purchases that start."""
    case = audit.case
    n = min(case.settings.frozen_weeks, case.weeks)
    old, new = bases(case, case.last, n), bases(case, plan, n)
    for e in case.elements:
        _differences(audit, e.id, [old.get((e.id, w)) for w in range(n)], [new.get((e.id, w)) for w in range(n)])
    old, new = stands(case, case.last, n), stands(case, plan, n)
    for q in case.sets:
        _differences(audit, q.id, [old.get((q.id, w)) for w in range(n)], [new.get((q.id, w)) for w in range(n)])
    before, after = dict(_starting(case.last, n)), dict(_starting(plan, n))
    for key in sorted({*before, *after}):
        name, week = key
        text = f"what starts with {name} in a frozen week differs from the last plan"
        audit.test(int(before.get(key, 0) != after.get(key, 0)), week, (name,), "events", text)


def bases(case: Case, plan: Plan, n: int) -> dict[tuple[str, int], str]:
    """Where each element on rotation is based in weeks ``[0, n)``."""
    return {
        (p.element, w): p.site
        for r in plan.rotations
        for p in r.postings
        for w in range(max(p.arrive, 0), min(p.depart, n))
    }


def stands(case: Case, plan: Plan, n: int) -> dict[tuple[str, int], str]:
    """Where each set stands in weeks ``[0, n)``, maintenance told apart."""
    places = {(s.set_id, w): s.site for s in plan.stays for w in range(max(s.start, 0), min(s.end, n))}
    for m in plan.maintenance:
        for w in range(max(m.start, 0), min(m.end, n)):
            places[m.set_id, w] = f"{places.get((m.set_id, w), 'nowhere')} (maintenance)"
    return places


def _differences(audit: Audit, who: str, old: list[str | None], new: list[str | None]) -> None:
    audit.tested += len(old)
    week = 0
    while week < len(old):
        first = week
        while week < len(old) and old[week] != new[week]:
            week += 1
        if week > first:
            text = (
                f"{who} is at {new[first] or 'home or on the road'} in frozen weeks, "
                f"in the last plan at {old[first] or 'home or on the road'}"
            )
            audit.breach(week - first, first, (who,), "weeks", text)
        week += 1


def _starting(plan: Plan, n: int) -> Iterator[tuple[tuple[str, int], tuple[str, frozenset[Participant]] | None]]:
    """What starts in weeks ``[0, n)``, by (id, week)."""
    for run in plan.runs:
        if 0 <= run.start < n:
            yield (run.exercise, run.start), (run.site, frozenset(run.participants))
    for b in plan.purchases:
        if 0 <= b.start < n:
            yield (b.upgrade, b.start), None
