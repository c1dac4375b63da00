"""Acceptance and cooling say what their formulas say."""

from __future__ import annotations

import math

import numpy as np
import pytest

from optimizer.engines.lagrangian.kernels.chance import generator
from optimizer.engines.lagrangian.search.cooling import accepts, stretches, temperature


def test_the_temperature_falls_from_hot_to_cold_by_equal_ratios() -> None:
    """From 8 to 1 in three moves: 8, 4, 2, 1."""
    assert [temperature(8.0, 1.0, i, 3) for i in range(4)] == pytest.approx([8.0, 4.0, 2.0, 1.0])


def test_stretches_join_and_end_cold() -> None:
    """From 16 to 1 in two stretches: halves of the exponent, 16 to 4 to 1."""
    assert list(stretches(16.0, 1.0, 2)) == [(16.0, 4.0), (4.0, 1.0)]


@pytest.mark.parametrize(("change", "heat"), [(-1.0, 1.0), (-1.0, 0.25), (-3.0, 2.0), (0.0, 1.0), (5.0, 1.0)])
def test_a_move_is_kept_as_often_as_metropolis_says(change: float, heat: float) -> None:
    """Of 20,000 draws a share of min(1, exp(change / heat)) is kept, give or take four standard deviations."""
    rng, share = generator(3), min(1.0, math.exp(change / heat))
    kept = np.mean([accepts(rng, 10.0, 10.0 + change, heat) for _ in range(20_000)])
    assert abs(kept - share) <= 4 * math.sqrt(share * (1 - share) / 20_000)


def test_what_is_broken_is_never_kept() -> None:
    rng = generator(3)
    assert not any(accepts(rng, 10.0, -np.inf, 1e9) for _ in range(1000))
