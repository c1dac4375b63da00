"""Differences in planners' words, each argued by hand."""

from dataclasses import replace
from datetime import timedelta

from optimizer.domain import Plan
from optimizer.report import figures
from optimizer.report.changes import changes, side_by_side
from tests.tiny import case, plan, rot


def texts(one: Plan, other: Plan) -> list[str]:
    c = case()
    return [x.text for x in changes((c, one), (c, other))]


def test_a_rotation_that_moved_is_told_in_words() -> None:
    assert texts(plan(rot("U1", 0, 4, "U1a POZ sea")), plan(rot("U1", 2, 8, "U1a DRA sea"))) == [
        "2 weeks later; 2 weeks longer; to Drawsko (was Poznan)"
    ]


def test_what_is_the_same_is_kept() -> None:
    assert texts(plan(rot("U1", 0, 4, "U1a POZ sea")), plan(rot("U1", 0, 4, "U1a POZ sea"))) == ["kept"]


def test_plans_that_begin_on_different_days_are_compared_by_the_day() -> None:
    c = case()
    start = c.calendar.start + timedelta(weeks=2)
    later = replace(c, settings=replace(c.settings, calendar=replace(c.calendar, start=start)))
    (told,) = changes((c, plan(rot("U1", 3, 7, "U1a POZ sea"))), (later, plan(rot("U1", 1, 5, "U1a POZ sea"))))
    assert (told.change, told.weeks, told.start) == ("kept", 0, c.calendar.monday(3))


def test_figures_stand_side_by_side_and_a_book_without_a_plan_has_none() -> None:
    c, p = case(), plan(rot("U1", 0, 4, "U1a POZ sea"))
    shown = {(f.topic, f.name): f.values for f in side_by_side([figures(c, p), None, figures(c, Plan())])}
    assert shown["decisions", "rotations"] == (1, None, 0)
    assert shown["score", "score"][0] == figures(c, p).score
