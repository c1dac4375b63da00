"""Money against score on tiny cases whose optimum another engine proves: found below it, the bound above it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import openpyxl
import pytest

from optimizer.domain import Scenario
from optimizer.domain.outcome import Options, Status
from optimizer.domain.scenarios import under
from optimizer.engines.auto import engine
from optimizer.errors import UsageError
from optimizer.insight.frontier import STEPS, curve, frontier, money_of
from optimizer.insight.proving import Prover
from optimizer.insight.reaching import least_for_coverage, least_for_score, only
from optimizer.insight.stress import stress
from optimizer.insight.sweep.axes import budgeted
from optimizer.quantities import same
from optimizer.report.frontier import Frontier, Point
from optimizer.verify import verify
from optimizer.workbook.output.frontier import write_frontier
from optimizer.workbook.output.stress import write_stress
from tests import tiny

QUICK = Options("quick")
FACTORS = tuple(Fraction(n, 4) for n in (1, 2, 4, 6))


def case(**more):
    money = (tiny.budget(9), tiny.budget(2, "exercises"), tiny.budget(4, "prepositioning"))
    return tiny.case(
        6, units={"U1": "TANK", "U2": "INF", "U3": "INF"}, sets={"S1": {}}, exercises={"X1": {}}, budgets=money, **more
    )


@pytest.fixture(scope="module")
def solved():
    """The optimum for each budget, by constraint programming."""
    found = {f: engine("cpsat")(budgeted(case(), f), Options("standard")) for f in FACTORS}
    assert {o.status for o in found.values()} == {Status.optimal}
    return found


@pytest.fixture(scope="module")
def drawn(solved):
    of = curve(case(), solved[Fraction(1)].plan, QUICK)
    return of, frontier(of, solved[Fraction(1)].plan, FACTORS)


def test_the_optimum_lies_between_both_curves(solved, drawn):
    for f, p in zip(FACTORS, drawn[1].points, strict=True):
        best = solved[f].score
        assert p.score <= best or same(p.score, best)
        assert p.bound >= best or same(p.bound, best)
        assert verify(budgeted(case(), f), p.plan).ok
        assert p.money == pytest.approx(15 * float(f))
    assert drawn[1].points[2].score == pytest.approx(solved[Fraction(1)].score)  # the plan in hand is never lost


def test_both_curves_rise_with_money(drawn):
    points = drawn[1].points
    assert all(a.score <= b.score and a.bound <= b.bound for a, b in pairwise(points))
    assert points[0].score < points[-1].score


def test_the_least_money_for_a_score_lies_between_what_is_proven_and_what_is_found(solved, drawn):
    of, found = drawn
    target = (solved[FACTORS[1]].score + solved[FACTORS[2]].score) / 2
    told = least_for_score(of, found, target)
    assert 7.5 < told.found <= 15  # with half the money the optimum is less
    assert told.proven is None or told.proven < told.found
    enough = budgeted(case(), Fraction(str(round(told.found / 15 + 1e-4, 4))))
    assert engine("cpsat")(enough, Options("standard")).score >= target
    out_of_reach = least_for_score(of, found, found.points[-1].bound + 1)
    assert out_of_reach.found is None
    assert out_of_reach.proven == pytest.approx(found.points[-1].money)
    assert "no plan found" in out_of_reach.text
    assert "(proven)" in out_of_reach.text


def test_the_least_money_for_a_level_counts_that_level_alone(solved):
    start = solved[Fraction(1)].plan
    alone, whole = only(case(), "assure")
    percent = verify(case(), start).tally.coverage["assure"]
    assert 100 * verify(alone, start).score / whole == pytest.approx(percent)
    told = least_for_coverage(case(), start, QUICK, list(FACTORS), "assure", percent)
    assert told.found <= 15 + 1e-9  # this very plan reaches it
    assert told.proven is None or told.proven <= told.found
    with pytest.raises(UsageError, match="no level 'most'"):
        least_for_coverage(case(), start, QUICK, list(FACTORS), "most", 50)


def test_a_budget_that_cannot_be_says_why(solved):
    short = budgeted(case(), Fraction(1, 1000))  # the set's upkeep alone is more
    start = solved[Fraction(1)].plan
    of = curve(case(), start, QUICK)
    (point, _) = frontier(of, start, (Fraction(1, 1000), Fraction(1))).points
    assert engine("cpsat")(short, Options("standard")).status == Status.infeasible
    assert (point.score, point.bound, point.impossible) == (None, None, True)
    assert "overspent" in point.why
    with pytest.raises(UsageError, match="limits no money"):
        money_of(tiny.case(8))


def test_knees_are_where_money_finds_less_than_half():
    def curve_of(*scores):
        return Frontier(tuple(Point(i / 10, 100.0 * i, s, None) for i, s in enumerate(scores, 1)))

    # 2 points a unit of money up to 300, then half a point: one knee; a dent below the cover is none
    (knee,) = curve_of(100.0, 250.0, 500.0, 550.0, 600.0).knees
    assert (knee.money, knee.before, knee.after) == (300.0, 2.0, 0.5)
    assert curve_of(100.0, 200.0, 300.0).knees == ()
    assert curve_of(100.0, 200.0, 280.0).knees == ()  # less, but not less than half


def test_the_workbook_shows_both_curves(drawn, tmp_path):
    path = write_frontier(tmp_path / "f.xlsx", "tiny", "M", drawn[1])
    sheet = openpyxl.load_workbook(path)["Summary"]
    shown = [[c.value for c in row[:4]] for row in sheet.iter_rows() if isinstance(row[0].value, float | int)]
    assert [line[2] for line in shown] == pytest.approx([p.score for p in drawn[1].points])
    assert [line[3] for line in shown] == pytest.approx([p.bound for p in drawn[1].points])


POOR = Scenario("POOR", "Half the money", budget_factor=500)
LOST = Scenario("LOST", "The set is lost", lost_sets=frozenset({"S1"}))


def test_a_plan_in_every_scenario_from_one_start(solved, tmp_path):
    here, plan = case(scenarios=(POOR, LOST)), solved[Fraction(1)].plan
    found = stress(here, plan, QUICK)
    none, poor, lost = found.rows
    assert (none.kept, none.breaches, none.changed) == (pytest.approx(solved[Fraction(1)].score), {}, 0)
    assert found.effect(none) == 0.0
    best = solved[Fraction(1, 2)].score  # half the money of every line
    assert poor.breaches.keys() == {"budget"}  # the plan spends more than half of it
    assert poor.replanned <= best or same(poor.replanned, best)
    assert poor.bound >= best or same(poor.bound, best)
    assert poor.mended <= poor.replanned
    assert poor.knowing <= poor.knowing_at_most or same(poor.knowing, poor.knowing_at_most)
    assert found.effect(poor) == pytest.approx(poor.replanned - none.replanned)
    assert lost.kept < none.kept  # a set that stands ready counts, and so does who falls in on it
    sheet = openpyxl.load_workbook(write_stress(tmp_path / "s.xlsx", "tiny", found))["Summary"]
    shown = [[c.value for c in row[:6]] for row in sheet.iter_rows() if row[0].value in ("none", "POOR", "LOST")]
    assert [line[5] for line in shown] == pytest.approx([r.replanned for r in found.rows])
    with pytest.raises(UsageError, match="no scenarios"):
        stress(case(), plan, QUICK)
    with pytest.raises(UsageError, match="no scenario 'NOPE'"):
        stress(here, plan, QUICK, ["NOPE"])


def test_a_resolution_has_its_own_multipliers(solved):
    """Of its rows the case as it stands knows nothing: its own bound is tighter, and the optimum still below it."""
    budgets = tuple(replace(b, last_year=b.amount // 3) for b in case().budgets)
    here = replace(case(scenarios=(Scenario("CR", "No budget for long", cr_weeks=4, cr_rate=500),)), budgets=budgets)
    plan = solved[Fraction(1)].plan
    there = under(here, "CR")
    best = engine("cpsat")(there, Options("standard")).score
    (row,) = [r for r in stress(here, plan, QUICK).rows if r.scenario == "CR"]
    assert row.replanned <= best or same(row.replanned, best)
    assert row.bound >= best or same(row.bound, best)
    assert row.bound < Prover(here, QUICK).of(there, STEPS["quick"]) - 1e-6
