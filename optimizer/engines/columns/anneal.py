"""Ruin and recreate: free a little of the plan, then rebuild it at best responses."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.engines.columns.insert import insert_unit
from optimizer.engines.columns.jit import kernel
from optimizer.engines.columns.relay import capacities, lay, lift, service, upgrade
from optimizer.engines.columns.staff import insert_run
from optimizer.engines.columns.state import State, cancel, remove_rotation
from optimizer.engines.columns.tables import ORIGINS, Tables
from optimizer.engines.columns.value import money_fits, score


@kernel
def seed_random(seed):
    """Seed the compiled code's random numbers (it has its own generator, one per thread)."""
    np.random.seed(seed)


class Workshop:
    """The moves on one state. ``view`` are its arrays, ``st`` the structure kernels see;
    ``lam[kind, t]`` is the guiding price of money of rotations, exercises, sets, upgrades."""

    def __init__(self, tb: Tables, core: Any, view: State, st: Any, floors: np.ndarray):
        self.tb, self.core, self.view, self.st, self.floors = tb, core, view, st, floors
        self.lam = np.zeros((4, tb.weeks))
        self.rng = np.random.default_rng(0)
        self.units, self.runs, self.sets, self.ups = (
            len(tb.std),
            len(tb.x_weeks),
            len(tb.draw),
            len(tb.up_site),
        )
        needs = [range(tb.need_first[x], tb.need_first[x + 1]) for x in range(len(tb.x_weeks))]
        count = [{n: int(tb.need_count[n]) for n in rows} for rows in needs]
        self.hope = np.array([_hope(tb, x, c) for x, c in enumerate(count)]).reshape(
            len(tb.x_weeks), len(tb.people), tb.weeks
        )
        self.eager = np.zeros(len(tb.x_weeks))  # weight of each exercise's pull on units
        self.need_exercise = np.repeat(np.arange(self.runs), np.diff(tb.need_first))

    def seed(self, seed: int) -> None:
        """Make everything that follows repeatable."""
        self.rng = np.random.default_rng(seed)
        seed_random(int(self.rng.integers(2**31)))

    @property
    def score(self) -> float:
        return score(self.core, self.st)

    @property
    def affordable(self) -> bool:
        return money_fits(self.core, self.st)

    # -- ruin

    def call_off(self, elements: np.ndarray) -> None:
        """Call off every exercise in which one of ``elements`` takes part."""
        rows = np.isin(self.view.part_e, elements).any(axis=1)
        for x in np.unique(self.need_exercise[rows]):
            if self.view.run_host[x] >= 0:
                cancel(self.core, self.st, x)

    def withdraw(self, u: int) -> None:
        """Take all rotations of unit ``u`` that are not under way out of the plan."""
        n = self.view.rot_n[u]
        if n == 0 or self.view.rot_fixed[u, :n].all():
            return
        self.call_off(np.arange(self.tb.el_first[u], self.tb.el_first[u + 1]))
        for r in range(n - 1, -1, -1):
            if not self.view.rot_fixed[u, r]:
                remove_rotation(self.core, self.st, u, r)

    def some_units(self) -> list[int]:
        """Related units to free (some in the plan), and idle ones to compete with them."""
        if not self.units:
            return []
        posted = np.flatnonzero(self.view.rot_n > 0)
        pool = posted if len(posted) else np.arange(self.units)
        seed = int(self.rng.choice(pool))
        mask = self._related(seed, int(self.rng.integers(4)))
        mask[seed] = False
        close = self.rng.permutation(np.flatnonzero(mask))[: self.rng.integers(1, 4)]
        idle = self.rng.permutation(np.flatnonzero(self.view.rot_n == 0))[:3]
        return list(dict.fromkeys([seed, *close.tolist(), *idle.tolist()]))

    def _related(self, seed: int, kind: int) -> np.ndarray:
        """Units like ``seed``: any, same type, same country, or at the same time."""
        first = self.tb.el_first[:-1]
        at = np.where(self.view.rot_n > 0, self.view.el_site[np.minimum(first, len(self.tb.el_unit) - 1), 0], -1)
        if kind == 1:
            kinds = self.tb.el_type[np.minimum(first, len(self.tb.el_unit) - 1)]
            return kinds == kinds[seed]
        if kind == 2 and at[seed] >= 0:
            return (at >= 0) & (self.tb.country[at] == self.tb.country[at[seed]])
        if kind == 3 and self.view.rot_n[seed] > 0:
            a, d = self.view.rot_a[:, 0], self.view.rot_d[:, 0]
            return (self.view.rot_n > 0) & (a < d[seed]) & (a[seed] < d)
        return np.ones(self.units, dtype=bool)

    # -- recreate

    def insert_units(self, units: list[int], factor: float, noise: float, tries: int) -> None:
        """Insert units, in random order, each as often as that improves the plan."""
        wanted = self.view.run_host < 0
        pull = np.tensordot(wanted * self.eager, self.hope, 1)
        for u in self.rng.permutation(units).astype(int).tolist():
            for _ in range(4):
                if not insert_unit(self.core, self.st, u, self._guide(0, factor), pull, noise, tries):
                    break

    def _guide(self, kind: int, factor: float) -> np.ndarray:
        """Guiding price of money by week; at least the trace, so that the cheaper of equals wins."""
        return self.lam[kind] * factor + self.tb.cost_price

    def insert_runs(self, factor: float, keep: float, most: int, width: int) -> None:
        """Hold up to ``most`` of the exercises not held, where that improves the plan."""
        open_runs = self.rng.permutation(np.flatnonzero(self.view.run_host < 0))[:most]
        for x in open_runs.tolist():
            self.insert_run(x, factor, keep, width)

    def insert_run(self, x: int, factor: float, keep: float, width: int) -> None:
        """Hold exercise ``x`` if that improves the plan."""
        insert_run(self.core, self.st, x, self._guide(1, factor), keep, width, int(self.rng.integers(2**30)))

    # -- moves: each frees something and says which units to insert, or None if it went wrong

    def move_units(self) -> list[int]:
        units = self.some_units()
        for u in units:
            self.withdraw(u)
        return units

    def move_towards(self, x: int) -> list[int]:
        """Make room for exercise ``x``: call others off, free some units, and pull in those
        whose elements it lacks."""
        held = np.flatnonzero(self.view.run_host >= 0)
        for other in self.rng.permutation(held)[: self.rng.integers(0, 5)].tolist():
            cancel(self.core, self.st, other)
        lacking = self._lacking(x)
        self.hope[x] = _hope(self.tb, x, lacking)
        self.eager[x] = 0.5 + self.rng.random()
        kinds = np.asarray(np.any(self.tb.need_type[[n for n, k in lacking.items() if k]], axis=0))
        useful = np.unique(self.tb.el_unit[kinds[self.tb.el_type]])
        units = self.move_units()
        return list(dict.fromkeys([*self.rng.permutation(useful)[:3].tolist(), *units]))

    def _lacking(self, x: int) -> dict[int, int]:
        """Elements that each need of ``x`` lacks in theatre about the middle of its window."""
        tb, starts = self.tb, self._starts(x)
        if not len(starts):
            return {}
        week = int(self.rng.choice(starts))
        there = ((self.view.el_site >= 0) & (self.view.el_a < week) & (self.view.el_d >= week + tb.x_weeks[x])).any(1)
        return {
            n: max(0, int(tb.need_count[n] - (there & tb.need_type[n, tb.el_type]).sum()))
            for n in range(tb.need_first[x], tb.need_first[x + 1])
            if ORIGINS[tb.need_origin[n]] != "home"
        }

    def _starts(self, x: int) -> np.ndarray:
        return np.flatnonzero(self.tb.start_ok[self.tb.host_first[x] : self.tb.host_first[x + 1]].any(axis=0))

    def move_runs(self) -> list[int]:
        held = np.flatnonzero(self.view.run_host >= 0)
        for x in self.rng.permutation(held)[: self.rng.integers(1, 5)].tolist():
            cancel(self.core, self.st, x)
        return []

    def move_set(self) -> list[int] | None:
        """Free a set and its users and put it on another path."""
        q = int(self.rng.integers(self.sets))
        users = np.unique(self.tb.el_unit[(self.view.el_set == q).any(axis=1) & (self.view.el_site >= 0).any(axis=1)])
        for u in users.tolist():
            n = self.view.rot_n[u]
            mine = slice(self.tb.el_first[u], self.tb.el_first[u + 1])
            if (self.view.rot_fixed[u, :n] & (self.view.el_set[mine, :n] == q).any(axis=0)).any():
                return None
        for u in users.tolist():
            self.withdraw(u)
        rows = ((self.view.part_set == q) & (self.view.part_e >= 0)).any(axis=1)
        for x in np.unique(self.need_exercise[rows]).tolist():
            if self.view.run_host[x] >= 0:
                cancel(self.core, self.st, x)
        lift(self.core, self.st, q)
        if not lay(self.core, self.st, q, self.lam[2], self._pulls()) or not service(self.core, self.st, q):
            return None
        return list(dict.fromkeys([*users.tolist(), *self.move_units()]))

    def _pulls(self) -> np.ndarray:
        """A random liking for sites that changes once, at a random week: [S, T]."""
        tb = self.tb
        scale = 10.0 ** self.rng.uniform(-1.0, 2.0) * (self.rng.random() < 0.8)
        early, late = self.rng.exponential(1.0, (2, len(tb.places), 1)) * scale
        return np.where(np.arange(tb.weeks) < self.rng.integers(0, tb.weeks + 1), early, late)

    def move_upgrade(self) -> list[int] | None:
        """Give an upgrade up, or buy one (early starts preferred) and free some units."""
        tb, b = self.tb, int(self.rng.integers(self.ups))
        bought = int(self.view.up_start[b])
        if bought >= 0:
            upgrade(self.core, self.st, b, bought, -1)
            capacities(self.core, self.st, self.floors[0], self.floors[1])
            return [] if self._fits() else None
        if tb.up_from[b] > tb.up_to[b]:
            return None
        w = int(tb.up_from[b] + (tb.up_to[b] - tb.up_from[b] + 1) * self.rng.random() ** 3)
        if w < tb.cr_weeks or tb.wish.buy[b, w] < -1e6:
            return None
        upgrade(self.core, self.st, b, w, 1)
        capacities(self.core, self.st, self.floors[0], self.floors[1])
        return self.move_units() if self.affordable else None

    def _fits(self) -> bool:
        """Whether people, slots and ranges still fit after an upgrade was given up."""
        v = self.view
        held = np.flatnonzero(v.run_host >= 0)
        sites = self.tb.host_site[v.run_host[held]]
        return bool(
            (v.settled <= v.cap_settled).all()
            and (v.everyone <= v.cap_all).all()
            and (v.slot_use <= v.cap_slots).all()
            and (v.range_use <= v.at_once).all()
            and (self.tb.x_echelon[held] <= v.echelon[sites, v.run_start[held]]).all()
        )

    def ruin_and_recreate(self) -> bool:
        """One move; false if the state is broken and must be restored."""
        factor = 0.0 if self.rng.random() < 0.25 else 0.2 + self.rng.random()
        kind, most, keep = self.rng.random(), 3, 0.5
        self.eager[:] = self.rng.random() if self.rng.random() < 0.3 else 0.0
        units: list[int] | None
        first = -1
        if kind < 0.1 and self.sets:
            units = self.move_set()
        elif kind < 0.2 and self.runs:
            units, most, keep = self.move_runs(), self.runs, 1.0
        elif kind < 0.23 and self.ups:
            units = self.move_upgrade()
        elif kind < 0.45 and (self.view.run_host < 0).any():
            missing = np.flatnonzero(self.view.run_host < 0)
            value = np.maximum(self.tb.x_value[missing], 1e-3)
            first = int(self.rng.choice(missing, p=value / value.sum()))
            units, most = self.move_towards(first), self.runs
        else:
            units = self.move_units()
        if units is None:
            return False
        self.insert_units(units, factor, 0.2, 3)
        if first >= 0 and self.view.run_host[first] < 0:
            self.insert_run(first, factor, 1.0, 8)
        self.insert_runs(factor, keep, most, 8)
        return True


def _hope(tb: Tables, x: int, wanted: dict[int, int]) -> np.ndarray:
    """What exercise ``x`` might pay a ready element in theatre, [Y, T]: an equal share of its
    value for every element ``wanted`` by need, spread over the weeks it may be under way."""
    hope = np.zeros((len(tb.people), tb.weeks))
    starts = np.flatnonzero(tb.start_ok[tb.host_first[x] : tb.host_first[x + 1]].any(axis=0))
    if len(starts):
        weeks = slice(starts[0], starts[-1] + tb.x_weeks[x])
        share = tb.x_value[x] / max(sum(wanted.values()), 1)
        for n, k in wanted.items():
            if k and ORIGINS[tb.need_origin[n]] != "home":
                hope[tb.need_type[n], weeks] += share / (weeks.stop - weeks.start)
    return hope
