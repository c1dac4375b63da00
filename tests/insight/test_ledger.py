"""The gap by unit, set, exercise and row: it adds up, no part regrets less than nothing, a proven plan nothing."""

from __future__ import annotations

import numpy as np
import pytest

from optimizer.domain.outcome import Options
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.engines.linear import solve
from optimizer.insight.ledger import ledger
from tests.engines.lagrangian.mixed import mixed


@pytest.mark.parametrize("seed", [0, 3, 4, 5])
def test_it_adds_up_and_leaves_the_bound_as_it_was(seed: int) -> None:
    made = mixed(seed)
    best = solve(made, Options(time_limit=60))
    assert best.plan is not None
    assert best.score is not None
    dual = Dual(made, tables(made))
    dual.run(60)
    before = dual.lagrangian.evaluate(dual.best)[0]
    found = ledger(made, best.plan, best.score, dual)
    assert sum(e.points for e in found.entries) == pytest.approx(found.bound - found.score, abs=1e-6)
    assert found.bound == pytest.approx(before)
    assert dual.lagrangian.evaluate(dual.best)[0] == before
    parts = [e for e in found.entries if e.kind in ("unit", "set", "exercise")]
    assert {e.subject for e in parts} == {x.id for t in (made.units, made.sets, made.exercises) for x in t}
    assert min((e.points for e in parts), default=0.0) >= -1e-6
    rows = [e.points for e in found.entries if e.kind == "rows"]
    assert np.isfinite(rows).all()
