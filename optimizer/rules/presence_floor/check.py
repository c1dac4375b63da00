"""People against presence floors, where floors are hard."""

from __future__ import annotations

from optimizer.domain import Case, Plan
from optimizer.domain.presence import people
from optimizer.rosters import lenient
from optimizer.rules.audit import Audit, amount, spells, weeks
from optimizer.rules.base import Finding


def check(case: Case, plan: Plan) -> Finding:
    """One condition per country and week with a floor; nothing is tested while floors are soft."""
    audit = Audit(case, "presence-floor")
    if not case.settings.floor_hard:
        return audit.finding()
    present = people(lenient(case, plan), plan)[1]
    for c in case.countries:
        if c.floor > 0:
            inside = [i for i, s in enumerate(case.sites) if s.country == c.id]
            short = c.floor - present[inside].sum(axis=0)
            audit.tested += case.weeks
            for first, until in spells(short):
                worst = float(short[first:until].max())
                text = f"{c.id} lacks up to {amount(worst)} people to its floor of {amount(c.floor)}"
                audit.breach(worst, first, (c.id,), "people", f"{text} for {weeks(until - first)}")
    return audit.finding()
