"""People against places, site by site and week by week."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.presence import people, places
from optimizer.rosters import lenient
from optimizer.rules.audit import Audit
from optimizer.rules.base import Finding
from optimizer.rules.occupancy import compare


def check(case: Case, plan: Plan) -> Finding:
    """Two conditions per site and week; a breach names the site and the units there."""
    audit = Audit(lenient(case, plan), "site-capacity")
    given = Plan(rotations=case.underway)
    fixed = people(lenient(case, given), given)
    for what, present, room, forgiven in zip(
        ("settled", "present"), people(audit.case, plan), places(case, plan), fixed, strict=True
    ):
        bound = np.maximum(room, forgiven)
        for i, s in enumerate(case.sites):
            compare(audit, plan, {s.id}, present[i], bound[i], s.id, what)
    return audit.finding()
