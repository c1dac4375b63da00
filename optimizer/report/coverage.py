"""Percentages of weighted demand, week by week."""

from __future__ import annotations

from typing import Any

import numpy as np

from optimizer.domain import Case

MET = 99.95  # percent that rounds to all


def weights(case: Case) -> np.ndarray:
    """Weight of each country and capability, shape (countries, capabilities, 1, 1)."""
    w = np.outer([c.weight for c in case.countries], [k.weight for k in case.capabilities])
    return np.asarray(w, dtype=float)[:, :, None, None]


def percent(got: Any, of: Any) -> np.ndarray:
    """100 × got / of, NaN where nothing is wanted."""
    got, of = np.asarray(got, dtype=float), np.asarray(of, dtype=float)
    return np.divide(100.0 * got, of, out=np.full(of.shape, np.nan), where=of > 0)


def least_covered(case: Case, supplied: np.ndarray, wanted: np.ndarray) -> list[int]:
    """Indices of countries, least covered at the highest level first; those without demand last."""
    w = weights(case)
    share = percent((w * np.minimum(supplied[:, :, None], wanted)).sum((1, 2, 3)), (w * wanted).sum((1, 2, 3)))
    return [int(i) for i in np.argsort(np.nan_to_num(share, nan=101.0), kind="stable")]
