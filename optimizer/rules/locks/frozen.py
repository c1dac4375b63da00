"""Frozen weeks: the plan shows in them what the last plan shows."""

from __future__ import annotations

from optimizer.domain import Participant, Plan
from optimizer.domain.whereabouts import bases, purchases_starting, runs_starting, serviced, stands
from optimizer.rules.audit import Audit


def frozen(audit: Audit, plan: Plan) -> None:
    """Test weeks ``[0, frozen)``: bases, places of sets, runs and purchases that start."""
    case = audit.case
    weeks = range(min(case.settings.frozen_weeks, case.weeks))
    for subjects, where in ((case.elements, bases), (case.sets, places)):
        old, new = where(case.last, weeks), where(plan, weeks)
        for x in subjects:
            _differences(audit, x.id, [old.get((x.id, w)) for w in weeks], [new.get((x.id, w)) for w in weeks])
    before, after = _starting(case.last, weeks), _starting(plan, weeks)
    for key in sorted({*before, *after}):
        name, week = key
        text = f"what starts with {name} in a frozen week differs from the last plan"
        audit.test(int(before.get(key, 0) != after.get(key, 0)), week, (name,), "events", text)


def places(plan: Plan, weeks: range) -> dict[tuple[str, int], str]:
    """Where each set stands, maintenance told apart."""
    there = stands(plan, weeks)
    for key in serviced(plan, weeks):
        there[key] = f"{there.get(key, 'nowhere')} (maintenance)"
    return there


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


def _starting(plan: Plan, weeks: range) -> dict[tuple[str, int], tuple[str, frozenset[Participant]] | None]:
    """What starts in ``weeks``, by (id, week)."""
    runs = {key: (run.site, frozenset(run.participants)) for key, run in runs_starting(plan, weeks).items()}
    return {**runs, **dict.fromkeys(purchases_starting(plan, weeks))}
