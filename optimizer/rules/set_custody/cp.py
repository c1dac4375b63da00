"""Constraint-programming reading: a set week by week is free, in maintenance or held where it stands."""

from __future__ import annotations

from typing import Any

from optimizer.domain.beyond import stands_until
from optimizer.rules.literals import Literals


def post(model: Any, space: Literals) -> None:
    case, logic = space.case, space.logic
    for q in case.sets:
        life = space.lives[q.id]
        for t in space.weeks:
            holders = [h for h in space.holders(q.id, t) if not (isinstance(h[2], int) and not h[2])]
            if not holders:
                continue
            held: dict[str, list[Any]] = {}
            for _, site, x in holders:
                held.setdefault(site, []).append(x)
            taken = sum(x for _, _, x in holders)
            model.add(taken <= 1).with_name(q.id)
            for b in space.blocks[q.id]:
                if b.start <= t < b.end:
                    model.add(taken + b.on <= 1).with_name(q.id)
            for site, lits in held.items():
                if t >= q.available:
                    model.add(sum(lits) <= life.at(site, t)).with_name(q.id)
        for until, site, held in space.overruns(q.id):
            last = stands_until(case, q.id, site)
            if last is not None and until > last:
                model.add_bool_or([logic.no(held)]).with_name(q.id)
        for p in space.posts:
            for way, x in p.ways.items():
                if way.set_id == q.id:
                    early = logic.by(p.arrive, case.drawable[q.id] - 1)
                    if q.available <= 0:  # whoever holds it on day one drew it in time
                        early = logic.both(early, logic.no(logic.by(p.arrive, -1)))
                    model.add_bool_or([logic.no(x), logic.no(early)]).with_name(q.id)
                    if p.kind.set_type != q.set_type:
                        model.add_bool_or([logic.no(x)]).with_name(q.id)
        for part in space.parts:
            if part.who.set_id == q.id:
                if case.element_type(part.who.element).set_type != q.set_type:
                    model.add_bool_or([logic.no(part.on)]).with_name(q.id)
                for (_, w), x in part.takes.items():
                    first = q.available if w < part.early else case.drawable[q.id]
                    if max(w - part.early, 0) < first:
                        model.add_bool_or([logic.no(x)]).with_name(q.id)
