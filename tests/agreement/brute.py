"""Every plan of a tiny case, one by one: the true optimum by nothing but checks and scores.

Meant for one or two units, a handful of weeks, two or three sites, one set, one exercise of
one need for one and one upgrade. Parts of a plan are thrown out early only by rules that nothing
added later can mend.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from math import prod

from optimizer.domain import Case, Maintenance, Participant, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.goals import score_all
from optimizer.rules import RULES, check_all

LIMIT = 20_000  # plans; beyond this a case is not tiny


def optimum(case: Case) -> tuple[float | None, int]:
    """(best score, number of plans that hold all rules); no score if there is no such plan."""
    best, kept = None, 0
    crews = [
        r
        for lives in product(*(list(_lives(case, u.id)) for u in case.units))
        if _holds(case, Plan(rotations=(r := tuple(x for life in lives for x in life))), "host-cap")
    ]
    runs = [r for r in _runs(case) if _holds(case, Plan(runs=r), "exercise-window")]
    yards, bought = list(_yards(case)), list(_purchases(case))
    assert len(crews) * len(runs) * len(yards) * len(bought) <= LIMIT, "not a tiny case"
    for rotations, run in product(crews, runs):
        if _holds(case, Plan(rotations, runs=run), "availability", "one-place", "exercise-needs"):
            for (stays, blocks), purchases in product(yards, bought):
                plan = Plan(rotations, stays, blocks, run, purchases).tidy()
                if not any(f.breaches for f in check_all(case, plan)):
                    kept += 1
                    score = sum(score_all(case, plan).values())
                    best = score if best is None else max(best, score)
    return best, kept


def _holds(case: Case, plan: Plan, *rules: str) -> bool:
    return not any(RULES[r].check(case, plan).breaches for r in rules)


def _lives(case: Case, unit: str) -> Iterator[tuple[Rotation, ...]]:
    """What a unit may do over the whole plan, what is under way included."""
    kind, given = case.unit_type(unit), tuple(r for r in case.underway if r.unit == unit)
    assert prod(len(_ways(case, e.id, e.optional, 0, 4, kind.stagger)) for e in case.elements_of[unit]) <= 100, (
        "not tiny"
    )
    single = []
    for a, n in product(range(case.weeks), range(kind.rotation_min, kind.rotation_max + 1)):
        for postings in product(
            *(_ways(case, e.id, e.optional, a, a + n, kind.stagger) for e in case.elements_of[unit])
        ):
            r = Rotation(unit, a, a + n, tuple(p for p in postings if p is not None))
            if _holds(case, Plan((*given, r)), "availability", "together", "dwell", "one-place"):
                single.append(r)
    for n in range(case.weeks + 1):
        found = [some for some in combinations(single, n) if _holds(case, Plan((*given, *some)), "one-place", "dwell")]
        yield from ((*given, *some) for some in found)
        if not found:
            return


def _ways(case: Case, element: str, optional: bool, a: int, d: int, stagger: int) -> list[Posting | None]:
    found: list[Posting | None] = [None] if optional else []
    for site, mode in product(case.sites, case.element_type(element).modes):
        for set_id in [q.id for q in case.sets] if mode == "set" else [None]:
            for i, j in product(range(stagger + 1), repeat=2):
                if a + i < d - j:
                    found.append(Posting(element, site.id, mode, set_id, a + i, d - j))
    return found


def _yards(case: Case) -> Iterator[tuple[tuple[Stay, ...], tuple[Maintenance, ...]]]:
    """Where the one set stands and when it is maintained (at most twice)."""
    if not case.sets:
        yield (), ()
        return
    (q,) = case.sets
    starts = [q.start_site] if q.start_site else [s.id for s in case.sites]
    paths = [
        p
        for s in starts
        for p in _paths(case, q.id, s, max(q.available, 0))
        if _holds(case, Plan(stays=p), "set-location")
    ]
    blocks = (
        [Maintenance(q.id, f, min(f + q.maintenance_weeks, case.weeks)) for f in range(case.weeks)]
        if q.interval
        else []
    )
    for path, n in product(paths, range(3)):
        for some in combinations(blocks, n):
            if _holds(case, Plan(stays=path, maintenance=some), "set-maintenance"):
                yield path, some


def _paths(case: Case, set_id: str, site: str, start: int) -> Iterator[tuple[Stay, ...]]:
    """Every way to stand at ``site`` from ``start`` on, and then perhaps elsewhere, to the plan's end."""
    if start < case.weeks:
        yield (Stay(set_id, site, start, case.weeks),)
    for end in range(start + 1, case.weeks):
        for other, again in product(case.sites, range(end + 1, case.weeks)):
            if other.id != site:
                yield from ((Stay(set_id, site, start, end), *rest) for rest in _paths(case, set_id, other.id, again))


def _runs(case: Case) -> Iterator[tuple[Run, ...]]:
    yield ()
    for x in case.exercises:
        (need,) = x.needs
        for host, week, e in product(x.hosts, range(case.weeks), case.elements):
            for mode in (None, *case.element_type(e.id).modes):
                for set_id in [q.id for q in case.sets] if mode == "set" else [None]:
                    yield (Run(x.id, host.site, week, (Participant(need.id, e.id, mode, set_id),)),)


def _purchases(case: Case) -> Iterator[tuple[Purchase, ...]]:
    yield ()
    for u in case.upgrades:
        yield from ((Purchase(u.id, w),) for w in range(max(u.earliest, 0), min(u.latest, case.weeks - 1) + 1))
