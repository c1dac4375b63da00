"""Where an element is at other times: whether it has been home long enough, and how often it exercises."""

from __future__ import annotations

from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.search.insert.custody import ENDLESS
from optimizer.engines.lagrangian.search.state.arrays import State, ready_week
from optimizer.engines.lagrangian.tables.records import Tables


@kernel
def is_back(tb: Tables, st: State, e: int, mode: int, a: int) -> bool:
    """Whether ``e`` has been home long enough to be brought in by ``mode`` in week ``a`` (rule turnaround)."""
    if not tb.turnaround:
        return True
    since = a - tb.back[tb.el_type[e], mode]
    if tb.left[e] > since:
        return False
    for r in range(st.rot_n[tb.el_unit[e]]):
        if st.el_site[e, r] >= 0 and st.el_a[e, r] < a and st.el_d[e, r] > since:
            return False
    for t in range(max(since, 0), min(a, tb.weeks)):
        if st.away[e, t] != 0:
            return False
    return True


@kernel
def flown_by(tb: Tables, st: State, e: int, x: int) -> tuple[int, int]:
    """(mode, week of arrival) of element ``e`` brought in for exercise ``x``; mode -1 if it is from theatre."""
    for n in range(tb.need_first[x], tb.need_first[x + 1]):
        for slot in range(tb.need_count[n]):
            if st.part_e[n, slot] == e and st.part_mode[n, slot] >= 0:
                mode, q = st.part_mode[n, slot], st.part_set[n, slot]
                return mode, st.run_start[x] - ready_week(tb, e, mode, q, 0)
    return -1, 0


@kernel
def latest_end(tb: Tables, st: State, e: int, a: int) -> int:
    """The last week in which ``e``, in theatre from week ``a`` on, may leave it and still be brought in as it is
    planned later (rule turnaround)."""
    latest, y = ENDLESS, tb.el_type[e]
    if not tb.turnaround:
        return latest
    for r in range(st.rot_n[tb.el_unit[e]]):
        if st.el_site[e, r] >= 0 and st.el_a[e, r] > a and not st.rot_fixed[tb.el_unit[e], r]:
            latest = min(latest, st.el_a[e, r] - tb.back[y, st.el_mode[e, r]])
    t = max(a, 0)
    while t < tb.weeks:
        if st.away[e, t] != 0:
            x = st.away[e, t] - 1
            mode, arrival = flown_by(tb, st, e, x)
            if mode >= 0 and arrival > a:
                return min(latest, arrival - tb.back[y, mode])
            t = st.run_start[x] + tb.x_weeks[x]
        else:
            t += 1
    return latest


@kernel
def exercised(tb: Tables, st: State, e: int) -> tuple[int, int]:
    """(weeks of the plan on rotation, weeks of them in exercises) of element ``e``."""
    there, spent = 0, 0
    for r in range(st.rot_n[tb.el_unit[e]]):
        if st.el_site[e, r] >= 0:
            for t in range(max(st.el_a[e, r], 0), min(st.el_d[e, r], tb.weeks)):
                there += 1
                spent += st.away[e, t] != 0
    return there, spent


@kernel
def bears(tb: Tables, st: State, e: int, more: int) -> bool:
    """Whether ``e`` may exercise ``more`` weeks on rotation (rule exercise-load)."""
    share = tb.load[tb.el_type[e]]
    if share < 0:
        return True
    there, spent = exercised(tb, st, e)
    return 1000 * (spent + more) <= share * there


@kernel
def all_bear(tb: Tables, st: State) -> bool:
    """Whether nobody exercises too much."""
    if tb.loaded:
        for e in range(len(tb.el_unit)):
            if not bears(tb, st, e, 0):
                return False
    return True
