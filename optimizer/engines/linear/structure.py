"""What the weekly quantities are: rows that define them and belong to no rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.rules import spend
from optimizer.rules.rows import Pairs, Row, Space, Terms, put, total


def rows(space: Space) -> Iterator[Row]:
    """Definitions of out, at, fit, present, ready, stand and spent."""
    yield from _units(space)
    yield from _bases(space)
    yield from _elements(space)
    yield from _sets(space)
    yield from spend.rows(space)


def _units(space: Space) -> Iterator[Row]:
    """``arrive``, ``depart`` and ``out`` as sums of rotations."""
    for u, spans in space.rotations.items():
        sums: defaultdict[tuple[str, int], Terms] = defaultdict(dict)
        for a, d in spans:
            sums["arrive", a]["rotate", u, a, d] = -1
            sums["depart", d]["rotate", u, a, d] = -1
        last = max((d for _, d in spans), default=space.until)
        stagger = space.case.unit_type(u).stagger
        for t in range(space.lo - stagger, max(last, space.until) + stagger + 1):
            for what in ("arrive", "depart"):
                yield Row((u,), t, {(what, u, t): 1.0, **sums[what, t]}, "==", 0)
        for t in range(space.lo, space.until):
            before = [(("out", u, t - 1), -1)] if t > space.lo else []
            change = [*before, (("arrive", u, t), -1), (("depart", u, t), 1)]
            yield Row((u,), t, put({("out", u, t): 1.0}, change), "==", 0)


def _bases(space: Space) -> Iterator[Row]:
    """Nobody is at a base who was not there the week before and did not just arrive."""
    for (e, s, q), weeks in space.starts.items():
        for t in range(min(weeks), space.until):
            key = ("at", e, s, q, t)
            if key not in space.keys:
                break
            terms: Terms = {key: 1, ("at", e, s, q, t - 1): -1}
            yield Row((e, s), t, put(terms, ((k, -1) for k in weeks.get(t, ()))), "<=", 0)
        for late in space.late(e):
            if space.spelt((e, s, q), late):
                yield from _fit(space, e, s, q, late)


def _fit(space: Space, e: str, s: str, q: str | None, late: int) -> Iterator[Row]:
    """Fit exactly if there and not recently arrived; both may fail where postings can be brief."""
    brief = space.brief((e, s, q), late)
    for t in range(space.lo, space.until):
        fit, at = ("fit", e, s, q, late, t), ("at", e, s, q, t)
        recent = space.unready(e, s, q, t, late)
        ready = put({fit: 1, at: -1}, ((key, 1) for key in recent))
        yield Row((e, s), t, ready, ">=" if brief else "==", 0)
        if brief:
            yield Row((e, s), t, {fit: 1, at: -1}, "<=", 0)
            for key in recent:
                yield Row((e, s), t, {fit: 1, key: 1}, "<=", 1)


def _elements(space: Space) -> Iterator[Row]:
    """``present`` and ``ready`` count elements of a type at a site."""
    case = space.case
    bases: defaultdict[tuple[str, str], list[tuple[str, str | None]]] = defaultdict(list)
    for e, found in space.bases.items():
        for s, q in found:
            bases[case.element[e].type, s].append((e, q))
    for kind in case.unit_types:
        for site in case.sites:
            found, s = bases.get((kind.id, site.id), []), site.id
            for t in range(case.weeks):
                here: Pairs = [(("at", e, s, q, t), -1) for e, q in found]
                fit = [pair for e, q in found for pair in space.ready(e, s, q, t)]
                yield Row((kind.id, s), t, put({("present", kind.id, s, t): 1.0}, here), "==", 0)
                yield Row((kind.id, s), t, put({("ready", kind.id, s, t): 1.0}, fit, -1), "==", 0)


def _sets(space: Space) -> Iterator[Row]:
    """A set stands where it stood, was placed or arrived, until it leaves."""
    for q, sites in space.stands.items():
        change: defaultdict[tuple[str, int], Terms] = defaultdict(dict)
        for s, t in space.places[q]:
            put(change[s, t], [(("place", q, s, t), -1)])
        for s, t in space.ends[q]:
            put(change[s, t], [(("end", q, s, t), 1)])
        for origin, goal, t, v in space.moves[q]:
            put(change[origin, t], [(("move", q, origin, goal, t, v), 1)])
            put(change[goal, v], [(("move", q, origin, goal, t, v), -1)])
        for s in dict.fromkeys((*sites, *(s for s, _ in change))):  # in one order, whatever the hashing
            there = set(sites.get(s, ())) | {t for goal, t in change if goal == s}
            for t in sorted(there | {t + 1 for t in there}):
                stand = total([(("stand", q, s, t), 1), (("stand", q, s, t - 1), -1)])
                if t < space.case.weeks or space.made_of_plan:
                    yield Row((q, s), t, put(stand, change[s, t].items()), "==", 0)
