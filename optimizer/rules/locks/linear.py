"""Rotations under way, lines typed by the planner, frozen weeks."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.domain import Lock, Rotation
from optimizer.domain.presence import stands_for
from optimizer.domain.whereabouts import bases, purchases_starting, runs_starting, serviced, stands
from optimizer.rules.locks.truth import EVENTS, span
from optimizer.rules.rows import Key, Pairs, Row, Space, total


def rows(space: Space) -> Iterator[Row]:
    """Equalities for what is fixed; a sum at least or at most for each line (and week)."""
    case = space.case
    for r in case.underway:
        yield from _underway(space, r)
    for upgrade, week in case.bought.items():
        yield Row((upgrade,), 0, {("buy", upgrade, week): 1}, "==", 1)
    for lock in case.locks:
        if lock.rule == "prefer":
            continue
        who = (lock.id, lock.subject)
        if lock.kind in EVENTS:
            sense, rhs = (">=", 1) if lock.rule == "must" else ("<=", 0)
            yield Row(who, span(case, lock)[0], total(event(space, lock)), sense, rhs)
            continue
        for t in range(*span(case, lock)):
            for there in weekly(space, lock, t):
                sense, rhs = (">=", 1) if lock.rule == "must" else ("<=", 0)
                yield Row(who, t, total(there), sense, rhs)
    if case.settings.replan:
        yield from _frozen(space, min(case.settings.frozen_weeks, case.weeks))


def event(space: Space, lock: Lock) -> Pairs:
    """How often the event of a line happens."""
    case, (first, until) = space.case, span(space.case, lock)
    if lock.kind == "exercise":
        runs = ((s, w) for s, w in space.runs[lock.subject] if first <= w < until)
        return [(("run", lock.subject, s, w), 1) for s, w in runs if stands_for(case.site[s], lock.place)]
    if lock.kind == "participant":
        return [(p.key, 1) for p in space.participations if (p.element, p.exercise) == (lock.subject, lock.exercise)]
    return [(("buy", lock.subject, w), 1) for w in space.buys[lock.subject] if first <= w < until]


def weekly(space: Space, lock: Lock, week: int) -> Iterator[Pairs]:
    """The sums that all have to be 1 for a line to be true in a week (all 0 for a forbidding one)."""
    case = space.case
    if lock.kind == "set":
        rep = next(rep for rep, members in space.members.items() if lock.subject in members)
        sites = [s for s in space.stands[rep] if stands_for(case.site[s], lock.place)]
        yield [(("stand", rep, s, week), 1) for s in sites]
        return
    elements = [lock.subject] if lock.kind == "element" else []
    if lock.kind == "unit":
        every = lock.rule == "forbid"
        elements = [e.id for e in case.elements_of[lock.subject] if every or not e.optional]
    for e in elements:
        based = space.based(e, week)
        yield [(key, one) for key, one in based if stands_for(case.site[key[2]], lock.place)]


def _underway(space: Space, r: Rotation) -> Iterator[Row]:
    case, posted = space.case, {p.element: p for p in r.postings}
    yield Row((r.unit,), 0, {("rotate", r.unit, r.arrive, r.depart): 1}, "==", 1)
    for e in sorted({e.id for e in case.elements_of[r.unit]} | set(posted)):
        p = posted.get(e)
        if p is not None:
            key = ("start", e, p.site, p.mode, p.set_id, p.arrive)
            yield Row((r.unit, e), 0, {key: 1}, "==", 1)
        for t in range(max(r.arrive, space.lo), min(r.depart, space.until)):
            there = p is not None and p.arrive <= t < p.depart
            if p is not None and there:
                yield Row((r.unit, e), t, {("at", e, p.site, p.set_id, t): 1}, "==", 1)
            yield Row((r.unit, e), t, total(space.based(e, t)), "==", int(there))


def _frozen(space: Space, n: int) -> Iterator[Row]:
    """What the last plan shows in weeks ``[0, n)``, quantity by quantity."""
    case = space.case
    old = bases(case.last, range(n))
    for e in case.elements:
        for t in range(n):
            site = old.get((e.id, t))
            if site is not None:
                yield Row((e.id,), t, total(space.based(e.id, t, site)), "==", 1)
            yield Row((e.id,), t, total(space.based(e.id, t)), "==", int(site is not None))
    yield from _frozen_sets(space, n)
    yield from _frozen_events(space, n)


def _frozen_sets(space: Space, n: int) -> Iterator[Row]:
    case = space.case
    there, blocked = stands(case.last, range(n)), serviced(case.last, range(n))
    for q in case.sets:
        sites = set(space.stands[q.id]) | {site for (name, _), site in there.items() if name == q.id}
        for t in range(n):
            for s in sorted(sites):
                yield Row((q.id, s), t, {("stand", q.id, s, t): 1}, "==", int(there.get((q.id, t)) == s))
            yield Row((q.id,), t, total(space.serviced(q.id, t)), "==", int((q.id, t) in blocked))


def _frozen_events(space: Space, n: int) -> Iterator[Row]:
    case = space.case
    runs, bought = runs_starting(case.last, range(n)), purchases_starting(case.last, range(n))
    serving: dict[tuple[str, int], list[Key]] = {}
    for p in space.participations:
        if 0 <= p.start < n:
            serving.setdefault((p.exercise, p.start), []).append(p.key)
    for x in case.exercises:
        for t in range(n):
            old = runs.get((x.id, t))
            here = total((("run", x.id, s, w), 1) for s, w in space.runs[x.id] if w == t)
            yield Row((x.id,), t, here, "==", int(old is not None))
            if old is None:
                continue
            yield Row((x.id,), t, {("run", x.id, old.site, t): 1}, "==", 1)
            keys = serving.get((x.id, t), [])
            yield Row((x.id,), t, total((key, 1) for key in keys), "==", len(old.participants))
            for who in old.participants:
                name: Key = ("join", who.element, x.id, who.need, old.site, t)
                if who.mode is not None:
                    name = ("fly", *name[1:], who.mode, who.set_id)
                yield Row((x.id, who.element), t, {name: 1}, "==", 1)
    for u in case.upgrades:
        for t in range(n):
            yield Row((u.id,), t, {("buy", u.id, t): 1}, "==", int((u.id, t) in bought))
