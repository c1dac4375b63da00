"""Between a plan and the search's state."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from optimizer.domain import Case, Maintenance, Participant, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.domain.forces import MODES
from optimizer.engines.lagrangian.search.insert.sets import capacities, lay, service, upgrade
from optimizer.engines.lagrangian.search.seat import Board, Index, board, insisted, put_under_way
from optimizer.engines.lagrangian.search.state.arrays import State
from optimizer.engines.lagrangian.tables.records import FORBIDDEN, Names, Tables

ATTEMPTS = 40  # to lay out all sets; whichever finds no slot goes first in the next one
UNAIDED = 8  # of them without buying slots, unless the very first set finds none


def initial(case: Case, tb: Tables, ids: Names, rng: np.ndarray, most: int) -> Board | None:
    """The state before anything is decided: sets laid out and maintained, rotations under
    way posted; room for ``most`` rotations of a unit. Slots are bought for sets that find none whatever stands
    elsewhere. ``None`` if the sets cannot be laid out."""
    told = [not insisted(tb, q).any() for q in range(len(ids.sets))]  # those that must stand somewhere go first
    order = sorted(range(len(ids.sets)), key=lambda q: (told[q], tb.start_site[q] < 0, tb.may_stand[q].sum()))
    bought: list[tuple[int, int]] = []
    for attempt in range(ATTEMPTS):
        found = _laid_out(case, tb, ids, rng, order, attempt % 4 < 3, most, bought)
        if not isinstance(found, int):
            return found
        needed = order[0] == found or attempt >= UNAIDED
        if needed and (more := _slots_for(tb, found, bought)) is not None:
            bought.append(more)
        order.remove(found)
        order.insert(0, found)
    return None


def _slots_for(tb: Tables, q: int, bought: list[tuple[int, int]]) -> tuple[int, int] | None:
    """The cheapest upgrade not yet ``bought`` that adds slots where set ``q`` may stand, and the first week to buy
    it in."""
    ways = []
    for b in np.flatnonzero(tb.up_slots > 0).tolist():
        weeks = range(max(int(tb.up_from[b]), tb.cr_weeks), int(tb.up_to[b]) + 1)
        week = next((w for w in weeks if tb.wish_buy[b, w] >= FORBIDDEN), None)
        new = not tb.up_before[b] and all(b != other for other, _ in bought)
        if new and week is not None and tb.may_stand[q, tb.up_site[b]].any():
            ways.append((float(tb.up_cost[b]), b, week))
    return min(ways)[1:] if ways else None


def _laid_out(
    case: Case,
    tb: Tables,
    ids: Names,
    rng: np.ndarray,
    order: list[int],
    stay: bool,
    most: int,
    bought: list[tuple[int, int]],
) -> Board | int:
    """One attempt, sets in ``order`` (where they start if they ``stay``), with upgrades ``bought`` in their weeks; the
    set that failed if one did."""
    b, at = board(tb, most), Index(ids)
    for upgraded, week in bought:
        upgrade(b.tables, b.core, upgraded, week, 1)
    if bought:
        capacities(b.tables, b.core, b.floors[0], b.floors[1])
    held = {p.set_id: at.site[p.site] for r in case.underway for p in r.postings if p.set_id}
    for q in order:
        pull = np.zeros((len(ids.sites), case.weeks))
        wanted = held.get(ids.sets[q], int(tb.start_site[q]) if stay else -1)
        if wanted >= 0:  # a set in use stays with its user
            pull[wanted] = 1e6
        if not lay(b.tables, b.core, q, np.zeros(case.weeks), pull):
            return q
    put_under_way(case, b, at)
    for q in order:
        if not service(b.tables, b.core, rng, q, np.zeros(0, dtype=np.int64)):
            return q
    return b


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
        for site, start, end in _spans(st.set_site[q]):
            if site >= 0:
                stays.append(Stay(name, ids.sites[site], start, end))
        length = case.prepo[name].maintenance_weeks
        for f in st.block_a[q, : st.block_n[q]].tolist():
            blocks.append(Maintenance(name, f, f + length))
    return tuple(stays), tuple(blocks)


def _spans(row: np.ndarray) -> list[tuple[int, int, int]]:
    """(value, start, end) of the runs of equal values."""
    cuts = [0, *(np.flatnonzero(np.diff(row)) + 1).tolist(), len(row)]
    return [(int(row[a]), a, b) for a, b in pairwise(cuts) if a < b]
