"""Exercises from year to year, worked by hand: what comes again, what is mandatory, what keeps apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from optimizer.cycle.carry import Carried
from optimizer.domain import Case, Participant, Plan, Run
from optimizer.rosters import must_be_held
from optimizer.rules import RULES
from optimizer.workbook.forms.next_exercises import next_exercises
from optimizer.workbook.forms.next_year import Turn, filled
from optimizer.workbook.merge.content import Row
from tests.tiny import case

START, SEAM, END = date(2018, 10, 1), date(2019, 9, 30), date(2020, 3, 30)  # of fiscal year 2019, and 26 weeks beyond


def row(name: str, first: date, latest: date, **cells: Any) -> Row:
    plain = {"Exercise": name, "Name": name, "Earliest start": first, "Latest start": latest, "Weeks": 2, "Every": 1}
    return filled({**plain, "Mandatory": False, "Group": None, "Spacing": 0, "Last held": None, **cells})


def turn(**held: date) -> Turn:
    carried = Carried(52, Plan(), {}, {}, (), (), held)
    return Turn(2019, case(weeks=52), carried, START, SEAM, END, [])


def editions(t: Turn, *rows: Row, **more: tuple[Row, ...]) -> dict[str, dict[str, Any]]:
    made = next_exercises(t, {"Exercises": rows, **more})
    return {r.values["Exercise"]: dict(r.values) for r in made["Exercises"]}


def test_what_comes_every_third_year_is_not_forgotten_in_between() -> None:
    """Held in May 2018, so due in May 2021; it stands in the books of 2019 and 2020 with that day, and only there."""
    held = date(2018, 5, 14)
    found = editions(turn(X=held), row("X", date(2018, 5, 7), date(2018, 5, 21), Every=3))
    assert list(found) == ["X@2021"]
    assert found["X@2021"]["Earliest start"] == date(2021, 5, 10)  # the Monday nearest to the seventh
    assert found["X@2021"]["Last held"] == held
    waiting = row("X@2021", date(2021, 5, 10), date(2021, 5, 24), Every=3, **{"Last held": held})
    year = timedelta(weeks=52)
    after = replace(turn(), year=2020, start=START + year, signed_until=SEAM + year, end=END + year)
    again = editions(after, waiting)
    assert list(again) == ["X@2021"]
    assert again["X@2021"]["Earliest start"] == date(2021, 5, 10)
    assert not after.asked  # nothing to correct yet


def test_what_had_to_be_held_has_to_be_so_again_unless_somebody_says_no() -> None:
    t = turn(X=date(2018, 5, 14))
    found = editions(t, row("X", date(2018, 5, 7), date(2018, 5, 21), Mandatory=True))
    assert {n: x["Mandatory"] for n, x in found.items()} == {"X@2019": True}
    assert [(a.row, a.column, a.needed) for a in t.asked] == [
        ("X@2019", "Earliest start", False), ("X@2019", "Mandatory", False)
    ]  # fmt: skip


def test_a_window_that_reaches_past_what_is_planned_stays_whole() -> None:
    """From February to June 2020; planning ends in March, and the next year must not lose the other three months."""
    found = editions(turn(X=date(2019, 3, 4)), row("X", date(2019, 2, 4), date(2019, 6, 3)))
    assert (found["X@2020"]["Earliest start"], found["X@2020"]["Latest start"]) == (date(2020, 2, 3), date(2020, 6, 1))


@pytest.mark.parametrize(("every", "latest", "must"), [(1, 10, False), (1, 9, True), (None, 10, True)])
def test_what_comes_again_need_not_be_held_in_a_plan_that_ends_before_its_window(every, latest, must) -> None:
    """Two weeks long in a plan of eleven: a start in week 9 is the last one inside."""
    made = {"mandatory": True, "earliest": 6, "latest": latest, "weeks": 2, "every": every}
    c: Case = case(weeks=11, exercises={"X1": made})
    assert must_be_held(c, c.exercises[0]) == must
    missing = [b for b in RULES["exercise-window"].check(c, Plan()).breaches if "mandatory" in b.text]
    assert bool(missing) == must


def test_editions_keep_the_spacing_of_their_group_to_what_was_held() -> None:
    """Y ran for two weeks from 3 September 2018, and the group keeps ten weeks: not before 26 November."""
    rows = (row("X", date(2017, 10, 9), date(2018, 1, 8), Group="G", Spacing=4),
            row("Y", date(2018, 9, 3), date(2018, 9, 3), Group="G", Spacing=10))  # fmt: skip
    found = editions(turn(X=date(2017, 10, 9), Y=date(2018, 9, 3)), *rows)
    assert found["X@2019"]["Earliest start"] == date(2018, 11, 26)
    assert found["X@2019"]["Latest start"] == date(2019, 1, 7)


def test_questions_follow_to_the_next_edition_or_stay_behind() -> None:
    asked = tuple(filled({"Ask": "why not", "Kind": k, "Subject": s}) for k, s in
                  (("exercise", "X"), ("exercise", "ONCE"), ("unit", "U1")))  # fmt: skip
    rows = (row("X", date(2018, 5, 7), date(2018, 5, 21)),
            row("ONCE", date(2018, 5, 7), date(2018, 5, 21), Every=None))  # fmt: skip
    made = next_exercises(turn(X=date(2018, 5, 7), ONCE=date(2018, 5, 7)), {"Exercises": rows, "Ask": asked})
    assert [r.values["Subject"] for r in made["Ask"]] == ["X@2019", "U1"]


def test_next_year_it_is_mandatory_again_although_it_was_not_in_the_look_ahead() -> None:
    rows = (row("X@2019", date(2019, 5, 6), date(2019, 5, 20), Mandatory=True),
            row("X@2020", date(2020, 5, 4), date(2020, 5, 18)))  # fmt: skip
    year = timedelta(weeks=52)
    t = replace(turn(**{"X@2019": date(2019, 5, 6)}), year=2020, start=START + year, signed_until=SEAM + year,
                end=END + year)  # fmt: skip
    assert {n: x["Mandatory"] for n, x in editions(t, *rows).items()} == {"X@2020": True}


@pytest.mark.parametrize(
    ("start", "mode", "switch", "told"),
    [(-6, "sea", True, False), (-5, "sea", True, True), (-2, "air", True, True), (-3, None, True, False),
     (-2, "air", False, False)],
)  # fmt: skip
def test_what_is_over_is_told_while_somebody_cannot_be_brought_in_again(start, mode, switch, told) -> None:
    """Two weeks long; a battery needs four weeks by sea and one by air. Begun six weeks before the year, all may come
    again when it begins; five weeks before, not by sea until a week later, however it had come."""
    c = case(weeks=52, units={"U1": "ART"}, exercises={"X": {}}, settings={"turnaround": switch})
    runs = (Run("X", "POZ", start, (Participant("N1", "U1a", mode),)),)
    t = replace(turn(X=date(2018, 8, 27)), case=c)
    t = replace(t, carried=replace(t.carried, plan=Plan(runs=runs)))
    old = row("X", date(2018, 8, 6), date(2018, 9, 17))
    hosts = (filled({"Exercise": "X", "Site": "POZ"}),)
    locks = (filled({"Lock": "L", "Kind": "exercise", "Subject": "X"}),)
    made = next_exercises(t, {"Exercises": (old,), "Exercise hosts": hosts, "Locks": locks})
    names = ["X", "X@2019"] if told else ["X@2019"]
    assert [r.values["Exercise"] for r in made["Exercises"]] == names
    assert [r.values["Exercise"] for r in made["Exercise hosts"]] == names
    assert [r.values["Subject"] for r in made["Locks"]] == ["X@2019"]
    if told:
        assert made["Exercises"][0] == old
