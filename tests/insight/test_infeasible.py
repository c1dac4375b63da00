"""Why there is no plan, when parts stand in each other's way: rows named are in conflict, and each is needed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.conflicts import conflicts
from optimizer.conflicts.core import core
from optimizer.domain import Case, Lock
from optimizer.domain.outcome import Options
from optimizer.engines import linear
from optimizer.insight.infeasible import Linked, reasons
from optimizer.insight.limits import lifted, limits_of
from optimizer.insight.repairs import repairs
from optimizer.quantities import MONEY
from tests.agreement.generator import generated
from tests.build import budget, case, exercise, random_case
from tests.conflicts.chance import locked

ONE = Options(workers=1)


def named(c: Case) -> set[str]:
    (found,) = reasons(c, ONE)
    return {f"{p.sheet}!{p.key or p.column}" for p in found.rows}


def test_a_line_and_the_money_for_it_are_both_named() -> None:
    """A tank company at POZ for four weeks costs more than the one that presence has."""
    lock = Lock("M", "must", "unit", "U1", "POZ", start=4, end=8)
    c = case(12, units={"U1": "TANK", "U2": "TANK"}, locks=(lock,), budgets=(budget(1),))
    assert conflicts(c) == ()
    assert named(c) == {"Locks!M", "Budget!2018 presence"}


def test_a_mandatory_exercise_and_the_money_it_lacks() -> None:
    """It needs a company in theatre, which nobody can pay: the exercise, its need and the money are named."""
    x = exercise("X1", 12, mandatory=True)
    need = replace(x.needs[0], origin="theatre")
    c = case(12, units={"U1": "TANK", "U2": "ART", "U3": "INF"}, budgets=(budget(1), budget(5, "exercises")))
    c = replace(c, exercises=(replace(x, needs=(need,)),))
    rows = named(c)
    assert {"Exercises!X1", "Exercise needs!X1 N1", "Budget!2018 presence"} <= rows


def test_every_reason_is_impossible_and_each_of_its_limits_is_needed() -> None:
    """The solver finds no plan with only the named limits, and one without any single one of them."""
    tried = 0
    for seed in range(160):
        c = locked(seed)
        if conflicts(c) or linear.feasible(c, ONE) is not False:
            continue
        question = Linked(core(c), ONE)
        kept = question.smallest()
        assert kept is not None
        assert question.sure
        assert question.impossible(kept)
        for one in kept:
            assert not question.impossible([x for x in kept if x is not one])
        tried += 1
        if tried == 4:
            break
    assert tried == 4


def test_the_core_of_a_case_has_a_plan_exactly_if_the_case_has_one() -> None:
    answers = []
    for seed in (*range(60), 287):  # 287: a hard floor that only somebody flown in for an exercise meets
        c = locked(seed) if seed % 3 == 0 else generated(seed)
        answers.append(linear.feasible(c, ONE))
        assert linear.feasible(core(c), ONE) == answers[-1], seed
    assert answers.count(True) > 15
    assert answers.count(False) > 15


@pytest.mark.parametrize("seed", [1, 2, 3, 5])
def test_taking_limits_back_never_takes_a_plan_away(seed: int) -> None:
    """Each lift is a relaxation: a case with a plan keeps it."""
    c = random_case(seed)
    if linear.feasible(c, ONE):
        for one in limits_of(c):
            assert linear.feasible(lifted(c, [one]), ONE), one.item.name


def test_a_set_that_comes_late_is_not_paid_for_earlier_by_any_lift() -> None:
    """S1 stands from week 6 of 12 on, at 1 a week: 6 is enough for it, and no limit taken back asks for more."""
    c = case(12, units={"U1": "TANK"}, sets={"S1": {"available": 6, "week_cost": MONEY}})
    c = replace(c, budgets=(budget(6, "prepositioning"), budget(9)))
    assert linear.feasible(c, ONE)
    for one in limits_of(c):
        assert linear.feasible(lifted(c, [one]), ONE), one.item.name


def test_repairs_are_solved_and_the_easiest_comes_first() -> None:
    lock = Lock("M", "must", "unit", "U1", "POZ", start=4, end=8)
    c = case(12, units={"U1": "TANK"}, locks=(lock,), budgets=(budget(1),))
    ways = repairs(c, reasons(c, ONE), ONE)
    assert [w.rows[0].sheet for w in ways] == ["Locks", "Budget"]
    assert all(w.proven for w in ways)


def test_two_conflicts_have_a_reason_each_and_a_repair_ends_both() -> None:
    """U1 costs more than presence has, B1 more than infrastructure; neither has to do with the other."""
    lines = (Lock("M", "must", "unit", "U1", "POZ", start=4, end=8), Lock("B", "must", "upgrade", "B1"))
    money = (budget(1), budget(1, "infrastructure"))
    c = case(12, units={"U1": "TANK"}, upgrades={"B1": {}}, locks=lines, budgets=money, settings={"transfer_limit": 0})
    found = reasons(c, ONE)
    told = [{f"{p.sheet}!{p.key}" for p in r.rows} for r in found]
    assert {"Locks!M", "Budget!2018 presence"} in told
    assert {"Locks!B", "Budget!2018 infrastructure"} in told
    assert len(told) == 2
    ways = repairs(c, found, ONE)
    assert {p.key for p in ways[0].rows} == {"M", "B"}
    assert all(w.proven and len(w.rows) == 2 for w in ways)


def test_a_repair_ends_what_stands_behind_a_conflict_that_shows_at_once() -> None:
    """The lines on U2 contradict each other, which is all that is told; U1 could not be paid either."""
    lines = (
        Lock("M", "must", "unit", "U1", "POZ", start=4, end=8),
        Lock("A", "must", "unit", "U2", "POZ", start=4, end=6),
        Lock("F", "forbid", "unit", "U2", None, start=5, end=7),
    )
    c = case(12, units={"U1": "TANK", "U2": "INF"}, locks=lines, budgets=(budget(3),))
    ways = repairs(c, conflicts(c), ONE)
    assert ways
    assert all(w.proven and {p.key for p in w.rows} & {"A", "F"} for w in ways)
    assert all({p.key for p in w.rows} & {"M", "2018 presence"} for w in ways)


def test_nothing_is_reported_as_a_plan_while_reasons_are_sought() -> None:
    told = []
    lock = Lock("M", "must", "unit", "U1", "POZ", start=4, end=8)
    c = case(12, units={"U1": "TANK"}, locks=(lock,), budgets=(budget(1),))
    reasons(c, Options(workers=1, progress=told.append))
    assert [p.score for p in told] == [None] * len(told)
    assert told
