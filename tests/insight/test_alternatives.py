"""Alternatives: plans that swap like units score the same; what is proven of all is confirmed by forbidding it."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import openpyxl
import pytest

from optimizer.domain import Lock
from optimizer.domain.outcome import Options, Status
from optimizer.engines.auto import engine
from optimizer.errors import UsageError
from optimizer.insight.alternatives import alternatives
from optimizer.quantities import MONEY
from optimizer.report.alternatives import decisions, spots, unlike
from optimizer.verify import verify
from optimizer.workbook.output.alternatives import write_alternatives
from tests import tiny

QUICK = Options("quick")


def solved(case):
    found = engine("linear")(case, Options("standard"))
    assert found.status == Status.optimal
    return found


def test_element_weeks_are_counted_inside_the_plan():
    case = tiny.case(8, units={"U1": "TANK ART?"})
    plan = tiny.plan(tiny.rot("U1", 4, 10, "U1a POZ sea", "U1b RUK air"))
    assert len(spots(case, plan)) == 8  # two elements in weeks 4 to 7
    assert ("U1b", "RUK", 7) in spots(case, plan)


def test_unlike_is_the_smaller_share():
    one = frozenset(("a", "S", t) for t in range(4))
    assert unlike(one, one) == 0.0
    assert unlike(one, frozenset(("b", "S", t) for t in range(9))) == 1.0
    assert unlike(one, frozenset(("a", "S", t) for t in range(2, 6))) == 0.5
    assert unlike(one, frozenset(("a", "S", t) for t in range(2))) == 0.0  # it only leaves something out
    assert unlike(one, frozenset()) == 0.0


def test_decisions_are_said_once_each():
    case = tiny.case(12, sets={"S1": {}}, exercises={"X1": {}})
    plan = tiny.plan(
        tiny.rot("U1", 4, 8, "U1a POZ set:S1", "U1b RUK air"), tiny.run("X1", "DRA", 5, "N1 U1a"), *tiny.standing(case)
    )
    told = [text for _, _, text in decisions(case, plan)]
    assert told == ["U1 goes", "U1 in LT", "U1 in PL", "X1 is held", "X1 at DRA", "S1 stands longest at POZ"]


@pytest.fixture(scope="module")
def case():
    """Money for the rotation of one of three like units, and an exercise that is worth more than all else."""
    rows = (tiny.budget(2), tiny.budget(3, "exercises"))
    return tiny.case(
        8, units={"U1": "INF", "U2": "INF", "U3": "INF"}, exercises={"X1": {"value": 5000.0, "needs": ()}}, budgets=rows
    )


@pytest.fixture(scope="module")
def found(case):
    return alternatives(case, solved(case).plan, QUICK, count=3, within=0.01, wanted=0.9)


def test_like_units_are_alternatives_of_each_other(case, found):
    assert len(found.plans) == 3
    best = found.plans[0].score
    assert found.floor == pytest.approx(0.99 * best)
    for a in found.plans:
        verdict = verify(case, a.plan)
        assert verdict.ok
        assert verdict.score == pytest.approx(a.score)
        assert a.score >= found.floor
        assert a.share == pytest.approx(a.score / best)
    for a, b in combinations(found.plans, 2):
        assert unlike(spots(case, a.plan), spots(case, b.plan)) >= 0.9


def test_what_is_proven_of_all_is_true(case, found):
    held = next(s for s in found.shared if s.text == "X1 is held")
    assert (held.count, held.proven) == (3, True)
    without = replace(case, locks=(Lock("L1", "forbid", "exercise", "X1"),))
    assert solved(without).score < found.floor
    assert not any(s.proven for s in found.shared if s.kind == "unit")  # each of the three may stay at home
    assert found.bound >= solved(case).score - 1e-6
    if found.spends is not None:  # with a little less money in all no plan reaches the floor
        cap = int((found.spends - 1e-3) * MONEY)
        assert solved(tiny.setting(case, total_cap=cap)).score < found.floor


def test_the_workbook_shows_plans_and_what_they_share(case, found, tmp_path):
    book = openpyxl.load_workbook(write_alternatives(tmp_path / "a.xlsx", case, found))
    assert book.sheetnames == ["Summary", "Shared"]
    texts = {c.value: row[4].value for row in book["Shared"].iter_rows() for c in row[2:3] if len(row) > 4}
    assert texts["X1 is held"] == "proven"


def test_nonsense_is_refused(case):
    plan = solved(case).plan
    for wrong in ({"count": 1}, {"within": 0.0}, {"wanted": 1.5}):
        with pytest.raises(UsageError):
            alternatives(case, plan, QUICK, **wrong)
