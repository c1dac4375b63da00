"""Constraint-programming reading: start literals outside hosts, windows and open ranges are false."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from optimizer.domain.presence import stands_for
from optimizer.rosters import must_be_held, start_weeks
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    case = space.case
    held: dict[str, list[Any]] = {x.id: [] for x in case.exercises}
    for run in space.runs:
        x = run.exercise
        held[x.id].extend(run.at.values())
        hosts, weeks = {h.site for h in x.hosts}, start_weeks(case, x)
        for (site, w), lit in run.at.items():
            if site not in hosts or w not in weeks or _closed(case, case.site[site], w, w + x.weeks):
                model.add(lit == 0).with_name(x.id)
    for x in case.exercises:
        model.add_at_most_one(held[x.id]).with_name(x.id)
        if must_be_held(case, x):
            model.add_bool_or(held[x.id]).with_name(x.id)
    _spacing(model, space)


def _closed(case: Any, site: Any, start: int, end: int) -> bool:
    spans = (c for c in case.closures if c.closes in ("range", "all") and stands_for(site, c.place))
    return any(max(c.start, start, 0) < min(c.end, end, case.weeks) for c in spans)


def _spacing(model: Any, space: Literals) -> None:
    """Linked exercises as intervals lengthened by the spacing that do not overlap."""
    for a, b in combinations(space.runs, 2):
        x, y = a.exercise, b.exercise
        if x.group and x.group == y.group and x.id != y.id:
            gap = max(x.spacing, y.spacing)
            intervals = [
                model.new_optional_fixed_size_interval_var(w, run.exercise.weeks + gap, lit, run.exercise.id)
                for run in (a, b)
                for (_, w), lit in run.at.items()
            ]
            model.add_no_overlap(intervals).with_name(f"{x.id}, {y.id}")
