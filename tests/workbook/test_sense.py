"""Faults of sense that several rows make together, each worked out by hand from the sound workbook.

There, week 0 begins on 2 October 2017 and the plan has 52 weeks. A last came home in the week of 6 March 2017
after 39 weeks and rests twice as long, until 3 September 2018 (week 48), but is available to June only: it
deploys for exercises alone. B and C have no such bounds.
"""

from __future__ import annotations

from copy import deepcopy

import pytest

from optimizer.workbook.faults import stops
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.reader import read_case
from tests.workbook.books import PLAN, SOUND, findings, table

CODES = {
    "never-deploys",
    "must-never",
    "need-nobody",
    "mandatory-nobody",
    "range-closed",
    "mandatory-closed",
    "mandatory-money",
    "floor-hard",
    "demand-nobody",
    "row-outside",
    "row-unused",
    "rows-more",
}


def said(tmp_path, changes, rows=None):
    """(code, place) → the finding, for the sound workbook with cells (sheet, row, header) changed and rows added."""
    tables = deepcopy(SOUND)
    for (sheet, row, header), value in changes.items():
        if sheet == "Settings":
            tables[sheet].append({"Name": header, "Value": value})
        else:
            tables[sheet][row - 2][header] = value
    for sheet, more in (rows or {}).items():
        tables[sheet] = tables.get(sheet, []) + more
    path = write_input(tables, tmp_path / "a.xlsx")
    return {(f.code, f"{f.sheet}!{f.cell}"): f for f in findings(path)}


UNITS = {
    # nobody wants it from home any more: rest ends in week 48, after the last day of its only window
    "rest": ({("Exercise needs", n, "Origin"): "theatre" for n in (2, 3)}, "Units!A2", "rest until 2018-09-03"),
    # eight weeks in all, the shortest rotation takes twelve; and no exercise wants tanks from home
    "window": (
        {
            ("Availability", 2, "Unit"): "B",
            ("Availability", 2, "To"): "2017-11-30",
            ("Exercise needs", 2, "Origin"): "theatre",
            ("Locks", 2, "Subject"): "C",
        },
        "Units!A3",
        "no time in Availability lasts the 12 weeks",
    ),
    "away": (
        {
            ("Availability", 2, "Unit"): "B",
            ("Availability", 2, "From"): "2018-12-05",
            ("Availability", 2, "To"): "2019-12-05",
            ("Locks", 2, "Subject"): "C",
        },
        "Units!A3",
        "not available in any week",
    ),
    # released in week -25, lead of 78 weeks: week 53
    "lead": (
        {("Unit types", 2, "Sea lead"): 78, ("Unit types", 2, "Set lead"): "", ("Locks", 2, "Subject"): "C"},
        "Units!A3",
        "lead times let nobody arrive",
    ),
    # TAPA, the roomiest site, takes 900
    "places": (
        {("Unit types", 2, "People"): 901, ("Exercise needs", 2, "Origin"): "theatre", ("Locks", 2, "Subject"): "C"},
        "Units!A3",
        "no site has places for the 901 people of B",
    ),
    # falling in is all they can do, and no set is of the type
    "set": (
        {
            ("Unit types", 2, "Sea lead"): "",
            ("Sets", 2, "Set type"): "X",
            ("Sets", 3, "Set type"): "X",
            ("Locks", 2, "Subject"): "C",
        },
        "Units!A3",
        "there is no set of type TANK_SET for B",
    ),
}


@pytest.mark.parametrize("case", UNITS)
def test_a_unit_that_can_never_deploy(tmp_path, case):
    changes, place, why = UNITS[case]
    found = said(tmp_path, changes)
    assert why in found["never-deploys", place].problem
    assert not stops([found["never-deploys", place]])


def test_a_unit_that_must_and_cannot(tmp_path):
    """Lock L1 demands B, whose only window is of eight weeks; a warning becomes a fault."""
    changes = {("Availability", 2, "Unit"): "B", ("Availability", 2, "To"): "2017-11-30"}
    fault = said(tmp_path, changes)["must-never", "Units!A3"]
    assert "by lock L1" in fault.problem
    assert stops([fault])


def test_exercises_that_nobody_can_staff(tmp_path):
    """X1 wants three tanks from anywhere, there are A1 and B. X2 wants guns; once from theatre only, C alone could
    give them, and C is away until after X2's last start."""
    found = said(tmp_path, {("Exercise needs", 2, "Count"): 3})
    assert "no more than 2 of its kind" in found["need-nobody", "'Exercise needs'!D2".replace("'", "")].problem
    away = {"Availability": table("Unit|From|To", "C|2018-03-07|2018-09-30")}
    found = said(tmp_path, {("Exercise needs", 3, "Origin"): "theatre"}, away)
    fault = found["mandatory-nobody", "Exercise needs!D3"]
    assert "at most 0 element(s)" in fault.problem
    assert stops([fault])


def test_exercises_whose_hosts_are_closed(tmp_path):
    """X1 has TAPA alone; X2 has TAPA and ADAZI: closing one of them leaves it the other."""
    spring = {"Closures": table("Place|From|To|Closes", "EE|2018-01-03|2018-09-30|range")}
    found = said(tmp_path, {}, spring)
    assert {c for c, _ in found} == {"range-closed"}
    spring["Closures"] += table("Place|From|To|Closes", "ADAZI|2018-01-03|2018-09-30|all")
    found = said(tmp_path, {}, spring)
    assert {p for c, p in found if c == "mandatory-closed"} == {"Exercises!A3"}


def test_money_that_cannot_pay_what_must_be(tmp_path):
    """X2 is mandatory and costs 1; the line has 0.5, and a tenth of 100 + 10 + 9 may be moved to it unless the
    transfer limit is 0. Sets cost 0.1 a week: 52 weeks, 5.2."""
    change = {("Budget", 3, "Amount"): 0.5}
    assert not said(tmp_path, change)
    fault = said(tmp_path, change | {("Settings", 0, "Transfer limit"): 0})["mandatory-money", "Budget!C3"]
    assert "exercises overspent by USD million 0.5" in fault.problem
    assert fault.suggestion == "bound to be spent: mandatory exercises 1"
    fault = said(tmp_path, {("Budget", 4, "Amount"): 5, ("Settings", 0, "Transfer limit"): 0})
    assert fault["mandatory-money", "Budget!C4"].suggestion == "bound to be spent: upkeep of sets 5.2"
    fault = said(tmp_path, {("Budget", 4, "Q2 ceiling"): 1})["mandatory-money", "Budget!C4"]  # 13 weeks, 1.3
    assert "quarter 2 of 2018" in fault.problem
    total = said(tmp_path, {("Settings", 0, "Total cap"): 6})  # 5.2 and 1
    assert {c for c, _ in total} == {"mandatory-money"}


def test_rotations_under_way_must_be_paid(tmp_path):
    """A1 and A2 are out until weeks 31 and 30; A1, a TANK, costs 0.4 a week: 12.4."""
    plan = {"Plan rotations": PLAN["Plan rotations"][:2]}
    changes = {("Budget", 2, "Amount"): 10, ("Budget", 2, "Q1 ceiling"): "", ("Settings", 0, "Transfer limit"): 0}
    fault = said(tmp_path, changes, plan)["mandatory-money", "Budget!C2"]
    assert fault.suggestion == "bound to be spent: rotations under way 12.4"


def test_a_hard_floor_above_what_the_sites_hold(tmp_path):
    """TAPA is Estonia's only site: 900."""
    found = said(tmp_path, {("Countries", 2, "Presence floor"): 901, ("Settings", 0, "Floor is hard"): "yes"})
    assert "hold 900 at most" in found["floor-hard", "Countries!D2"].problem


def test_rows_without_effect(tmp_path):
    rows = {
        "Sites": table("Site|Country", "SPARE|EE"),
        "Unit types": table(
            "Type|Main capability|People|Sea lead|Shortest rotation|Standard rotation|Longest rotation",
            "BAND|armor|30|1|4|5|6",
        ),
        "Capabilities": table("Capability|Weight", "music|1"),
        "Demand": table("Country|Capability|From|To|Points full", "LV|music|2018-10-03||1", "EE|fires||2017-09-30|1"),
        "Closures": table("Place|From|To", "TAPA|2018-10-01|2018-10-02"),
    }
    found = said(tmp_path, {}, rows)
    unused = {p for c, p in found if c == "row-unused"}
    assert unused == {"Sites!A5", "Unit types!A4"}
    assert {p for c, p in found if c == "row-outside"} == {"Demand!C5", "Demand!D6", "Closures!B3"}
    assert ("demand-nobody", "Capabilities!A4") in found
    assert not stops(found.values())


def test_many_rows_without_effect_are_counted(tmp_path):
    rows = {"Sites": [{"Site": f"S{i}"} for i in range(30)]}
    found = said(tmp_path, {}, rows)
    assert sum(c == "row-unused" for c, _ in found) == 20
    assert found["rows-more", "Sites!A25"].problem.startswith("10 more")


def test_a_plan_is_judged_even_where_none_can_hold(tmp_path):
    """To verify is to report: what makes every plan impossible stops the planning only."""
    tables = deepcopy(SOUND) | deepcopy(PLAN)
    tables["Budget"][1]["Amount"] = "0"
    tables["Settings"].append({"Name": "Transfer limit", "Value": "0"})
    path = write_input(tables, tmp_path / "a.xlsx")
    assert "mandatory-money" in {f.code for f in findings(path)}
    assert read_case(path, verifying=True).plan.runs
