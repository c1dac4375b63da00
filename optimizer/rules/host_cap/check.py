"""People and brigades against the caps of host countries."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.presence import people
from optimizer.quantities import MILLI
from optimizer.rosters import is_underway, lenient
from optimizer.rules.audit import Audit, amount, clip, spells, weeks
from optimizer.rules.base import Finding
from optimizer.rules.occupancy import compare


def check(case: Case, plan: Plan) -> Finding:
    """A condition per cap and week; a breach names the country and the units there."""
    audit = Audit(lenient(case, plan), "host-cap")
    given = Plan(rotations=case.underway)
    present, fixed = people(audit.case, plan), people(lenient(case, given), given)
    for c in case.countries:
        if c.cap is None and c.handover_cap is None and c.brigade_cap is None:
            continue
        inside = [i for i, s in enumerate(case.sites) if s.country == c.id]
        sites = {case.sites[i].id for i in inside}
        for what, cap, now, before in zip(("settled", "present"), (c.cap, c.handover_cap), present, fixed, strict=True):
            if cap is not None:
                bound = np.maximum(cap, before[inside].sum(axis=0))
                compare(audit, plan, sites, now[inside].sum(axis=0), bound, c.id, what)
        if case.settings.founding_act and c.brigade_cap is not None:
            _brigades(audit, plan, c.id, c.brigade_cap, sites)
    if case.settings.founding_act:
        for r in plan.rotations:
            if not is_underway(case, r):
                over = r.depart - r.arrive - case.settings.founding_act_weeks
                text = f"{r.unit} stays {weeks(over)} longer than the founding-act switch lets pass"
                audit.test(over, r.arrive, (r.unit,), "weeks", text)
    return audit.finding()


def _brigades(audit: Audit, plan: Plan, country: str, cap: int, sites: set[str]) -> None:
    case = audit.case
    now = _present(case, plan, sites)
    bound = np.maximum(cap, _present(case, Plan(rotations=case.underway), sites))
    over = now - bound
    audit.tested += case.weeks
    for first, until in spells(over):
        worst = first + int(np.argmax(over[first:until]))
        units = sorted(
            {
                r.unit
                for r in plan.rotations
                for p in r.postings
                if p.site in sites and max(p.arrive, first) < min(p.depart, until)
            }
        )
        text = f"{country} hosts {amount(now[worst] / MILLI)} brigades where {amount(bound[worst] / MILLI)} are allowed"
        audit.breach(over[worst] / MILLI, first, (country, *units), "brigades", f"{text} ({', '.join(units)})")


def _present(case: Case, plan: Plan, sites: set[str]) -> np.ndarray:
    """Milli brigade-equivalents of postings at the sites, by week."""
    out = np.zeros(case.weeks, dtype=np.int64)
    for r in plan.rotations:
        for p in r.postings:
            if p.site in sites:
                out[clip(case, p.arrive, p.depart)] += case.element_type(p.element).brigades
    return out
