"""Whether there is a plan, asked of the dual and the search: never against the linear program, and mostly answered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Lock
from optimizer.domain.outcome import Options
from optimizer.engines import linear
from optimizer.engines.lagrangian.existence import Existence
from optimizer.verify import verify
from tests.agreement.generator import generated
from tests.build import budget, case
from tests.conflicts.chance import locked

CASES = 24


@pytest.mark.parametrize("made", [locked, generated])
def test_proofs_and_plans_agree_with_the_linear_program(made) -> None:
    """Every proof is one for the linear program too, every plan holds all rules; four in five cases are answered."""
    proven, found = 0, 0
    for seed in range(CASES):
        c = made(seed)
        answer = Existence(c, 1).answer(60, 8)
        assert not (answer.none and answer.plan)
        assert not (answer.none and linear.feasible(c, Options(workers=1))), seed
        assert answer.plan is None or verify(c, answer.plan).ok
        proven, found = proven + answer.none, found + (answer.plan is not None)
    assert proven > CASES // 8
    assert found > CASES // 4
    assert proven + found >= 0.8 * CASES


def test_what_has_to_be_spent_on_a_line_is_known_to_the_last_per_cent() -> None:
    """Two tank companies, by sea at 3, for four weeks at 0.1: 6.8 at least."""
    lines = tuple(Lock(f"L{i}", "must", "unit", f"U{i}", "POZ", start=4, end=8) for i in (1, 2))
    c = case(12, units={"U1": "TANK", "U2": "TANK"}, locks=lines)
    assert Existence(replace(c, budgets=(budget(7),)), 1).find(4) is not None
    assert not Existence(replace(c, budgets=(budget(7),)), 1).prove(60)
    tight = replace(budget(7), amount=6_790_000)
    assert Existence(replace(c, budgets=(tight,)), 1).prove(1)
