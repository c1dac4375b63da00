"""Distances, credits and moves on the travel network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from optimizer.domain import Leg, Reach
from optimizer.domain.network import UNREACHABLE, credits, days_between, move_weeks
from tests.build import SITES, case

CASE = case()
POZ, DRA, RUK, DEP = range(4)
PL, LT = range(2)


def test_shortest_way_by_kind_of_load() -> None:
    assert days_between(CASE, "heavy")[POZ, RUK] == 9000
    assert days_between(CASE, "wheeled")[DRA, RUK] == 3500  # by Poznan, not 4 days directly
    assert days_between(CASE, "heavy")[DEP, DRA] == 7000
    assert (days_between(CASE, "heavy") == days_between(CASE, "heavy").T).all()


def test_closed_routes_lengthen_the_way() -> None:
    closed = frozenset({"corridor"})
    assert days_between(CASE, "heavy", closed)[POZ, RUK] == 10_000
    assert days_between(CASE, "wheeled", closed)[POZ, RUK] == 5000


def test_without_a_way_there_is_no_credit_and_no_move() -> None:
    # one leg remains, so that the search itself meets what it cannot reach
    c = replace(CASE, legs=CASE.legs[:1])
    for movement in ("heavy", "wheeled"):
        days = days_between(c, movement)
        assert days[POZ, RUK] == UNREACHABLE
        assert (days >= 0).all()
        assert credits(c, movement)[POZ].tolist() == [1000, 0]
    assert move_weeks(c)[POZ, RUK] == -1
    assert move_weeks(replace(CASE, legs=()))[POZ].tolist() == [0, -1, -1, -1]


def test_legs_may_meet_off_site_and_the_shorter_of_two_counts() -> None:
    legs = (Leg("POZ", "Port", 500, 500), Leg("Port", "RUK", 0, 0), Leg("RUK", "Port", 900, 900))
    c = replace(CASE, legs=legs)
    assert days_between(c, "heavy")[POZ, RUK] == 500
    assert days_between(c, "heavy").shape == (4, 4)


def test_credit_by_bands_from_the_nearest_site() -> None:
    # heavy from DRA to RUK 8 days: half; by road 3.5 days: half; from POZ by road 2.5 days: 0.8
    assert credits(CASE, "heavy")[DRA].tolist() == [1000, 500]
    assert credits(CASE, "wheeled")[POZ].tolist() == [1000, 800]
    # from the depot to the nearest Polish site, POZ, 5 days; to RUK 14 days
    assert credits(CASE, "heavy")[DEP].tolist() == [500, 200]
    override = replace(CASE, reach=(Reach("DEP", "LT", 50), Reach("POZ", "PL", 900)))
    assert credits(override, "heavy")[[DEP, POZ], [LT, PL]].tolist() == [50, 900]


def test_moves_take_whole_weeks_at_least_one() -> None:
    assert move_weeks(CASE)[POZ].tolist() == [0, 1, 2, 1]
    near = replace(CASE, legs=(Leg("POZ", "DRA", 0, 0),))
    assert move_weeks(near)[POZ, DRA] == 1
    assert np.diagonal(move_weeks(CASE)).tolist() == [0] * len(SITES)
