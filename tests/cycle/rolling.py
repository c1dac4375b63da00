"""Three years planned whole, and year after year: ``python -m tests.cycle.rolling [--seeds N] [--look-ahead 0 26 39]``.

The same synthetic case of 156 weeks: once as it is, and once as somebody plans it who knows a year and so many weeks
beyond; what lies beyond that is left out, or (``--assumed N``: up to so many weeks after the year) taken to go on as
the last year that is known: its demand, its money, no exercises. Each year is opened from what the one before handed
over, its weeks are signed, and in the end all that was signed is judged as one plan of the whole case, by its rules and
its score. How much money a year has is known; of the year in which a look-ahead ends it may spend the share of its
weeks.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from optimizer.cycle.carry import Carried, Standing, carry
from optimizer.cycle.glue import Year, glue
from optimizer.cycle.recurrence import first_monday
from optimizer.domain import Case, Plan
from optimizer.domain.differences import later
from optimizer.domain.history import joined
from optimizer.domain.outcome import Options, Outcome
from optimizer.engines import lagrangian
from optimizer.report import figures
from optimizer.synthetic import Size, synthetic_case

YEARS, WEEKS = 3, 156
SIZE = Size(units=20, sites=8, weeks=WEEKS, exercises=18, sets=0)


def seams(whole: Case) -> list[int]:
    """The first week of each year, and the end of the last."""
    calendar = whole.calendar
    first = calendar.fiscal(0)[0]
    days = [first_monday(first + n, calendar) for n in range(YEARS)]
    return [*((day - calendar.start).days // 7 for day in days), whole.weeks]


def opened(whole: Case, start: int, end: int, before: Carried | None, last: Plan) -> Case:
    """The case as it is known when the year from week ``start`` on is planned, with a look-ahead until ``end``."""
    weeks = end - start

    def spans(things: Any) -> Any:
        cut = (replace(x, start=max(x.start - start, 0), end=min(x.end - start, weeks)) for x in things)
        return tuple(x for x in cut if x.start < x.end)

    def moved(x: Any, *names: str) -> Any:
        return replace(x, **{n: getattr(x, n) - start for n in names if getattr(x, n) is not None})

    calendar = replace(whole.calendar, start=whole.calendar.monday(start), weeks=weeks)
    settings = replace(whole.settings, calendar=calendar, release=whole.settings.release - start, look_past_end=True)
    planned = [calendar.fiscal(w)[0] for w in range(weeks)]
    sets = tuple(moved(q, "available", "last_maintenance") for q in whole.sets)
    if before is not None:
        sets = tuple(_standing(q, before.sets[q.id], calendar.start) for q in sets)
    return replace(
        whole,
        settings=settings,
        closures=spans(whole.closures),
        demands=spans(whole.demands),
        holdings=spans(whole.holdings),
        windows=tuple(moved(w, "start", "end") for w in whole.windows),
        upgrades=tuple(moved(u, "earliest", "latest") for u in whole.upgrades),
        units=tuple(moved(u, "last_return") for u in whole.units),
        sets=sets,
        exercises=tuple(moved(x, "earliest", "latest", "last_held") for x in whole.exercises),
        budgets=tuple(
            replace(b, amount=b.amount * min(planned.count(b.year), 52) // 52) for b in whole.budgets
            if b.year in planned
        ),
        last=last,
    )  # fmt: skip


def assumed(whole: Case, known: int, end: int) -> Case:
    """What somebody takes the case to be up to ``end`` who knows ``known`` weeks of it: as the last 52 go on."""
    years = -(-(end - known) // 52)

    def again(things: Any) -> Any:
        cut = [replace(x, end=min(x.end, known)) for x in things if x.start < known]
        late = [replace(x, start=max(x.start, known - 52)) for x in cut if x.end > known - 52]
        more = [replace(x, start=x.start + 52 * n, end=x.end + 52 * n) for n in range(1, years + 1) for x in late]
        return (*cut, *(replace(x, end=min(x.end, end)) for x in more if x.start < end))

    calendar = replace(whole.calendar, weeks=max(end, whole.weeks))
    last = calendar.fiscal(known - 1)[0]
    rows = [b for b in whole.budgets if b.year == last]
    further = [replace(b, year=year) for year in range(last + 1, calendar.fiscal(end - 1)[0] + 1) for b in rows]
    return replace(
        whole,
        settings=replace(whole.settings, calendar=calendar),
        demands=again(whole.demands),
        holdings=again(whole.holdings),
        exercises=tuple(x for x in whole.exercises if x.earliest < known),
        budgets=(*(b for b in whole.budgets if b.year <= last), *further),
    )


def _standing(q: Any, s: Standing, start: date) -> Any:
    """A set as it was handed over."""

    def week(day: date) -> int:
        return (day - start).days // 7

    available = q.available if s.available is None else week(s.available)
    blocks = q.last_maintenance if s.last_maintenance is None else week(s.last_maintenance)
    return replace(q, start_site=s.site, available=available, last_maintenance=blocks)


def rolled(whole: Case, look_ahead: int, reach: int, effort: str) -> Plan:
    """What is signed in the end when the years are planned one after the other, with ``look_ahead`` weeks known beyond
    each and what is assumed up to ``reach`` weeks beyond."""
    cuts = seams(whole)
    years: list[Year] = []
    before, last = None, Plan()
    for n, (start, until) in enumerate(pairwise(cuts)):
        known = min(until + look_ahead, whole.weeks)
        end = max(known, until + reach) if known < whole.weeks else known
        case = opened(assumed(whole, known, end) if end > known else whole, start, end, before, last)
        found = _solved(case, effort)
        assert found.plan is not None, (n, found.status, found.stop_reason)
        years.append(Year(n, case, found.plan, until - start))
        before = carry(case, found.plan, until - start)
        last = joined(before.plan, later(case.last, start - until))
    _, plan = glue(years)
    bought = tuple(b for b in plan.purchases if b.upgrade in whole.upgrade)  # and not what glue makes of growth
    runs = tuple(replace(r, exercise=r.exercise.rsplit(" in ", 1)[0]) for r in plan.runs)
    return replace(plan, runs=runs, purchases=bought).tidy()


def _solved(case: Case, effort: str) -> Outcome:
    return lagrangian.solve(case, Options(effort, seed=1))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seeds", type=int, default=1)
    options.add_argument("--look-ahead", type=int, nargs="*", default=[0, 26, 39])
    options.add_argument("--assumed", type=int, default=0)
    options.add_argument("--effort", default="quick")
    options.add_argument("--units", type=int, default=SIZE.units)
    given = options.parse_args()
    wrong = 0
    print("| seed | planned | score | of whole | weeks below floors | proven bound | CPU s |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for seed in range(1, given.seeds + 1):
        case = synthetic_case(replace(SIZE, units=given.units), seed)
        whole = replace(case, settings=replace(case.settings, look_past_end=True))
        clock = time.process_time()
        found = _solved(whole, given.effort)
        assert found.plan is not None
        assert found.bound is not None
        plans = [("whole", found.plan, time.process_time() - clock)]
        for weeks in given.look_ahead:
            clock = time.process_time()
            made = rolled(whole, weeks, given.assumed, given.effort)
            plans.append((f"rolling, {weeks} weeks beyond", made, time.process_time() - clock))
        first = figures(whole, found.plan).score
        for name, plan, seconds in plans:
            f = figures(whole, plan)
            wrong += not f.ok
            broken = "" if f.ok else f" ({f.breaches} breaches)"
            print(f"| {seed} | {name}{broken} | {f.score:,.1f} | {f.score / first:.1%} | "
                  f"{sum(f.floor_weeks.values())} | {found.bound:,.1f} | {seconds:.0f} |", flush=True)  # fmt: skip
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
