"""Constraint-programming reading: people and brigades in a country against its caps."""

from __future__ import annotations

from typing import Any

from optimizer.domain import Plan
from optimizer.domain.presence import people
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    case = space.case
    fixed = people(case, Plan(rotations=case.underway))
    for c in case.countries:
        inside = [(i, s.id) for i, s in enumerate(case.sites) if s.country == c.id]
        for settled, cap, before in zip((True, False), (c.cap, c.handover_cap), fixed, strict=True):
            if cap is None:
                continue
            for t in space.weeks:
                now = sum(space.people(s, t, settled) for _, s in inside)
                model.add(now <= max(cap, sum(int(before[i, t]) for i, _ in inside))).with_name(c.id)
        if case.settings.founding_act and c.brigade_cap is not None:
            _brigades(model, space, c, {s for _, s in inside})
    if case.settings.founding_act:
        for slot in space.slots:
            new = [slot.on, space.logic.no(slot.under)]
            model.add(slot.depart - slot.arrive <= case.settings.founding_act_weeks).with_name(
                slot.unit
            ).only_enforce_if(new)


def _brigades(model: Any, space: Literals, c: Any, sites: set[str]) -> None:
    case = space.case
    for t in space.weeks:
        now = sum(p.kind.brigades * x for p in space.posts for s, x in space.weekly.at(p, t).items() if s in sites)
        out = [p for r in case.underway for p in r.postings if p.arrive <= t < p.depart and p.site in sites]
        bound = max(c.brigade_cap, sum(case.element_type(p.element).brigades for p in out))
        model.add(now <= bound).with_name(c.id)
