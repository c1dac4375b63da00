"""Who is where, week by week: the arithmetic every rule and score starts from.

Plain loops over a plan; nothing here decides anything. All weeks are plan weeks and
clipped to ``[0, case.weeks)`` only in the weekly arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from optimizer.domain.case import Case
from optimizer.domain.forces import UnitType
from optimizer.domain.places import Site
from optimizer.domain.plan import Participant, Plan, Posting, Run


def rsoi_weeks(case: Case, kind: UnitType, mode: str, set_id: str | None) -> int:
    """Weeks from arrival until an element counts; drawing a set takes at least its draw time."""
    weeks = kind.modes[mode].rsoi_weeks
    return max(weeks, case.prepo[set_id].draw_weeks) if set_id is not None else weeks


def ready_from(case: Case, p: Posting) -> int:
    """The first week in which a posted element counts (it may be ≥ its departure)."""
    return p.arrive + rsoi_weeks(case, case.element_type(p.element), p.mode, p.set_id)


@dataclass(frozen=True)
class Deployment:
    """An element flown in from home for one exercise: present ``[arrive, depart)``, ready
    and exercising from ``ready`` on."""

    element: str
    exercise: str
    need: str
    site: str
    mode: str
    set_id: str | None
    arrive: int
    ready: int
    depart: int


def deployment(case: Case, run: Run, p: Participant) -> Deployment:
    """The deployment behind a participant from home (``p.mode`` is not ``None``)."""
    assert p.mode is not None
    kind = case.element_type(p.element)
    early = rsoi_weeks(case, kind, p.mode, p.set_id)
    end = run.start + case.exercise[run.exercise].weeks
    return Deployment(p.element, run.exercise, p.need, run.site, p.mode, p.set_id, run.start - early, run.start, end)


def deployments(case: Case, plan: Plan) -> Iterator[Deployment]:
    """Every exercise deployment from home."""
    for run in plan.runs:
        for p in run.participants:
            if p.mode is not None:
                yield deployment(case, run, p)


@dataclass(frozen=True)
class Hold:
    """A set held by an element at ``site``: from draw until departure plus reset."""

    set_id: str
    site: str
    element: str
    start: int
    end: int


def holds(case: Case, plan: Plan) -> Iterator[Hold]:
    """Every holding of a set, by rotations and by exercise deployments."""
    for r in plan.rotations:
        for p in r.postings:
            if p.set_id is not None:
                end = p.depart + case.prepo[p.set_id].reset_weeks
                yield Hold(p.set_id, p.site, p.element, p.arrive, end)
    for d in deployments(case, plan):
        if d.set_id is not None:
            end = d.depart + case.prepo[d.set_id].reset_weeks
            yield Hold(d.set_id, d.site, d.element, d.arrive, end)


def people(case: Case, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """(settled, all) people per site and week, each of shape (sites, weeks), int64.

    Settled people belong to a rotation and are past RSOI. Those flown in for an exercise
    count among all people only: they need a bed but bring no lasting presence.
    """
    at = {s.id: i for i, s in enumerate(case.sites)}
    settled = np.zeros((len(case.sites), case.weeks), dtype=np.int64)
    everyone = np.zeros_like(settled)
    for r in plan.rotations:
        for p in r.postings:
            n, i = case.element_type(p.element).people, at[p.site]
            everyone[i, max(p.arrive, 0) : max(p.depart, 0)] += n
            settled[i, max(ready_from(case, p), 0) : max(p.depart, 0)] += n
    for d in deployments(case, plan):
        everyone[at[d.site], max(d.arrive, 0) : max(d.depart, 0)] += case.element_type(d.element).people
    return settled, everyone


def places(case: Case, plan: Plan) -> tuple[np.ndarray, np.ndarray]:
    """(places, hand-over places) per site and week after upgrades and closures."""
    shape = (len(case.sites), case.weeks)
    settled, everyone = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    at = {s.id: i for i, s in enumerate(case.sites)}
    for s in case.sites:
        settled[at[s.id]], everyone[at[s.id]] = s.places, s.handover_places
    for b in plan.purchases:
        u = case.upgrade[b.upgrade]
        done = max(b.start + u.weeks, 0)
        settled[at[u.site], done:] += u.places
        everyone[at[u.site], done:] += u.handover_places
    for c in case.closures:
        if c.closes in ("places", "all"):
            for i in sites_of(case, c.place):
                span = (i, slice(max(c.start, 0), max(c.end, 0)))
                settled[span] = np.minimum(settled[span], c.left)
                everyone[span] = np.minimum(everyone[span], c.left)
    return settled, everyone


def sites_of(case: Case, place: str) -> list[int]:
    """Indices of the sites meant by a place: a site's own id, or a country's."""
    return [i for i, s in enumerate(case.sites) if stands_for(s, place)]


def stands_for(site: Site, place: str | None) -> bool:
    """Whether ``site`` is, or lies in, ``place`` (``None`` = anywhere)."""
    return place is None or place in (site.id, site.country)
