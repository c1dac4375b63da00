"""Prices that rows lead to, and what use of them gives back as slopes: cuts, places, money, the worst of several."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Parts
from optimizer.engines.lagrangian.bound.pricing.booking import Use
from optimizer.engines.lagrangian.bound.rows import Rows
from optimizer.engines.lagrangian.tables.records import Tables


def sums(weekly: np.ndarray) -> np.ndarray:
    """Prefix sums over the last axis, beginning with 0."""
    out = np.zeros((*weekly.shape[:-1], weekly.shape[-1] + 1))
    np.cumsum(weekly, axis=-1, out=out[..., 1:])
    return out


def gather(row: np.ndarray, amount: np.ndarray, rows: int) -> np.ndarray:
    """Sums of ``amount`` by ``row``."""
    return np.bincount(row, amount, rows) if row.size else np.zeros(rows)


class CutRows:
    """The cuts (see parts/cuts.py) as prices and slopes."""

    def __init__(self, t: Tables, parts: Parts):
        self.cuts, self.t, self.pair_need = parts.cuts, t, parts.pair_need
        self.entry_need = parts.pair_need[parts.fliers.pair]
        self.left, self.of_left = np.unique(parts.cuts.not_entry, return_inverse=True)  # entries left out somewhere

    def _spread(self, party: np.ndarray, row: np.ndarray, amount: np.ndarray, parties: int) -> np.ndarray:
        """``amount`` of rows in the weeks of their starts, by party: [parties, T]."""
        cu, wide = self.cuts, self.t.weeks + 1
        at = np.concatenate([party * wide + cu.start[row], party * wide + cu.end[row]])
        change = gather(at, np.concatenate([amount, -amount]), parties * wide)
        return np.cumsum(change.reshape(parties, wide), axis=1)[:, :-1]

    def per_run(self, xi: np.ndarray) -> np.ndarray:
        """Price of a run: [exercises, T]."""
        cu = self.cuts
        return self._spread(cu.exercise, np.arange(len(xi)), cu.coef * xi, len(self.t.x_weeks))

    def per_participant(self, xi: np.ndarray) -> np.ndarray:
        """Worth of a participant of a unit never left out: [needs, T]."""
        cu = self.cuts
        return self._spread(cu.of_need, cu.of_row, xi[cu.of_row], len(self.t.need_count))

    def flown(self, xi: np.ndarray) -> np.ndarray:
        """Worth of a participant flown in: [entries of Fliers.pair, T]."""
        cu = self.cuts
        out = self.per_participant(xi)[self.entry_need]
        out[self.left] -= self._spread(self.of_left, cu.not_row, xi[cu.not_row], len(self.left))
        return out

    def slope(self, use: Use, runs: np.ndarray) -> np.ndarray:
        """What counts in the rows less what ``runs[exercises, T]`` ask for."""
        cu, rows = self.cuts, len(self.cuts.coef)
        by_need = np.zeros((len(self.t.need_count), self.t.weeks))
        entry, week = np.nonzero(use.flown)
        np.add.at(by_need, (self.entry_need[entry], week), use.flown[entry, week])
        out = use.met - cu.coef * self._within(sums(runs), cu.exercise, np.arange(rows))
        out += gather(cu.of_row, self._within(sums(by_need), cu.of_need, cu.of_row), rows)
        out -= gather(cu.not_row, self._within(sums(use.flown[self.left]), self.of_left, cu.not_row), rows)
        return out

    def _within(self, total: np.ndarray, party: np.ndarray, row: np.ndarray) -> np.ndarray:
        return total[party, self.cuts.end[row]] - total[party, self.cuts.start[row]]


def book_places(rows: Rows, country: np.ndarray, use: Use, slope: np.ndarray) -> None:
    """Take what elements use at sites, and in their countries, off the slopes."""
    view, inside = rows.view, country >= 0
    view(slope, "settled")[:] -= use.settled
    view(slope, "everyone")[:] -= use.present
    for name, used in (
        ("host settled", use.settled),
        ("host everyone", use.present),
        ("brigade", use.brigade),
        ("floor", -use.present),
    ):
        np.subtract.at(view(slope, name), country[inside], used[inside])


def money_prices(t: Tables, rows: Rows, theta: np.ndarray) -> np.ndarray:
    """Price of money: [lines, T]."""
    view = rows.view
    money = t.cost_price + view(theta, "year")[:, t.year] + view(theta, "quarter")[:, t.quarter]
    for weeks, price in zip(t.cr_until, view(theta, "resolution"), strict=True):
        money[:, :weeks] += price[:, None]
    return money + view(theta, "total")[0]


def book_money(t: Tables, rows: Rows, theta: np.ndarray, spent: np.ndarray, slope: np.ndarray) -> float:
    """Book the money spent and the best transfers; return what transfers are worth."""
    view = rows.view
    np.subtract.at(view(slope, "year").T, t.year, spent.T)
    np.subtract.at(view(slope, "quarter").T, t.quarter, spent.T)
    for weeks, early in zip(t.cr_until, view(slope, "resolution"), strict=True):
        early -= spent[:, :weeks].sum(axis=1)
    view(slope, "total")[:] -= spent.sum()
    if not (t.amount < 1e17).all():
        return 0.0
    price = view(theta, "year")
    to, years = price.argmax(axis=0), np.arange(price.shape[1])
    out = t.transfer * t.amount
    view(slope, "year")[:] -= out
    view(slope, "year")[to, years] += out.sum(axis=0)
    return float(((price[to, years] - price) * out).sum())
