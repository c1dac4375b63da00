"""A case as it would be if one scenario came true before planning began."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optimizer.domain import Budget, Case, Plan, Rotation, Run, Scenario, Window
from optimizer.errors import UsageError
from optimizer.quantities import MILLI


def under(case: Case, scenario_id: str) -> Case:
    """The case with ``scenario_id`` taken as a fact; scenarios are no longer weighed in it.

    Legs with a closed route are gone, and so are lost sets with their holdings and locks;
    late units may first arrive ``late_weeks`` into the plan, or so much later in any window;
    every sum of money (lines, quarters, total cap) is multiplied by the budget factor,
    rounding down; a continuing resolution is in force from week 0. Reach rows still override the network.

    Raises ``UsageError`` for an unknown scenario, for a case that is one under a scenario already (its money would be
    cut twice), and where the scenario contradicts what
    is fixed: a lost set that something under way or frozen holds, or that a must line names.
    """
    s = named(case, scenario_id)
    if case.under is not None:
        raise UsageError(
            f"these inputs are already as if scenario {case.under} had come true: take the workbook they come from"
        )
    _refuse_contradictions(case, s)
    settings = case.settings
    cap = settings.total_cap
    return replace(
        case,
        settings=replace(
            settings,
            weigh_scenarios=False,
            worst_scenario_weight=0,
            total_cap=None if cap is None else _cut(cap, s),
        ),
        legs=tuple(leg for leg in case.legs if not leg.routes & s.closed_routes),
        sets=tuple(q for q in case.sets if q.id not in s.lost_sets),
        holdings=tuple(h for h in case.holdings if h.set_id not in s.lost_sets),
        locks=tuple(k for k in case.locks if not (k.kind == "set" and k.subject in s.lost_sets)),
        windows=tuple(_windows(case, s)),
        budgets=tuple(_budget(b, s) for b in case.budgets),
        scenarios=tuple(_on_top(x, s) for x in case.scenarios),
        last=without(case.last, s.lost_sets),
        under=s.id,
        cr=s if s.cr_weeks > 0 else None,
    )


def facing(case: Case, plan: Plan, scenario_id: str) -> tuple[Case, Plan]:
    """The case under a scenario, and ``plan`` as it then is: without whoever falls in on a set that is lost."""
    return under(case, scenario_id), without(plan, named(case, scenario_id).lost_sets).tidy()


def named(case: Case, scenario_id: str) -> Scenario:
    """The scenario of that name; ``UsageError`` lists the known ones if there is none."""
    for s in case.scenarios:
        if s.id == scenario_id:
            return s
    known = ", ".join(s.id for s in case.scenarios) or "none"
    raise UsageError(f"there is no scenario '{scenario_id}' in this workbook (known: {known})")


def _on_top(other: Scenario, s: Scenario) -> Scenario:
    """What ``other`` would still take away once ``s`` has come true."""
    return replace(
        other,
        lost_sets=other.lost_sets - s.lost_sets,
        closed_routes=other.closed_routes - s.closed_routes,
    )


def _windows(case: Case, s: Scenario) -> Iterator[Window]:
    for w in case.windows:
        start = max(w.start, 0) + s.late_weeks if w.unit in s.late_units else w.start
        if start < w.end:
            yield replace(w, start=start)


def _cut(amount: int, s: Scenario) -> int:
    return amount * s.budget_factor // MILLI


def _budget(b: Budget, s: Scenario) -> Budget:
    q1, q2, q3, q4 = (None if q is None else _cut(q, s) for q in b.quarters)
    return replace(b, amount=_cut(b.amount, s), quarters=(q1, q2, q3, q4))


def without(plan: Plan, lost: frozenset[str]) -> Plan:
    """A plan without what stands on lost sets: those decisions cannot be carried out. Rotations
    that were over before the plan stay, for the rest they call for."""
    if not lost:
        return plan
    rotations = (
        replace(r, postings=tuple(replace(p, set_id=None) if p.set_id in lost else p for p in r.postings))
        if r.depart <= 0
        else replace(r, postings=tuple(p for p in r.postings if p.set_id not in lost))
        for r in plan.rotations
    )
    return replace(
        plan,
        rotations=tuple(r for r in rotations if r.postings),
        stays=tuple(x for x in plan.stays if x.set_id not in lost),
        maintenance=tuple(m for m in plan.maintenance if m.set_id not in lost),
        runs=tuple(
            replace(r, participants=tuple(p for p in r.participants if p.set_id not in lost)) for r in plan.runs
        ),
    )


def _refuse_contradictions(case: Case, s: Scenario) -> None:
    frozen = case.settings.frozen_weeks if case.settings.replan else 0

    def fixed(what: Rotation | Run) -> bool:
        start = what.arrive if isinstance(what, Rotation) else what.start
        return (isinstance(what, Rotation) and start < 0 < what.depart) or 0 <= start < frozen

    for lock in case.locks:
        if lock.rule == "must" and lock.kind == "set" and lock.subject in s.lost_sets:
            raise UsageError(
                f"scenario '{s.id}' loses set {lock.subject}, which lock {lock.id} says must stand somewhere"
            )
    for r in filter(fixed, case.last.rotations):
        for p in r.postings:
            if p.set_id in s.lost_sets:
                raise UsageError(f"scenario '{s.id}' loses set {p.set_id}, which {p.element} holds under way or frozen")
    for run in filter(fixed, case.last.runs):
        for who in run.participants:
            if who.set_id in s.lost_sets:
                raise UsageError(f"scenario '{s.id}' loses set {who.set_id}, which frozen exercise {run.exercise} uses")
