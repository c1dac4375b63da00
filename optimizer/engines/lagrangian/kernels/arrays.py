"""The kinds of arrays that kernels take, and small arrays of any iterable."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Words = NDArray[np.uint64]  # the state of a generator: see ``chance``


def ints(values: object) -> np.ndarray:
    """An integer array of any iterable."""
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]


def floats(values: object) -> np.ndarray:
    """A floating point array of any iterable."""
    return np.array(list(values), dtype=np.float64)  # type: ignore[call-overload]


def first(sizes: object) -> np.ndarray:
    """Slice bounds of consecutive groups of these sizes."""
    return np.concatenate([[0], np.cumsum(ints(sizes))]).astype(np.int64)
