"""Constraint-programming reading: exercises a range is good for, and how many at once."""

from __future__ import annotations

from typing import Any

from optimizer.domain.places import ECHELONS
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    case = space.case
    for run in space.runs:
        wanted = ECHELONS.index(run.exercise.echelon)
        for (site, w), lit in run.at.items():
            if wanted > ECHELONS.index(case.site[site].range_echelon):
                fit = [u for u in case.upgrades if u.site == site and ECHELONS.index(u.range_echelon) >= wanted]
                model.add(sum(space.built(u.id, w) for u in fit) >= lit).with_name(site)
    for s in case.sites:
        using = [
            (run, w, x)
            for run in space.runs
            if run.exercise.echelon != "none"
            for (h, w), x in run.at.items()
            if h == s.id
        ]
        for t in space.weeks if using else ():
            now = sum(x for run, w, x in using if w <= t < w + run.exercise.weeks)
            more = sum(u.exercises_at_once * space.built(u.id, t) for u in case.upgrades if u.site == s.id)
            if not (isinstance(now, int) and not now):
                model.add(now <= s.exercises_at_once + more).with_name(s.id)
