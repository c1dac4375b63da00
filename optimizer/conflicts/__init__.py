"""What cannot be: demands of the planner that no plan can meet, found without a solver and proven.

Each part of a case is judged alone, by necessary conditions only – a unit by its windows, lead times, rest,
lengths and beds; a set by its holdings, ways and maintenance; an exercise by its window, hosts and needs; a hard
floor by the beds and people of its country – and whatever is impossible alone is impossible in every plan. Of the
rows that meet, a smallest set is named: with any one of them taken away the part has a way again.
"""

from __future__ import annotations

from optimizer.conflicts.crowds import crowd_reasons
from optimizer.conflicts.events import event_reasons
from optimizer.conflicts.floors import floor_reasons
from optimizer.conflicts.sets import set_reasons
from optimizer.conflicts.units import unit_reasons
from optimizer.domain import Case
from optimizer.domain.reasons import Reason


def conflicts(case: Case) -> tuple[Reason, ...]:
    """Proofs, each of its own, that no plan of the case can hold all rules; none found means nothing."""
    found = [*unit_reasons(case), *set_reasons(case), *event_reasons(case), *crowd_reasons(case), *floor_reasons(case)]
    return tuple(dict.fromkeys(found))


__all__ = ["conflicts"]
