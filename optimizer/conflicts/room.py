"""The most people a site or a country can ever hold, week by week: every upgrade built as soon as may be."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from optimizer.domain import Case, Lock, Plan, Purchase, Upgrade
from optimizer.domain.presence import places, stands_for
from optimizer.domain.reasons import Place

ENDLESS = np.iinfo(np.int64).max // 4


def built(case: Case, u: Upgrade) -> int:
    """The first week in which an upgrade can be of use: bought at once, or before the plan already."""
    return case.bought.get(u.id, max(u.earliest, 0)) + u.weeks


@lru_cache(maxsize=8)
def most(case: Case) -> tuple[np.ndarray, np.ndarray]:
    """(places, hand-over places) at most, each int64 of shape (sites, weeks); closures are counted."""
    bought = tuple(Purchase(u.id, built(case, u) - u.weeks) for u in case.upgrades)
    settled, everyone = places(case, Plan(purchases=bought))
    settled.setflags(write=False)
    everyone.setflags(write=False)
    return settled, everyone


def caps(case: Case, country: str | None) -> tuple[int, int]:
    """(cap, hand-over cap) of a country, ``ENDLESS`` where it has none."""
    c = case.country.get(country or "")
    if c is None:
        return ENDLESS, ENDLESS
    return (ENDLESS if c.cap is None else c.cap), (ENDLESS if c.handover_cap is None else c.handover_cap)


def most_in(case: Case, sites: np.ndarray, country: str | None) -> tuple[np.ndarray, np.ndarray]:
    """(settled, all) people that these sites (bool, shape (sites,)), all of one country, hold at most by week."""
    settled, everyone = most(case)
    cap, handover = caps(case, country)
    return np.minimum(settled[sites].sum(axis=0), cap), np.minimum(everyone[sites].sum(axis=0), handover)


def beds_rows(case: Case, locks: Iterable[Lock]) -> tuple[Place, ...]:
    """The rows of the sites, and of the countries with caps, that must lines name."""
    named = {k.place for k in locks if k.rule == "must"}
    sites = [s for s in case.sites if any(stands_for(s, p) for p in named)]
    inside = {s.country for s in sites}
    capped = [c.id for c in case.countries if c.id in inside and (c.cap, c.handover_cap) != (None, None)]
    return (*(Place("Sites", s.id, "Places") for s in sites), *(Place("Countries", c, "People cap") for c in capped))


def beds_text(case: Case, unit: str, locks: Iterable[Lock]) -> str:
    """How many people of a unit come, and how many the places that must lines name can hold at most."""
    parts = []
    for place in dict.fromkeys(k.place for k in locks if k.rule == "must" and k.place is not None):
        sites = np.array([stands_for(s, place) for s in case.sites], dtype=bool)
        countries = {s.country for s, inside in zip(case.sites, sites, strict=True) if inside}
        settled, everyone = most_in(case, sites, countries.pop() if len(countries) == 1 else None)
        parts.append(f"{place} has {_range(settled)} places and {_range(everyone)} hand-over places")
    sizes = [case.types[e.type].people for e in case.elements_of[unit] if not e.optional]
    brings = f"{unit} brings {sum(sizes):,} people" + (f", up to {max(sizes):,} to one base" if len(sizes) > 1 else "")
    room = f"{'; '.join(parts)} (by week, upgrades built as soon as can be)" if parts else "sites have their places"
    return f"{room}, and {brings}"


def _range(people: np.ndarray) -> str:
    low, high = int(people.min()), int(people.max())
    return f"{high:,}" if low == high else f"{low:,} to {high:,}"
