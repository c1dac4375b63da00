"""What a plan does not give, and by how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case, Exercise, Plan
from optimizer.domain.presence import people
from optimizer.domain.supply import demand, supply
from optimizer.quantities import MICRO, MILLI
from optimizer.report.coverage import percent, weights


@dataclass(frozen=True)
class FloorGap:
    """Weeks ``[start, end)`` in which a country has fewer people than its floor."""

    country: str
    start: int
    end: int
    floor: int
    fewest: int
    missing: int  # person-weeks


def floor_gaps(case: Case, plan: Plan) -> Iterator[FloorGap]:
    """Unbroken stretches of weeks below a country's presence floor."""
    _, everyone = people(case, plan)
    for c in case.countries:
        there = everyone[[i for i, s in enumerate(case.sites) if s.country == c.id]].sum(axis=0)
        edges = np.flatnonzero(np.diff((there < c.floor).astype(int), prepend=0, append=0))
        for a, b in zip(edges[::2], edges[1::2], strict=True):
            few = there[a:b]
            yield FloorGap(c.name, int(a), int(b), c.floor, int(few.min()), int((c.floor - few).sum()))


def exercises_missing(case: Case, plan: Plan) -> list[Exercise]:
    """Exercises of the case that do not take place, but those whose turn comes after the plan only."""
    held = {run.exercise for run in plan.runs}
    return [x for x in case.on_offer if x.id not in held and x.earliest + x.weeks <= case.weeks]


def needs_in_words(x: Exercise) -> str:
    """``2 TANK from theatre ≤ 3 d; 1 fires from home``."""

    def words(what: str, count: int, origin: str, days: int | None) -> str:
        where = "" if origin == "either" else f" from {origin}"
        return f"{count} {what}{where}" + ("" if days is None else f" ≤ {days / MILLI:g} d")

    return "; ".join(words(n.what, n.count, n.origin, n.max_days) for n in x.needs)


@dataclass(frozen=True)
class DemandGap:
    """Demand of a country for a capability up to a level that is not met in full.

    ``percent`` of it that is met over the plan; ``wanted`` and ``there`` mean points; ``missing``
    point-weeks; ``weeks`` short; ``worst`` the week that misses most, with
    what is ``wanted_then`` and ``there_then``; ``share`` of all value that the plan misses.
    """

    country: str
    capability: str
    level: str
    percent: float
    wanted: float
    there: float
    missing: float
    weeks: int
    worst: int
    share: float
    wanted_then: float
    there_then: float


def demand_gaps(case: Case, plan: Plan) -> Iterator[DemandGap]:
    """Every gap, the largest loss of weighted value first."""
    wanted, supplied = demand(case), supply(case, plan)
    met = np.minimum(supplied[:, :, None], wanted)
    lost = wanted - met
    below = np.diff(lost, axis=2, prepend=0)  # what this level misses beyond the level under it
    value = weights(case)[:, :, :, 0] * below.sum(3) * np.array([x.value for x in case.levels])
    order = np.argsort(-value, axis=None, kind="stable")
    whole = float(value.sum()) or 1.0
    for i, k, v in zip(*np.unravel_index(order, value.shape), strict=True):
        gap = lost[i, k, v]
        if gap.any():
            yield DemandGap(
                case.countries[i].name,
                case.capabilities[k].name,
                case.levels[v].id,
                float(percent(met[i, k, v].sum(), wanted[i, k, v].sum())),
                float(wanted[i, k, v].mean()) / MICRO,
                float(supplied[i, k].mean()) / MICRO,
                int(gap.sum()) / MICRO,
                int((gap > 0).sum()),
                int(gap.argmax()),
                float(value[i, k, v]) / whole,
                int(wanted[i, k, v, gap.argmax()]) / MICRO,
                int(supplied[i, k, gap.argmax()]) / MICRO,
            )
