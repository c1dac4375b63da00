"""Every decision a case leaves open, filtered by the local rules: the space of a real solve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from optimizer.domain import Case, Exercise, Need, PrepoSet
from optimizer.domain.network import move_weeks
from optimizer.engines.linear.stopping import Stop, watched
from optimizer.rosters import intervals, start_weeks
from optimizer.rules import RULES, reading
from optimizer.rules.exercise_needs.linear import serves
from optimizer.rules.rows import Key, Space

Filters = dict[str, list[Callable[..., bool]]]


def filters(rules: frozenset[str]) -> Filters:
    """The local filters of some rules by kind of decision."""
    found: Filters = defaultdict(list)
    for rule in RULES:
        if rule in rules:
            for kind, admit in getattr(reading(rule, "linear"), "ADMITS", {}).items():
                found[kind].append(admit)
    return found


def admitted(case: Case, key: Key, by: Filters) -> bool:
    """Whether every filter lets a decision pass."""
    return all(admit(case, *key[1:]) for admit in by.get(key[0], ()))


def universe(case: Case, stop: Stop = lambda: False) -> Space:
    """The space of all plans of the case that hold the rules; raises ``Stopped`` once ``stop`` says so."""
    every = frozenset(RULES)
    by, spans = filters(every), {u.id: _rotations(case, u.id) for u in case.units}
    members = _members(case)
    stands = {q: list(_stands(case, case.prepo[q])) for q in members}
    keys: list[Key] = [("rotate", u, a, d) for u, found in spans.items() for a, d in found]
    keys += watched(_starts(case, spans, stands), stop)
    keys += watched(_exercises(case, spans, stands, by), stop)
    for q, there in stands.items():
        keys += watched(_sets(case, case.prepo[q], there), stop)
    for u in case.upgrades:
        weeks = range(max(u.earliest, 0), min(u.latest + 1, case.weeks))
        keys += [("buy", u.id, w) for w in ([case.bought[u.id]] if u.id in case.bought else weeks)]
    kept = (key for key in watched(keys, stop) if admitted(case, key, by))
    return Space(case, kept, every, case.weeks, members)


def _rotations(case: Case, unit: str) -> list[tuple[int, int]]:
    return [*((r.arrive, r.depart) for r in case.underway if r.unit == unit), *intervals(case, unit)]


def _starts(
    case: Case, spans: dict[str, list[tuple[int, int]]], stands: dict[str, list[tuple[str, int]]]
) -> Iterator[Key]:
    for r in case.underway:
        yield from (("start", p.element, p.site, p.mode, p.set_id, p.arrive) for p in r.postings)
    under = {(r.unit, r.arrive) for r in case.underway}
    for e in case.elements:
        kind, stagger = case.types[e.type], case.unit_type(e.unit).stagger
        new = {a for a, _ in spans[e.unit] if (e.unit, a) not in under}
        weeks = sorted({t for a in new for t in range(a, min(a + stagger + 1, case.weeks))})
        sites = list(_housing(case, kind.people))
        for mode in kind.modes:
            if mode != "set":
                yield from (("start", e.id, s, mode, None, t) for s in sites for t in weeks)
                continue
            wanted = set(weeks)
            for q, there in stands.items():
                if case.prepo[q].set_type == kind.set_type:
                    yield from (("start", e.id, s, mode, q, t) for s, t in there if t in wanted and s in sites)


def _housing(case: Case, people: int) -> Iterator[str]:
    """Sites that could ever take this many people on top of nobody else."""
    for s in case.sites:
        more = sum(max(u.handover_places, 0) for u in case.upgrades if u.site == s.id)
        if s.handover_places + more >= people:  # nobody needs no place
            yield s.id


def _exercises(
    case: Case, spans: dict[str, list[tuple[int, int]]], stands: dict[str, list[tuple[str, int]]], by: Filters
) -> Iterator[Key]:
    for x in case.exercises:
        hosts = dict.fromkeys(h.site for h in x.hosts)
        runs: list[Key] = [("run", x.id, s, w) for s in hosts for w in start_weeks(case, x)]
        runs = [run for run in runs if admitted(case, run, by)]
        yield from runs
        for need in x.needs:
            for e in case.elements:
                if serves(case, e.id, need):
                    yield from _serving(case, x, need, e.id, [run[2:] for run in runs], spans[e.unit], stands)


def _serving(
    case: Case,
    x: Exercise,
    need: Need,
    element: str,
    runs: list[tuple[str, int]],
    spans: list[tuple[int, int]],
    stands: dict[str, list[tuple[str, int]]],
) -> Iterator[Key]:
    kind = case.element_type(element)
    if need.origin in ("theatre", "either"):
        weeks = {w for w in {w for _, w in runs} if any(a <= w and w + x.weeks <= d for a, d in spans)}
        yield from (("join", element, x.id, need.id, s, w) for s, w in runs if w in weeks)
    if need.origin in ("home", "either"):
        for mode in kind.modes:
            if mode != "set":
                yield from (("fly", element, x.id, need.id, s, w, mode, None) for s, w in runs)
                continue
            for q, there in stands.items():
                if case.prepo[q].set_type == kind.set_type:
                    at = set(there)
                    yield from (("fly", element, x.id, need.id, s, w, mode, q) for s, w in runs if (s, w) in at)


def _members(case: Case) -> dict[str, tuple[str, ...]]:
    """Sets by the one that stands for them: alike ones that nobody draws or names are one."""
    used = {case.types[e.type].set_type for e in case.elements if "set" in case.types[e.type].modes}
    named = {k.subject for k in case.locks if k.kind == "set"}
    groups: dict[Any, list[str]] = {}
    for q in case.sets:
        own = case.settings.replan or q.interval or q.set_type in used or q.id in named
        lost = tuple(q.id in s.lost_sets for s in case.scenarios)
        rows = frozenset((h.site, h.start, h.end) for h in case.holdings_of[q.id])
        worth = frozenset(q.worth.items())
        money = (q.week_cost, q.move_cost)
        alike = (q.set_type, worth, q.slots, q.start_site, q.available, money, lost, rows)
        groups.setdefault(q.id if own else alike, []).append(q.id)
    return {ids[0]: tuple(ids) for ids in groups.values()}


def _stands(case: Case, q: PrepoSet) -> Iterator[tuple[str, int]]:
    first = max(q.available, 0)
    seen: set[tuple[str, int]] = set()
    for h in case.holdings_of[q.id]:
        for t in range(max(h.start, first), min(h.end, case.weeks)):
            if (h.site, t) not in seen:
                seen.add((h.site, t))
                yield h.site, t


def _sets(case: Case, q: PrepoSet, there: list[tuple[str, int]]) -> Iterator[Key]:
    first = max(q.available, 0)
    yield from (("stand", q.id, s, t) for s, t in there)
    yield from (("place", q.id, s, t) for s, t in there if t == first and q.start_site in (None, s))
    if q.interval:
        length = q.maintenance_weeks
        yield from (("maint", q.id, f, min(f + length, case.weeks)) for f in range(first, case.weeks))
    if case.weeks - first < 2:
        return
    standing, at = set(there), {s.id: i for i, s in enumerate(case.sites)}
    sites = list(dict.fromkeys(s for s, _ in there))
    rows: defaultdict[str, int] = defaultdict(int)
    for h in case.holdings_of[q.id]:
        rows[h.site] += 1
    travel = move_weeks(case)[np.ix_([at[s] for s in sites], [at[s] for s in sites])]
    for i, j in np.argwhere(travel >= 0).tolist():
        if i == j and rows[sites[i]] < 2:
            continue  # a stay is only ever split where one holding row takes over from another
        weeks = int(travel[i, j])
        for t in range(first + 1, case.weeks - weeks):
            if (sites[i], t - 1) in standing and (sites[j], t + weeks) in standing:
                yield "move", q.id, sites[i], sites[j], t, t + weeks
