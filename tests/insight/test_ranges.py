"""Ranges of prices and weights: by hand, and against plans scored anew where a limit lies."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options
from optimizer.insight.finding import Found
from optimizer.insight.questions import Question
from optimizer.insight.ranges import Ranges
from optimizer.insight.rounds import Effort
from optimizer.insight.why import Asker
from optimizer.report.answers import COST, EXERCISE, UNIT, VALUE, WEIGHT, Range
from optimizer.verify import verify
from tests.build import budget, case, plan, rot, run, setting

MADE = case(12, units={"U1": "TANK", "U2": "TANK"}, sets={}, budgets=(budget(50),), settings={"cost_price": 0.5},
            exercises={"X1": {"value": 5.0}})  # fmt: skip
BASED = rot("U1", 4, 8, "U1a POZ sea")
HOLDS, IDLES = plan(BASED, run("X1", "POZ", 6, "N1 U1a")), plan(BASED)
AWAY = plan(rot("U1", 4, 8, "U1a RUK sea"))


def found(of: Case, made: Plan) -> Found:
    return Found(made, verify(of, made).score)


def test_an_exercise_is_worth_holding_down_to_what_it_costs() -> None:
    """It takes 1 M at half a point each and changes nothing else, and is worth 5: held down to a value of 0.5 and up to
    a price of 5 a million. Not held, it stays out up to the one and from the other on."""
    held = Ranges(MADE, found(MADE, HOLDS)).stays([found(MADE, IDLES)])
    assert {(r.price, r.of): (r.low, r.high) for r in held} == {
        (VALUE, "X1"): (pytest.approx(0.5), None),
        (COST, ""): (None, pytest.approx(5.0)),
    }
    assert held[0].of == "X1"  # 90 % less, where the price may be ten times itself
    assert held[0].words == "value of X1 0.5 or more (now 5)"
    cheap = replace(MADE, exercises=(replace(MADE.exercises[0], value=0.25),))
    idle = Ranges(cheap, found(cheap, IDLES)).stays([found(cheap, HOLDS)])
    assert {(r.price, r.of): (r.low, r.high) for r in idle} == {
        (VALUE, "X1"): (None, pytest.approx(0.5)),
        (COST, ""): (pytest.approx(0.25), None),
    }
    assert Ranges(MADE, found(MADE, IDLES)).stays([found(MADE, HOLDS)]) == ()  # it does not stay as it is


def at(of: Case, r: Range, value: float) -> Case:
    """The case with that price or weight."""
    if r.price == WEIGHT:
        return replace(of, countries=tuple(replace(c, weight=value) if c.id == r.of else c for c in of.countries))
    if r.price == VALUE:
        return replace(of, exercises=tuple(replace(x, value=value) if x.id == r.of else x for x in of.exercises))
    return setting(of, cost_price=value)


@pytest.mark.parametrize("first", [HOLDS, AWAY])
def test_at_a_limit_two_plans_score_the_same(first: Plan) -> None:
    """And beyond it the other one scores more, short of it less."""
    others = {p: found(MADE, p) for p in (HOLDS, IDLES, AWAY) if p != first}
    hand, limits = found(MADE, first), 0
    for other in others.values():
        if other.score > hand.score:
            continue
        for r in Ranges(MADE, hand).stays([other]):
            for limit, beyond in ((r.low, -0.01), (r.high, 0.01)):
                if limit is None:
                    continue
                limits += 1
                ahead = [
                    verify(at(MADE, r, v), first).score - verify(at(MADE, r, v), other.plan).score
                    for v in (limit, limit + beyond, limit - beyond)
                ]
                assert ahead[0] == pytest.approx(0.0, abs=1e-9)
                assert ahead[1] < 0 < ahead[2]
    assert limits >= 2


def test_answers_tell_how_far_their_decision_stays() -> None:
    """Each plan found that decides otherwise has its say; what is only lacking is no decision."""
    asker = Asker(MADE, HOLDS, Options())
    asked = [Question(EXERCISE, "X1", False), Question(UNIT, "U2")]
    told = asker.tried(asked, Effort(((64, -1.0),), 0))
    for q, (answer, last) in zip(asked, told, strict=True):
        assert last.found is not None
        better = last.found.score > asker.score + 1e-6
        assert bool(answer.ranges) != better, q
        for r in answer.ranges:
            assert r.low is None or r.low <= r.now + 1e-9
            assert r.high is None or r.high >= r.now - 1e-9
