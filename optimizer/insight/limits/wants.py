"""Limits of money, and what the planner wants whatever it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optimizer.conflicts.items import day, freeze_item, lock_item
from optimizer.domain import Budget, Case, Rotation
from optimizer.domain.reasons import Place
from optimizer.insight.limits.base import ENOUGH, Lift, Limit, change, drop, limit, setting
from optimizer.quantities import MONEY
from optimizer.rosters import must_be_held


def money(case: Case) -> Iterator[Limit]:
    for b in case.budgets:
        rows = [Place("Budget", f"{b.year} {b.line}", "Amount")]
        text = f"{b.line} has {case.settings.money_unit} {b.amount / MONEY:,g} in {b.year}"
        if any(q is not None for q in b.quarters):
            text += ", by quarters"
        yield limit("money", f"{b.line} {b.year}", "budget", rows, text, _rich(b))
    if case.settings.total_cap is not None:
        text = f"the plan may spend {case.settings.money_unit} {case.settings.total_cap / MONEY:,g} in all"
        yield limit("total", "", "budget", [Place("Settings", "", "total_cap")], text, setting(total_cap=None))
    if case.cr is not None or any(s.cr_weeks and s.weight for s in case.scenarios):
        rows = [Place("Settings", "", "cr_weeks")]
        yield limit("resolution", "", "budget", rows, "a continuing resolution holds", _without_resolutions)


def _without_resolutions(case: Case) -> Case:
    return replace(case, cr=None, scenarios=tuple(replace(s, cr_weeks=0) for s in case.scenarios))


def _rich(row: Budget) -> Lift:
    def lift(case: Case) -> Case:
        rich = replace(row, amount=ENOUGH, quarters=(None,) * 4, last_year=None)
        return replace(case, budgets=tuple(rich if b == row else b for b in case.budgets))

    return lift


def wishes(case: Case) -> Iterator[Limit]:
    for r in case.underway:
        rows = [Place("Plan rotations", p.element, "Depart") for p in r.postings]
        text = f"the rotation of {r.unit} under way lasts until {day(case, r.depart)}"
        yield limit("under way", r.unit, "locks", rows, text, _not_under_way(r))
    if case.settings.replan and case.settings.frozen_weeks:
        freeze = freeze_item(case.settings.frozen_weeks)
        yield Limit("freeze", freeze, setting(frozen_weeks=0))
    for x in case.exercises:
        if must_be_held(case, x):
            rows = [Place("Exercises", x.id, "Mandatory")]
            yield limit(
                "mandatory",
                x.id,
                "exercise-window",
                rows,
                f"{x.id} is mandatory",
                change("exercises", x.id, mandatory=False),
            )
    for k in case.locks:
        if k.rule != "prefer":
            yield Limit("lock", lock_item(case, k), drop("locks", k))


def _not_under_way(row: Rotation) -> Lift:
    def lift(case: Case) -> Case:
        rest = tuple(r for r in case.last.rotations if r != row)
        return replace(case, last=replace(case.last, rotations=rest))

    return lift
