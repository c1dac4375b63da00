"""Constraint-programming reading: an interval in a window, no earlier than its mode can arrive."""

from __future__ import annotations

from typing import Any

from optimizer.rosters import first_arrival, in_one_window
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    """One literal per window that may hold a rotation; arrivals after release and lead time."""
    case, logic = space.case, space.logic
    for slot in space.slots:
        new = [slot.on, logic.no(slot.under)]
        inside = (
            logic.both(logic.no(logic.by(slot.arrive, w.start - 1)), logic.by(slot.depart, w.end))
            for w in case.windows_of[slot.unit]
        )
        model.add_bool_or([logic.either(*inside)]).with_name(slot.unit).only_enforce_if(new)
        model.add_bool_or([logic.among(slot.arrive, 0, case.weeks)]).with_name(slot.unit).only_enforce_if(new)
        for p in slot.posts:
            for x in (x for lits in p.by(1).values() for x in lits):
                model.add(p.arrive < case.weeks).with_name(p.element).only_enforce_if([x, *new])
            for mode, lits in p.by(1).items():
                soonest = first_arrival(case, space.offered[p.kind.id], mode)
                for x in lits:
                    if soonest is None:
                        model.add_bool_or([]).with_name(p.element).only_enforce_if([x, *new])
                    else:
                        model.add(p.arrive >= soonest).with_name(p.element).only_enforce_if([x, *new])
    for part in space.parts:
        who, kind = part.who, case.element_type(part.who.element)
        if who.mode is None:
            continue
        unit, soonest = case.element[who.element].unit, first_arrival(case, kind, who.mode)
        for (host, w), x in part.takes.items():
            start, end = w - part.early, w + part.run.exercise.weeks
            soon = start < 0 and (part.run.exercise.id, host, w, who) not in case.flown_in
            if soonest is None or soon or start < soonest or not in_one_window(case, unit, start, end):
                model.add_bool_or([logic.no(x)]).with_name(who.element)
