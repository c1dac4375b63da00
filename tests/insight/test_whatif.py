"""What an edit does: a proven ceiling, the plan in hand judged anew, and the best plan found from it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Lock
from optimizer.domain.outcome import Options
from optimizer.engines.linear import solve
from optimizer.goals import score_all
from optimizer.insight.whatif import effect, still_known
from tests.build import budget, case, plan, rot

HELD = plan(rot("U1", 4, 8, "U1a POZ sea"))
FREE = case(12, units={"U1": "TANK", "U2": "ART"}, sets={})
GIVEN = replace(FREE, last=HELD)


def test_nothing_is_lost_where_nothing_is_edited() -> None:
    """The plan in hand is a start, and its score is below the ceiling, as is the optimum of the exact model."""
    found = effect(GIVEN, [HELD], Options())
    before, best = sum(score_all(GIVEN, HELD).values()), solve(FREE, Options(time_limit=60)).score
    assert None not in (found.found, found.ceiling, best)
    assert found.found is not None
    assert found.ceiling is not None
    assert before <= found.found.score <= best + 1e-6
    assert best <= found.ceiling + 1e-6
    assert [j.verdict.ok for j in found.in_hand] == [True]


def test_no_money_leaves_nothing() -> None:
    """Sea passage costs 3 M, and there is none: the plan in hand breaks the budget, the best found stays at home."""
    found = effect(replace(GIVEN, budgets=(budget(1),)), [HELD], Options())
    assert [b.rule for b in found.in_hand[0].verdict.breaches][:1] == ["budget"]
    assert found.found is not None
    assert not found.found.plan.rotations


def test_what_cannot_be_is_said_with_its_rows() -> None:
    """U1 must be in Lithuania and must not: no plan, and both lines are named."""
    both = (Lock("A", "must", "unit", "U1", "LT", start=6, end=8), Lock("B", "forbid", "unit", "U1", start=6, end=8))
    found = effect(replace(GIVEN, locks=both), [HELD], Options())
    assert (found.ceiling, found.found) == (None, None)
    assert {p.key for r in found.reasons for p in r.rows} >= {"A", "B"}


def test_a_unit_that_is_no_more_leaves_the_plan() -> None:
    gone = replace(FREE, units=FREE.units[1:], elements=FREE.elements[1:], windows=FREE.windows[1:])
    assert still_known(gone, HELD).rotations == ()
    assert still_known(FREE, HELD) == HELD.tidy()
    assert effect(gone, [still_known(gone, HELD)], Options()).ceiling == pytest.approx(
        effect(gone, [], Options(), search=False).ceiling, rel=0.2
    )
