"""Distances: response days on the travel network, coverage credits, and moves of sets."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import shortest_path

from optimizer.domain.case import Case
from optimizer.quantities import MILLI

UNREACHABLE = np.iinfo(np.int64).max


@lru_cache(maxsize=64)
def days_between(case: Case, movement: str, closed: frozenset[str] = frozenset()) -> np.ndarray:
    """Milli-days between sites, shortest path over the legs whose routes are all open.

    Shape (sites, sites), int64, in the order of ``case.sites``; 0 on the diagonal and
    ``UNREACHABLE`` where no path remains. ``movement``: ``wheeled`` or ``heavy``.
    """
    sites = [s.id for s in case.sites]
    nodes = sites + sorted({n for leg in case.legs for n in (leg.a, leg.b)} - set(sites))
    at = {n: i for i, n in enumerate(nodes)}
    best: dict[tuple[int, int], int] = {}
    for leg in case.legs:
        if leg.routes & closed:
            continue
        days = leg.days_heavy if movement == "heavy" else leg.days_wheeled
        key = (min(at[leg.a], at[leg.b]), max(at[leg.a], at[leg.b]))
        if key[0] != key[1]:
            best[key] = min(days, best.get(key, days))
    n = len(sites)
    if not best:
        out = np.full((n, n), UNREACHABLE, dtype=np.int64)
    else:
        keys = np.array(list(best), dtype=np.int64)
        # a zero weight would read as "no leg" in a sparse matrix
        weight = np.maximum(np.array(list(best.values()), dtype=float), 1e-6)
        graph = coo_matrix((weight, (keys[:, 0], keys[:, 1])), shape=(len(nodes),) * 2)
        found = shortest_path(graph.tocsr(), directed=False, indices=range(n))[:, :n]
        reached = np.isfinite(found)
        # in integers throughout: the largest one has no exact float
        out = np.full((n, n), UNREACHABLE, dtype=np.int64)
        out[reached] = np.rint(found[reached]).astype(np.int64)
    np.fill_diagonal(out, 0)
    out.setflags(write=False)
    return out


@lru_cache(maxsize=64)
def credits(case: Case, movement: str, closed: frozenset[str] = frozenset()) -> np.ndarray:
    """Credit (milli) of a capability at a site for each country: shape (sites, countries).

    Full credit inside the country; elsewhere by the days to the nearest site of the
    country; a Reach row overrides either.
    """
    days = days_between(case, movement, closed)
    out = np.zeros((len(case.sites), len(case.countries)), dtype=np.int64)
    limits = [limit for limit, _ in case.settings.credit_bands]
    worth = np.array([credit for _, credit in case.settings.credit_bands] + [0], dtype=np.int64)
    home: dict[str, list[int]] = {}
    for i, s in enumerate(case.sites):
        if s.country is not None:
            home.setdefault(s.country, []).append(i)
    for j, c in enumerate(case.countries):
        inside = home.get(c.id, [])
        if not inside:
            continue
        nearest = days[:, inside].min(axis=1)
        out[:, j] = worth[np.searchsorted(limits, nearest)]
        out[inside, j] = case.settings.credit_present
    site_at = {s.id: i for i, s in enumerate(case.sites)}
    country_at = {c.id: j for j, c in enumerate(case.countries)}
    for r in case.reach:
        out[site_at[r.site], country_at[r.country]] = r.credit
    out.setflags(write=False)
    return out


@lru_cache(maxsize=8)
def move_weeks(case: Case) -> np.ndarray:
    """Whole weeks a set is on the road between two sites: shape (sites, sites); 0 on the
    diagonal, -1 where there is no way. Sets travel as heavy loads, at least one week."""
    days = days_between(case, "heavy")
    weeks = np.maximum(1, -(-days // (7 * MILLI)))
    out = np.where(days == UNREACHABLE, -1, weeks).astype(np.int64)
    np.fill_diagonal(out, 0)
    out.setflags(write=False)
    return out


__all__ = ["UNREACHABLE", "credits", "days_between", "move_weeks"]
