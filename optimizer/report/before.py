"""A plan beside another one: the last plan, or one that somebody names."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.domain import Case, Plan
from optimizer.domain.presence import people
from optimizer.report.spending import money
from optimizer.rosters import lenient
from optimizer.verify import verify

LAST = "the last plan"


@dataclass(frozen=True)
class Other:
    """A plan to compare with, under its name; ``case`` is the one it was made for."""

    name: str
    case: Case
    plan: Plan


@dataclass(frozen=True)
class Beside:
    """One figure of two plans; ``look``: percent, money or count."""

    what: str
    before: float | None
    after: float | None
    look: str


def last_plan(case: Case) -> Other | None:
    """The last plan, if it says anything of this plan's own weeks: one that has only rotations under way does not."""
    inside, last = range(case.weeks), case.last
    starts = [r.arrive for r in last.rotations] + [x.start for x in last.runs] + [b.start for b in last.purchases]
    if not any(week in inside for week in starts):
        return None
    return Other(case.settings.last_name or LAST, case, last)


def kept_apart(case: Case, weeks: int | None, events: int | None) -> str:
    """That a plan made without regard to the one in its workbook differs from it, and what regards it; empty if it
    does not. ``weeks`` and ``events`` that differ, as ``Figures`` count them."""
    if case.settings.replan or not (weeks or events) or last_plan(case) is None:
        return ""
    return (
        f"{weeks:,} element- and set-weeks and {events:,} events differ from the plan that the workbook held: "
        "optimizer replan changes no more of it than need be"
    )


def beside(case: Case, plan: Plan, other: Other) -> list[Beside]:
    """Coverage by level, money, exercises, rotations and people of both plans."""
    before, after = _facts(other.case, other.plan), _facts(case, plan)
    return [Beside(what, before.get((what, look)), value, look) for (what, look), value in after.items()]


def _facts(case: Case, plan: Plan) -> dict[tuple[str, str], float | None]:
    """Figures by (what, look)."""
    verdict, (_, everyone) = verify(case, plan), people(lenient(case, plan), plan)
    return {
        **{(f"{level}, % of demand met", "percent"): share for level, share in verdict.tally.coverage.items()},
        ("Spent", "money"): money(verdict.spent),
        ("Exercises held", "count"): len(verdict.tally.held),
        ("Rotations", "count"): len(plan.rotations),
        ("People, average", "count"): float(everyone.sum(axis=0).mean()) if everyone.size else 0.0,
    }
