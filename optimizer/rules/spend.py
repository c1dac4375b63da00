"""Spend by line and week as a weekly quantity: ``("spent", line, week)``, in whole money units.

The same postings as in ``optimizer.domain.ledger``, read off decisions instead of a plan.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from optimizer.quantities import MONEY
from optimizer.rules.rows import Row, Space, Terms, put


def rows(space: Space) -> Iterator[Row]:
    """One defining row by line and week."""
    spend: defaultdict[tuple[str, int], Terms] = defaultdict(dict)
    fixed: defaultdict[tuple[str, int], int] = defaultdict(int)
    inside = range(space.case.weeks)
    _rotations(space, spend)
    _exercises(space, spend)
    _sets(space, spend, fixed)
    for u in space.case.upgrades:
        for w in space.buys[u.id]:
            if w in inside:
                put(spend[space.case.settings.line_upgrade, w], [(("buy", u.id, w), u.cost / MONEY)])
    for line in space.case.lines:
        for w in inside:
            terms = put({("spent", line, w): 1.0}, spend[line, w].items(), -1)
            yield Row((line,), w, terms, "==", fixed[line, w] / MONEY)


def _rotations(space: Space, spend: defaultdict[tuple[str, int], Terms]) -> None:
    case, line = space.case, space.case.settings.line_rotation
    for (e, _, _), weeks in space.starts.items():
        modes = case.element_type(e).modes
        for w, keys in weeks.items():
            if 0 <= w < case.weeks:
                put(spend[line, w], ((key, modes[key[3]].cost / MONEY) for key in keys if modes[key[3]].cost))
    for kind in case.unit_types:
        if kind.week_cost:
            for w in range(case.weeks):
                there = (("present", kind.id, s.id, w) for s in case.sites)
                put(spend[line, w], ((key, kind.week_cost / MONEY) for key in there))


def _exercises(space: Space, spend: defaultdict[tuple[str, int], Terms]) -> None:
    case, line = space.case, space.case.settings.line_exercise
    inside = range(case.weeks)
    for x in case.exercises:
        hosts = {h.site: h.cost for h in reversed(x.hosts)}
        for s, w in space.runs[x.id]:
            if w in inside:
                put(spend[line, w], [(("run", x.id, s, w), (x.cost + hosts.get(s, 0)) / MONEY)])
    for f in space.flights:
        kind = case.element_type(f.element)
        if f.arrive in inside:
            put(spend[line, f.arrive], [(f.key, kind.modes[f.key[6]].cost / MONEY)])
        for w in range(max(f.arrive, 0), min(f.end, case.weeks)):
            put(spend[line, w], [(f.key, kind.week_cost / MONEY)])


def _sets(space: Space, spend: defaultdict[tuple[str, int], Terms], fixed: defaultdict[tuple[str, int], int]) -> None:
    case, line = space.case, space.case.settings.line_set
    for name, members in space.members.items():
        q = case.prepo[name]
        for w in range(max(q.available, 0), case.weeks):
            fixed[line, w] += q.week_cost * len(members)
        for origin, goal, w, v in space.moves[name]:
            if origin != goal and 0 <= w < case.weeks:
                put(spend[line, w], [(("move", name, origin, goal, w, v), q.move_cost / MONEY)])
