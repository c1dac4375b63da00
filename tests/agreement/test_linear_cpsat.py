"""Two independent readings of every rule and goal prove the same optimum."""

from __future__ import annotations

import pytest

from optimizer.domain.outcome import Options
from optimizer.engines import cpsat, linear
from tests.agreement.test_linear_brute import CASES
from tests.build import setting


@pytest.mark.parametrize("name", CASES)
def test_linear_and_constraint_programming_agree(name: str) -> None:
    c = setting(CASES[name], cost_price=0.01, over_length_price=0.3)
    first, second = linear.solve(c, Options(workers=1)), cpsat.solve(c, Options(workers=1))
    assert first.status == second.status
    assert first.status in ("optimal", "infeasible")
    assert first.score == pytest.approx(second.score, abs=1e-5)
