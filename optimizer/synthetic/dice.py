"""Chance that falls the same on every machine."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws for one topic of one case.

    Only ``Random.random`` is used: the one sequence Python promises to keep for a seed. Every topic
    has its own, so that a change in one table leaves the others as they were.
    """

    def __init__(self, seed: int, topic: str):
        self._next = Random(f"{seed}/{topic}").random

    def whole(self, low: int, high: int) -> int:
        """A whole number of ``[low, high]``, both included."""
        return low + int(self._next() * (high - low + 1))

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred throws."""
        return self._next() * 100 < percent

    def pick(self, things: Sequence[T]) -> T:
        """One of ``things``."""
        return things[self.whole(0, len(things) - 1)]

    def some(self, things: Sequence[T], count: int) -> list[T]:
        """``count`` different ones (all, if there are fewer), in the order drawn."""
        left = list(things)
        return [left.pop(self.whole(0, len(left) - 1)) for _ in range(min(count, len(left)))]

    def about(self, value: int, percent: int) -> int:
        """A whole number up to so many per cent off ``value``."""
        return value * self.whole(100 - percent, 100 + percent) // 100
