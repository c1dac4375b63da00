"""The dearest part of pricing, elements at their bases, in two halves side by side; kernels leave the interpreter."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Posts, Visits
from optimizer.engines.lagrangian.bound.pricing.arcs import Prices
from optimizer.engines.lagrangian.bound.pricing.elements import better, posts
from optimizer.engines.lagrangian.kernels.arrays import Bools, Floats, Ints

WORTH_IT = 20_000  # profiles × sites × weeks from which a second thread costs less than it saves


class Halves:
    """Prices ``posts``. With enough of them a second thread does half; the answer is the same to the bit."""

    def __init__(self, po: Posts, weeks: int):
        self.po, self.cells = po, po.cell_profile.size
        self._pool = ThreadPoolExecutor(1) if self.cells * weeks >= WORTH_IT else None
        self._value: Floats = np.zeros((0, 0, 0))
        self._choice: Ints = np.zeros((0, 0, 0), dtype=np.int64)

    def price(self, v: Visits, pr: Prices, width: int, kinds: Ints, bases: Bools, value: Floats, choice: Ints) -> None:
        """Fill ``value`` and ``choice``; see ``posts``."""
        if self._pool is None:
            posts(self.po, v, pr, width, kinds, bases, 0, self.cells, value, choice)
            return
        if self._value.shape != value.shape:
            self._value, self._choice = np.empty_like(value), np.empty_like(choice)
        middle, rest = self.cells // 2, (self._value, self._choice)
        beside = self._pool.submit(posts, self.po, v, pr, width, kinds, bases, middle, self.cells, *rest)
        posts(self.po, v, pr, width, kinds, bases, 0, middle, value, choice)
        beside.result()
        better(*rest, value, choice)
