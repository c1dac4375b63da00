"""The price of missing people."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.presence import people
from optimizer.rosters import lenient


def score(case: Case, plan: Plan) -> float:
    """Person-weeks below the floors, priced: never positive."""
    present = people(lenient(case, plan), plan)[1]
    missing = 0
    for c in case.countries:
        if c.floor > 0:
            inside = [i for i, s in enumerate(case.sites) if s.country == c.id]
            missing += int(np.maximum(c.floor - present[inside].sum(axis=0), 0).sum())
    return -case.settings.floor_price * missing
