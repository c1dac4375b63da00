"""The tables of a case, put together from the rooms that make them."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.domain import Case
from optimizer.engines.lagrangian.kernels.arrays import first
from optimizer.engines.lagrangian.tables.force import elements_in_order, exercises, force, lists
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, Names, Tables
from optimizer.engines.lagrangian.tables.sites import money, sets, sites, upgrades
from optimizer.engines.lagrangian.tables.supply import areas, grains, types
from optimizer.engines.lagrangian.tables.wishes import MUST, wishes


def tables(case: Case) -> Tables:
    """The arrays of ``case``. Weighed scenarios contribute their expected share only; the
    worst-scenario share is judged where whole plans are scored."""
    parts: dict[str, Any] = {"weeks": case.weeks}
    parts |= areas(case)
    parts |= types(case)
    parts |= force(case)
    parts |= sites(case)
    parts |= sets(case)
    parts |= exercises(case, parts["wish_run"])
    parts |= money(case)
    parts |= upgrades(case)
    parts |= grains(parts["reach"], parts["reach_n"], parts["give"])
    parts |= lists(parts)
    s = case.settings
    parts |= {
        "floor_price": s.floor_price,
        "floor_cost": MUST if s.floor_hard else s.floor_price,
        "over_price": s.over_length_price,
        "cost_price": s.cost_price / 1e6,
        "worst_price": s.worst_country_price * 100,
    }
    return Tables(**{f: parts[f] for f in Tables._fields})


def further_lines(t: Tables, case: Case) -> Tables:
    """The arrays of ``case``, which is the case of ``t`` with further lines: those of ``tables``, at a tenth of the
    work, for lines say nothing of when units may go."""
    gains = wishes(case, names(case).elements)
    join, run = gains["wish_join"], gains["wish_run"]
    need = np.repeat(np.arange(len(t.need_count)), np.diff(t.cand_first))
    may = join[need, t.cand] > FORBIDDEN if join.size else np.ones(len(t.cand), dtype=np.bool_)
    return t._replace(
        **gains, start_ok=t.start_ok & (run > FORBIDDEN), cand=t.cand[may],
        cand_first=first(np.bincount(need[may], minlength=len(t.need_count))),
    )  # fmt: skip


def names(case: Case) -> Names:
    """The ids behind the array indices."""
    return Names(
        tuple(e.id for e in elements_in_order(case)),
        tuple(u.id for u in case.units),
        tuple(s.id for s in case.sites),
        tuple(q.id for q in case.sets),
        tuple(x.id for x in case.exercises),
        tuple(n.id for x in case.exercises for n in x.needs),
        tuple(b.id for b in case.upgrades),
        case.lines,
    )
