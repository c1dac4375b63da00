"""The dualised rows of the bound: one block of multipliers per family of rows.

Each family has a shape, a box for its multipliers, a typical size (the scale of its steps)
and the part of its right-hand side that no decision touches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Family:
    """Rows ``use ≤ rhs`` with multipliers in ``[low, high]``; rows without a limit have
    ``high = 0``."""

    low: np.ndarray
    high: np.ndarray
    scale: np.ndarray
    rhs: np.ndarray

    @property
    def shape(self) -> tuple[int, ...]:
        return self.rhs.shape


def family(
    rhs: np.ndarray, scale: float | np.ndarray, *, high: float | np.ndarray = np.inf, low: float = 0.0
) -> Family:
    """A family over the rows of ``rhs``; an endless right-hand side means no row."""
    limited = rhs < 1e17
    return Family(
        np.where(limited, low, 0.0),
        np.where(limited, high, 0.0),
        np.broadcast_to(scale, rhs.shape).astype(np.float64),
        np.where(limited, rhs, 0.0),
    )


class Rows:
    """All families laid end to end in one vector."""

    def __init__(self, families: Mapping[str, Family]):
        self.families = dict(families)
        self._at: dict[str, slice] = {}
        size = 0
        for name, f in self.families.items():
            self._at[name] = slice(size, size + f.rhs.size)
            size += f.rhs.size
        self.size = size
        self.low, self.high, self.scale, self.rhs = (
            np.concatenate([np.zeros(0), *(getattr(f, part).ravel() for f in self.families.values())])
            for part in ("low", "high", "scale", "rhs")
        )

    def view(self, vector: np.ndarray, name: str) -> np.ndarray:
        """The block of one family inside ``vector``, in its shape (no copy)."""
        return vector[self._at[name]].reshape(self.families[name].shape)
