"""Constraint-programming reading: blocks as optional fixed intervals that chain within the set's interval."""

from __future__ import annotations

from typing import Any

from optimizer.domain.beyond import due_after
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    """Every block is followed in time by the next one while the plan lasts."""
    case = space.case
    for q in case.sets:
        blocks, life = space.blocks[q.id], space.lives[q.id]
        if not q.interval:
            for b in blocks:
                model.add(b.on == 0).with_name(q.id)
            continue
        _due(model, space, q, case.maintained[q.id], [1], blocks)
        for b in blocks:
            length = min(b.start + q.maintenance_weeks, case.weeks) - b.start
            if b.start < max(q.available, 0) or b.start >= case.weeks or min(b.end, case.weeks) - b.start != length:
                model.add(b.on == 0).with_name(q.id)
            elif b.end < case.weeks:
                _due(model, space, q, b.end, [b.on], [c for c in blocks if c.start >= b.end])
            _one_stay(model, space, life, b)
        for until, _, held in space.overruns(q.id):
            if (due_after(case, q.id, None) or 0) < until:
                in_time = [b.on for b in blocks if b.end + q.interval >= until]
                model.add_bool_or([space.logic.no(held), *in_time]).with_name(q.id)
        for t in space.weeks:
            inside = [b.on for b in blocks if b.start <= t < b.end]
            model.add_at_most_one(inside).with_name(q.id)
            for _, _, x in space.holders(q.id, t) if inside else ():
                model.add(sum(inside) + x <= 1).with_name(q.id)


def _due(model: Any, space: Literals, q: Any, end: int, when: list[Any], blocks: Any) -> None:
    due = max(end + q.interval, q.available, 0)
    if due < space.case.weeks:
        model.add_bool_or([b.on for b in blocks if b.start <= due]).with_name(q.id).only_enforce_if(when)


def _one_stay(model: Any, space: Literals, life: Any, b: Any) -> None:
    """Some bay is stood in from the block's first week to its last, without leaving in between."""
    weeks = range(b.start, min(b.end, space.case.weeks))
    if not weeks:
        return
    stays = []
    for bay in life.bays:
        whole = space.logic.both(*(life.stand.get((bay, t), 0) for t in weeks))
        stays.append(whole)
    model.add_bool_or(stays).with_name(life.prepo.id).only_enforce_if(b.on)
