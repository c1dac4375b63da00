"""Constraint-programming reading: elements go as often as their unit and keep to its interval."""

from __future__ import annotations

from typing import Any

from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    case, logic = space.case, space.logic
    for slot in space.slots:
        own: dict[str, list[Any]] = {e.id: [] for e in case.elements_of[slot.unit]}
        for p in slot.posts:
            if p.element in own:
                own[p.element].append(p)
            else:
                model.add_bool_or([logic.no(p.on)]).with_name(slot.unit)
            _spans(model, slot, p, case.unit_type(slot.unit).stagger)
            for way, x in p.ways.items():
                if (way.mode == "set") != (way.set_id is not None):
                    model.add_bool_or([logic.no(x)]).with_name(p.element)
        for e in case.elements_of[slot.unit]:
            times = sum(p.on for p in own[e.id])
            model.add(times <= slot.on if e.optional else times == slot.on).with_name(e.id)
        model.add_bool_or([p.on for p in slot.posts]).with_name(slot.unit).only_enforce_if(slot.on)
        for first, edge in ((True, slot.arrive), (False, slot.depart)):
            opens = (_same(model, logic, p.arrive if first else p.depart, edge, p.on) for p in slot.posts)
            model.add_bool_or(list(opens)).with_name(slot.unit).only_enforce_if(slot.on)


def _spans(model: Any, slot: Any, p: Any, stagger: int) -> None:
    """An absent post lies beyond its unit's rotation, so only a present one is held to it."""
    for low, high in ((slot.arrive, p.arrive), (p.depart, slot.depart)):
        if low is not high:
            model.add(high - low >= 0).with_name(p.element).only_enforce_if(p.on)
            model.add(high - low <= stagger).with_name(p.element).only_enforce_if(p.on)


def _same(model: Any, logic: Any, own: Any, edge: Any, on: Any) -> Any:
    """A literal that can only hold if a present post shares the edge of its rotation."""
    if own is edge:
        return on
    lit = logic.boolean("edge")
    model.add(own == edge).only_enforce_if(lit)
    model.add_implication(lit, on)
    return lit
