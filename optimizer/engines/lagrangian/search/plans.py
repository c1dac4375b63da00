"""Between a plan and the search's state."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from optimizer.domain import Case, Maintenance, Participant, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.domain.forces import MODES
from optimizer.engines.lagrangian.search.insert.sets import capacities, lay, service
from optimizer.engines.lagrangian.search.state.arrays import State, empty_state, post
from optimizer.engines.lagrangian.search.state.structs import state_core, tables_core
from optimizer.engines.lagrangian.tables.records import Names, Tables

ATTEMPTS = 40  # to lay out all sets; whichever finds no slot goes first in the next one


def initial(case: Case, tb: Tables, ids: Names, rng: np.ndarray) -> tuple[State, np.ndarray] | None:
    """The state before anything is decided: sets laid out and maintained, rotations under
    way posted. With it the people they account for, (settled, all) per site and week.
    ``None`` if the sets cannot be laid out."""
    order = sorted(range(len(ids.sets)), key=lambda q: (tb.start_site[q] < 0, tb.may_stand[q].sum()))
    for attempt in range(ATTEMPTS):
        found = _laid_out(case, tb, ids, rng, order, stay=attempt % 4 < 3)
        if not isinstance(found, int):
            return found
        order.remove(found)
        order.insert(0, found)
    return None


def _laid_out(
    case: Case, tb: Tables, ids: Names, rng: np.ndarray, order: list[int], stay: bool
) -> tuple[State, np.ndarray] | int:
    """One attempt, sets in ``order`` (where they start if they ``stay``); the set that failed if one did."""
    shortest = min((int(d - a) for a, d in zip(tb.iv_a, tb.iv_d, strict=True)), default=1)
    st = empty_state(tb, min(12, len(case.underway) + 1 + case.weeks // max(shortest, 1)))
    tbc, stc = tables_core(tb), state_core(st)
    st.up_start[[i for i, b in enumerate(ids.upgrades) if b in case.bought]] = 0
    nobody = np.zeros((len(ids.sites), case.weeks), dtype=np.int64)
    capacities(tbc, stc, nobody, nobody)
    site = {s: i for i, s in enumerate(ids.sites)}
    held = {p.set_id: site[p.site] for r in case.underway for p in r.postings if p.set_id}
    for q, cost in enumerate(tb.set_cost):
        st.spend[tb.line[2], tb.available[q] :] += cost
    for q in order:
        pull = np.zeros((len(ids.sites), case.weeks))
        wanted = held.get(ids.sets[q], int(tb.start_site[q]) if stay else -1)
        if wanted >= 0:  # a set in use stays with its user
            pull[wanted] = 1e6
        if not lay(tbc, stc, q, np.zeros(case.weeks), pull):
            return q
    element = {e: i for i, e in enumerate(ids.elements)}
    sets = {q: i for i, q in enumerate(ids.sets)}
    for r in case.underway:
        u = ids.units.index(r.unit)
        k = st.rot_n[u]
        st.rot_a[u, k], st.rot_d[u, k], st.rot_fixed[u, k] = r.arrive, r.depart, True
        st.rot_n[u] += 1
        for p in r.postings:
            q = -1 if p.set_id is None else sets[p.set_id]
            post(tbc, stc, element[p.element], k, site[p.site], MODES.index(p.mode), q, p.arrive, p.depart)
    for q in order:
        if not service(tbc, stc, rng, q):
            return q
    floors = np.stack([st.settled, st.everyone]).copy()
    capacities(tbc, stc, floors[0], floors[1])
    return st, floors


def plan_of(case: Case, tb: Tables, ids: Names, st: State) -> Plan:
    """The decisions in a state."""
    rotations = []
    for u, name in enumerate(ids.units):
        for r in range(st.rot_n[u]):
            postings = tuple(
                Posting(
                    ids.elements[e],
                    ids.sites[st.el_site[e, r]],
                    MODES[st.el_mode[e, r]],
                    None if st.el_set[e, r] < 0 else ids.sets[st.el_set[e, r]],
                    int(st.el_a[e, r]),
                    int(st.el_d[e, r]),
                )
                for e in range(tb.el_first[u], tb.el_first[u + 1])
                if st.el_site[e, r] >= 0
            )
            rotations.append(Rotation(name, int(st.rot_a[u, r]), int(st.rot_d[u, r]), postings))
    runs = []
    for x, name in enumerate(ids.exercises):
        if st.run_host[x] >= 0:
            parts = tuple(
                Participant(
                    ids.needs[n],
                    ids.elements[st.part_e[n, k]],
                    None if st.part_mode[n, k] < 0 else MODES[st.part_mode[n, k]],
                    None if st.part_set[n, k] < 0 else ids.sets[st.part_set[n, k]],
                )
                for n in range(tb.need_first[x], tb.need_first[x + 1])
                for k in range(tb.need_count[n])
            )
            runs.append(Run(name, ids.sites[tb.host_site[st.run_host[x]]], int(st.run_start[x]), parts))
    bought = tuple(
        Purchase(b, case.bought.get(b, int(w))) for b, w in zip(ids.upgrades, st.up_start, strict=True) if w >= 0
    )
    return Plan(tuple(rotations), *_sets(case, ids, st), tuple(runs), bought).tidy()


def _sets(case: Case, ids: Names, st: State) -> tuple[tuple[Stay, ...], tuple[Maintenance, ...]]:
    stays, blocks = [], []
    for q, name in enumerate(ids.sets):
        length = case.prepo[name].maintenance_weeks
        for site, start, end in _spans(st.set_site[q]):
            if site >= 0:
                stays.append(Stay(name, ids.sites[site], start, end))
        for busy, start, end in _spans(st.set_busy[q]):
            if busy == 1:
                for f in range(start, end, max(length, 1)):  # back-to-back blocks look like one
                    blocks.append(Maintenance(name, f, f + length))
    return tuple(stays), tuple(blocks)


def _spans(row: np.ndarray) -> list[tuple[int, int, int]]:
    """(value, start, end) of the runs of equal values."""
    cuts = [0, *(np.flatnonzero(np.diff(row)) + 1).tolist(), len(row)]
    return [(int(row[a]), a, b) for a, b in pairwise(cuts) if a < b]
