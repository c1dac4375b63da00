"""Answers to questions of a plan, against HiGHS on tiny cases: found and proven embrace the truth."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Lock
from optimizer.domain.outcome import Options
from optimizer.engines.cpsat import solve
from optimizer.errors import UsageError
from optimizer.insight.proving import Prover
from optimizer.insight.questions import Question, decided, left_out
from optimizer.insight.rounds import Effort
from optimizer.insight.why import Asker
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT, UPGRADE
from optimizer.workflow.words import parse
from tests.build import budget, case, plan, rot
from tests.engines.lagrangian.mixed import mixed

SEEDS = (0, 3, 4, 5)
BRIEF = Effort(((64, -1.0),), 1, 5)


@pytest.mark.parametrize("seed", SEEDS)
def test_found_and_proven_embrace_the_true_cost(seed: int) -> None:
    """The plan is optimal, so that nothing asked for is found to gain; what a line says as well HiGHS answers truly."""
    made = mixed(seed)
    best = solve(made, Options(time_limit=60))
    assert best.plan is not None
    assert best.score is not None
    asker = Asker(made, best.plan, Options(), prover=Prover(made, Options(), looks=90))
    for q in (*left_out(made, best.plan, 3), *decided(made, best.plan)):
        answer, found = asker.one(q, BRIEF)
        assert answer.found is None or answer.found >= -1e-6
        assert answer.proven is None or answer.found is None or answer.proven <= answer.found + 1e-6
        assert not (answer.impossible and found is not None)
        if q.kind in (EXERCISE, UPGRADE) or (q.kind in (UNIT, SET) and not q.wish):
            true = solve(replace(made, locks=(*made.locks, q.lock())), Options(time_limit=60)).score
            assert not answer.impossible or true is None
            if true is not None:
                assert answer.found is None or answer.found >= best.score - true - 1e-6
                assert answer.proven is None or answer.proven <= best.score - true + 1e-6


def test_random_plans_leave_questions() -> None:
    """So that the cases above say something."""
    kinds = set()
    for seed in SEEDS:
        made = mixed(seed)
        best = solve(made, Options(time_limit=60)).plan
        assert best is not None
        kinds |= {(q.kind, q.wish) for q in (*left_out(made, best, 3), *decided(made, best))}
    assert {(UNIT, False), (DEMAND, True), (SET, False)} <= kinds
    assert (EXERCISE, True) in kinds or (EXERCISE, False) in kinds


GIVEN = case(12, units={"U1": "TANK", "U2": "TANK"}, sets={}, budgets=(budget(5),),
             exercises={"X1": {"value": 2.0}})  # fmt: skip
HELD = plan(rot("U1", 4, 8, "U1a POZ sea"))


def test_money_is_named_with_what_it_lacks() -> None:
    """Passage by sea costs 3 M and each week within the plan 0.1 M: one unit takes 3.4 M of the 5 M, a second one that
    comes in the last week 3.1 M, so that 1.5 M are lacking; nothing else is in its way."""
    answer, _ = Asker(GIVEN, HELD, Options()).one(Question(UNIT, "U2"), BRIEF)
    assert {b.rule for b in answer.blocked_by} == {"budget"}
    assert "by USD million 1.5," in answer.blocked_by[0].text
    assert answer.found is not None  # instead of the other one


def test_what_cannot_be_is_proven() -> None:
    """A unit that must stay at home by a line cannot go; the line is named."""
    barred = replace(GIVEN, locks=(Lock("K", "forbid", "unit", "U2"),))
    answer, found = Asker(barred, HELD, Options()).one(Question(UNIT, "U2", True, None, 6, 7), BRIEF)
    assert (answer.impossible, found) == (True, None)
    assert answer.sentence == "No plan holds all the rules with it (proven)."
    assert "locks" in {b.rule for b in answer.blocked_by}


def test_questions_in_words() -> None:
    assert parse(GIVEN, "why not unit u2 in LT from 2017-11-06 to 2017-11-19?") == Question(
        UNIT, "U2", True, "LT", 5, 7
    )
    assert parse(GIVEN, "without X1") == Question(EXERCISE, "X1", False)
    assert parse(GIVEN, "demand PL armour full from 2017-11-06") == Question(
        DEMAND, "PL", True, None, 5, 6, "armour", "full"
    )
    for wrong, told in (("why not unit U9", "U9"), ("", "names nothing"), ("U1 at NOWHERE", "NOWHERE"),
                        ("U1 from 2030-01-07", "no weeks"), ("demand PL armour", "demand COUNTRY")):  # fmt: skip
        with pytest.raises(UsageError, match=told):
            parse(GIVEN, wrong)


def test_the_programs_own_words_are_understood() -> None:
    """Whoever copies a printed question gets it again: of all kinds, dated ones too."""
    asked = [*left_out(GIVEN, HELD, 9), *decided(GIVEN, HELD), Question(UNIT, "U2", True, "LT", 5, 7)]
    assert {(q.kind, q.wish) for q in asked} >= {(UNIT, True), (UNIT, False), (EXERCISE, True), (DEMAND, True)}
    assert [parse(GIVEN, q.words(GIVEN)) for q in asked] == asked
    assert parse(GIVEN, "send U2 in LT from 2017-11-06 until 2017-11-20") == asked[-1]  # a day later than “to”


def test_a_set_that_comes_after_the_plan_is_drawn_by_nobody() -> None:
    late = case(12, units={"U1": "TANK"}, sets={"S1": {"available": 40}})
    answer, _ = Asker(late, plan(), Options()).one(Question(DRAW, "S1"), BRIEF)
    assert answer.impossible
