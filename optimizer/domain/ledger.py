"""Every cost of a plan, posted to a line and a week inside the plan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from optimizer.domain.case import Case
from optimizer.domain.plan import Plan, Stay
from optimizer.domain.presence import deployments


@dataclass(frozen=True)
class Entry:
    """``amount`` is money (integer); ``kind`` says what was paid for, ``subject`` for whom."""

    line: str
    week: int
    amount: int
    kind: str  # deploy, stay, exercise, fly-in, sustain, move, upgrade
    subject: str


def ledger(case: Case, plan: Plan) -> Iterator[Entry]:
    """All entries in the weeks of the plan; the sum over them is the plan's spend.

    A rotation pays its way there and back when it arrives and its upkeep each week it is
    there; one that arrived before the plan only its upkeep. Those flown in for an exercise
    are paid from the exercise line. A set costs its upkeep in every week of the plan in
    which it is available, and each move when it sets out. An upgrade is paid when building
    starts.
    """
    s = case.settings
    inside = range(case.weeks)
    for r in plan.rotations:
        for p in r.postings:
            kind = case.element_type(p.element)
            if p.arrive in inside:
                yield Entry(s.line_rotation, p.arrive, kind.modes[p.mode].cost, "deploy", p.element)
            for w in range(max(p.arrive, 0), min(p.depart, case.weeks)):
                yield Entry(s.line_rotation, w, kind.week_cost, "stay", p.element)
    for run in plan.runs:
        x = case.exercise[run.exercise]
        host = next((h.cost for h in x.hosts if h.site == run.site), 0)
        if run.start in inside:
            yield Entry(s.line_exercise, run.start, x.cost + host, "exercise", x.id)
    for d in deployments(case, plan):
        kind = case.element_type(d.element)
        if d.arrive in inside:
            yield Entry(s.line_exercise, d.arrive, kind.modes[d.mode].cost, "fly-in", d.element)
        for w in range(max(d.arrive, 0), min(d.depart, case.weeks)):
            yield Entry(s.line_exercise, w, kind.week_cost, "fly-in", d.element)
    for q in case.sets:
        for w in range(max(q.available, 0), case.weeks):
            yield Entry(s.line_set, w, q.week_cost, "sustain", q.id)
    for before, _ in moves(plan):
        if before.end in inside:
            yield Entry(s.line_set, before.end, case.prepo[before.set_id].move_cost, "move", before.set_id)
    for b in plan.purchases:
        if b.start in inside:
            yield Entry(s.line_upgrade, b.start, case.upgrade[b.upgrade].cost, "upgrade", b.upgrade)


def moves(plan: Plan) -> Iterator[tuple[Stay, Stay]]:
    """Pairs of successive stays of one set at different sites."""
    by_set: dict[str, list[Stay]] = {}
    for stay in plan.stays:
        by_set.setdefault(stay.set_id, []).append(stay)
    for stays in by_set.values():
        stays.sort(key=lambda x: x.start)
        for before, after in pairwise(stays):
            if before.site != after.site:
                yield before, after
