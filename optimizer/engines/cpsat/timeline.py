"""What the rules on one unit's intervals come to when taken together: tighter rows for the relaxation.

The slots of a unit are intervals with free ends, which a linear relaxation hardly binds. One
literal per admissible interval (and, while they are few, per element and way), of which
those that cannot follow each other exclude each other week by week, describes the same
lives without slack. Only valid, and only posted, if all of these rules are posted too.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import product
from typing import Any

from optimizer.engines.cpsat.rotations import Post, Slot
from optimizer.engines.cpsat.space import Space
from optimizer.rosters import intervals, rest_weeks

RULES = ("availability", "rotation-length", "dwell", "together", "one-place", "locks")
FEW = 20_000  # literals by element and way in the whole model

Span = tuple[int, int]


def tighten(space: Space) -> None:
    """Post the interval literals of every free unit, if the rules allow it."""
    if not space.candidates.on(*RULES) or not space.candidates.plan.empty:
        return
    free = {u: [s for s in slots if not isinstance(s.on, int)] for u, slots in space.slots_of.items()}
    spans = {u: tuple(sorted(set(intervals(space.case, u)))) for u, slots in free.items() if slots}
    size = sum(len(spans[u]) * len(p.ways) for u in spans for p in free[u][0].posts)
    for unit, found in spans.items():
        lits = _unit(space, unit, free[unit], found)
        if size <= FEW:
            for k in range(len(free[unit][0].posts)):
                _element(space, [s.posts[k] for s in free[unit]], lits)


def _unit(space: Space, unit: str, slots: list[Slot], spans: tuple[Span, ...]) -> dict[Span, Any]:
    model, logic = space.model, space.logic
    lits = {(a, d): logic.boolean(f"{unit} {a}-{d}") for a, d in spans}
    model.add(sum(s.on for s in slots) == sum(lits.values()))
    for t in space.weeks:
        model.add(sum(logic.by(s.arrive, t) for s in slots) == sum(x for (a, _), x in lits.items() if a <= t))
        model.add(sum(logic.by(s.depart, t) for s in slots) == sum(x for (_, d), x in lits.items() if d <= t))
        model.add_at_most_one(x for (a, d), x in lits.items() if a <= t < d + rest_weeks(space.case, unit, d - a))
    return lits


def _element(space: Space, posts: list[Post], unit: dict[Span, Any]) -> None:
    """One literal per interval the element itself may be there for, and way."""
    model, name = space.model, posts[0].element
    there: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
    ready: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
    chosen: defaultdict[Any, list[Any]] = defaultdict(list)
    spans: defaultdict[Span, list[Any]] = defaultdict(list)
    for (a, d), way in product(_own(space, posts[0], unit), posts[0].ways):
        x = space.logic.boolean(f"{name} {a}-{d} {way}")
        chosen[way].append(x)
        spans[a, d].append(x)
        for t in range(a, min(d, space.case.weeks)):
            there[way.site, t].append(x)
            if t >= a + posts[0].rsoi[way]:
                ready[way.site, t].append(x)
    for t in space.weeks:
        came, gone = ([x for span, xs in spans.items() if span[i] <= t for x in xs] for i in (0, 1))
        model.add(sum(space.logic.by(p.arrive, t) for p in posts) == sum(came))
        model.add(sum(space.logic.by(p.depart, t) for p in posts) == sum(gone))
    if not _stagger(space, posts[0]):
        for span, whole in unit.items():
            model.add(sum(spans[span]) <= whole)
    for way in posts[0].ways:
        model.add(sum(p.ways[way] for p in posts) == sum(chosen[way]))
    for site in dict.fromkeys(way.site for way in posts[0].ways):
        for t in space.weeks:
            model.add(sum(space.weekly.at(p, t).get(site, 0) for p in posts) == sum(there[site, t]))
            model.add(sum(space.weekly.based(p, t).get(site, 0) for p in posts) == sum(ready[site, t]))


def _stagger(space: Space, p: Post) -> int:
    """Weeks by which the element may come after, or go before, its unit."""
    return 0 if p.arrive is p.slot.arrive else space.case.unit_type(p.slot.unit).stagger


def _own(space: Space, p: Post, unit: dict[Span, Any]) -> list[Span]:
    slack = range(_stagger(space, p) + 1)
    found = {(a + i, d - j): None for a, d in unit for i, j in product(slack, slack) if a + i < d - j}
    return list(found)
