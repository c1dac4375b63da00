"""Constraint-programming reading: each presence, lengthened by the lead weeks before it, overlaps no other."""

from __future__ import annotations

from typing import Any

from optimizer.domain.turnaround import back_from
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    case = space.case
    if not case.settings.turnaround:
        return
    for e in case.elements:
        left = case.left_before.get(e.id)
        spans = [span for p in space.posts_of[e.id] for span in _posted(model, space, p, left)]
        for part in space.parts_of[e.id]:
            if part.who.mode is not None:
                spans += _flown(model, space, part, left)
        if len(spans) > 1:
            model.add_no_overlap(spans).with_name(e.id)


def _posted(model: Any, space: Literals, p: Any, left: int | None) -> list[Any]:
    """An interval per mode, and one as it is for a rotation under way."""
    case, logic, slot, spans = space.case, space.logic, p.slot, []

    def add(lead: int, on: Any) -> None:
        if not (isinstance(on, int) and not on):
            length = space.length(p)
            spans.append(model.new_optional_interval_var(p.arrive - lead, length + lead, p.depart, on, p.element))

    add(0, logic.both(p.on, slot.under))
    for mode, lits in p.by(1).items():
        new = logic.both(logic.total(lits), logic.no(slot.under))
        add(back_from(case, p.element, mode, 0), new)
        if left is not None and not (isinstance(new, int) and not new):
            early = logic.by(p.arrive, back_from(case, p.element, mode, left) - 1)
            model.add_bool_or([logic.no(new), logic.no(early)]).with_name(p.element)
    return spans


def _flown(model: Any, space: Literals, part: Any, left: int | None) -> list[Any]:
    case, who, weeks, spans = space.case, part.who, part.run.exercise.weeks, []
    for (host, w), x in part.takes.items():
        arrive, lead = w - part.early, back_from(case, who.element, who.mode, 0)
        if (part.run.exercise.id, host, w, who) in case.flown_in:
            lead = 0
        elif left is not None and arrive < left + lead:
            model.add_bool_or([space.logic.no(x)]).with_name(who.element)
        size = part.early + weeks + lead
        spans.append(model.new_optional_fixed_size_interval_var(arrive - lead, size, x, who.element))
    return spans
