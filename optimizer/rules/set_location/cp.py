"""Constraint-programming reading: a set's walk over its bays, with moves of exact length."""

from __future__ import annotations

from typing import Any

from optimizer.domain.network import move_weeks
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    """Lives take their walk from its first week to the plan's end; sites have slots; nobody holds a set on the road."""
    case = space.case
    for life in space.lives.values():
        _walk(model, space, life)
        _undisturbed(model, space, life)
    for s in case.sites:
        for t in space.weeks:
            used = sum(life.prepo.slots * life.at(s.id, t) for life in space.lives.values())
            more = sum(u.slots * space.built(u.id, t) for u in case.upgrades if u.site == s.id and u.slots)
            model.add(used <= s.slots + more).with_name(s.id)


def _walk(model: Any, space: Literals, life: Any) -> None:
    case, q = space.case, life.prepo
    first = max(q.available, 0)
    rows = {(h.site, max(h.start, 0), min(h.end, case.weeks)) for h in case.holdings_of[q.id]}
    for b in life.bays:
        if not any(s == b.site and start <= b.start and b.end <= end for s, start, end in rows):
            for t in range(b.start, b.end):
                model.add(life.stand[b, t] == 0).with_name(q.id)
    starts = [x for (b, t), x in life.begin.items() if t == first and q.start_site in (None, b.site)]
    model.add(sum(life.begin.values()) == int(first < case.weeks)).with_name(q.id)
    model.add(sum(starts) == int(first < case.weeks)).with_name(q.id)
    for where, x in [*life.begin.items(), *(((b, t), x) for (b, _, t), x in life.enter.items())]:
        model.add(life.stand[where] >= x).with_name(q.id)  # for a week at least
    for (_, t), x in life.stop.items():
        if t != case.weeks:
            model.add(x == 0).with_name(q.id)
    _moves(model, space, life)


def _moves(model: Any, space: Literals, life: Any) -> None:
    """Each departure from a bay is one move to one bay, entered exactly when the road ends."""
    case, q = space.case, life.prepo
    at, road = {s.id: i for i, s in enumerate(case.sites)}, move_weeks(case)
    entering: dict[Any, list[Any]] = {key: [] for key in life.enter}
    for (b, t), leave in life.leave.items():
        moves = []
        for c in life.bays:
            arrive = t + int(road[at[b.site], at[c.site]])
            if c.site != b.site and arrive > t and (c, b.site, arrive) in life.enter:
                moves.append(space.logic.boolean(f"{q.id} {b.site}>{c.site} {t}"))
                entering[c, b.site, arrive].append(moves[-1])
        model.add(sum(moves) == leave).with_name(q.id)
    for key, moves in entering.items():
        model.add(sum(moves) == life.enter[key]).with_name(q.id)


def _undisturbed(model: Any, space: Literals, life: Any) -> None:
    """While it is held or maintained a set that is there at all is not on the road."""
    q = life.prepo
    for t in range(max(q.available, 0), space.case.weeks):
        there = life.at(None, t)
        busy = [x for _, _, x in space.holders(q.id, t)] + [b.on for b in space.blocks[q.id] if b.start <= t < b.end]
        for x in busy:
            if not (isinstance(x, int) and not x):
                model.add(there >= x).with_name(q.id)
