"""Multipliers of one case at another: the rows that both have keep their prices, all others cost nothing.

Any multipliers in their boxes bound a case (docs/bound.md), so that those of a case solved before are a proof for a
changed one at once. Rows are found again by their names, as a certificate writes them, never by their place.
"""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case
from optimizer.domain.certificate import Certificate, Leaf, Name
from optimizer.engines.lagrangian.bound.certify import areas_by_name, givers_by_name, rows_by_name
from optimizer.engines.lagrangian.bound.lagrangian import Lagrangian
from optimizer.engines.lagrangian.bound.pricing.partly import made_of

WEIGHTS = ("country", "block")  # families whose multipliers are the weights of a mean


def carried(given: Certificate, case: Case, of: Lagrangian, later: int = 0) -> np.ndarray:
    """The multipliers of ``given``, a certificate of any case, at the rows of ``of``, the bound of ``case``, in their
    boxes; its rows beyond a reference are placed there, with whoever is still known. Of several leaves the first
    counts. ``later``: by how many weeks ``case`` begins after the case of the certificate.
    """
    leaf, theta = given.leaves[0], of.start()
    for name, ids in rows_by_name(case, of).items():
        view = of.rows.view(theta, name)
        table, unit = leaf.rows.get(name, {}), 10.0 ** -given.decimals(name)
        if name not in WEIGHTS or table:
            view[:] = 0.0
        flat = view.reshape(len(ids), -1) if ids else np.zeros((0, 0))
        weekly = flat.shape[1] == case.weeks > 1
        for i, row in enumerate(ids):
            for week, value in table.get(_then(name, row, later), {}).items():
                at = week - later if weekly else week
                if 0 <= at < flat.shape[1]:
                    flat[i, at] = value * unit
    _beyond(given, leaf, case, of, theta, later)
    np.clip(theta, of.rows.low, of.rows.high, out=theta)
    for name in WEIGHTS:
        view = of.rows.view(theta, name)
        if view.size:
            view[:] = view / view.sum() if view.sum() > 0 else 1.0 / view.size
    return theta


def _then(family: str, row: Name, later: int) -> Name:
    """The name of a row at the time of the certificate: those of cuts hold weeks."""
    return (*row[:3], row[3] + later, row[4] + later) if family == "cuts" and later else row


def _beyond(given: Certificate, leaf: Leaf, case: Case, of: Lagrangian, theta: np.ndarray, later: int) -> None:
    """Place the rows beyond a reference, and price them."""
    g, demand, unit = of.parts.grains, of.t.demand, 10.0 ** -given.decimals("cover")
    areas = {name: i for i, name in enumerate(areas_by_name(case))}
    levels = {x.id: i for i, x in enumerate(case.levels)}
    known = {name: i for i, name in enumerate(givers_by_name(case, of))}
    givers = [known.get(name, -1) for name in given.givers]
    for family in sorted({int(name[0]) for name in leaf.beyond}):
        where, price = np.zeros(demand.shape, dtype=np.bool_), np.zeros(demand.shape)
        less = np.zeros((len(g.area), *demand.shape[1:]))
        for (own, *area, level, week), row in leaf.beyond.items():
            a, k, t = areas.get(tuple(area), -1), levels.get(level, -1), week - later
            if own != family or a < 0 or k < 0 or not 0 <= t < case.weeks:
                continue
            q = np.zeros(len(g.copies))
            for giver, amount in row.given.items():
                if givers[giver] >= 0:
                    q[givers[giver]] = amount
            grains = g.by_area[g.area_first[a] : g.area_first[a + 1]]
            less[grains, k, t], where[a, k, t], price[a, k, t] = q[g.giver[grains]], True, row.multiplier * unit
        made = made_of(g, demand, family, where, less)
        of.place(family, made)
        view = of.rows.view(theta, "partly")[family]
        view[:] = 0.0
        view[made.area, made.level, made.week] = price[made.area, made.level, made.week]
