"""Every term of the score is what was worked out by hand, and the score is their sum."""

from __future__ import annotations

import pytest

from optimizer.goals import GOALS, score_all
from optimizer.verify import verify
from tests.goals.cases import ALL_EXAMPLES, EXAMPLES, Example


@pytest.mark.parametrize("example", ALL_EXAMPLES, ids=lambda x: f"{x.goal}: {x.name}")
def test_score_is_the_one_worked_out(example: Example) -> None:
    assert GOALS[example.goal].score(example.case, example.plan) == pytest.approx(example.score, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize("goal", GOALS)
def test_every_goal_has_an_example_that_counts(goal: str) -> None:
    assert all(x.goal == goal for x in EXAMPLES[goal])
    assert any(x.score for x in EXAMPLES[goal])


@pytest.mark.parametrize("example", ALL_EXAMPLES, ids=lambda x: f"{x.goal}: {x.name}")
def test_verdict_adds_the_terms_up(example: Example) -> None:
    terms = score_all(example.case, example.plan)
    assert list(terms) == list(GOALS)
    assert verify(example.case, example.plan).score == pytest.approx(sum(terms.values()))
