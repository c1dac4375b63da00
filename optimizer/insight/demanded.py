"""A demand as something a search can go for: a capability of its own, wanted there and then alone, at any price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from optimizer.domain import Capability, Case, Demand
from optimizer.domain.supply import demand
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.engines.lagrangian.tables.records import Tables
from optimizer.insight.questions import NAME, Question, cell_of
from optimizer.quantities import MILLI

DEAR = 10.0  # times the score that a demand asked about is worth when it is met in full


def demanded(case: Case, q: Question, scale: float) -> tuple[Case, Tables]:
    """``case`` with what is asked about wanted once more, as a capability that whoever supplies it has as well, and
    the tables in which it is worth ``DEAR`` times ``scale``. Plans of either case are plans of the other."""
    c, k, v = cell_of(case, q)
    wanted = demand(case)[c, k, v]
    weeks = range(*slice(q.start, q.end).indices(case.weeks))

    def also(points: Mapping[str, int]) -> Mapping[str, int]:
        return {**points, NAME: points[q.capability]} if q.capability in points else points

    made = replace(
        case,
        capabilities=(*case.capabilities, Capability(NAME, NAME, 0.0)),
        unit_types=tuple(replace(y, points=also(y.points)) for y in case.unit_types),
        sets=tuple(replace(s, worth=also(s.worth)) for s in case.sets),
        demands=(
            *case.demands,
            *(Demand(q.subject, NAME, q.level, w, w + 1, int(wanted[w]) // MILLI) for w in weeks),
        ),
    )
    t = tables(made)
    own = c * len(made.capabilities) + len(case.capabilities), v
    price = DEAR * scale / max(float(wanted[weeks].sum()), 1.0)
    raw = t.raw.copy()
    raw[own] = price / max(float(t.share[0]), 1e-9)
    prices = t.price.copy()
    prices[own] = price
    return made, t._replace(price=prices, raw=raw)


def met(case: Case, q: Question, there: np.ndarray) -> bool:
    """Whether a supply (``domain.supply``) meets in full what is asked about."""
    c, k, v = cell_of(case, q)
    weeks = slice(q.start, q.end)
    return bool((there[c, k, weeks] >= demand(case)[c, k, v, weeks]).all())
