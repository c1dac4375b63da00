"""From a plan to the search's state, exactly: the inverse of ``plan_of``."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from optimizer.domain import Case, Plan, Rotation, Run
from optimizer.domain.forces import MODES
from optimizer.engines.lagrangian.search.insert.sets import capacities, maintain, upgrade
from optimizer.engines.lagrangian.search.state.arrays import State, begin_run, empty_state, join, post, stored_points
from optimizer.engines.lagrangian.search.state.structs import state_core, tables_core
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, Names, Tables

SPARE = 4  # rotations of a unit that a search may add to those of the plan it begins with


class Index:
    """Positions of ids in the arrays."""

    def __init__(self, ids: Names):
        self.unit, self.element, self.site, self.set_, self.exercise, self.upgrade = (
            {name: i for i, name in enumerate(names)}
            for names in (ids.units, ids.elements, ids.sites, ids.sets, ids.exercises, ids.upgrades)
        )
        self.needs = ids.needs

    def set_of(self, set_id: str | None) -> int:
        return -1 if set_id is None else self.set_[set_id]

    def mode_of(self, mode: str | None) -> int:
        return -1 if mode is None else MODES.index(mode)

    def where(self, plan: Plan, set_id: str, weeks: int) -> np.ndarray:
        """Site of the set by week, -1 where it stands nowhere."""
        out = np.full(weeks, -1, dtype=np.int64)
        for s in plan.stays:
            if s.set_id == set_id:
                out[max(s.start, 0) : max(s.end, 0)] = self.site[s.site]
        return out

    def cast(self, tb: Tables, run: Run) -> np.ndarray:
        """The participants of a run by need and slot: element, mode, set (-1 none): [N, most, 3]."""
        out = np.full((len(tb.need_count), max(int(tb.need_count.max(initial=1)), 1), 3), -1, dtype=np.int64)
        x = self.exercise[run.exercise]
        for n in range(tb.need_first[x], tb.need_first[x + 1]):
            own = [p for p in run.participants if p.need == self.needs[n]]
            for slot, p in enumerate(own[: tb.need_count[n]]):
                out[n, slot] = self.element[p.element], self.mode_of(p.mode), self.set_of(p.set_id)
        return out


def insisted(tb: Tables, q: int) -> np.ndarray:
    """Where must lines want set ``q`` to stand: booleans [S, T]."""
    if not tb.wish_set_at.size:
        return np.zeros((len(tb.places), tb.weeks), dtype=np.bool_)
    return np.asarray(tb.wish_set_at[q] > -FORBIDDEN)


class Board(NamedTuple):
    """A state with what its kernels need: the tables and the state as the compiled code sees them, and the people
    that rotations under way account for (settled, all), by site and week."""

    state: State
    tables: Any
    core: Any
    floors: np.ndarray  # [2, S, T]


def board(tb: Tables, most: int) -> Board:
    """An empty one with room for ``most`` rotations of a unit: upkeep of the sets paid, upgrades bought before the
    plan there."""
    st = empty_state(tb, most)
    for q, cost in enumerate(tb.set_cost):
        st.spend[tb.line[2], tb.available[q] :] += cost
    st.up_start[tb.up_before] = 0
    b = Board(st, tables_core(tb), state_core(st), np.zeros((2, len(tb.places), tb.weeks), dtype=np.int64))
    capacities(b.tables, b.core, b.floors[0], b.floors[1])
    return b


def rotations_room(case: Case, tb: Tables, plan: Plan) -> int:
    """Rotations of one unit that a state for ``plan`` should hold."""
    shortest = min((int(d - a) for a, d in zip(tb.iv_a, tb.iv_d, strict=True)), default=1)
    usual = min(12, len(case.underway) + 1 + case.weeks // max(shortest, 1))
    own = max((sum(r.unit == u.id for r in plan.rotations) for u in case.units), default=0)
    return max(usual, own + SPARE)


def put_rotation(b: Board, at: Index, r: Rotation, fixed: bool) -> None:
    """Post a rotation as it is."""
    st, u = b.state, at.unit[r.unit]
    k = int(st.rot_n[u])
    st.rot_a[u, k], st.rot_d[u, k], st.rot_fixed[u, k] = r.arrive, r.depart, fixed
    st.rot_n[u] += 1
    for p in r.postings:
        mode, q = at.mode_of(p.mode), at.set_of(p.set_id)
        post(b.tables, b.core, at.element[p.element], k, at.site[p.site], mode, q, p.arrive, p.depart)


def put_under_way(case: Case, b: Board, at: Index) -> None:
    """Post the rotations under way, and let capacities never fall below what they use."""
    for r in case.underway:
        put_rotation(b, at, r, True)
    b.floors[0], b.floors[1] = b.state.settled, b.state.everyone
    capacities(b.tables, b.core, b.floors[0], b.floors[1])


def state_of(case: Case, tb: Tables, ids: Names, plan: Plan, most: int | None = None) -> Board:
    """The state in which exactly ``plan`` is decided; ``plan`` must hold the rules of ``case``.

    Its compiled score is the plan's score, and ``plan_of`` gives the plan back.
    """
    at, b = Index(ids), board(tb, most or rotations_room(case, tb, plan))
    st = b.state
    for buy in plan.purchases:
        if not tb.up_before[at.upgrade[buy.upgrade]]:
            upgrade(b.tables, b.core, at.upgrade[buy.upgrade], buy.start, 1)
    for q, name in enumerate(ids.sets):
        _put_set(b, tb, q, at.where(plan, name, case.weeks))
    for m in sorted(plan.maintenance):
        maintain(b.tables, b.core, at.set_[m.set_id], m.start)
    put_under_way(case, b, at)
    known = {(r.unit, r.arrive, r.depart) for r in case.underway}
    for r in sorted(plan.rotations, key=lambda r: (r.unit, r.arrive)):
        if (r.unit, r.arrive, r.depart) not in known:
            put_rotation(b, at, r, False)
    for run in plan.runs:
        _put_run(b, tb, at, run)
    assert (st.block_n <= st.block_a.shape[1]).all()
    return b


def _put_set(b: Board, tb: Tables, q: int, where: np.ndarray) -> None:
    st = b.state
    for t, s in enumerate(where):
        if s >= 0:
            st.set_site[q, t] = s
            st.slot_use[s, t] += tb.set_slots[q]
            stored_points(b.tables, b.core, q, s, t, 1.0)
        elif t > 0 and where[t - 1] >= 0:
            st.spend[tb.line[2], t] += tb.move_cost[q]


def _put_run(b: Board, tb: Tables, at: Index, run: Run) -> None:
    x = at.exercise[run.exercise]
    rows = range(tb.host_first[x], tb.host_first[x + 1])
    h = next(i for i in rows if tb.host_site[i] == at.site[run.site])
    begin_run(b.tables, b.core, x, h, run.start, 1)
    cast = at.cast(tb, run)
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        for slot in range(tb.need_count[n]):
            e, mode, q = (int(v) for v in cast[n, slot])
            if e >= 0:
                join(b.tables, b.core, n, slot, x, e, mode, q, tb.host_site[h], run.start, 1)
