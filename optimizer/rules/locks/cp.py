"""Constraint-programming reading: what is fixed, what the planner's lines say, what is frozen."""

from __future__ import annotations

from typing import Any

from optimizer.domain.presence import stands_for
from optimizer.domain.whereabouts import bases, purchases_starting, runs_starting, serviced, stands
from optimizer.rules.literals import Literals
from optimizer.rules.locks.truth import EVENTS, span


def post(model: Any, space: Literals) -> None:
    case = space.case
    for r in case.underway:
        kept = [_same(space.logic, slot, r) for slot in space.slots_of[r.unit]]
        model.add_bool_or(kept).with_name(r.unit)
    for upgrade, week in case.bought.items():
        model.add_bool_or([space.purchases[upgrade].get(week, 0)]).with_name(upgrade)
    for lock in case.locks:
        if lock.rule != "prefer":
            lits = [happens(space, lock)] if lock.kind in EVENTS else truth(space, lock)
            for x in lits:
                model.add_bool_or([x if lock.rule == "must" else space.logic.no(x)]).with_name(lock.id)
    if case.settings.replan:
        _frozen(model, space, min(case.settings.frozen_weeks, case.weeks))


def happens(space: Literals, lock: Any) -> Any:
    """A literal: the event of a line takes place."""
    case, (start, end) = space.case, span(space.case, lock)
    if lock.kind == "exercise":
        runs = (run for run in space.runs if run.exercise.id == lock.subject)
        found = [
            x
            for run in runs
            for (site, w), x in run.at.items()
            if start <= w < end and stands_for(case.site[site], lock.place)
        ]
    elif lock.kind == "participant":
        found = [p.on for p in space.parts_of[lock.subject] if p.run.exercise.id == lock.exercise]
    else:
        found = [x for w, x in space.purchases[lock.subject].items() if start <= w < end]
    return space.logic.either(*found)


def truth(space: Literals, lock: Any) -> list[Any]:
    """Literals, one per week a line is about: what it says of unit, element or set is true."""
    case, logic, (start, end) = space.case, space.logic, span(space.case, lock)
    sites = [s.id for s in case.sites if stands_for(s, lock.place)]

    def based(element: str, t: int) -> Any:
        posts = space.posts_of[element]
        return logic.either(*(x for p in posts for s, x in space.weekly.at(p, t).items() if s in sites))

    if lock.kind == "set":
        stand = space.lives[lock.subject].stand
        return [
            logic.either(*(x for (b, w), x in stand.items() if w == t and b.site in sites)) for t in range(start, end)
        ]
    if lock.kind == "element":
        return [based(lock.subject, t) for t in range(start, end)]
    members = case.elements_of[lock.subject]
    if lock.rule == "forbid":
        return [logic.either(*(based(e.id, t) for e in members)) for t in range(start, end)]
    return [logic.both(*(based(e.id, t) for e in members if not e.optional)) for t in range(start, end)]


def _same(logic: Any, slot: Any, r: Any) -> Any:
    """A literal: the slot is exactly the rotation ``r``."""
    given, parts = list(r.postings), [slot.on]
    for post_ in slot.posts:
        mine = next((p for p in given if p.element == post_.element), None)
        if mine is None:
            parts.append(logic.no(post_.on))
            continue
        given.remove(mine)
        parts.append(post_.ways.get((mine.site, mine.mode, mine.set_id), 0))
        parts += [logic.among(post_.arrive, mine.arrive, mine.arrive + 1)]
        parts += [logic.among(post_.depart, mine.depart, mine.depart + 1)]
    spans = (logic.among(slot.arrive, r.arrive, r.arrive + 1), logic.among(slot.depart, r.depart, r.depart + 1))
    return logic.both(*parts, *spans, int(not given))


def _frozen(model: Any, space: Literals, n: int) -> None:
    case, last = space.case, space.case.last
    based = bases(last, range(n))
    for e in case.elements:
        for t in range(n):
            here: dict[str, list[Any]] = {}
            for p in space.posts_of[e.id]:
                for s, x in space.weekly.at(p, t).items():
                    here.setdefault(s, []).append(x)
            _only(model, here, based.get((e.id, t)), e.id)
    stood, inside = stands(last, range(n)), serviced(last, range(n))
    for q in case.sets:
        for t in range(n):
            there = {b.site: [space.lives[q.id].at(b.site, t)] for b in space.lives[q.id].bays}
            _only(model, there, stood.get((q.id, t)), q.id)
            model.add(space.blocked(q.id, t) == int((q.id, t) in inside)).with_name(q.id)
    _starts(model, space, n)


def _only(model: Any, here: dict[str, list[Any]], site: str | None, who: str) -> None:
    """Exactly the one site, or none."""
    for s, lits in here.items():
        model.add(sum(lits) == int(s == site)).with_name(who)
    if site is not None and site not in here:
        model.add_bool_or([]).with_name(who)


def _starts(model: Any, space: Literals, n: int) -> None:
    """What starts in frozen weeks starts there again, with the same participants, and nothing else does."""
    last = space.case.last
    runs, bought = runs_starting(last, range(n)), purchases_starting(last, range(n))
    events = [(run.exercise.id, at, x, run) for run in space.runs for at, x in run.at.items() if 0 <= at[1] < n]
    for name, (site, w), x, run in events:
        old = runs.get((name, w))
        if old is None or old.site != site:
            model.add_bool_or([space.logic.no(x)]).with_name(name)
            continue
        for part in run.parts:
            model.add_bool_or([part.on if part.who in old.participants else space.logic.no(part.on)]).with_name(
                name
            ).only_enforce_if(x)
        missing = set(old.participants) - {p.who for p in run.parts}
        if missing:
            model.add_bool_or([space.logic.no(x)]).with_name(name)
    for (name, w), old in runs.items():
        again = [x for other, at, x, _ in events if (other, at) == (name, (old.site, w))]
        model.add_bool_or(again).with_name(name)
    for upgrade, weeks in space.purchases.items():
        for w, x in weeks.items():
            if 0 <= w < n:
                model.add(x == int((upgrade, w) in bought)).with_name(upgrade)
    for upgrade, w in bought:
        if w not in space.purchases.get(upgrade, {}):
            model.add_bool_or([]).with_name(upgrade)
