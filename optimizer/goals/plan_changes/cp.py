"""Constraint-programming reading: weeks elsewhere than in the last plan, events set otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from optimizer.domain.whereabouts import bases, purchases_starting, runs_starting, stands
from optimizer.rules.literals import Literals


def terms(model: Any, space: Literals) -> Iterator[tuple[float, Any]]:
    s = space.case.settings
    if s.replan:
        for changes, price in ((_places(space), s.change_price), (_events(space), s.change_price_event)):
            for sign, x in changes:
                yield -price * sign, x


def _places(space: Literals) -> Iterator[tuple[int, Any]]:
    """Signed literals that add up to the weeks at another place; home and the road are places."""
    case, inside = space.case, range(space.case.weeks)
    based, stood = bases(case.last, inside), stands(case.last, inside)
    for t in space.weeks:
        for e in case.elements:
            here = [(s, x) for p in space.posts_of[e.id] for s, x in space.weekly.at(p, t).items()]
            yield from _differs(here, based.get((e.id, t)))
        for q in case.sets:
            here = [(b.site, x) for (b, _), x in space.lives[q.id].stand_in(t)]
            yield from _differs(here, stood.get((q.id, t)))


def _events(space: Literals) -> Iterator[tuple[int, Any]]:
    last = space.case.last
    held = {x: (run.site, w) for (x, w), run in runs_starting(last, space.weeks).items()}
    begun = dict(purchases_starting(last, space.weeks))
    for run in space.runs:
        here = [(at, x) for at, x in run.at.items() if at[1] in space.weeks]
        yield from _differs(here, held.get(run.exercise.id))
    for upgrade, bought in space.purchases.items():
        yield from _differs([(w, x) for w, x in bought.items() if w in space.weeks], begun.get(upgrade))


def _differs(chosen: list[tuple[Any, Any]], old: Any) -> Iterator[tuple[int, Any]]:
    """At most one of the literals in ``chosen`` holds; 1 unless it is the old one (or none, as before)."""
    if old is None:
        yield from ((1, x) for _, x in chosen)
    else:
        yield 1, 1
        yield from ((-1, x) for key, x in chosen if key == old)
