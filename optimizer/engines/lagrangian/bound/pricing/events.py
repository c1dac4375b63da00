"""Exercises and upgrades at given prices: each takes its best place and week, or none."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.decided import Decided
from optimizer.engines.lagrangian.bound.parts.make import Made
from optimizer.engines.lagrangian.kernels.arrays import Floats, Ints
from optimizer.engines.lagrangian.tables.records import Tables


def _ahead(weekly: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Sums of ``weekly[i, w : w + n[i]]`` for every w, cut at the end."""
    total = np.concatenate([np.zeros((len(weekly), 1)), np.cumsum(weekly, axis=1)], axis=1)
    t_n = weekly.shape[1]
    until = np.minimum(np.arange(t_n) + n[:, None], t_n)
    return np.take_along_axis(total, until, axis=1) - total[:, :-1]


class Events:
    """Exercises by host row [H, T] and upgrades [B, T]."""

    def __init__(self, t: Tables, made: Made):
        self.t, self.limit, self.ok, self.room = t, made.limits, made.parts.visits.ok, made.room
        self.pair_host, self.pair_count = made.parts.visits.host, made.parts.pair_count.astype(np.float64)
        self.of = np.searchsorted(t.host_first, np.arange(len(t.host_site)), side="right") - 1
        self.span = t.x_weeks[self.of]
        self.on_range = t.x_echelon[self.of] > 0
        self.wanting = t.echelon[t.host_site] < t.x_echelon[self.of]  # rows that wait for a better range
        group = t.x_group[self.of]
        self.grouped = np.flatnonzero(group >= 0)
        self.group = group[self.grouped]
        self.room_span = (self.span + t.x_spacing[self.of])[self.grouped]
        self.base = t.x_value[self.of][:, None] + self.limit.run_gain
        self.better = [
            np.flatnonzero(self.wanting & (t.host_site == s) & (t.x_echelon[self.of] <= up))
            for s, up in zip(t.up_site, t.up_echelon, strict=True)
        ]

    def runs(
        self, decided: Decided, money: Floats, cut: Floats, nu: Floats, rng: Floats, echelon: Floats, group: Floats
    ) -> tuple[float, tuple[Ints, Ints]]:
        """(sum of the best values, chosen (host rows, weeks)) at prices per week: ``money[t]``, ``cut[X, t]`` per run,
        ``nu[R, t]`` per participant, ``rng[S, t]``, ``echelon[H, t]``, ``group[G, t]``."""
        t = self.t
        if not len(self.ok):
            return 0.0, (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
        value = self.base - t.host_cost[:, None] * money - echelon - cut[self.of]
        np.subtract.at(value, self.pair_host, self.pair_count[:, None] * nu)
        value -= _ahead(rng[t.host_site] * self.on_range[:, None], self.span)
        value[self.grouped] -= _ahead(group[self.group], self.room_span)
        value[~self.ok] = -np.inf
        weeks = np.arange(t.weeks)
        since, by = decided.run_since, decided.run_by
        value[(weeks < since[self.of, None]) | (weeks > by[self.of, None])] = -np.inf
        week = value.argmax(axis=1)
        top = value[np.arange(len(week)), week]
        total, hosts = 0.0, []
        for x in range(len(t.x_weeks)):
            rows = slice(t.host_first[x], t.host_first[x + 1])
            h = int(t.host_first[x] + np.argmax(top[rows])) if rows.stop > rows.start else -1
            best = top[h] if h >= 0 else -np.inf
            if best > 0 or self.limit.held[x] or by[x] < t.weeks:
                total += best
                if best > -np.inf:
                    hosts.append(h)
        chosen = np.array(hosts, dtype=np.int64)
        return float(total), (chosen, week[chosen])

    def book_runs(
        self, chosen: tuple[Ints, Ints], money: Floats, nu: Floats, rng: Floats, echelon: Floats, group: Floats
    ) -> None:
        """Add what the chosen runs use to arrays shaped like the prices."""
        t = self.t
        for h, w in zip(*chosen, strict=True):
            end = w + self.span[h]
            money[w] += t.host_cost[h]
            echelon[h, w] += self.wanting[h]
            if self.on_range[h]:
                rng[t.host_site[h], w:end] += 1.0
            if t.x_group[self.of[h]] >= 0:
                group[t.x_group[self.of[h]], w : end + t.x_spacing[self.of[h]]] += 1.0
            nu[self.pair_host == h, w] += self.pair_count[self.pair_host == h]

    def buys(
        self, money: Floats, settled: Floats, everyone: Floats, slots: Floats, rng: Floats, echelon: Floats
    ) -> tuple[float, tuple[Ints, Ints]]:
        """(sum of the best values, chosen (upgrades, weeks)) at prices ``money[t]``, the
        others [S, t], ``echelon[H, t]``."""
        t, s = self.t, self.t.up_site
        if not len(s):
            return 0.0, (np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
        week = settled[s] * self.room.up_settled + everyone[s] * self.room.up_everyone
        week += slots[s] * t.up_slots[:, None] + rng[s] * t.up_at_once[:, None]
        for b, rows in enumerate(self.better):
            week[b] += echelon[rows].sum(axis=0)
        later = np.concatenate([np.cumsum(week[:, ::-1], axis=1)[:, ::-1], np.zeros((len(s), 1))], axis=1)
        done = np.minimum(np.arange(t.weeks) + t.up_weeks[:, None], t.weeks)
        value = np.take_along_axis(later, done, axis=1) + self.limit.buy_gain - t.up_cost[:, None] * money
        value[~self.limit.buy_ok] = -np.inf
        at = value.argmax(axis=1)
        top = value[np.arange(len(at)), at]
        take = (top > 0) | self.limit.bought
        chosen = np.flatnonzero(take & (top > -np.inf))
        return float(top[take].sum()), (chosen, at[chosen])

    def book_buys(
        self,
        chosen: tuple[Ints, Ints],
        money: Floats,
        settled: Floats,
        everyone: Floats,
        slots: Floats,
        rng: Floats,
        echelon: Floats,
    ) -> None:
        """Take what the chosen upgrades add off arrays shaped like the prices."""
        t = self.t
        for b, w in zip(*chosen, strict=True):
            s, done = t.up_site[b], min(w + t.up_weeks[b], t.weeks)
            money[w] += t.up_cost[b]
            settled[s, done:] -= self.room.up_settled[b, done:]
            everyone[s, done:] -= self.room.up_everyone[b, done:]
            slots[s, done:] -= t.up_slots[b]
            rng[s, done:] -= t.up_at_once[b]
            echelon[self.better[b], done:] -= 1.0
