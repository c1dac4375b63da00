"""Everything in a case that a plan can run into, each with its rows and with the case in which it is taken back."""

from __future__ import annotations

from collections.abc import Iterable

from optimizer.domain import Case
from optimizer.insight.limits.base import Limit, ease
from optimizer.insight.limits.forces import exercises, forces
from optimizer.insight.limits.land import ground, places, sets
from optimizer.insight.limits.wants import money, wishes


def limits_of(case: Case) -> list[Limit]:
    """All of them, those that a planner sets most freely last: they stay in a reason if anything else can go."""
    found = [*ground(case), *places(case), *sets(case), *forces(case), *exercises(case), *money(case), *wishes(case)]
    return list({one.item.name: one for one in found}.values())


def lifted(case: Case, limits: Iterable[Limit]) -> Case:
    """The case with these taken back."""
    for one in limits:
        case = one.lift(case)
    return case


__all__ = ["Limit", "ease", "lifted", "limits_of"]
