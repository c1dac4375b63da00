"""Free swaps undone: whatever a new plan changes without gaining by it is put back as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from optimizer.domain import Case, Plan
from optimizer.insight.replan.swaps import Swap, judged, parts, swaps, taken_back

LOSS = 1e-9  # of the score: what rounding may take


def undo(case: Case, old: Plan, new: Plan, stopped: Callable[[], bool] = lambda: False) -> Plan:
    """``new`` with every change taken back that breaks no rule and costs nothing, alone or with the changes that
    hang on it. Never scores less than ``new``; the same for the same plans, unless ``stopped``."""
    _, score = judged(case, new)
    again = True
    while again:
        again = False
        for swap in _all(old, new):
            if stopped():
                return new
            if not swap.inside(new):
                continue  # gone with another
            tried = taken_back(case, new, swap, swaps(old, new), stopped)
            if tried.broken or tried.score < score - LOSS * max(1.0, abs(score)) or tried.plan == new:
                continue
            new, score, again = tried.plan, max(score, tried.score), True
    return new


def _all(old: Plan, new: Plan) -> Iterator[Swap]:
    """Whole changes first, then their parts."""
    found = swaps(old, new)
    yield from found
    for s in found:
        yield from parts(s)
