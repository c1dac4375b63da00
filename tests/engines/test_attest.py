"""A proof for engines that have none: planners are told why they wait for it."""

from __future__ import annotations

import pytest

from optimizer.domain.outcome import Options, Progress
from optimizer.engines import linear
from optimizer.engines.attest import COMPILING, attested
from optimizer.engines.lagrangian.bound.pricing.units import units
from tests.engines.lagrangian.plain import company, plain


@pytest.mark.parametrize("known", [True, False])
def test_the_first_proof_on_a_machine_says_that_it_is_compiled(monkeypatch: pytest.MonkeyPatch, known: bool) -> None:
    """``tests/engines/lagrangian/test_jit.py`` shows that a kernel knows it."""
    case, told = plain(2, 8, company(1, 2, 0, 0)), list[Progress]()
    options = Options(effort="quick", progress=told.append)
    found = linear.solve(case, options)
    told.clear()
    monkeypatch.setattr(type(units), "known", property(lambda _: known))
    assert attested(case, found, options).certificate is not None
    assert [p.stage == COMPILING for p in told] == [not known]
    assert told[0].score == found.score
