"""Plans that score about as much and are unlike each other, as records that workbook, screen and JSON show alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from optimizer.domain import Case, Plan

Spot = tuple[str, str, int]  # an element at a site in a week: an element-week


@dataclass(frozen=True)
class Alternative:
    """A plan that holds every rule. ``share``: its score in that of the plan in hand; ``unlike``: see ``unlike``, the
    least over all the others."""

    score: float
    share: float
    unlike: float
    plan: Plan = field(repr=False)


@dataclass(frozen=True)
class Shared:
    """A decision of one of the plans at least. ``count``: how many of the plans have it (found); ``proven``: that every
    plan that scores at least the floor has it, whoever makes it."""

    kind: str
    subject: str
    text: str
    count: int
    proven: bool = False


@dataclass(frozen=True)
class Alternatives:
    """The plan in hand first, then the others as they were found; each scores ``floor`` at least and differs from each
    other in the share ``wanted`` of its element-weeks at least. ``spends``: every plan that scores the floor spends at
    least this much (proven; ``None``: nothing is)."""

    plans: tuple[Alternative, ...]
    shared: tuple[Shared, ...]
    floor: float
    wanted: float
    asked: int
    bound: float
    spends: float | None = None
    seconds: float = 0.0


def spots(case: Case, plan: Plan) -> frozenset[Spot]:
    """The element-weeks of a plan: who is based where in which week of the plan."""
    return frozenset(
        (p.element, p.site, t)
        for r in plan.rotations
        for p in r.postings
        for t in range(max(p.arrive, 0), min(p.depart, case.weeks))
    )


def unlike(one: frozenset[Spot], other: frozenset[Spot]) -> float:
    """The share of the element-weeks of either plan that the other has not, the smaller of the two shares: a plan that
    only leaves something out is not unlike."""
    least = min(len(one), len(other))
    return 1 - len(one & other) / least if least else 0.0


def decisions(case: Case, plan: Plan) -> Iterator[tuple[str, str, str]]:
    """What a plan decides, coarsely, as (kind, subject, text): who goes and into which countries, what is held and
    where, where sets stand longest, what is bought."""
    site = {s.id: s.country or s.id for s in case.sites}
    for unit in sorted({r.unit for r in plan.rotations if r.arrive >= 0}):
        yield "unit", unit, f"{unit} goes"
    there = {(r.unit, site[p.site]) for r in plan.rotations if r.arrive >= 0 for p in r.postings}
    for unit, country in sorted(there):
        yield "unit in country", unit, f"{unit} in {country}"
    for run in sorted(plan.runs, key=lambda x: x.exercise):
        yield "exercise", run.exercise, f"{run.exercise} is held"
        yield "exercise host", run.exercise, f"{run.exercise} at {run.site}"
    weeks: Counter[tuple[str, str]] = Counter()
    for s in plan.stays:
        weeks[s.set_id, s.site] += s.end - s.start
    for set_id in sorted({q for q, _ in weeks}):
        place = max(((n, s) for (q, s), n in weeks.items() if q == set_id), key=lambda x: (x[0], x[1]))[1]
        yield "set", set_id, f"{set_id} stands longest at {place}"
    for buy in sorted(plan.purchases, key=lambda x: x.upgrade):
        yield "upgrade", buy.upgrade, f"{buy.upgrade} is bought"
