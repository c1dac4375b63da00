"""Constraint-programming reading: people against places, week by week."""

from __future__ import annotations

from typing import Any

from optimizer.domain import Plan
from optimizer.domain.presence import people, places, stands_for
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    """Two rows per site and week. Upgrades add literals; under a closure what is left caps them."""
    case = space.case
    given = Plan(rotations=case.underway)
    rooms, fixed = places(case, Plan()), people(case, given)
    for i, s in enumerate(case.sites):
        upgrades = [u for u in case.upgrades if u.site == s.id]
        for t in space.weeks:
            left = [
                c.left
                for c in case.closures
                if c.closes in ("places", "all") and c.start <= t < c.end and stands_for(s, c.place)
            ]
            for settled, room, forgiven in zip((True, False), rooms, fixed, strict=True):
                plain = s.places if settled else s.handover_places
                more = [(u.places if settled else u.handover_places, space.built(u.id, t)) for u in upgrades]
                now, under = space.people(s.id, t, settled), int(forgiven[i, t])
                if isinstance(now, int) and now <= under:
                    continue
                if not any(n for n, _ in more):
                    model.add(now <= max(int(room[i, t]), under)).with_name(s.id)
                    continue
                escape = space.logic.boolean("under way") if under else 0
                keeps = space.logic.no(escape)
                model.add(now <= plain + sum(n * x for n, x in more)).with_name(s.id).only_enforce_if(keeps)
                if left:
                    model.add(now <= min(left)).with_name(s.id).only_enforce_if(keeps)
                if under:
                    model.add(now <= under).with_name(s.id).only_enforce_if(escape)
