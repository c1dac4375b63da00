"""Where nothing is worth anything the best score is 0: no engine says a percentage of it, or less than nothing."""

from __future__ import annotations

import pytest

from optimizer.domain.outcome import Options, Status
from optimizer.engines.auto import engine
from optimizer.report.room import room
from tests.build import case, setting


@pytest.mark.parametrize("name", ["linear", "cpsat", "lagrangian", "auto"])
def test_score_zero_has_no_gap_in_percent(name: str) -> None:
    """No demand, no floor, no price: every plan scores 0, and so says every bound but the loosest."""
    c = setting(case(6, units={"U1": "TANK"}, demands=()), cost_price=0.0, over_length_price=0.0)
    found = engine(name)(c, Options(workers=1, effort="quick"))
    assert found.score == 0.0
    assert found.bound is not None
    assert found.bound >= -1e-9
    words = room(found.score, found.bound)
    assert "%" not in words
    assert "-0" not in words
    if name != "lagrangian":
        assert (found.status, words) == (Status.optimal, "proven: no plan scores more")
