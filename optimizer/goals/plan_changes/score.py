"""What differs from the last plan."""

from __future__ import annotations

from optimizer.domain import Case, Plan
from optimizer.domain.whereabouts import purchases_starting, runs_starting, sites_by_week


def score(case: Case, plan: Plan) -> float:
    """Changes priced: never positive; nothing unless replanning."""
    if not case.settings.replan:
        return 0.0
    places, events = changes(case, plan)
    return -case.settings.change_price * places - case.settings.change_price_event * events


def changes(case: Case, plan: Plan) -> tuple[int, int]:
    """(element-weeks and set-weeks at another place, exercises and upgrades placed or timed
    differently) against the last plan. Home, and the road for a set, are places too; events
    of the last plan that lie outside this one are past and do not count."""
    pairs = zip(sites_by_week(case, plan), sites_by_week(case, case.last), strict=True)
    moved = sum(int((now != before).sum()) for now, before in pairs)
    old, new = _events(case, case.last), _events(case, plan)
    return moved, sum(old.get(key) != new.get(key) for key in {*old, *new})


def _events(case: Case, plan: Plan) -> dict[tuple[str, str], tuple[str | None, int]]:
    """(host, start) of exercises and upgrades that start inside the plan."""
    inside = range(case.weeks)
    held = {("exercise", x): (run.site, w) for (x, w), run in runs_starting(plan, inside).items()}
    return {**held, **{("upgrade", u): (None, w) for u, w in purchases_starting(plan, inside)}}
