"""What would make a plan possible again: the fewest rows to take back, each way tried by a solve without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from optimizer.conflicts import conflicts
from optimizer.domain import Case
from optimizer.domain.outcome import Options
from optimizer.domain.reasons import Place, Reason
from optimizer.insight.existing import Asking
from optimizer.insight.infeasible import PATIENCE, linked, told
from optimizer.insight.limits import Limit, ease, lifted, limits_of

WANTED = 3
TRIES = 24


@dataclass(frozen=True)
class Repair:
    """Rows to take back, and what they say. ``proven``: a plan of the case without them was found; otherwise
    neither a plan nor a proof that there is none."""

    rows: tuple[Place, ...]
    text: str
    proven: bool


def repairs(case: Case, reasons: Sequence[Reason], options: Options) -> tuple[Repair, ...]:
    """Up to three ways out, those with the fewest and most easily changed rows first; unproven ones last. Where
    nothing helps, conflicts that the reasons do not tell of are looked for, and rows of those taken back as well."""
    quiet = replace(options, time_limit=options.elapsed + min(PATIENCE, options.time_left), progress=lambda _: None)
    limits = limits_of(case)
    found = _tried(case, list(_choices(reasons, limits)), quiet)
    if not found and not quiet.must_stop:
        first = [min(side, key=ease) for side in _sides(reasons, limits) if side]
        hidden = [told(kept, sure) for kept, sure in linked(lifted(case, first), quiet)]
        found = _tried(case, list(_choices([*reasons, *hidden], limits)), quiet) if hidden else []
    return tuple(found)


def _tried(case: Case, choices: Sequence[list[Limit]], options: Options) -> list[Repair]:
    """The first few of the choices that are repairs."""
    asking = Asking(options)
    found: list[Repair] = []
    open_: list[Repair] = []
    for chosen in choices[:TRIES]:
        if len(found) == WANTED or options.must_stop:
            break
        rows = tuple(p for x in chosen for p in x.item.rows)
        if any(set(rows) >= set(r.rows) for r in found):
            continue
        holds = _holds(lifted(case, chosen), asking)
        if holds is not False:
            text = f"take back: {'; '.join(x.item.text for x in chosen)}"
            (found if holds else open_).append(Repair(rows, text, holds is True))
    return [*found, *open_][:WANTED]


def _sides(reasons: Sequence[Reason], limits: Sequence[Limit]) -> list[list[Limit]]:
    """The limits that each reason names."""
    return [[x for x in limits if set(x.item.rows) & set(r.rows)] for r in reasons]


def _choices(reasons: Sequence[Reason], limits: Sequence[Limit]) -> Iterator[list[Limit]]:
    """One limit for each reason, a shared one once; the fewest first, and of those the easiest."""
    sides = _sides(reasons, limits)
    if not all(sides):
        return
    shared = Counter(x.item.name for side in sides for x in side)
    each = 12 if len(sides) < 3 else 6 if len(sides) == 3 else 2
    sides = [sorted(side, key=lambda x: (-shared[x.item.name], ease(x)))[:each] for side in sides[:8]]
    ways = {tuple(sorted({x.item.name for x in way})) for way in product(*sides)}
    by_name = {x.item.name: x for x in limits}
    for names in sorted(ways, key=lambda n: (len(n), sum(ease(by_name[x]) for x in n))):
        yield [by_name[x] for x in names]


def _holds(case: Case, asking: Asking) -> bool | None:
    """Whether the case has a plan; ``None`` if that is not known in the end."""
    return False if conflicts(case) else asking.thoroughly(case)
