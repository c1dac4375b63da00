"""The ledger as expressions: what a line is charged in a span of weeks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optimizer.engines.cpsat.space import Space


def entries(space: Space, line: str, start: int, end: int) -> Iterator[tuple[int, Any]]:
    """(money, literal) posted to ``line`` in weeks ``[start, end)``, as ``optimizer.domain.ledger`` posts it."""
    s, weeks = space.case.settings, range(max(start, 0), min(end, space.case.weeks))
    if line == s.line_rotation:
        yield from _rotations(space, weeks)
    if line == s.line_exercise:
        yield from _exercises(space, weeks)
    if line == s.line_set:
        for life in space.lives.values():
            q = life.prepo
            yield q.week_cost * sum(t >= q.available for t in weeks), 1
            yield from ((q.move_cost, x) for (_, t), x in life.leave.items() if t in weeks)
    if line == s.line_upgrade:
        for u in space.case.upgrades:
            yield from ((u.cost, x) for w, x in space.purchases[u.id].items() if w in weeks)


def _rotations(space: Space, weeks: range) -> Iterator[tuple[int, Any]]:
    logic = space.logic
    for p in space.posts:
        came = logic.among(p.arrive, weeks.start, weeks.stop) if weeks else 0
        by_cost: dict[int, list[Any]] = {}
        for way, x in p.ways.items():
            by_cost.setdefault(p.kind.modes[way.mode].cost, []).append(x)
        for cost, lits in by_cost.items():
            yield cost, logic.both(came, 1 if len(by_cost) == 1 else logic.total(lits))
        for t in weeks if p.kind.week_cost else ():
            yield p.kind.week_cost, logic.by(p.arrive, t)
            yield -p.kind.week_cost, logic.by(p.depart, t)


def _exercises(space: Space, weeks: range) -> Iterator[tuple[int, Any]]:
    for run in space.runs:
        x = run.exercise
        host = {h.site: h.cost for h in reversed(x.hosts)}
        yield from ((x.cost + host.get(s, 0), lit) for (s, w), lit in run.at.items() if w in weeks)
        for part in run.parts:
            if part.who.mode is None:
                continue
            kind = space.case.element_type(part.who.element)
            for (_, w), lit in part.takes.items():
                arrive = w - part.early
                stay = len(range(max(arrive, weeks.start), min(w + x.weeks, weeks.stop)))
                yield kind.week_cost * stay + (kind.modes[part.who.mode].cost if arrive in weeks else 0), lit
