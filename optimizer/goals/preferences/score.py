"""What prefer lines earn."""

from __future__ import annotations

from optimizer.domain import Case, Plan
from optimizer.rules.locks.truth import EVENTS, happens, truth


def score(case: Case, plan: Plan) -> float:
    """Price × weeks in which a line is true, or price once for an event; a negative price discourages."""
    total = 0.0
    for lock in case.locks:
        if lock.rule == "prefer":
            event = lock.kind in EVENTS
            times = happens(case, plan, lock) is not None if event else int(truth(case, plan, lock).sum())
            total += lock.price * times
    return total
