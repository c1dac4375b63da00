"""What a plan achieves, counted from the case and the plan alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.presence import people
from optimizer.domain.supply import covered, demand, supply
from optimizer.goals.worst_country.score import shares
from optimizer.rosters import lenient


@dataclass(frozen=True)
class Tally:
    """Percentages are of weighted demand up to a level, ``None`` where there is none.

    ``coverage`` by level; ``country_coverage`` by country and level; ``value_covered`` percent
    of the value of full demand by country with demand; ``floor_shortfall`` (person-weeks,
    weeks) below the floor by country with a floor; ``held`` the exercises that take place.
    """

    coverage: Mapping[str, float | None]
    country_coverage: Mapping[str, Mapping[str, float | None]]
    value_covered: Mapping[str, float]
    floor_shortfall: Mapping[str, tuple[int, int]]
    held: tuple[str, ...]

    @property
    def worst_country(self) -> tuple[str, float] | None:
        """(country, percent of the value of its full demand) of the least covered one, the first on a tie."""
        if not self.value_covered:
            return None
        worst = min(self.value_covered, key=lambda c: self.value_covered[c])
        return worst, self.value_covered[worst]


def tally(case: Case, plan: Plan) -> Tally:
    """The counts of a plan whose ids all exist in the case."""
    sane = lenient(case, plan)
    got = covered(case, supply(sane, plan)).sum(axis=3)
    wanted = demand(case).sum(axis=3)
    by_capability = np.array([k.weight for k in case.capabilities])
    met = np.einsum("ckl,k->cl", got, by_capability)
    asked = np.einsum("ckl,k->cl", wanted, by_capability)
    weight = np.array([c.weight for c in case.countries])
    overall, full = weight @ met, weight @ asked
    levels = [lv.id for lv in case.levels]
    held = {run.exercise for run in plan.runs}
    return Tally(
        {lv: _percent(overall[i], full[i]) for i, lv in enumerate(levels)},
        {
            c.id: {lv: _percent(met[j, i], asked[j, i]) for i, lv in enumerate(levels)}
            for j, c in enumerate(case.countries)
        },
        {c: 100 * share for c, share in shares(case, plan).items()},
        _floors(case, people(sane, plan)[1]),
        tuple(x.id for x in case.exercises if x.id in held),
    )


def _percent(part: float, whole: float) -> float | None:
    return float(100 * part / whole) if whole > 0 else None


def _floors(case: Case, present: np.ndarray) -> dict[str, tuple[int, int]]:
    out = {}
    for c in case.countries:
        if c.floor > 0:
            inside = [i for i, s in enumerate(case.sites) if s.country == c.id]
            short = np.maximum(c.floor - present[inside].sum(axis=0), 0)
            out[c.id] = int(short.sum()), int((short > 0).sum())
    return out
