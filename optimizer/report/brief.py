"""A plan in a dozen lines, what it leaves undone, and what it is compared with: for the page somebody signs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from optimizer.domain import Case, Plan, Rotation
from optimizer.domain.supply import demand, supply
from optimizer.report.coverage import percent, weights
from optimizer.report.shortfalls import demand_gaps, exercises_missing, floor_gaps
from optimizer.rosters import is_underway, must_be_held

MOST_LINES = 15  # rotations named one by one
MOST_NAMES = 8  # names in one sentence
MOST_GAPS = 4  # of demand told in a sentence each


@dataclass(frozen=True)
class Going:
    """One rotation as a reader sees it: who, how many, where to, where from and how, when (plan weeks)."""

    rotation: Rotation
    who: str
    people: int
    where: str
    origin: str
    start: int
    end: int


def going(case: Case, plan: Plan) -> tuple[list[Going], list[Going]]:
    """The rotations that bring most person-weeks, in the order they arrive; and the others, likewise."""
    told = {r: _going(case, r) for r in plan.rotations}
    heavy = sorted(plan.rotations, key=lambda r: (-_person_weeks(case, r), r))[:MOST_LINES]
    order = sorted(plan.rotations, key=lambda r: (r.arrive, r))
    return [told[r] for r in order if r in heavy], [told[r] for r in order if r not in heavy]


def _person_weeks(case: Case, r: Rotation) -> int:
    return sum(
        case.element_type(p.element).people * max(0, min(p.depart, case.weeks) - max(p.arrive, 0)) for p in r.postings
    )


def _going(case: Case, r: Rotation) -> Going:
    unit, elements = case.unit[r.unit], dict.fromkeys(p.element for p in r.postings)
    several = f" ({len(elements)} elements)" if len(elements) > 1 else ""
    sites: dict[str, list[str]] = {}
    for s in dict.fromkeys(p.site for p in r.postings):
        country = case.site[s].country
        sites.setdefault(case.country[country].name if country else "outside", []).append(case.site[s].name)
    ways = " + ".join(sorted({p.mode for p in r.postings}))
    return Going(
        r,
        unit.name + several,
        sum(case.element_type(e).people for e in elements),
        "; ".join(f"{country}: {', '.join(names)}" for country, names in sites.items()),
        "already there" if is_underway(case, r) else ", ".join(x for x in (unit.home, ways) if x),
        r.arrive,
        r.depart,
    )


def named(names: list[str]) -> str:
    """``A, B, C and 4 more``."""
    shown = names[:MOST_NAMES]
    rest = len(names) - len(shown)
    return ", ".join(shown) + (f" and {rest} more" if rest else "")


@dataclass(frozen=True)
class Undone:
    """One thing a plan leaves undone: a sentence, the topic it is found under, whether it was asked for firmly, and
    which of the topic's rows it is (from 0)."""

    text: str
    topic: str  # floors, exercises, week, gaps, over-length
    loud: bool = False
    row: int = 0


def undone(case: Case, plan: Plan, over_length: int) -> list[Undone]:
    """What is not done and the risk accepted with it, firmest first; never empty."""
    return [*_floors(case, plan), *_exercises(case, plan), *_coverage(case, plan), *_over(over_length)] or [
        Undone("Nothing: every demand is met in full, every exercise is held, every floor holds.", "week")
    ]


def _floors(case: Case, plan: Plan) -> Iterator[Undone]:
    gaps = list(floor_gaps(case, plan))
    if gaps:
        weeks, worst = sum(g.end - g.start for g in gaps), max(gaps, key=lambda g: (g.floor - g.fewest, g.missing))
        yield Undone(
            f"Presence floors: {weeks} country-weeks below; worst {worst.country}, {worst.fewest:,} of "
            f"{worst.floor:,} people from {case.calendar.monday(worst.start):%d %b %Y}",
            "floors",
            True,
        )


def _exercises(case: Case, plan: Plan) -> Iterator[Undone]:
    missing = sorted(exercises_missing(case, plan), key=lambda x: (-x.value, x.id))
    for must in (True, False):
        some = [case.exercise_name[x.id] for x in missing if must_be_held(case, x) is must]
        if some:
            what = "Mandatory exercises" if must else "Exercises"
            yield Undone(f"{what} not held ({len(some)} of {len(case.on_offer)}): {named(some)}", "exercises", must)


def _coverage(case: Case, plan: Plan) -> Iterator[Undone]:
    """The weakest week at the lowest level, and the largest gaps."""
    if not case.levels or not case.demands:
        return
    wanted, w = demand(case)[:, :, 0], weights(case)[:, :, 0, :]
    met = np.minimum(supply(case, plan), wanted)
    weekly = percent((w * met).sum((0, 1)), (w * wanted).sum((0, 1)))
    if np.isnan(weekly).all():
        return
    worst = int(np.nanargmin(weekly))
    if weekly[worst] < 100:
        yield Undone(
            f"Weakest week: {case.calendar.monday(worst):%d %b %Y}, {weekly[worst]:.0f} % of "
            f"{case.levels[0].id} demand met",
            "week",
        )
    for n, gap in enumerate(islice(demand_gaps(case, plan), MOST_GAPS)):
        text = (
            f"{gap.country}: {gap.capability}, {gap.level}, {gap.percent:.0f} % met, "
            f"{gap.weeks} weeks short ({gap.share:.1%} of all that is missing)"
        )
        yield Undone(text, "gaps", row=n)


def _over(weeks: int) -> Iterator[Undone]:
    if weeks:
        yield Undone(f"Stays beyond the standard length: {weeks} unit-weeks", "over-length")
