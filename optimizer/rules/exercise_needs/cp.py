"""Constraint-programming reading: counts of participants, each fit, ready and near enough."""

from __future__ import annotations

from typing import Any

from optimizer.domain.network import days_between
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    case, logic = space.case, space.logic
    for run in space.runs:
        for need in run.exercise.needs:
            serving = sum(p.on for p in run.parts if p.who.need == need.id)
            model.add(serving == need.count * run.on).with_name(run.exercise.id)
        needs = {n.id: n for n in run.exercise.needs}
        for part in run.parts:
            asked, who, kind = needs.get(part.who.need), part.who, case.element_type(part.who.element)
            origin = "theatre" if who.mode is None else "home"
            if (
                asked is None
                or asked.what not in (kind.id, kind.main_capability)
                or asked.origin not in ("either", origin)
                or (who.mode is not None and who.mode not in space.offered[kind.id].modes)
                or (who.mode is not None and (who.mode == "set") != (who.set_id is not None))
            ):
                model.add_bool_or([logic.no(part.on)]).with_name(run.exercise.id)
            elif who.mode is None:
                _from_theatre(model, space, part, asked)


def _from_theatre(model: Any, space: Literals, part: Any, need: Any) -> None:
    """It takes part during a posting it is ready for throughout (see ``Space``), based near enough."""
    case, x = space.case, part.run.exercise.id
    model.add(sum(part.visits.values()) == part.on).with_name(x)
    if need.max_days is None:
        return
    at = {s.id: i for i, s in enumerate(case.sites)}
    days = days_between(case, case.element_type(part.who.element).movement)
    for (post_, (host, _)), visit in part.visits.items():
        for base, here in space.weekly.sites(post_).items():
            if days[at[base], at[host]] > need.max_days:
                model.add_at_most_one([visit, here]).with_name(x)
