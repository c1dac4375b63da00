"""A few hundred spoilt workbooks in the suite's time; ``make fuzz`` runs ten thousand."""

from __future__ import annotations

import pytest

from tests.workbook.fuzz import run


@pytest.mark.parametrize("seed", [11, 12])
def test_nothing_escapes(seed):
    tally = run(200, seed)
    assert not tally.escaped, tally.escaped[0]
    assert sum(n for (_, outcome), n in tally.outcomes.items() if outcome == "faults") > 30
    assert sum(n for (_, outcome), n in tally.outcomes.items() if outcome == "refused") > 20
    assert sum(n for (_, outcome), n in tally.outcomes.items() if outcome == "read") > 20
