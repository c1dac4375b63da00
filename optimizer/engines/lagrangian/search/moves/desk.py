"""What the moves of one search share: the list of units to insert, the exercises asked for, and
how either gets there."""

from __future__ import annotations

from typing import Any, NamedTuple

from numba.experimental import structref

from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints, Words
from optimizer.engines.lagrangian.kernels.chance import below, pick, uniform
from optimizer.engines.lagrangian.kernels.jit import kernel
from optimizer.engines.lagrangian.kernels.structs import Struct
from optimizer.engines.lagrangian.search.state.arrays import State, cancel, remove_rotation
from optimizer.engines.lagrangian.tables.records import Tables


class Desk(NamedTuple):
    """What the moves of one search work with beside the state."""

    rng: Words  # the random numbers' state
    lam: Floats  # [4, T] guiding price of money of rotations, exercises, sets, upgrades
    scarce: Floats  # [N] how much of an exercise's value a participant of the need deserves, relative
    lean: Floats  # [U] what is added to the score for a unit that goes, while a basin is explored
    floors: Ints  # [2, S, T] people under way, settled and all
    n: Ints  # [2] how many units are to be inserted, how many exercises are asked for
    units: Ints  # [U] units to insert
    urgent: Ints  # [1] the unit that is inserted before them, -1 none
    listed: Bools  # [U] whether it is among them
    asks: Ints  # [X, 3] exercises to hold: exercise, host row, week
    asked: Bools  # [X] whether it is among them
    eager: Floats  # [X] how much of its value each of them offers for being made possible
    pull: Floats  # [Y, S, T] what they offer a ready element that is based near enough
    short: Ints  # [N] scratch: elements a need lacks
    price: Floats  # [4, T] money's price in this move
    mask: Bools  # [max(U, X)] scratch
    span: Ints  # [2] weeks in which units are inserted
    core: Bools  # [I] intervals that are always looked at
    bases: Bools  # [U, S] sites that are always looked at for the unit
    move: Ints  # [1] the move under way, a row of ``MOVES``
    tried: Ints  # [MOVES] how often each was made
    kept: Ints  # [MOVES] and accepted
    others: Floats  # [2] sizes of the samples of other intervals (times the usual) and of other sites (share)


@structref.register
class DeskType(Struct):
    pass


class DeskCore(structref.StructRefProxy):
    """``Desk`` for kernels."""


structref.define_constructor(DeskCore, DeskType, list(Desk._fields))
structref.define_boxing(DeskType, DeskCore)


@kernel
def desk_core(desk: Desk) -> Any:
    """The structure that shares the arrays of ``desk``."""
    return DeskCore(*desk)


@kernel
def enlist(desk: Desk, u: int) -> None:
    """Put unit ``u`` on the list of those to insert."""
    if not desk.listed[u]:
        desk.listed[u] = True
        desk.units[desk.n[0]] = u
        desk.n[0] += 1


@kernel
def ask(desk: Desk, x: int, h: int, w: int, eager: float) -> None:
    """Ask for exercise ``x``, at host row ``h`` from week ``w`` if that can be."""
    if not desk.asked[x]:
        i = desk.n[1]
        desk.asked[x] = True
        desk.asks[i, 0], desk.asks[i, 1], desk.asks[i, 2] = x, h, w
        desk.eager[i] = eager
        desk.n[1] += 1


@kernel
def call_off(tb: Tables, st: State, desk: Desk, x: int) -> None:
    """Call exercise ``x`` off, and ask for it as it was."""
    ask(desk, x, st.run_host[x], st.run_start[x], 1.0)
    cancel(tb, st, x)


@kernel
def withdraw(tb: Tables, st: State, desk: Desk, u: int, start: int, end: int) -> None:
    """Take the unit's rotations that meet [start, end) and are not under way out of the plan,
    with the exercises they serve; then it is to be inserted again."""
    enlist(desk, u)
    for r in range(st.rot_n[u] - 1, -1, -1):
        a, d = st.rot_a[u, r], st.rot_d[u, r]
        if st.rot_fixed[u, r] or a >= end or d <= start:
            continue
        desk.span[0], desk.span[1] = min(desk.span[0], a), max(desk.span[1], min(d, tb.weeks))
        for e in range(tb.el_first[u], tb.el_first[u + 1]):
            for t in range(max(a, 0), min(d, tb.weeks)):
                if st.away[e, t] != 0:
                    call_off(tb, st, desk, st.away[e, t] - 1)
        remove_rotation(tb, st, u, r)


@kernel
def come_home(tb: Tables, st: State, desk: Desk, u: int, start: int, end: int) -> None:
    """Call off the exercises for which elements of ``u`` are flown in during [start, end)."""
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        for t in range(max(start, 0), min(end, tb.weeks)):
            if st.away[e, t] != 0:
                call_off(tb, st, desk, st.away[e, t] - 1)


@kernel
def is_flown(tb: Tables, st: State, u: int) -> bool:
    """Whether an element of ``u`` is brought in from home for an exercise."""
    for x in range(st.run_host.size):
        for n in range(tb.need_first[x], tb.need_first[x + 1]):
            for slot in range(tb.need_count[n]):
                e = st.part_e[n, slot]
                if st.run_host[x] >= 0 and e >= 0 and st.part_mode[n, slot] >= 0 and tb.el_unit[e] == u:
                    return True
    return False


@kernel
def free_rotation(st: State, rng: Words, start: int, end: int) -> tuple[int, int]:
    """A random unit with a rotation that meets [start, end) and is not under way, and that rotation; (-1, -1) if
    there is none."""
    found, at, which = 0, -1, -1
    for u in range(st.rot_n.size):
        for r in range(st.rot_n[u]):
            if not st.rot_fixed[u, r] and st.rot_a[u, r] < end and start < st.rot_d[u, r]:
                found += 1
                if below(rng, found) == 0:
                    at, which = u, r
    return at, which


@kernel
def base_of(tb: Tables, st: State, u: int, r: int) -> int:
    """Country of the first based element of a rotation, -1 if none."""
    for e in range(tb.el_first[u], tb.el_first[u + 1]):
        if st.el_site[e, r] >= 0:
            return tb.country[st.el_site[e, r]]
    return -1


@kernel
def idle_units(tb: Tables, st: State, desk: Desk, most: int) -> None:
    """Enlist up to ``most`` random units that are not in the plan, or have time for another stay."""
    n = st.rot_n.size
    for _ in range(most):
        for u in range(n):
            desk.mask[u] = not desk.listed[u] and (st.rot_n[u] == 0 or tb.repeats[u])
        u = pick(desk.rng, desk.mask[:n])
        if u < 0:
            return
        if uniform(desk.rng) < 0.5:
            come_home(tb, st, desk, u, 0, tb.weeks)
        enlist(desk, u)


@kernel
def goes(st: State, u: int) -> bool:
    """Whether unit ``u`` has a rotation that is not under way."""
    for r in range(st.rot_n[u]):
        if not st.rot_fixed[u, r]:
            return True
    return False


@kernel
def leaning(st: State, desk: Desk) -> float:
    """What is added to the score of the state for the units that go."""
    total = 0.0
    for u in range(st.rot_n.size):
        if desk.lean[u] != 0.0 and goes(st, u):
            total += desk.lean[u]
    return total


@kernel
def take_back(tb: Tables, desk: Desk) -> None:
    """Make ``pull`` zero where those asked for may have offered something."""
    for i in range(desk.n[1]):
        x, w = desk.asks[i, 0], desk.asks[i, 2]
        for n in range(tb.need_first[x], tb.need_first[x + 1]):
            for y in range(len(tb.people)):
                if tb.need_type[n, y]:
                    desk.pull[y, :, w : w + tb.x_weeks[x]] = 0.0


@kernel
def clear(tb: Tables, desk: Desk, factor: float) -> None:
    """Begin a move: nothing listed, nothing asked for; money at ``factor`` of its guiding price, and at
    least at the trace, so that the cheaper of equals wins."""
    take_back(tb, desk)
    desk.n[:] = 0
    desk.urgent[0] = -1
    desk.span[0], desk.span[1] = 0, tb.weeks
    desk.listed[:] = False
    desk.asked[:] = False
    desk.price[:] = desk.lam * factor + tb.cost_price
