"""A plan as quantities, and quantities as a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from optimizer.domain import Maintenance, Participant, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.rules.rows import Key, Space

Values = dict[Key, float]


def encode(plan: Plan) -> Values:
    """The quantities of a plan, whatever rules it breaks; doubled decisions count twice."""
    values: defaultdict[Key, float] = defaultdict(float)
    for key in _decisions(plan):
        values[key] += 1
    return dict(values)


def _decisions(plan: Plan) -> Iterator[Key]:
    for r in plan.rotations:
        yield "rotate", r.unit, r.arrive, r.depart
        for p in r.postings:
            yield "start", p.element, p.site, p.mode, p.set_id, p.arrive
            yield from (("at", p.element, p.site, p.set_id, t) for t in range(p.arrive, p.depart))
    stays: defaultdict[str, list[Stay]] = defaultdict(list)
    for stay in plan.stays:
        stays[stay.set_id].append(stay)
    for q, found in stays.items():
        yield from _sojourns(q, sorted(found, key=lambda s: (s.start, s.end)))
    for m in plan.maintenance:
        yield "maint", m.set_id, m.start, m.end
    for run in plan.runs:
        yield "run", run.exercise, run.site, run.start
        for who in run.participants:
            ids = (who.element, run.exercise, who.need, run.site, run.start)
            yield ("join", *ids) if who.mode is None else ("fly", *ids, who.mode, who.set_id)
    for b in plan.purchases:
        yield "buy", b.upgrade, b.start


def _sojourns(q: str, stays: list[Stay]) -> Iterator[Key]:
    yield "place", q, stays[0].site, stays[0].start
    for before, after in pairwise(stays):
        yield "move", q, before.site, after.site, before.end, after.start
    yield "end", q, stays[-1].site, stays[-1].end
    for s in stays:
        yield from (("stand", q, s.site, t) for t in range(s.start, s.end))
        if s.end <= s.start:  # a stay of no week: a move to the same place that takes less than none
            yield "move", q, s.site, s.site, s.start, s.start - 1


def hint(space: Space, plan: Plan | None) -> Values:
    """Values of the space's decisions to begin a search from: the plan's, as far as the space has
    them, or without a plan nothing new (no rotation, exercise or purchase) and sets left open."""
    if plan is None:
        given = {("rotate", r.unit, r.arrive, r.depart) for r in space.case.underway}
        return {key: float(key in given) for key in space.keys if key[0] in ("rotate", "run", "buy")}
    stands_for = {q: rep for rep, members in space.members.items() for q in members}
    values: defaultdict[Key, float] = defaultdict(float, dict.fromkeys(space.keys, 0.0))
    for key, value in encode(plan).items():
        if key[0] in ("place", "move", "stand", "maint"):
            key = (key[0], stands_for[key[1]], *key[2:])
        if key in space.keys:
            values[key] += value
    return values


def strangers(plan: Plan, unit_of: Mapping[str, str]) -> Iterator[Key]:
    """Elements named in rotations of other units."""
    for r in plan.rotations:
        yield from (("foreign", r.unit, p.element) for p in r.postings if unit_of[p.element] != r.unit)


def decode(space: Space, values: Values) -> Plan:
    """The plan behind a solution of the space."""
    chosen: defaultdict[str, list[Key]] = defaultdict(list)
    for key, value in values.items():
        if value > 0.5:
            chosen[key[0]].append(key)
    runs: defaultdict[tuple[str, str, int], list[Participant]] = defaultdict(list)
    for _, e, i, n, s, w in chosen["join"]:
        runs[i, s, w].append(Participant(n, e))
    for _, e, i, n, s, w, m, q in chosen["fly"]:
        runs[i, s, w].append(Participant(n, e, m, q))
    return Plan(
        tuple(_rotations(space, chosen, values)),
        tuple(stay for q in space.members for stay in _stays(space, q, values)),
        tuple(Maintenance(q, f, g) for _, q, f, g in chosen["maint"]),
        tuple(Run(i, s, w, tuple(runs[i, s, w])) for _, i, s, w in chosen["run"]),
        tuple(Purchase(b, w) for _, b, w in chosen["buy"]),
    ).tidy()


def _rotations(space: Space, chosen: Mapping[str, list[Key]], values: Values) -> Iterator[Rotation]:
    case = space.case
    underway = {(r.unit, r.arrive, r.depart): r for r in case.underway}
    starts: defaultdict[str, list[Key]] = defaultdict(list)
    for key in chosen["start"]:
        starts[case.element[key[1]].unit].append(key)
    for _, u, a, d in chosen["rotate"]:
        if (u, a, d) in underway:
            yield underway[u, a, d]
            continue
        stagger = case.unit_type(u).stagger
        postings = []
        for _, e, s, m, q, t in starts[u]:
            if a <= t <= min(a + stagger, d - 1):  # from week d on it is the next rotation's
                end = next((w for w in range(t + 1, space.until) if values.get(("at", e, s, q, w), 0.0) < 0.5), d)
                postings.append(Posting(e, s, m, q, t, min(end, d)))
        yield Rotation(u, a, d, tuple(postings))


def _stays(space: Space, q: str, values: Values) -> Iterator[Stay]:
    """Follows each set of a group from where it is placed; alike ones are told apart in any way."""
    leaving: defaultdict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for m in sorted(space.moves[q], key=str):
        leaving[m[0], m[2]] += [(m[1], m[3])] * round(values.get(("move", q, *m), 0.0))
    names = iter(space.members[q])
    for site, first in _placed(space, q, values):
        name, where, start = next(names), site, first
        for t in range(first + 1, space.case.weeks):
            if t > start and leaving[where, t]:
                goal, arrive = leaving[where, t].pop(0)
                yield Stay(name, where, start, t)
                where, start = goal, arrive
        yield Stay(name, where, start, space.case.weeks)


def _placed(space: Space, q: str, values: Values) -> Iterable[tuple[str, int]]:
    for s, t in space.places[q]:
        yield from [(s, t)] * round(values.get(("place", q, s, t), 0.0))
