"""Figures a planner signs for: money moved between lines, people by country and own soil, worth, movements, the plan in
lines. By hand, and on cases by chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.domain import Leg
from optimizer.domain.canonical import content_hash
from optimizer.domain.presence import people
from optimizer.domain.supply import demand, supply
from optimizer.goals import score_all
from optimizer.quantities import MONEY
from optimizer.report.before import last_plan
from optimizer.report.brief import MOST_LINES, going, undone
from optimizer.report.headcount import headcounts, own_soil
from optimizer.report.movements import BACK, BROUGHT, FROM, HOME, MOVED, OUT, TO, movements, way
from optimizer.report.sources import sources
from optimizer.report.transfers import lines_by_year, transfers
from optimizer.report.worth import worths
from optimizer.rules import check_all
from tests import build
from tests.workbook.output.answers import full_case, full_plan


def lines(spend: dict[str, float], limit: int = 100, **money: float):
    """Transfers and lines of one fiscal year with this money and spending, limit in thousandths."""
    case = build.case(
        budgets=tuple(build.budget(amount, line) for line, amount in money.items()), settings={"transfer_limit": limit}
    )
    year = case.calendar.fiscal_years[0]
    posted = {(line, year): round(x * MONEY) for line, x in spend.items()}
    given = lines_by_year(case, posted)
    return transfers(case, posted), {line: x for (line, _), x in given.items()}


def test_an_overspent_line_is_made_good_by_the_line_with_most_to_give() -> None:
    # presence lacks 3; exercises may give a tenth of 20 = 2, sets a tenth of 40 = 4 but have 2.5 left: 2.5 + 0.5
    moves, found = lines({"presence": 33, "exercises": 10, "prepositioning": 37.5}, presence=30, exercises=20,
                         prepositioning=40)  # fmt: skip
    assert [(t.source, t.target, t.amount, t.most) for t in moves] == [
        ("prepositioning", "presence", 2.5, 4.0),
        ("exercises", "presence", 0.5, 2.0),
    ]
    assert {x: (y.ceiling, y.moved, y.available, y.spent, y.left) for x, y in found.items()} == {
        "presence": (30, 3, 33, 33, 0),
        "exercises": (20, -0.5, 19.5, 10, 9.5),
        "prepositioning": (40, -2.5, 37.5, 37.5, 0),
    }


def test_no_more_is_given_than_a_line_may_and_what_lacks_still_shows() -> None:
    moves, found = lines({"presence": 35}, presence=30, exercises=20)
    assert [(t.source, t.amount) for t in moves] == [("exercises", 2.0)]
    assert found["presence"].left == -3


def test_nothing_moves_where_nothing_lacks_and_without_a_budget_nothing_is_said() -> None:
    assert lines({"presence": 30}, presence=30, exercises=20)[0] == []
    assert lines({"presence": 30}) == ([], {})


def test_a_line_without_money_lives_on_what_it_is_given() -> None:
    _, found = lines({"presence": 10, "infrastructure": 2}, presence=30)
    assert (found["infrastructure"].ceiling, found["infrastructure"].moved, found["infrastructure"].left) == (0, 2, 0)


def test_whatever_holds_the_money_rule_leaves_no_line_below_nothing() -> None:
    """By chance, against the rule's own sum: the lines that lack get all of it exactly if the others may give that."""
    rng, moved, broken = np.random.default_rng(5), 0, 0
    for _ in range(300):
        names = ["presence", "exercises", "prepositioning", "infrastructure"][: int(rng.integers(2, 5))]
        share = int(rng.integers(0, 6)) * 100
        money = {n: int(rng.integers(0, 40)) for n in names}
        spend = {n: max(0.0, money[n] + float(rng.integers(-60, 12)) / 4) for n in names}
        moves, found = lines(spend, share, **money)
        lack = sum(max(0.0, spend[n] - money[n]) for n in names)
        may = sum(min(share * money[n] / 1000, money[n] - spend[n]) for n in names if spend[n] <= money[n])
        holds = lack <= may + 1e-9
        assert all(x.left >= 0 for x in found.values()) == holds
        assert sum(x.moved for x in found.values()) == pytest.approx(0)
        for n in names:
            given = sum(t.amount for t in moves if t.source == n)
            assert given <= share * money[n] / 1000 + 1e-9
            assert not given or spend[n] + given <= money[n] + 1e-9
        moved, broken = moved + bool(moves and holds), broken + (not holds)
    assert moved >= 60
    assert broken >= 30


def test_people_are_counted_where_they_stand() -> None:
    case, plan = full_case(), full_plan()
    _, everyone = people(case, plan)
    found = {h.country: h for h in headcounts(case, plan)}
    assert sum(h.weekly.sum() for h in found.values()) == everyone.sum()
    poland = found["PL"]
    # U1a + U1b (100 + 100 or so) from week 3, U3 from week 6 to 10: the fullest weeks are those of both
    assert poland.peak == poland.weekly.max()
    assert 6 <= poland.fullest < 8


def test_own_soil_is_what_stands_in_the_country_itself() -> None:
    # one tank unit at POZ in Poland; Lithuania, a few days away, lives on it alone
    case = build.case(8, units={"U1": "TANK"})
    plan = build.plan(build.rot("U1", 0, 4, "U1a POZ sea"), *build.standing(case))
    own = dict(zip([c.id for c in case.countries], own_soil(case, plan), strict=True))
    assert own["PL"] == pytest.approx(100)
    met = np.minimum(supply(case, plan), demand(case)[:, :, -1])
    assert own["LT"] == pytest.approx(0) if met[1].any() else np.isnan(own["LT"])


def test_own_soil_adds_up_the_sources_that_stand_there() -> None:
    case, plan = full_case(), full_plan()
    wanted = demand(case)[:, :, -1]
    inside = np.zeros(wanted.shape, dtype=np.int64)
    at = {c.id: j for j, c in enumerate(case.countries)}, {k.id: i for i, k in enumerate(case.capabilities)}
    for s in sources(case, plan) or ():
        if case.site[s.stretch.site].country == s.country:
            inside[at[0][s.country], at[1][s.capability], s.stretch.start : s.stretch.end] += s.counts
    w = np.array([k.weight for k in case.capabilities])[:, None]
    own = own_soil(case, plan)
    for j in range(len(case.countries)):
        met = (w * np.minimum(supply(case, plan)[j], wanted[j])).sum()
        assert met > 0
        assert own[j] == pytest.approx(100 * (w * np.minimum(inside[j], wanted[j])).sum() / met)


def test_worth_is_what_the_score_loses() -> None:
    case, plan = full_case(), full_plan()
    found = worths(case, plan)
    assert found is not None
    for r, w in found.items():
        without = replace(plan, rotations=tuple(x for x in plan.rotations if x != r))
        assert w.lost == pytest.approx(sum(score_all(case, plan).values()) - sum(score_all(case, without).values()))
    going = next(r for r in plan.rotations if r.unit == "U1")
    # U1a 1.0 and U1b 4.0 to deploy, five weeks of .1 and .05
    assert found[going].cost == pytest.approx(5.75)
    assert found[going].per_money == pytest.approx(found[going].lost / 5.75)
    assert found[next(r for r in plan.rotations if r.unit == "U2")].cost == pytest.approx(0.1)


def test_every_movement_is_told_once() -> None:
    case, plan = full_case(), full_plan()
    found = movements(case, plan)
    kinds = [x.kind for x in found]
    postings = sum(len(r.postings) for r in plan.rotations)
    assert (kinds.count(OUT), kinds.count(HOME), kinds.count(MOVED)) == (postings, postings, 1)
    moved = next(x for x in found if x.kind == MOVED)
    assert (moved.origin, moved.target, moved.leaves, moved.arrives) == ("POZ", "DRA", 14, 15)
    out = next(x for x in found if x.kind == OUT and x.element == "U1a")
    assert (out.target, out.mode, out.set_id, out.arrives, out.ready) == ("POZ", "set", "S1", 3, 4)
    assert kinds.count(TO) == kinds.count(FROM) == 0  # its only participant is based where the exercise is held
    assert [x.week for x in found] == sorted(x.week for x in found)


def test_those_brought_in_come_and_go() -> None:
    case = build.case(20, units={"U1": "TANK"}, exercises={"X1": {}})
    found = movements(case, build.plan(build.run("X1", "POZ", 5, "N1 U1a sea")))
    assert [x.kind for x in found] == [BROUGHT, BACK]
    assert found[0].exercise == found[1].exercise == "X1"
    assert (found[0].arrives or 0) < 5 < (found[1].leaves or 0)
    assert found[0].ordered == (found[0].arrives or 0) - case.element_type("U1a").modes["sea"].lead_weeks


def test_the_way_names_what_is_passed() -> None:
    # A – B – C in a row; then A – C directly, as fast; then no way at all
    case = build.case()
    names = [s.id for s in case.sites]
    a, b, c = names[:3]
    row = replace(case, legs=(Leg(a, b, 1000, 2000), Leg(b, c, 1000, 2000)))
    assert way(row, "heavy", a, c) == (b,)
    assert way(row, "heavy", a, b) == ()
    assert way(replace(row, legs=(*row.legs, Leg(a, c, 2000, 4000))), "heavy", a, c) == ()
    assert way(replace(row, legs=row.legs[:1]), "heavy", a, c) == ()


def test_the_plan_in_lines_names_the_heaviest_and_all_of_them() -> None:
    case, plan = full_case(), full_plan()
    shown, rest = going(case, plan)
    assert len(shown) == min(len(plan.rotations), MOST_LINES)
    assert not rest
    assert [g.start for g in shown] == sorted(g.start for g in shown)
    assert {g.origin for g in shown if g.rotation.unit == "U2"} == {"already there"}
    many = replace(plan, rotations=tuple(replace(plan.rotations[0], arrive=n, depart=n + 1) for n in range(20)))
    shown, rest = going(case, many)
    assert (len(shown), len(rest)) == (MOST_LINES, 20 - MOST_LINES)


def test_what_is_not_done_is_said() -> None:
    case, plan = full_case(), full_plan()
    said = [x.text for x in undone(case, plan, 3)]
    assert any(x.startswith("Presence floors: 13 country-weeks below; worst Poland, 0 of 90") for x in said)
    assert any(x.startswith("Exercises not held (1 of 2)") for x in said)
    assert said[-1] == "Stays beyond the standard length: 3 unit-weeks"
    nothing = replace(case, demands=(), exercises=(), countries=tuple(replace(c, floor=0) for c in case.countries))
    assert undone(nothing, build.plan(), 0)[0].text.startswith("Nothing: every demand is met")


def test_a_last_plan_that_says_nothing_of_these_weeks_is_not_compared() -> None:
    case = full_case()
    assert last_plan(case) is None  # one rotation, under way
    other = replace(case, last=full_plan())
    assert last_plan(other).name == "the last plan"
    assert last_plan(replace(other, settings=replace(other.settings, last_name="FY2016"))).name == "FY2016"
    assert last_plan(replace(case, last=build.plan())) is None


def test_what_is_printed_on_pages_is_no_content() -> None:
    case = full_case()
    signed = replace(case, settings=replace(case.settings, marking="SECRET", prepared="me", last_name="x"))
    assert content_hash(case) == content_hash(signed)


def test_the_example_holds_the_rules() -> None:
    assert not any(f.breaches for f in check_all(full_case(), full_plan()))
