"""Elements priced by two threads are priced as by one."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.engines.lagrangian.bound import halves
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.tables.build import tables
from tests.engines.lagrangian.mixed import mixed
from tests.engines.lagrangian.rows import theta_near


@pytest.mark.parametrize("seed", range(6))
def test_two_threads_give_the_same_to_the_bit(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    case = mixed(seed)
    both = []
    for least in (10**9, 0):
        monkeypatch.setattr(halves, "WORTH_IT", least)
        dual = Dual(case, tables(case))
        dual.run(20)
        theta = theta_near(dual, np.random.default_rng(seed))
        both.append([dual.lagrangian.evaluate(x) for x in (theta, dual.best)])
    for (value, size, slope), (other, its_size, its_slope) in zip(*both, strict=True):
        assert (value, size) == (other, its_size)
        assert (slope == its_slope).all()
    assert any(value > -np.inf for value, *_ in both[0])
