"""What a year hands over, worked by hand, and recurrence by the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from optimizer.cycle.carry import carry, signed
from optimizer.cycle.glue import Year, glue
from optimizer.cycle.recurrence import base_id, edition_id, first_monday, next_edition, years_on
from optimizer.domain import Maintenance, Plan, Purchase, Run, Stay, Upgrade
from optimizer.quantities import Calendar
from optimizer.rules import check_all
from tests.tiny import case, plan, rot

WEEKS = 8  # signed, of the 12 that are planned


def day(week: int) -> date:
    return case().calendar.monday(week)


def test_only_what_begins_in_the_year_is_signed() -> None:
    p = plan(rot("U1", 2, 10, "U1a POZ sea"), rot("U2", 8, 12, "U2a POZ sea"), Run("X1", "POZ", 7, ()),
             Run("X2", "POZ", 8, ()), Purchase("B1", 7), Purchase("B2", 9))  # fmt: skip
    kept = signed(case(), p, WEEKS)
    assert [r.unit for r in kept.rotations] == ["U1"]
    assert [r.exercise for r in kept.runs] == ["X1"]
    assert [b.upgrade for b in kept.purchases] == ["B1"]


def test_who_came_home_rests_from_that_day_and_who_is_out_stays_out() -> None:
    c = case(units={"U1": "TANK", "U2": "TANK"}, weeks=12)
    p = plan(rot("U1", 0, 6, "U1a POZ sea"), rot("U2", 4, 10, "U2a POZ sea"))
    made = carry(c, p, WEEKS)
    assert made.returns == {"U1": (day(6), 6)}
    out = next(r for r in made.plan.rotations if r.unit == "U2")
    assert (out.arrive, out.depart) == (-4, 2)  # four weeks before day one, until two weeks into the year


def test_a_set_on_the_road_is_there_when_it_arrives() -> None:
    c = case(sets={"S1": {}}, weeks=12)
    made = carry(c, plan(Stay("S1", "POZ", 0, 6), Stay("S1", "DRA", 9, 12)), WEEKS)
    assert (made.sets["S1"].site, made.sets["S1"].available) == ("DRA", day(9))


def test_a_set_that_only_sets_out_later_still_stands_where_it_was() -> None:
    c = case(sets={"S1": {}}, weeks=12)
    made = carry(c, plan(Stay("S1", "POZ", 0, 9), Stay("S1", "DRA", 10, 12)), WEEKS)
    assert (made.sets["S1"].site, made.sets["S1"].available) == ("POZ", None)


def test_a_set_in_reset_over_the_seam_waits_and_one_in_use_does_not() -> None:
    """Left at the seam it is reset two weeks into the year, and nothing else can be done with it before."""
    c = case(units={"U1": "TANK"}, sets={"S1": {"reset_weeks": 2}}, weeks=12)
    left = carry(c, plan(rot("U1", 4, 8, "U1a POZ set:S1"), Stay("S1", "POZ", 0, 12)), WEEKS)
    assert left.sets["S1"].available == day(10)
    used = carry(c, plan(rot("U1", 4, 9, "U1a POZ set:S1"), Stay("S1", "POZ", 0, 12)), WEEKS)
    assert used.sets["S1"].available is None


def test_a_block_that_runs_over_the_seam_keeps_the_set_until_it_ends() -> None:
    c = case(sets={"S1": {"interval": 10, "maintenance_weeks": 3}}, weeks=12)
    made = carry(c, plan(Stay("S1", "POZ", 0, 12), Maintenance("S1", 7, 10)), WEEKS)
    assert (made.sets["S1"].available, made.sets["S1"].last_maintenance) == (day(10), day(10))


def test_a_block_that_is_written_cut_at_the_end_of_the_plan_is_handed_over_whole() -> None:
    """Three weeks from week 11 of 12, of which the plan may write one: the set is free in week 14, and both years glued
    have a block of three weeks."""
    c = case(sets={"S1": {"interval": 11, "maintenance_weeks": 3}}, weeks=12)
    p = plan(Stay("S1", "POZ", 0, 12), Maintenance("S1", 11, 12))
    assert not [b for f in check_all(c, p) for b in f.breaches]
    made = carry(c, p, 12)
    assert (made.sets["S1"].available, made.sets["S1"].last_maintenance) == (day(14), day(14))
    assert made.plan.maintenance == (Maintenance("S1", -1, 2),)
    start = c.calendar.monday(12)
    then = case(
        sets={"S1": {"interval": 11, "maintenance_weeks": 3, "available": 2}}, settings={"start": start}, weeks=12
    )
    then = replace(then, last=made.plan)
    later = plan(Stay("S1", "POZ", 2, 12))
    assert not [b for f in check_all(then, later) for b in f.breaches]
    together, glued = glue([Year(2018, c, p, 12), Year(2019, then, later, 12)])
    assert glued.maintenance == (Maintenance("S1", 11, 14),)
    assert not [b for f in check_all(together, glued) for b in f.breaches if b.rule == "set-maintenance"]


def test_a_set_in_use_is_told_with_its_holder_and_its_reset() -> None:
    c = case(units={"U1": "TANK"}, sets={"S1": {"reset_weeks": 2}}, weeks=12)
    made = carry(c, plan(rot("U1", 4, 9, "U1a POZ set:S1"), Stay("S1", "POZ", 0, 12)), WEEKS)
    assert (made.sets["S1"].busy_until, made.sets["S1"].holder) == (day(11), "U1a")


def test_upgrades_are_done_or_still_building() -> None:
    ups = (Upgrade("B1", "POZ", 1, 3, 0, 11), Upgrade("B2", "POZ", 1, 6, 0, 11))
    made = carry(replace(case(weeks=12), upgrades=ups), plan(Purchase("B1", 5), Purchase("B2", 5)), WEEKS)
    assert (made.done, made.building) == (("B1",), (Purchase("B2", -3),))


def test_editions_are_named_by_year_and_known_by_their_base() -> None:
    assert edition_id("SABER_STRIKE@2018", 2019) == "SABER_STRIKE@2019"
    assert base_id("SABER_STRIKE@2019") == base_id("SABER_STRIKE") == "SABER_STRIKE"


@pytest.mark.parametrize("year", range(2018, 2060))
def test_years_follow_one_another_without_a_gap(year: int) -> None:
    like = Calendar(date(2016, 10, 3), 52)
    start, after = first_monday(year, like), first_monday(year + 1, like)
    assert Calendar(start, 1).fiscal(0)[0] == year
    assert (after - start).days in (52 * 7, 53 * 7)
    again = first_monday(year + 1, Calendar(start, 52))
    assert abs((again - after).days) <= 7  # as seen from the year before


def test_what_comes_every_second_year_skips_one_and_what_was_left_out_is_offered_again() -> None:
    first, last = date(2017, 7, 3), date(2017, 7, 17)
    start = date(2017, 10, 2)
    assert next_edition(first, last, 2, date(2017, 7, 10), True, start) == (years_on(first, 2), years_on(last, 2))
    assert next_edition(first, last, 2, None, False, start) == (years_on(first, 1), years_on(last, 1))


def test_weekdays_stay() -> None:
    assert years_on(date(2017, 7, 3), 1) == date(2018, 7, 2)
    assert years_on(date(2016, 2, 29), 1) == date(2017, 2, 27)


def test_glued_years_hold_together_and_a_rest_cut_short_is_found() -> None:
    c = case(units={"U1": "TANK"}, weeks=12)
    cal = replace(c.calendar, start=c.calendar.start + timedelta(weeks=12))
    later = replace(c, settings=replace(c.settings, calendar=cal))
    first = plan(rot("U1", 4, 8, "U1a POZ sea"))
    good, bad = plan(rot("U1", 2, 6, "U1a POZ sea")), plan(rot("U1", -3, 2, "U1a POZ sea"))
    whole, joined = glue([Year(2018, c, first, 12), Year(2019, later, good, 12)])
    assert (whole.weeks, len(joined.rotations)) == (24, 2)
    assert not [b for f in check_all(whole, joined) for b in f.breaches if f.rule == "dwell"]
    whole, joined = glue([Year(2018, c, first, 12), Year(2019, later, bad, 12)])
    assert [b.parties for f in check_all(whole, joined) for b in f.breaches if f.rule == "dwell"] == [("U1",)]


def test_a_stay_over_the_seam_is_one_stay() -> None:
    c = case(sets={"S1": {}}, weeks=12)
    cal = replace(c.calendar, start=c.calendar.start + timedelta(weeks=12))
    later = replace(c, settings=replace(c.settings, calendar=cal))
    stays = plan(Stay("S1", "POZ", 0, 12))
    _, joined = glue([Year(2018, c, stays, 12), Year(2019, later, stays, 12)])
    assert joined.stays == (Stay("S1", "POZ", 0, 24),)
    assert isinstance(joined, Plan)
