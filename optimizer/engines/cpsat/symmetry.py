"""Breaking symmetry: sets that nobody can tell apart are used in a fixed order.

Exchanging the lives of two identical sets changes neither rules nor score, so of all plans
that differ by such an exchange the model keeps one with ordered measures of the lives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

from optimizer.domain import Case
from optimizer.engines.cpsat.sets import Life
from optimizer.engines.cpsat.space import Space


def order_alike(space: Space) -> None:
    """Post the order within every group of identical, undrawable sets."""
    for group in alike(space.case):
        for first, second in pairwise(space.lives[q] for q in group):
            space.model.add(_measure(first) <= _measure(second))


def alike(case: Case) -> Iterator[list[str]]:
    """Groups of sets equal in all but name, drawn by no type and named by no other table."""
    drawn = {t.set_type for t in case.unit_types}
    named = {x.subject for x in case.locks} | {q for s in case.scenarios for q in s.lost_sets}
    named |= {s.set_id for s in case.last.stays} | {m.set_id for m in case.last.maintenance}
    groups: dict[Any, list[str]] = {}
    for q in case.sets:
        if q.set_type not in drawn and q.id not in named:
            rows = frozenset(replace(h, set_id="") for h in case.holdings_of[q.id])
            same = repr(replace(q, id="", name="", worth=dict(sorted(q.worth.items()))))
            groups.setdefault((same, rows), []).append(q.id)
    return (g for g in groups.values() if len(g) > 1)


def _measure(life: Life) -> Any:
    """A number that tells most lives apart: weeks stood, weighed by bay and by week."""
    bays = {shape: n for n, shape in enumerate(sorted({b[:3] for b in life.bays}), start=1)}
    return sum((bays[b[:3]] * 1000 + t) * x for (b, t), x in life.stand.items())
