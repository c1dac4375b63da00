"""Exercises and upgrades at the prices of a leaf: each takes its best place and week, or none."""

from __future__ import annotations

import numpy as np

from optimizer.domain.places import ECHELONS
from optimizer.verify.bound.elements import Elements
from optimizer.verify.bound.facts import up
from optimizer.verify.bound.leaves import Kept
from optimizer.verify.bound.paths import NONE, sums


class Events:
    """Exercises and upgrades."""

    def __init__(self, el: Elements):
        self.el, self.f, self.w, self.rows = el, el.f, el.w, el.rows

    def run(self, exercise: str, kept: Kept) -> int:
        """The best place and week of an exercise, or none."""
        f, x = self.f, self.f.case.exercise[exercise]
        best = NONE if x.id in self.w.held or kept.by is not None else 0
        weeks = np.arange(f.weeks)
        inside = (weeks >= kept.since) & (weeks <= (f.weeks if kept.by is None else kept.by))
        asked = self.el.cuts.asked(exercise)
        for h, (y, host) in enumerate(self.w.hosts):
            if y is x:
                s = f.sites[host.site]
                each = self.rows.range[s] if ECHELONS.index(x.echelon) > 0 else np.zeros_like(self.rows.range[s])
                value = (
                    self.w.runs.gain[h] + up(x.value) - self.el.cost(f.case.settings.line_exercise, x.cost + host.cost)
                )
                value = value - self.rows.echelon[h] - asked - ahead(each, x.weeks)
                if x.group is not None:
                    value = value - ahead(self.rows.group[x.group], x.weeks + x.spacing)
                for r, (n, of) in enumerate(self.rows.pairs):
                    if of == h:
                        value = value - self.w.needs[n][1].count * self.rows.needs[r]
                best = max([best, *value[self.w.runs.ok[h] & inside].tolist()])
        return int(best)

    def buy(self, i: int) -> int:
        """The best week of an upgrade, or none."""
        f, b = self.f, self.f.case.upgrades[i]
        s, before = f.sites[b.site], b.id in f.case.bought
        week = self.rows.settled[s] * f.added["settled"][i] + self.rows.everyone[s] * f.added["everyone"][i]
        week = week + self.rows.slots[s] * b.slots + self.rows.range[s] * b.exercises_at_once
        for h, (x, host) in enumerate(self.w.hosts):
            if host.site == b.site and self.w.wanting[h] and self.w.helps(b, x):
                week = week + self.rows.echelon[h]
        done = np.minimum(np.arange(f.weeks) + f.building(b), f.weeks)
        total = sums(week)
        value = total[-1] - total[done] + self.w.buys.gain[i]
        value = value - (0 if before else self.el.cost(f.case.settings.line_upgrade, b.cost))
        return int(max([NONE if b.id in self.w.bought else 0, *value[self.w.buys.ok[i]].tolist()]))


def ahead(weekly: np.ndarray, n: int) -> np.ndarray:
    """Sums over n weeks from each on, cut at the end."""
    total, t = sums(weekly), len(weekly)
    return total[np.minimum(np.arange(t) + n, t)] - total[:-1]
