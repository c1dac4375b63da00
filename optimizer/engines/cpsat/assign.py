"""Between plans and variables: what a plan says of each variable, and the plan a solution is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from optimizer.domain import Maintenance, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.engines.cpsat.candidates import Way
from optimizer.engines.cpsat.events import Held
from optimizer.engines.cpsat.logic import Lit
from optimizer.engines.cpsat.rotations import Slot
from optimizer.engines.cpsat.sets import Bay, Life
from optimizer.engines.cpsat.space import Space

Value = tuple[Any, int]


class Unrepresentable(Exception):
    """The plan holds something outside the domains of the space."""


def values(space: Space, plan: Plan) -> list[Value]:
    """(variable, value) for every decision; raises ``Unrepresentable``."""
    out: list[Value] = []
    for var, value in _told(space, plan):
        if isinstance(var, int):
            if var != value:
                raise Unrepresentable
        else:
            out.append((var, value))
    return out


def _told(space: Space, plan: Plan) -> Iterator[Value]:
    for unit, slots in space.slots_of.items():
        rotations = sorted(r for r in plan.rotations if r.unit == unit)
        if len(rotations) > len(slots):
            raise Unrepresentable
        for k, slot in enumerate(slots):
            yield from _slot(space, slot, rotations[k] if k < len(rotations) else None)
    for name in space.case.exercise:
        copies = [run for run in space.runs if run.exercise.id == name]
        runs = [r for r in plan.runs if r.exercise == name]
        if len(runs) > len(copies):
            raise Unrepresentable
        for k, copy in enumerate(copies):
            yield from _run(copy, runs[k] if k < len(runs) else None)
    for q, life in space.lives.items():
        yield from _life(life, sorted((s for s in plan.stays if s.set_id == q), key=lambda s: (s.start, s.end)))
        yield from _blocks(space, q, [m for m in plan.maintenance if m.set_id == q])
    for upgrade, weeks in space.purchases.items():
        starts = [b.start for b in plan.purchases if b.upgrade == upgrade]
        if len(set(starts)) < len(starts) or not set(starts) <= set(weeks):
            raise Unrepresentable
        yield from ((x, int(w in starts)) for w, x in weeks.items())


def _slot(space: Space, slot: Slot, r: Rotation | None) -> Iterator[Value]:
    yield slot.on, int(r is not None)
    yield from _week(space, slot.arrive, r.arrive if r else space.end)
    yield from _week(space, slot.depart, r.depart if r else space.end)
    left = list(r.postings) if r else []
    for post in slot.posts:
        p = next((p for p in left if p.element == post.element), None)
        if p is not None:
            left.remove(p)
        if p is not None and Way(p.site, p.mode, p.set_id) not in post.ways:
            raise Unrepresentable
        yield post.on, int(p is not None)
        yield from _week(space, post.arrive, p.arrive if p else space.end)
        yield from _week(space, post.depart, p.depart if p else space.end)
        yield from ((x, int(p is not None and way == (p.site, p.mode, p.set_id))) for way, x in post.ways.items())
    if left:
        raise Unrepresentable


def _week(space: Space, var: Any, week: int) -> Iterator[Value]:
    if week not in space.logic.domain(var):
        raise Unrepresentable
    yield var, week


def _run(run: Held, r: Run | None) -> Iterator[Value]:
    if r is not None and (r.site, r.start) not in run.at:
        raise Unrepresentable
    yield from ((x, int(r is not None and at == (r.site, r.start))) for at, x in run.at.items())
    left = list(r.participants) if r else []
    for part in run.parts:
        yield part.on, int(part.who in left)
        if part.who in left:
            left.remove(part.who)
    if left:
        raise Unrepresentable


def _life(life: Life, stays: list[Stay]) -> Iterator[Value]:
    taken: dict[tuple[Bay, int], int] = {}
    placed: list[Bay] = []
    for s in stays:
        spots = [b for b in life.bays if b.site == s.site and b.start <= s.start and s.end <= b.end]
        spots.sort(key=lambda b: (b.start != s.start or b.end != s.end, b.row))
        bay = next((b for b in spots if not any((b, t) in taken for t in range(s.start, s.end))), None)
        if bay is None or s.start >= s.end:
            raise Unrepresentable
        taken |= {(bay, t): 1 for t in range(s.start, s.end)}
        placed.append(bay)
    yield from ((x, taken.get(key, 0)) for key, x in life.stand.items())
    out, back = set(), set()
    for k in range(1, len(stays)):
        if stays[k].site != stays[k - 1].site and stays[k].start >= stays[k - 1].end:
            out.add((placed[k - 1], stays[k - 1].end))
            back.add((placed[k], stays[k - 1].site, stays[k].start))
    yield from ((x, int(leaving in out)) for leaving, x in life.leave.items())
    yield from ((x, int(entering in back)) for entering, x in life.enter.items())


def _blocks(space: Space, set_id: str, blocks: list[Maintenance]) -> Iterator[Value]:
    q, left = space.case.prepo[set_id], [(m.start, m.end) for m in blocks]
    for b in space.blocks[set_id]:
        same = [span for span in ((b.start, b.end), (b.start, b.start + q.maintenance_weeks)) if span in left]
        yield b.on, int(bool(same))
        if same:
            left.remove(same[0])
    if left:
        raise Unrepresentable


def plan_of(space: Space, value: Callable[[Lit], int]) -> Plan:
    """The tidy plan of a solution; ``value`` gives a variable's value."""

    def of(x: Lit) -> int:
        return x if isinstance(x, int) else value(x)

    rotations = []
    for slot in space.slots:
        if of(slot.on):
            postings = tuple(
                Posting(p.element, *next(way for way, x in p.ways.items() if of(x)), of(p.arrive), of(p.depart))
                for p in slot.posts
                if of(p.on)
            )
            rotations.append(Rotation(slot.unit, of(slot.arrive), of(slot.depart), postings))
    runs = []
    for run in space.runs:
        for (site, week), x in run.at.items():
            if of(x):
                parts = tuple(p.who for p in run.parts if of(p.on))
                runs.append(Run(run.exercise.id, site, week, parts))
    stays = [s for life in space.lives.values() for s in _stays(life, of)]
    blocks = [Maintenance(q, b.start, b.end) for q, found in space.blocks.items() for b in found if of(b.on)]
    bought = [Purchase(u, w) for u, weeks in space.purchases.items() for w, x in weeks.items() if of(x)]
    return Plan(tuple(rotations), tuple(stays), tuple(blocks), tuple(runs), tuple(bought)).tidy()


def _stays(life: Life, of: Callable[[Lit], int]) -> Iterator[Stay]:
    for b in life.bays:
        first = None
        for t in range(b.start, b.end + 1):
            there = t < b.end and bool(of(life.stand[b, t]))
            if there and first is None:
                first = t
            if not there and first is not None:
                yield Stay(life.prepo.id, b.site, first, t)
                first = None
