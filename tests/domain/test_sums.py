"""Supply, demand, presence and cost of a plan, added by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from optimizer.domain import Demand, Plan, Scenario, Stay
from optimizer.domain.ledger import ledger
from optimizer.domain.presence import holds, people, places
from optimizer.domain.supply import demand, supply
from tests.build import case, plan, rot, run, standing, tweak

PL, LT = range(2)


def test_demand_takes_the_largest_row_and_never_falls_with_the_level() -> None:
    rows = (
        Demand("PL", "armour", "assure", -3, 3, 1000),
        Demand("PL", "armour", "assure", 2, 9, 2500),
        Demand("PL", "armour", "full", 0, 1, 4000),
    )
    wanted = demand(case(4, demands=rows))
    assert wanted[PL, 0, 0].tolist() == [1_000_000, 1_000_000, 2_500_000, 2_500_000]
    assert wanted[PL, 0, 1].tolist() == [4_000_000, 1_000_000, 2_500_000, 2_500_000]
    assert not wanted[LT].any()


def test_who_exercises_counts_there_and_late_units_count_late() -> None:
    c = case(8, units={"U1": "TANK"}, exercises={"X1": {}})
    p = plan(rot("U1", 0, 6, "U1a RUK sea"), run("X1", "DRA", 3, "N1 U1a"))
    # at RUK in weeks 2 and 5, at DRA, eight days from it, in weeks 3 and 4
    assert (supply(c, p)[:, 0] // 1000).tolist() == [
        [0, 0, 500, 1000, 1000, 500, 0, 0],
        [0, 0, 1000, 500, 500, 1000, 0, 0],
    ]
    # two weeks late: ready in week 4, in the middle of the exercise
    late = Scenario("late", "late", late_units=frozenset({"U1"}), late_weeks=2)
    assert (supply(c, p, late)[LT, 0] // 1000).tolist() == [0, 0, 0, 0, 500, 1000, 0, 0]


def test_lost_sets_take_their_holders_with_them() -> None:
    c = case(8, units={"U1": "TANK"}, sets={"S1": {}})
    p = plan(*standing(c), rot("U1", 2, 5, "U1a POZ set:S1"))
    # stored in weeks 0, 1, 6 and 7; drawn from week 2 and ready from 3; in reset in week 5
    assert (supply(c, p)[PL, 0] // 1000).tolist() == [150, 150, 0, 1000, 1000, 0, 150, 150]
    assert not supply(c, p, Scenario("lost", "lost", lost_sets=frozenset({"S1"}))).any()


def test_drawing_a_set_may_take_longer_than_rsoi() -> None:
    c = tweak(case(8, units={"U1": "TANK"}, sets={"S1": {}}), "sets", "S1", draw_weeks=3)
    p = plan(Stay("S1", "POZ", 0, 8), rot("U1", 0, 5, "U1a POZ set:S1"))
    settled, everyone = people(c, p)
    assert settled[0].tolist() == [0, 0, 0, 100, 100, 0, 0, 0]
    assert everyone[0].tolist() == [100] * 5 + [0] * 3


def test_those_flown_in_are_present_but_never_settled() -> None:
    c = case(8, units={"U1": "TANK"}, exercises={"X1": {}}, sets={"S1": {"start_site": "DRA"}})
    p = plan(*standing(c), run("X1", "DRA", 3, "N1 U1a set:S1"))
    settled, everyone = people(c, p)
    assert not settled.any()
    assert everyone[1].tolist() == [0, 0, 100, 100, 100, 0, 0, 0]
    assert [(h.site, h.start, h.end) for h in holds(c, p)] == [("DRA", 2, 6)]


def test_places_of_an_empty_plan_are_those_of_the_sites() -> None:
    c = case(3)
    room, handover = places(c, Plan())
    assert room[:, 0].tolist() == [s.places for s in c.sites]
    assert (handover == np.array([s.handover_places for s in c.sites])[:, None]).all()


def test_every_cost_has_a_line_and_a_week() -> None:
    c = case(
        8, units={"U1": "TANK", "U2": "TANK"}, sets={"S1": {"start_site": "POZ", "available": 2}}, exercises={"X1": {}}
    )
    last = plan(rot("U2", -3, 1, "U2a RUK sea"))
    c = replace(c, last=last)
    p = plan(
        *last.rotations,
        rot("U1", 6, 10, "U1a POZ sea"),
        run("X1", "DRA", 3, "N1 U2a sea"),
        Stay("S1", "POZ", 2, 4),
        Stay("S1", "DRA", 5, 8),
    )
    sums: Counter[tuple[str, int, str]] = Counter()
    for e in ledger(c, p):
        sums[e.line, e.week, e.kind] += e.amount
    assert sums == {
        ("presence", 0, "stay"): 100_000,  # under way: only its upkeep, its way was paid before
        ("presence", 6, "deploy"): 3_000_000,
        ("presence", 6, "stay"): 100_000,
        ("presence", 7, "stay"): 100_000,
        ("exercises", 1, "fly-in"): 3_100_000,
        ("exercises", 2, "fly-in"): 100_000,
        ("exercises", 3, "fly-in"): 100_000,
        ("exercises", 4, "fly-in"): 100_000,
        ("exercises", 3, "exercise"): 1_200_000,
        ("prepositioning", 4, "move"): 500_000,
        **{("prepositioning", w, "sustain"): 10_000 for w in range(2, 8)},
    }


def test_tidy_plans_are_equal_whatever_their_order() -> None:
    a = plan(rot("U1", 0, 4, "U1a POZ sea", "U1b RUK air"), rot("U2", 0, 4, "U2a POZ sea"))
    b = plan(rot("U2", 0, 4, "U2a POZ sea"), rot("U1", 0, 4, "U1b RUK air", "U1a POZ sea"))
    assert a == b
    assert hash(a) == hash(b)
    assert not a.empty
    assert Plan().empty
