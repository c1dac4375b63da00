"""A search that wants something for each change: it makes those that are worth it, and scores the plan without."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Case
from optimizer.domain.outcome import Options, Outcome
from optimizer.engines.lagrangian import solve
from optimizer.goals import score_all
from optimizer.goals.plan_changes.score import changes
from tests.build import budget, case, plan, rot, setting

OLD = plan(rot("U1", 4, 8, "U1a POZ air"), rot("U2", 1, 3, "U2a POZ air"))


@pytest.fixture(scope="module")
def c() -> Case:
    """Money for three short visits, of which the plan in force makes two, in Poland; Lithuania counts twice as much."""
    made = case(12, units={"U1": "INF", "U2": "INF"}, budgets=(budget(4),))
    return replace(setting(made, replan=True, least_gain=0), last=OLD)


def near(c: Case, price: float) -> Outcome:
    return solve(c, Options("quick", workers=1, change_price=price))


def score(c: Case, outcome: Outcome) -> float:
    assert outcome.plan is not None
    return sum(score_all(c, outcome.plan).values())


def test_dear_changes_are_not_made_and_cheap_ones_are(c: Case) -> None:
    """A week in Lithuania earns 9.36 points, the plan in force 4.68 for each of its own in Poland: a change earns less
    than ten points, whatever it is."""
    free, dear = near(c, 0.0), near(c, 10.0)
    assert dear.plan == OLD.tidy()
    assert free.plan != OLD.tidy()
    assert score(c, free) > score(c, dear) + 1


@pytest.mark.parametrize("price", [2.0, 6.0])
def test_what_is_wanted_for_changes_is_not_in_score_or_bound(c: Case, price: float) -> None:
    free, found = near(c, 0.0), near(c, price)
    assert found.score == pytest.approx(score(c, found))
    assert found.bound is not None
    assert free.score is not None
    assert found.bound >= free.score - 1e-6
    worth = [score(c, o) - price * sum(changes(c, o.plan)) for o in (found, free) if o.plan is not None]
    assert worth[0] >= worth[1] - 1e-6
    assert sum(changes(c, found.plan)) < sum(changes(c, free.plan))  # type: ignore[arg-type]
