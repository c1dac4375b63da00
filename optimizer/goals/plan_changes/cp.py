"""Constraint-programming reading: weeks elsewhere than in the last plan, events set otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def terms(model: Any, space: Any) -> Iterator[tuple[float, Any]]:
    s = space.case.settings
    if s.replan:
        for changes, price in ((_places(space), s.change_price), (_events(space), s.change_price_event)):
            for sign, x in changes:
                yield -price * sign, x


def _places(space: Any) -> Iterator[tuple[int, Any]]:
    """Signed literals that add up to the weeks at another place; home and the road are places."""
    case, last = space.case, space.case.last
    bases = {(p.element, t): p.site for r in last.rotations for p in r.postings for t in range(p.arrive, p.depart)}
    stands = {(x.set_id, t): x.site for x in last.stays for t in range(x.start, x.end)}
    for t in space.weeks:
        for e in case.elements:
            here = [(s, x) for p in space.posts_of[e.id] for s, x in space.weekly.at(p, t).items()]
            yield from _differs(here, bases.get((e.id, t)))
        for q in case.sets:
            here = [(b.site, x) for (b, _), x in space.lives[q.id].stand_in(t)]
            yield from _differs(here, stands.get((q.id, t)))


def _events(space: Any) -> Iterator[tuple[int, Any]]:
    last = space.case.last
    for run in space.runs:
        old = [(r.site, r.start) for r in last.runs if r.exercise == run.exercise.id and r.start in space.weeks]
        yield from _differs([(at, x) for at, x in run.at.items() if at[1] in space.weeks], old[-1] if old else None)
    for upgrade, bought in space.purchases.items():
        weeks = [b.start for b in last.purchases if b.upgrade == upgrade and b.start in space.weeks]
        yield from _differs([(w, x) for w, x in bought.items() if w in space.weeks], weeks[-1] if weeks else None)


def _differs(chosen: list[tuple[Any, Any]], old: Any) -> Iterator[tuple[int, Any]]:
    """At most one of the literals in ``chosen`` holds; 1 unless it is the old one (or none, as before)."""
    if old is None:
        yield from ((1, x) for _, x in chosen)
    else:
        yield 1, 1
        yield from ((-1, x) for key, x in chosen if key == old)
