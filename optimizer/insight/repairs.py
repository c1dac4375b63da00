"""What would make a plan possible again: the fewest rows to take back, each way tried by a solve without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from optimizer.conflicts import conflicts
from optimizer.conflicts.core import core
from optimizer.domain import Case
from optimizer.domain.outcome import Options
from optimizer.domain.reasons import Place, Reason
from optimizer.engines.auto import linear_columns
from optimizer.insight.infeasible import LARGEST, PATIENCE
from optimizer.insight.limits import Limit, lifted, limits_of

WANTED = 3
TRIES = 24
# kinds of limits, the easiest to change first
EASY = (
    "lock",
    "mandatory",
    "freeze",
    "event window",
    "money",
    "total",
    "resolution",
    "window",
    "places",
)  # to give way


@dataclass(frozen=True)
class Repair:
    """Rows to take back, and what they say. ``proven``: a plan of the case without them was found; otherwise
    only that nothing is impossible by itself any more (the case is too large to ask)."""

    rows: tuple[Place, ...]
    text: str
    proven: bool


def repairs(case: Case, reasons: Sequence[Reason], options: Options) -> tuple[Repair, ...]:
    """Up to three ways out, those with the fewest and most easily changed rows first."""
    quiet = replace(options, time_limit=options.elapsed + min(PATIENCE, options.time_left), progress=lambda _: None)
    limits = limits_of(case)
    found: list[Repair] = []
    for tried, chosen in enumerate(_choices(reasons, limits)):
        if len(found) == WANTED or tried == TRIES or quiet.must_stop:
            break
        if any({p for x in chosen for p in x.item.rows} >= set(r.rows) for r in found):
            continue
        better = lifted(case, chosen)
        holds = _holds(better, quiet)
        if holds is not False:
            rows = tuple(p for x in chosen for p in x.item.rows)
            found.append(Repair(rows, f"take back: {'; '.join(x.item.text for x in chosen)}", holds is True))
    return tuple(found)


def _choices(reasons: Sequence[Reason], limits: Sequence[Limit]) -> Iterator[list[Limit]]:
    """One limit for each reason, a shared one once; the fewest first, and of those the easiest."""
    sides = [[x for x in limits if set(x.item.rows) & set(r.rows)] for r in reasons]
    if not all(sides):
        return
    sides = [sorted(side, key=_ease)[: 12 if len(sides) < 3 else 2] for side in sides[:8]]
    ways = {tuple(sorted({x.item.name for x in way})): list(way) for way in product(*sides)}
    by_name = {x.item.name: x for x in limits}
    for names in sorted(ways, key=lambda n: (len(n), sum(_ease(by_name[x]) for x in n))):
        yield [by_name[x] for x in names]


def _ease(limit: Limit) -> int:
    return EASY.index(limit.kind) if limit.kind in EASY else len(EASY)


def _holds(case: Case, options: Options) -> bool | None:
    """Whether the case has a plan; ``None`` if that cannot be asked of a case of this size."""
    from optimizer.engines.linear import feasible

    if conflicts(case):
        return False
    part = core(case)
    return feasible(part, options) if linear_columns(part) <= LARGEST else None
