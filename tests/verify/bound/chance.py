"""Random plans that hold every rule: decisions at random, each kept if the check lets the plan pass."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from optimizer.domain import Case, Maintenance, Participant, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.rosters import intervals, start_weeks
from optimizer.rules import check_all
from tests.build import standing

TRIES = 14  # decisions tried for each plan


def holds(case: Case, plan: Plan) -> bool:
    """Whether the plan breaks no rule."""
    return not any(f.breaches for f in check_all(case, plan))


def random_plan(case: Case, rng: Random) -> Plan | None:
    """A plan; ``None`` where doing nothing, or the last plan, breaks a rule already."""
    under = Plan(rotations=case.underway, stays=standing(case))
    made = next((p for p in (under, case.last) if holds(case, p)), None)
    if made is None:
        return None
    for _ in range(TRIES):
        changed = rng.choice((_rotation, _rotation, _run, _run, _purchase, _move, _block))(case, made, rng)
        if changed is not None and holds(case, changed.tidy()):
            made = changed.tidy()
    return made


def _way(case: Case, element: str, rng: Random) -> tuple[str, str | None]:
    kind = case.element_type(element)
    mode = rng.choice(sorted(kind.modes))
    drawn = [q.id for q in case.sets if q.set_type == kind.set_type]
    return (mode, rng.choice(drawn)) if mode == "set" and drawn else (mode, None)


def _rotation(case: Case, plan: Plan, rng: Random) -> Plan | None:
    unit = rng.choice(case.units)
    spans = intervals(case, unit.id)
    if not spans:
        return None
    a, d = rng.choice(spans)
    home, slack, posts = rng.choice(case.sites).id, case.unit_type(unit.id).stagger, []
    for e in case.elements_of[unit.id]:
        if e.optional and rng.random() < 0.3:
            continue
        site = home if rng.random() < 0.6 else rng.choice(case.sites).id
        early, late = (rng.randint(0, slack) if rng.random() < 0.3 else 0 for _ in range(2))
        posts.append(Posting(e.id, site, *_way(case, e.id, rng), a + early, d - late))
    return replace(plan, rotations=(*plan.rotations, Rotation(unit.id, a, d, tuple(posts))))


def _run(case: Case, plan: Plan, rng: Random) -> Plan | None:
    free = [x for x in case.exercises if all(r.exercise != x.id for r in plan.runs) and len(start_weeks(case, x))]
    if not free:
        return None
    x = rng.choice(free)
    who: list[Participant] = []
    for need in x.needs:
        fit = [
            e.id
            for e in case.elements
            if need.what in (e.type, case.types[e.type].main_capability) and all(p.element != e.id for p in who)
        ]
        for e in rng.sample(fit, min(need.count, len(fit))):
            flown = rng.random() < (0.2 if need.origin == "theatre" else 0.6)
            who.append(Participant(need.id, e, *(_way(case, e, rng) if flown else (None, None))))
    run = Run(x.id, rng.choice(x.hosts).site, rng.choice(start_weeks(case, x)), tuple(who))
    return replace(plan, runs=(*plan.runs, run))


def _purchase(case: Case, plan: Plan, rng: Random) -> Plan | None:
    free = [b for b in case.upgrades if all(p.upgrade != b.id for p in plan.purchases)]
    if not free:
        return None
    return replace(plan, purchases=(*plan.purchases, Purchase(rng.choice(free).id, rng.randrange(case.weeks))))


def _move(case: Case, plan: Plan, rng: Random) -> Plan | None:
    """A stay cut in two, the second part somewhere else."""
    if not plan.stays:
        return None
    stay = rng.choice(plan.stays)
    if stay.end - stay.start < 3:
        return None
    leave = rng.randrange(stay.start + 1, stay.end - 1)
    after = Stay(stay.set_id, rng.choice(case.sites).id, rng.randrange(leave + 1, stay.end), stay.end)
    return replace(plan, stays=(*(s for s in plan.stays if s != stay), replace(stay, end=leave), after))


def _block(case: Case, plan: Plan, rng: Random) -> Plan | None:
    due = [q for q in case.sets if q.interval and q.maintenance_weeks]
    if not due:
        return None
    q, start = rng.choice(due), rng.randrange(case.weeks)
    block = Maintenance(q.id, start, start + q.maintenance_weeks)
    return replace(plan, maintenance=(*plan.maintenance, block))
