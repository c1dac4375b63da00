"""Constraint-programming reading: no-overlap of optional intervals, once per exercise."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    for unit, slots in space.slots_of.items():
        for before, after in pairwise(slots):  # in order of arrival
            model.add(after.arrive >= before.depart).with_name(unit).only_enforce_if(after.on)
    for e in space.case.elements:
        away = [
            model.new_optional_interval_var(p.arrive, space.length(p), p.depart, p.on, e.id)
            for p in space.posts_of[e.id]
        ]
        busy: list[Any] = []
        once: dict[str, list[Any]] = {}
        for part in space.parts_of[e.id]:
            weeks = part.run.exercise.weeks
            once.setdefault(part.run.exercise.id, []).append(part.on)
            for (_, w), x in part.takes.items():
                busy.append(model.new_optional_fixed_size_interval_var(w, weeks, x, e.id))
                if part.who.mode is not None:
                    size = weeks + part.early
                    away.append(model.new_optional_fixed_size_interval_var(w - part.early, size, x, e.id))
        for intervals in (away, busy):
            if len(intervals) > 1:
                model.add_no_overlap(intervals).with_name(e.id)
        for times in once.values():
            model.add_at_most_one(times).with_name(e.id)
