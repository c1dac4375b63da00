"""People by country and week, and how much of what counts for a country stands on its own soil."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.network import credits
from optimizer.domain.presence import people
from optimizer.domain.supply import demand, points_vector, supply
from optimizer.quantities import MILLI
from optimizer.report.coverage import percent, weights
from optimizer.report.sources import stretches


@dataclass(frozen=True)
class Headcount:
    """People of one country: ``weekly`` shape (weeks,), those flown in for exercises included.

    ``own`` percent of the points that count towards its demand that stand in the country itself, the rest
    next door; ``None`` where nothing counts or nothing is wanted. ``country`` is ``None`` outside every country.
    """

    country: str | None
    name: str
    weekly: np.ndarray
    own: float | None

    @property
    def average(self) -> float:
        """People in an average week of the plan."""
        return float(self.weekly.mean()) if self.weekly.size else 0.0

    @property
    def peak(self) -> int:
        """People in the fullest week."""
        return int(self.weekly.max(initial=0))

    @property
    def fullest(self) -> int:
        """The first of the fullest weeks."""
        return int(self.weekly.argmax()) if self.weekly.size else 0


def headcounts(case: Case, plan: Plan) -> list[Headcount]:
    """By country in the order of the case; last, where anybody stands there, sites outside every country."""
    _, everyone = people(case, plan)
    own = own_soil(case, plan)
    found = []
    for j, c in enumerate(case.countries):
        inside = [i for i, s in enumerate(case.sites) if s.country == c.id]
        found.append(Headcount(c.id, c.name, everyone[inside].sum(axis=0), None if np.isnan(own[j]) else float(own[j])))
    outside = everyone[[i for i, s in enumerate(case.sites) if s.country is None]].sum(axis=0)
    return [*found, Headcount(None, "Outside these", outside, None)] if outside.any() else found


def own_soil(case: Case, plan: Plan) -> np.ndarray:
    """Percent by country of the weighted points met, up to the highest level, that stand in the country; its own
    are counted first. NaN where nothing is met."""
    wanted = demand(case)[:, :, -1] if case.levels else np.zeros((len(case.countries), len(case.capabilities), 0))
    met, own = np.minimum(supply(case, plan), wanted), np.minimum(_inside(case, plan), wanted)
    w = weights(case)[:, :, 0, :]
    return percent((w * own).sum((1, 2)), (w * met).sum((1, 2)))


def _inside(case: Case, plan: Plan) -> np.ndarray:
    """Micro-points from inside each country alone: shape (countries, capabilities, weeks)."""
    out = np.zeros((len(case.countries), len(case.capabilities), case.weeks), dtype=np.int64)
    site = {s.id: i for i, s in enumerate(case.sites)}
    at = {c.id: j for j, c in enumerate(case.countries)}
    for stretch, movement, points, share in stretches(case, plan):
        j = at.get(case.site[stretch.site].country or "")
        if j is not None:
            worth = points_vector(case, points) * int(credits(case, movement)[site[stretch.site], j])
            out[j, :, stretch.start : stretch.end] += (worth if share is None else worth * share // MILLI)[:, None]
    return out
