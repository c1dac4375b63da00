"""The plan in hand is a start, always: judged first, handed to every engine, and no answer is worse than it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Case, Lock, Plan
from optimizer.domain.outcome import Options, Outcome, Status, StopReason
from optimizer.engines import cpsat, linear
from optimizer.errors import Disagreement
from optimizer.goals import score_all
from optimizer.workflow.asking import ask, in_hand
from tests.build import case, plan, rot, setting

HELD = plan(rot("U1", 4, 8, "U1a POZ sea"))
FREE = case(12, units={"U1": "TANK", "U2": "ART"}, sets={})
GIVEN = replace(FREE, last=HELD)
WORTH = sum(score_all(GIVEN, HELD).values())


class Engine:
    """Answers what it is told to and remembers what it was asked."""

    def __init__(self, status: Status, reason: StopReason, found: Plan | None = None, bound: float | None = None):
        self.status, self.reason, self.found, self.bound = status, reason, found, bound
        self.start: Plan | None = None

    def __call__(self, c: Case, options: Options) -> Outcome:
        self.start = options.start
        score = None if self.found is None else sum(score_all(c, self.found).values())
        return Outcome("x", self.status, self.reason, self.found, score, self.bound)


def test_the_plan_in_hand_is_what_every_engine_begins_from() -> None:
    asked = Engine(Status.unknown, StopReason.effort)
    found = ask(asked, GIVEN, Options())
    assert asked.start == HELD
    assert (found.plan, found.score) == (HELD, pytest.approx(WORTH))
    assert (found.status, found.stop_reason) == (Status.feasible, StopReason.effort)


def test_a_worse_answer_gives_way_and_a_better_one_stays() -> None:
    worse = Engine(Status.feasible, StopReason.time_limit, Plan(), WORTH + 9)
    assert ask(worse, GIVEN, Options()).plan == HELD
    both = plan(rot("U1", 4, 8, "U1a POZ sea"), rot("U2", 4, 8, "U2a POZ sea"))
    better = Engine(Status.feasible, StopReason.effort, both, None)
    assert ask(better, GIVEN, Options()).plan == both


def test_the_bound_of_an_engine_can_prove_the_plan_in_hand() -> None:
    found = ask(Engine(Status.feasible, StopReason.effort, Plan(), WORTH), GIVEN, Options())
    assert (found.plan, found.status, found.stop_reason) == (HELD, Status.optimal, StopReason.proven)


@pytest.mark.parametrize(
    "wrong",
    [Engine(Status.infeasible, StopReason.proven), Engine(Status.unknown, StopReason.effort, None, WORTH - 1)],
)
def test_a_claim_that_the_plan_in_hand_refutes_is_never_passed_on(wrong: Engine) -> None:
    with pytest.raises(Disagreement):
        ask(wrong, GIVEN, Options())


def test_a_plan_that_breaks_a_rule_of_this_case_is_no_start() -> None:
    """With the line it has to be at RUK; without money for anybody nothing but staying home is left."""
    line = Lock("L", "must", "unit", "U1", "RUK", start=5, end=6)
    assert in_hand(replace(GIVEN, locks=(line,))) is None
    asked = Engine(Status.feasible, StopReason.effort, Plan())
    assert ask(asked, setting(GIVEN, total_cap=0), Options()).plan == Plan()
    assert asked.start is None


def test_frozen_weeks_and_replanning_count_the_changes_of_the_plan_in_hand() -> None:
    """Kept as it is it has no changes, whatever the price."""
    again = setting(GIVEN, replan=True, frozen_weeks=12, change_price=5.0, change_price_event=5.0)
    held = in_hand(again)
    assert held == (HELD, pytest.approx(WORTH))


@pytest.mark.parametrize("engine", [linear.solve, cpsat.solve])
def test_a_stopped_engine_still_has_the_plan_in_hand(engine) -> None:
    found = ask(engine, GIVEN, Options(workers=1, stopped=lambda: True))
    assert found.score is not None
    assert found.score >= WORTH - 1e-9
    assert found.stop_reason in (StopReason.interrupted, StopReason.proven)  # at the root it is proven as soon


def test_what_can_never_be_is_told_without_an_engine() -> None:
    lines = (Lock("A", "must", "unit", "U1", "POZ", start=4, end=6), Lock("B", "forbid", "unit", "U1", "PL"))
    asked = Engine(Status.unknown, StopReason.effort)
    found = ask(asked, replace(FREE, locks=lines), Options())
    assert found.status == Status.infeasible
    assert {p.key for p in found.reasons[0].rows} == {"A", "B"}
