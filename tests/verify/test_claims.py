"""Verdicts carry exact sums, claims are held against them, figures repeat them for people."""

from __future__ import annotations

import pytest

from optimizer.errors import UsageError
from optimizer.report import figures
from optimizer.verify import Mismatch, compare_claims, verify
from tests.build import case, plan, rot
from tests.verify.medium import CLEAN, medium

CASE, VERDICT = medium(), verify(medium(), CLEAN)


def test_spend_is_exact() -> None:
    # U1a 1.0 + 4 × 0.1, U1b 4.0 + 4 × 0.05, U3 3 × 0.05, U4 1.0 + 5 × 0.05; two sets 22 × 0.01 and a move
    lines = {"presence": 7_000_000, "exercises": 3_700_000, "prepositioning": 720_000, "infrastructure": 2_000_000}
    assert VERDICT.spend_by_line == lines
    assert VERDICT.spent == sum(lines.values())
    assert VERDICT.spend_by_year == {(line, 2018): amount for line, amount in lines.items()}
    assert VERDICT.spend["presence", 2018, 1] == 7_000_000


def test_true_claims_agree() -> None:
    shown = figures(CASE, CLEAN, VERDICT)
    claims = {
        "score": VERDICT.score * (1 + 1e-9),
        "terms": VERDICT.terms,
        "coverage": shown.coverage,
        "country_coverage": shown.country_coverage,
        "spend": VERDICT.spend_by_line,
        "spent": VERDICT.spent,
        "floor_shortfall": {"LT": 0},
        "held": ["X2", "X1"],
    }
    assert compare_claims(VERDICT, claims) == ()


def test_false_claims_are_named() -> None:
    claims = {"score": VERDICT.score + 0.01, "spend": {"presence": 7_000_001}, "held": ["X1"], "terms": {"luck": 1.0}}
    assert compare_claims(VERDICT, claims) == (
        Mismatch("score", VERDICT.score + 0.01, VERDICT.score),
        Mismatch("spend presence", 7_000_001, 7_000_000),
        Mismatch("held", ("X1",), ("X1", "X2")),
        Mismatch("terms luck", 1.0, None),
    )
    with pytest.raises(UsageError, match="scores"):
        compare_claims(VERDICT, {"scores": 1.0})


def test_figures_of_one_company() -> None:
    # ready in weeks 2 and 3 of 4: full credit in Poland, half in Lithuania, which weighs twice; of both
    # capabilities wanted, armour weighs 1 and fires 0.5: 2 of 6 weighted point-weeks in Poland, 1 of 6 in Lithuania
    c = case(4, units={"U1": "TANK"})
    shown = figures(c, plan(rot("U1", 0, 6, "U1a POZ sea")))
    assert shown.ok
    assert shown.country_coverage["PL"]["assure"] == pytest.approx(100 * 2 / 6)
    assert shown.country_coverage["LT"]["assure"] == pytest.approx(100 * 1 / 6)
    assert shown.coverage["assure"] == pytest.approx(100 * (2 + 2 * 1) / (6 + 2 * 6))
    assert shown.coverage["full"] == pytest.approx(100 * (2 + 2 * 1) / (12 + 2 * 12))
    assert (shown.worst_country, shown.worst_covered) == ("LT", pytest.approx(12.5))
    assert shown.spend == {"presence": 3.4, "exercises": 0.0, "prepositioning": 0.0, "infrastructure": 0.0}
    assert shown.spend_by_quarter["presence"] == {"2018 Q1": 3.4}
    assert (shown.rotations, shown.element_weeks, shown.over_length_weeks) == (1, 4, 2)
    assert (shown.changed_weeks, shown.changed_events) == (None, None)


def test_figures_of_the_medium_plan() -> None:
    shown = figures(CASE, CLEAN)
    assert shown == figures(CASE, CLEAN, VERDICT)
    assert (shown.exercises_held, shown.exercises_offered) == (2, 2)
    # U1a and U1b 4 weeks each, U3 3, U4 5
    assert shown.element_weeks == 16
    # U1a, U1b 4 weeks each and U4 5 where they were at home; S1 on the road and at DRA in weeks 9, 10; X1, X2 new
    assert (shown.changed_weeks, shown.changed_events) == (15, 2)
    assert (shown.floor_person_weeks, shown.floor_weeks) == ({"LT": 0}, {"LT": 0})
    assert shown.terms["exercise-value"] == 10.0
