"""Prices of the increments of coverage: the expected part, and what the worst country and block add."""

from __future__ import annotations

import numpy as np

from optimizer.domain import Case
from optimizer.domain.supply import area_prices
from optimizer.engines.lagrangian.bound.rows import Rows
from optimizer.engines.lagrangian.tables.records import Tables
from optimizer.engines.lagrangian.tables.supply import blocks
from optimizer.quantities import MILLI


class Worst:
    """``counted``: countries that count for the worst."""

    def __init__(self, case: Case, t: Tables):
        self.t, found = t, blocks(case)
        base = area_prices(case).reshape(-1, t.price.shape[1])
        self.per_block = len(base)
        omega = case.settings.worst_scenario_weight / MILLI if len(found) > 1 else 0.0
        self.block_price = np.tile(base, (len(found), 1)) * omega
        counted = np.flatnonzero(t.full > 0)
        self.counted = counted if t.worst_price > 0 else counted[:0]
        self.country_price = np.zeros((len(self.counted), *t.price.shape))
        for i, c in enumerate(self.counted):
            own = np.flatnonzero(t.area_country[: self.per_block] == c)
            self.country_price[i, own] = base[own] * t.worst_price / t.full[c]

    def steps(self, country: np.ndarray, block: np.ndarray) -> np.ndarray:
        """``c[a, l]`` at weights of countries and blocks: the fall of the price from increment l to the next
        (none below 0)."""
        price = self.t.price + np.tensordot(country, self.country_price, axes=1)
        price = price + self.block_price * np.repeat(block, self.per_block)[:, None]
        return np.maximum(price - np.concatenate([price[:, 1:], np.zeros((len(price), 1))], axis=1), 0.0)

    def book(self, rows: Rows, asked: np.ndarray, slope: np.ndarray) -> None:
        """Fill the slopes of the weights; ``asked[a, l]``: what levels ask for beyond what their rows pay."""
        by_price = asked - np.concatenate([np.zeros((len(asked), 1)), asked[:, :-1]], axis=1)
        rows.view(slope, "country")[:] = np.tensordot(self.country_price, by_price, axes=2)
        worth = (self.block_price * by_price).sum(axis=1)
        rows.view(slope, "block")[:] = worth.reshape(len(self.t.lost), -1).sum(axis=1)
