"""What limits a plan most: money, sites, countries, units and sets nearest their ceilings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.domain.presence import holds, people, places
from optimizer.quantities import MILLI
from optimizer.report.spending import money

SPENDING, SITES, UNITS = "money", "sites", "units"
TIGHT = 0.95  # share of a ceiling from which a week counts as full


@dataclass(frozen=True)
class Limit:
    """``used`` share of a ceiling at its tightest; ``topic``: money, sites or units."""

    text: str
    used: float
    topic: str


def limits(case: Case, plan: Plan, spend: dict[tuple[str, int, int], int]) -> list[Limit]:
    """The tightest of each kind, tightest first."""
    found = [
        *_most(_lines(case, spend)),
        *_most(_quarters(case, spend)),
        *_most(_total(case, spend)),
        *_most(_sites(case, plan)),
        *_most(_countries(case, plan)),
        *_most(_types(case, plan)),
        *_most(_sets(case, plan)),
    ]
    return sorted(found, key=lambda x: -x.used)


def _most(found: list[Limit]) -> list[Limit]:
    return [max(found, key=lambda x: x.used)] if found else []


def most_with_transfers(case: Case, line: str, year: int) -> int:
    """A line's money of a year if every other line gave it all it may."""
    given = {b.line: b.amount for b in case.budgets if b.year == year}
    others = sum(amount * case.settings.transfer_limit // MILLI for other, amount in given.items() if other != line)
    return given.get(line, 0) + others


def _lines(case: Case, spend: dict[tuple[str, int, int], int]) -> list[Limit]:
    out = []
    for b in (b for b in case.budgets if b.amount and b.year in case.calendar.fiscal_years):
        spent, most = sum(a for (line, year, _), a in spend.items() if (line, year) == (b.line, b.year)), b.amount
        text = f"Money: {b.line} FY{b.year}, {money(spent):,.1f} of {money(b.amount):,.1f} spent"
        if spent > b.amount:
            most = most_with_transfers(case, b.line, b.year)
            text += f", {money(most):,.1f} with all transfers"
        out.append(Limit(text, spent / most, SPENDING))
    return out


def _quarters(case: Case, spend: dict[tuple[str, int, int], int]) -> list[Limit]:
    return [
        Limit(f"Quarter ceiling: {b.line} FY{b.year} Q{q}", spend.get((b.line, b.year, q), 0) / ceiling, SPENDING)
        for b in case.budgets
        for q, ceiling in enumerate(b.quarters, 1)
        if ceiling
    ]


def _total(case: Case, spend: dict[tuple[str, int, int], int]) -> list[Limit]:
    cap = case.settings.total_cap
    return [Limit("Total cap of the plan", sum(spend.values()) / cap, SPENDING)] if cap else []


def _sites(case: Case, plan: Plan) -> list[Limit]:
    out = []
    for present, room, what in zip(people(case, plan), places(case, plan), ("places", "hand-over places"), strict=True):
        share = np.divide(present, room, out=np.zeros(present.shape), where=room > 0)
        for site, row in zip(case.sites, share, strict=True):
            if row.size and row.max() > 0:
                full = int((row >= TIGHT).sum())
                weeks = f", full in {full} of {case.weeks} weeks" if full else ""
                out.append(
                    Limit(
                        f"Site: {site.name}, up to {row.max():.0%} of its {what}{weeks}",
                        float(row.max()),
                        SITES,
                    )
                )
    return out


def _countries(case: Case, plan: Plan) -> list[Limit]:
    out = []
    settled, everyone = people(case, plan)
    for c in case.countries:
        inside = [i for i, s in enumerate(case.sites) if s.country == c.id]
        for present, cap, what in ((settled, c.cap, "people cap"), (everyone, c.handover_cap, "hand-over cap")):
            if cap:
                peak = int(present[inside].sum(axis=0).max())
                out.append(Limit(f"Country: {c.name}, {peak:,} of its {what} of {cap:,}", peak / cap, SITES))
    return out


def _types(case: Case, plan: Plan) -> list[Limit]:
    going = {r.unit for r in plan.rotations}
    have, used = Counter(u.type for u in case.units), Counter(u.type for u in case.units if u.id in going)
    return [
        Limit(f"Units: {used[t]} of {n} of type {case.types[t].name} go", used[t] / n, UNITS)
        for t, n in sorted(have.items(), key=lambda x: -x[1])
        if used[t]
    ]


def _sets(case: Case, plan: Plan) -> list[Limit]:
    weeks: Counter[str] = Counter()
    for h in holds(case, plan):
        weeks[h.set_id] += max(0, min(h.end, case.weeks) - max(h.start, 0))
    return [
        Limit(f"Sets: {q.name} drawn in {weeks[q.id]} of {there} weeks", weeks[q.id] / there, SITES)
        for q in case.sets
        if (there := case.weeks - max(q.available, 0)) > 0 and weeks[q.id]
    ]
