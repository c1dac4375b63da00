"""The figures of a plan that summaries, comparisons and charts show, all re-computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from optimizer.domain import Case, Plan
from optimizer.goals.plan_changes.score import changes
from optimizer.quantities import MONEY
from optimizer.rosters import is_underway
from optimizer.verify import Verdict, verify


@dataclass(frozen=True)
class Figures:
    """One plan in figures.

    ``coverage`` percent of weighted demand by level, ``country_coverage`` the same by country
    and level (``None`` = no demand); ``worst_country`` and ``worst_covered`` the country with
    the smallest percentage of the value of its full demand. Money in whole units, six
    decimals: ``spend`` by line, ``spend_by_year`` by line and fiscal year, ``spend_by_quarter``
    by line and ``"2018 Q1"``. ``floor_person_weeks`` and ``floor_weeks`` below the floor, by
    country with a floor. ``rotations`` include those under way, ``element_weeks`` count inside
    the plan. ``changed_weeks`` and ``changed_events`` are against the last plan, ``None`` without one.
    """

    ok: bool
    breaches: int
    tested: int
    score: float
    terms: Mapping[str, float]
    coverage: Mapping[str, float | None]
    country_coverage: Mapping[str, Mapping[str, float | None]]
    worst_country: str | None
    worst_covered: float | None
    spend: Mapping[str, float]
    spend_by_year: Mapping[str, Mapping[str, float]]
    spend_by_quarter: Mapping[str, Mapping[str, float]]
    spent: float
    floor_person_weeks: Mapping[str, int]
    floor_weeks: Mapping[str, int]
    exercises_held: int
    exercises_offered: int
    rotations: int
    element_weeks: int
    over_length_weeks: int
    changed_weeks: int | None
    changed_events: int | None


def figures(case: Case, plan: Plan, verdict: Verdict | None = None) -> Figures:
    """The figures of a plan; give its ``verdict`` if there is one already."""
    v = verify(case, plan) if verdict is None else verdict
    worst = v.tally.worst_country
    by_year: dict[str, dict[str, float]] = {line: {} for line in case.lines}
    for (line, year), amount in v.spend_by_year.items():
        by_year[line][str(year)] = _money(amount)
    by_quarter: dict[str, dict[str, float]] = {line: {} for line in case.lines}
    for (line, year, quarter), amount in v.spend.items():
        by_quarter[line][f"{year} Q{quarter}"] = _money(amount)
    moved, events = (None, None) if case.last.empty else changes(case, plan)
    return Figures(
        ok=v.ok,
        breaches=len(v.breaches),
        tested=v.tested,
        score=v.score,
        terms=dict(v.terms),
        coverage=dict(v.tally.coverage),
        country_coverage={c: dict(levels) for c, levels in v.tally.country_coverage.items()},
        worst_country=worst[0] if worst else None,
        worst_covered=worst[1] if worst else None,
        spend={line: _money(v.spend_by_line.get(line, 0)) for line in case.lines},
        spend_by_year=by_year,
        spend_by_quarter=by_quarter,
        spent=_money(v.spent),
        floor_person_weeks={c: short for c, (short, _) in v.tally.floor_shortfall.items()},
        floor_weeks={c: weeks for c, (_, weeks) in v.tally.floor_shortfall.items()},
        exercises_held=len(v.tally.held),
        exercises_offered=len(case.on_offer),
        rotations=len(plan.rotations),
        element_weeks=sum(
            max(min(p.depart, case.weeks) - max(p.arrive, 0), 0) for r in plan.rotations for p in r.postings
        ),
        over_length_weeks=sum(
            max(r.depart - r.arrive - case.unit_type(r.unit).rotation_std, 0)
            for r in plan.rotations
            if not is_underway(case, r)
        ),
        changed_weeks=moved,
        changed_events=events,
    )


def _money(amount: int) -> float:
    return round(amount / MONEY, 6)
