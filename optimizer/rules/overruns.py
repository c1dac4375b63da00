"""Sets held past the end of the plan, as weekly quantities: shared by the rules that look past it."""

from __future__ import annotations

from collections.abc import Iterator

from optimizer.domain.beyond import held_until
from optimizer.rules.rows import Pairs, Space


def overruns(space: Space, set_id: str, site: str | None = None) -> Iterator[tuple[int, Pairs, int]]:
    """(until, pairs, n): if the pairs add up to n, the set is held (at ``site``; anywhere) at least until
    week ``until``, past the end. What is under way is left out, and everything with the switch off: see
    ``optimizer.domain.beyond``."""
    case, end = space.case, space.case.weeks
    if not case.settings.look_past_end:
        return
    reset = case.prepo[set_id].reset_weeks
    for e, s in space.holders[set_id]:
        if site not in (None, s):
            continue
        unit = case.element[e].unit
        under = [(r.arrive, r.depart) for r in case.underway if r.unit == unit]
        for w in range(max(end - reset + 1, 1), end + 1):
            key = ("at", e, s, set_id, w - 1)
            if key in space.keys and not any(a < w <= d for a, d in under) and (w < end or reset):
                yield held_until(case, set_id, w, w), [(key, 1)], 1
        late = sorted((d, a) for a, d in space.rotations[unit] if a < end < d and (a, d) not in under)
        key = ("at", e, s, set_id, end - 1)
        for d in sorted({d for d, _ in late}) if key in space.keys else ():
            longer: Pairs = [(("rotate", unit, a, other), 1) for other, a in late if other >= d]
            yield held_until(case, set_id, end, d), [(key, 1), *longer], 2
    for f in space.set_flights[set_id]:
        until = held_until(case, set_id, f.end, f.end)
        if until > end and site in (None, f.site):
            yield until, [(f.key, 1)], 1
