"""What searches for an answer stand on: tables with further lines, demand to go for, and what a plan does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from optimizer.domain import Demand, Lock, Window
from optimizer.domain.outcome import Options
from optimizer.domain.supply import demand, supply
from optimizer.engines.lagrangian.tables.build import further_lines, tables
from optimizer.insight.able import Lacking, able
from optimizer.insight.demanded import demanded
from optimizer.insight.questions import NAME, Question, left_out
from optimizer.insight.rounds import Effort
from optimizer.insight.trying import does
from optimizer.insight.ways import with_lines
from optimizer.insight.why import Asker
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT
from tests.build import budget, case, plan, rot, standing
from tests.engines.lagrangian.mixed import mixed

BRIEF = Effort(((96, -1.0),), 1, 5)


@pytest.mark.parametrize("seed", range(12))
def test_tables_with_further_lines_are_those_of_the_case(seed: int) -> None:
    made = mixed(seed)
    t = tables(made)
    lines = [Lock("Q", rule, UNIT, made.units[0].id, None, None, 1, 3) for rule in ("must", "forbid")]
    lines += [Lock("Q", rule, EXERCISE, x.id) for x in made.exercises for rule in ("must", "forbid")]
    lines += [Lock("Q", "forbid", "set", q.id, None, None, 0, 2) for q in made.sets]
    lines += [Lock("Q", "forbid", "participant", made.elements[0].id, exercise=x.id) for x in made.exercises]
    for line in lines:
        lined = with_lines(made, line)
        quick, slow = further_lines(t, lined), tables(lined)
        slow = slow._replace(start_ok=slow.start_ok & t.start_ok)  # a must line cannot allow what is forbidden
        for name in t._fields:
            np.testing.assert_array_equal(getattr(quick, name), getattr(slow, name), name)


# two tank units of 100 points each; one goes, the demand of Lithuania wants both
WANTED = case(12, units={"U1": "TANK", "U2": "TANK"}, sets={}, exercises={}, budgets=(budget(50),))
HELD = plan(rot("U1", 4, 8, "U1a POZ sea"))


def test_demand_asked_about_is_worth_more_than_all_else() -> None:
    """In its own week and in no other, in the score of the search as well as in what units are paid; the plans of
    either case are plans of the other."""
    q = left_demand()
    made, t = demanded(WANTED, q, 1000.0)
    own = [k.id for k in made.capabilities].index(NAME)
    area = [c.id for c in made.countries].index(q.subject) * len(made.capabilities) + own
    weeks = np.flatnonzero(t.demand[area].max(axis=0))
    assert weeks.tolist() == [q.start]
    top = t.demand[area, :, q.start].max()
    assert (t.price[area].max() * top, t.raw[area].max() * top) == (pytest.approx(10_000.0), pytest.approx(10_000.0))
    np.testing.assert_array_equal(supply(made, HELD)[:, :-1], supply(WANTED, HELD))
    np.testing.assert_array_equal(supply(made, HELD)[:, -1], supply(WANTED, HELD)[:, made_of(q)])


def left_demand() -> Question:
    return next(q for q in left_out(WANTED, HELD, 9) if q.kind == DEMAND)


def made_of(q: Question) -> int:
    return [k.id for k in WANTED.capabilities].index(q.capability)


def test_a_demand_is_asked_about_where_it_can_be_met() -> None:
    """The plan lacks most in week 0, when nobody can be there yet."""
    lacking, could = Lacking(WANTED, HELD), able(WANTED)
    q = left_demand()
    c, k = [x.id for x in WANTED.countries].index(q.subject), made_of(q)
    v = [x.id for x in WANTED.levels].index(q.level)
    assert q.start == lacking.week(c, k, v)
    assert could[c, k, q.start] == could[c, k].max() > could[c, k, 0]
    assert demand(WANTED)[c, k, v, q.start] > supply(WANTED, HELD)[c, k, q.start]


def test_a_demand_is_met_by_forcing_it_or_proven_never_to_be() -> None:
    """One of the two units that exist meets what one is asked for; what three would have to give nobody can."""
    q = left_demand()
    c, k = [x.id for x in WANTED.countries].index(q.subject), made_of(q)
    assert q.start is not None
    most = int(able(WANTED)[c, k, q.start]) // 1000
    for points, possible in ((most // 4, True), (3 * most, False)):
        row = Demand(q.subject, q.capability, WANTED.levels[-1].id, q.start, q.start + 1, points)
        made = replace(WANTED, demands=(row,))
        ask = Question(DEMAND, q.subject, True, None, q.start, q.start + 1, q.capability, WANTED.levels[-1].id)
        answer, found = Asker(made, plan(), Options()).one(ask, BRIEF)
        assert (found is not None, answer.impossible) == (possible, not possible)
        assert found is None or does(made, ask, found.plan)


def test_a_set_that_stands_where_nobody_has_room_is_moved_to_be_drawn() -> None:
    """The depot holds nobody. From week 2 the set is there, a week it stays, a week it is on the road to Poznan: drawn
    in week 4 at the earliest. The first two units may not go then; the last of them can."""
    units = {f"U{i}": "TANK" for i in range(1, 9)}
    made = case(12, units=units, sets={"S1": {"start_site": "DEP", "available": 2}}, budgets=(budget(50),))
    held = plan(*standing(made))
    closed = tuple(Window(u, 6, 7) if u != "U8" else Window(u, -52, 64) for u in units)
    for of, unit in ((made, "U1"), (replace(made, windows=closed), "U8")):
        asker = Asker(of, held, Options())
        assert asker.forcer.ways.first_use("S1") == 4
        found = asker.forcer.first(Question(DRAW, "S1"), 8).found
        assert found is not None
        (drawn,) = [p for r in found.plan.rotations for p in r.postings if p.set_id]
        assert drawn.arrive >= 4
        assert unit == "U1" or drawn.element == "U8a"
        assert "DEP" not in {s.site for s in found.plan.stays if s.start <= drawn.arrive < s.end}


def test_what_a_plan_does() -> None:
    asked = {
        Question(UNIT, "U1"): True,
        Question(UNIT, "U2"): False,
        Question(UNIT, "U1", False): False,
        Question(UNIT, "U2", False): True,
        Question(UNIT, "U1", True, "PL", 5, 7): True,
        Question(UNIT, "U1", True, "LT", 5, 7): False,
        Question(UNIT, "U1", True, None, 7, 9): False,
        Question(UNIT, "U1", False, None, 8, 9): True,
    }
    assert {q: does(WANTED, q, HELD) for q in asked} == asked
    stood = case(12, units={"U1": "TANK"}, sets={"S1": {}})
    assert not does(stood, Question(SET, "S1"), plan())
