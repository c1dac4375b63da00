"""Random shocks to a plan in force: ``python -m tests.cycle.shocks [--runs N] [--book BOOK] [--class S|M]``.

A unit comes late or is lost, a site is shut, money is ten per cent less or more, an exercise is off. Each is replanned,
and held against keeping what fits and against a plan from scratch at the same effort. It must hold every rule, score no
less than what fits, and change far fewer weeks than a plan from scratch.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median

from optimizer.domain import Case, Closure, Plan
from optimizer.domain.history import joined, present
from optimizer.domain.outcome import Options
from optimizer.engines import lagrangian
from optimizer.engines.lagrangian.kept import kept
from optimizer.goals.plan_changes.score import changes
from optimizer.insight.replan.swaps import judged
from optimizer.insight.replan.undo import fewer
from optimizer.synthetic import CLASSES, synthetic_case
from optimizer.workflow.asking import ask
from optimizer.workflow.replanning import near


def late(r: Random, c: Case, p: Plan) -> Case:
    unit = _unit(r, c, p)
    by = r.randint(2, 8)
    return replace(c, windows=tuple(replace(w, start=w.start + by) if w.unit == unit else w for w in c.windows))


def lost(r: Random, c: Case, p: Plan) -> Case:
    unit = _unit(r, c, p)
    return replace(c, windows=tuple(w for w in c.windows if w.unit != unit))


def shut(r: Random, c: Case, p: Plan) -> Case:
    site = r.choice(sorted({x.site for q in p.rotations for x in q.postings}))
    start = r.randrange(2, c.weeks - 4)
    end = min(c.weeks, start + r.randint(4, 12))
    return replace(c, closures=(*c.closures, Closure(site, start, end, "places", 0)))


def money(r: Random, c: Case, p: Plan) -> Case:
    per_mille = r.choice((900, 1100))
    lines = (c.settings.line_rotation, c.settings.line_exercise)
    return replace(c, budgets=tuple(
        replace(b, amount=b.amount * per_mille // 1000) if b.line in lines else b for b in c.budgets
    ))  # fmt: skip


def off(r: Random, c: Case, p: Plan) -> Case:
    if not p.runs:
        return money(r, c, p)
    gone = r.choice(p.runs).exercise
    last = replace(c.last, runs=tuple(x for x in c.last.runs if x.exercise != gone))
    locks = tuple(k for k in c.locks if gone not in (k.subject, k.exercise))
    return replace(c, exercises=tuple(x for x in c.exercises if x.id != gone), last=last, locks=locks)


SHOCKS: tuple[Callable[[Random, Case, Plan], Case], ...] = (late, lost, shut, money, off)


def _unit(r: Random, c: Case, p: Plan) -> str:
    """A unit that the plan sends, not yet under way."""
    under = {x.unit for x in c.underway}
    return r.choice(sorted({x.unit for x in p.rotations} - under))


def one(case: Case, plan: Plan, seed: int, effort: str) -> tuple[str, float, float, int, int]:
    """Shock, replan; (shock, score, score of what fits, changed weeks, changed weeks of a plan from scratch)."""
    r = Random(seed)
    shock = SHOCKS[seed % len(SHOCKS)]
    c = shock(r, replace(case, last=joined(plan, case.last), settings=replace(case.settings, replan=True)), plan)
    options = Options(effort, seed=1)
    old = present(c.last)
    found = ask(near, c, options)
    assert found.plan is not None, (shock.__name__, found.status)
    fits = kept(c, old)
    new = fewer(c, old, found.plan, fits)
    broken, score = judged(c, new)
    assert not broken
    least = float("-inf") if fits is None else judged(c, fits)[1]
    scratch = lagrangian.solve(replace(c, last=case.last, settings=case.settings), options).plan
    afresh = -1 if scratch is None else changes(c, scratch)[0]
    return shock.__name__, score, least, changes(c, new)[0], afresh


def cases(given: argparse.Namespace) -> Case:
    if given.book is None:
        return synthetic_case(CLASSES[given.size], seed=1)
    from optimizer.workbook.reader import read_for_solving

    return read_for_solving(given.book)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=100)
    options.add_argument("--book", type=Path)
    options.add_argument("--class", dest="size", default="S")
    options.add_argument("--effort", default="quick")
    options.add_argument("--first", type=int, default=0)
    given = options.parse_args()
    case = cases(given)
    base = lagrangian.solve(case, Options(given.effort, seed=1)).plan
    assert base is not None
    counted: Counter[str] = Counter()
    ratios, below = [], 0
    for seed in range(given.first, given.first + given.runs):
        name, score, least, weeks, afresh = one(case, base, seed, given.effort)
        counted[name] += 1
        below += score < least - 1e-6 * abs(least)
        if afresh >= 0:
            ratios.append(afresh / max(weeks, 1))
        print(
            f"{seed} {name}: {score:,.2f} (fitted {least:,.2f}), {weeks} weeks changed, {afresh} from scratch",
            flush=True,
        )
    print(f"{sum(counted.values())} shocks {dict(counted)}: {below} below fit-and-keep; "
          f"from scratch {median(ratios):.1f} times as many weeks changed (median of {len(ratios)})")  # fmt: skip
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
