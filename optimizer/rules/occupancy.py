"""People present against places: the weekly sums shared by the rules on sites and hosts."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.presence import deployments, ready_from
from optimizer.rules.audit import Audit, amount, spells, weeks


def compare(
    audit: Audit, plan: Plan, sites: Collection[str], present: np.ndarray, bound: np.ndarray, party: str, what: str
) -> None:
    """Test one place's weekly people against its bound; ``what`` is ``settled`` or ``present``.

    ``party`` is the id of the site or country the breach is about; the units that are there join it.
    """
    over = present - bound
    audit.tested += len(over)
    for first, until in spells(over):
        worst = first + int(np.argmax(over[first:until]))
        units = _who(audit.case, plan, sites, first, until, what == "settled")
        text = (
            f"{party} has {amount(present[worst])} people {what} where {amount(bound[worst])} are allowed "
            f"({', '.join(units)}; at worst, {weeks(until - first)} in all)"
        )
        audit.breach(float(over[worst]), first, (party, *units), "people", text)


def _who(case: Case, plan: Plan, sites: Collection[str], first: int, until: int, settled: bool) -> tuple[str, ...]:
    """The units with people counted at the sites in some week of ``[first, until)``."""
    found = set()
    for r in plan.rotations:
        for p in r.postings:
            start = ready_from(case, p) if settled else p.arrive
            if p.site in sites and max(start, first) < min(p.depart, until):
                found.add(case.element[p.element].unit)
    if not settled:
        for d in deployments(case, plan):
            if d.site in sites and max(d.arrive, first) < min(d.depart, until):
                found.add(case.element[d.element].unit)
    return tuple(sorted(found))
