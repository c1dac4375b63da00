"""Every message of the catalogue is provoked, at its cell."""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime

import pytest
from openpyxl.styles import Font

from optimizer.errors import FaultsFound
from optimizer.workbook.faults import CATALOGUE, fault
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.reader import read_case
from tests.workbook.books import PLAN, SOUND, book, edit, findings, found, spoil, spoilt, table, where
from tests.workbook.test_sense import CODES as SENSE

# code, sheet, header, row (or setting), what is typed there
CELLS = [
    ("error-value", "Sites", "Places", 2, "#N/A"),
    ("blank", "Units", "Type", 3, None),
    ("blank", "Settings", "Value", "Start", None),
    ("not-number", "Sites", "Places", 2, "ten"),
    ("not-number", "Sites", "Slots", 2, True),
    ("ambiguous-number", "Sites", "Places", 2, "1,000"),
    ("not-whole", "Sites", "Places", 2, 12.5),
    ("too-large", "Sites", "Places", 2, 1e12),
    ("too-small", "Sites", "Places", 3, -1),
    ("too-big", "Settings", "Value", "Transfer limit", 10),
    ("rounds-to-zero", "Sites", "Slots", 2, 0.0001),
    ("not-date", "Availability", "From", 2, "soon"),
    ("not-date", "Availability", "From", 2, 2017),
    ("ambiguous-date", "Availability", "From", 2, "01/02/2018"),
    ("year-short", "Availability", "From", 2, "01/02/03"),
    ("date-far", "Availability", "From", 2, "1817-10-02"),
    ("date-for-id", "Units", "Unit", 3, datetime(2017, 3, 4)),
    ("date-late", "Availability", "From", 2, datetime(2017, 10, 3, 23, 0)),
    ("date-rounded", "Availability", "From", 2, datetime(2017, 10, 3, 23, 59, 17)),
    ("date-clock", "Availability", "From", 2, datetime(2017, 10, 4, 5, 0)),
    ("date-zone", "Availability", "From", 2, "2017-10-03T22:00:00.000Z"),
    ("id-lookalike", "Sites", "Site", 4, "\u0422APA"),
    ("not-yes", "Elements", "Optional", 2, "perhaps"),
    ("not-choice", "Unit types", "Movement", 2, "heavi"),
    ("not-bands", "Settings", "Value", "Credit bands", "10:0.5; 3:0.8"),
    ("unknown", "Units", "Type", 3, "TNAK"),
    ("unknown", "Scenarios", "Late units", 3, "A; Z"),
    ("unknown", "Closures", "Place", 2, "XX"),
    ("duplicate", "Units", "Unit", 3, "A"),
    ("duplicate", "Settings", "Name", "Weeks", "Start"),
    ("id-spelling", "Sites", "Site", 4, "tapa"),
    ("setting-unknown", "Settings", "Name", "Weeks", "Weekz"),
    ("setting-extra", "Settings", "Name", "Seed", "My own"),
    ("not-monday", "Settings", "Value", "Start", "2017-10-01"),
    ("levels-rise", "Levels", "Value", 3, 1.5),
    ("demand-falls", "Demand", "Points full", 2, 0.5),
    ("order", "Closures", "To", 2, "2017-12-19"),
    ("lengths", "Unit types", "Standard rotation", 2, 50),
    ("no-mode", "Unit types", "Sea lead", 3, None),
    ("set-mode", "Unit types", "Set type", 2, None),
    ("set-type-unused", "Unit types", "Set type", 2, "OTHER"),
    ("set-nobody", "Sets", "Set type", 3, "OTHER"),
    ("implied-element", "Elements", "Element", 2, "B"),
    ("last-length", "Units", "Last length", 2, None),
    ("start-site", "Sets", "Start site", 2, "DEPOT"),
    ("slots", "Sets", "Start site", 3, "TAPA"),
    ("holding-short", "Set holdings", "To", 3, "2018-01-05"),
    ("nowhere", "Sets", "Slots", 3, 9),
    ("overlap", "Set holdings", "Site", 3, "TAPA"),
    ("maintenance-weeks", "Sets", "Maintenance weeks", 2, None),
    ("maintenance-long", "Sets", "Maintenance weeks", 2, 53),
    ("worth-twice", "Sets", "Worth armor", 2, 1),
    ("no-host", "Exercise hosts", "Exercise", 2, "X2"),
    ("outside-plan", "Exercises", "Weeks", 2, 51),
    ("mandatory-outside", "Exercises", "Weeks", 3, 51),
    ("range-small", "Exercises", "Echelon", 2, "brigade"),
    ("worthless", "Exercises", "Value", 2, 0),
    ("floor-cap", "Countries", "People cap", 2, 149),
    ("floor-places", "Countries", "Presence floor", 2, 901),
    ("unusual", "Unit types", "Sea lead", 2, 1000),
    ("unusual-cost", "Upgrades", "Cost", 2, 7_000_000),
    ("too-small", "Exercise needs", "Count", 3, 0),
    ("line-unused", "Budget", "Line", 5, "infrastucture"),
    ("waypoint", "Travel", "To", 2, "ADAZY"),
    ("same-ends", "Travel", "To", 2, "TAPA"),
    ("route-unknown", "Scenarios", "Closed routes", 2, "rode"),
    ("lock-subject", "Locks", "Subject", 2, "BB"),
    ("lock-exercise", "Locks", "Exercise", 3, None),
    ("lock-price", "Locks", "Price", 3, None),
    ("hand-over", "Sites", "Hand-over places", 2, 500),
    ("probabilities", "Scenarios", "Probability", 3, 0.9),
    ("frozen", "Settings", "Value", "Frozen weeks", 53),
    ("money-vast", "Budget", "Amount", 2, 14_000_000),
    ("cost-vast", "Unit types", "Week cost", 2, 400),
    # plan sheets
    ("not-monday", "Plan rotations", "Arrive", 2, "2017-08-08"),
    ("order", "Plan rotations", "Depart", 2, "2017-08-07"),
    ("rotation-units", "Plan rotations", "Unit", 3, "B"),
    ("mode-not-offered", "Plan rotations", "Mode", 3, "air"),
    ("site-needed", "Plan sets", "Site", 2, None),
    ("order", "Plan sets", "Until", 2, "2017-10-02"),
    ("need-unknown", "Plan participants", "Need", 2, "tanks"),
    ("unknown", "Plan participants", "Exercise", 2, "X1"),
]
ELSEWHERE = {  # findings that stand in another cell than the one that was spoilt
    ("holding-short", "To"): "C3",
    ("overlap", "Site"): "C3",
    ("no-host", "Exercise"): "Exercises!A2",
    ("outside-plan", "Weeks"): "C2",
    ("mandatory-outside", "Weeks"): "C3",
    ("worth-twice", "Worth armor"): "D2",
}


def test_the_sound_workbook_has_nothing_to_remark(tmp_path):
    assert not findings(book(tmp_path / "a.xlsx"))
    assert not findings(book(tmp_path / "b.xlsx", planned=True))
    assert not findings(book(tmp_path / "b.xlsx", planned=True), verifying=True)


@pytest.mark.parametrize(("code", "sheet", "header", "row", "typed"), CELLS)
def test_cell(code, sheet, header, row, typed):
    read, place = spoilt(sheet, header, row, typed)
    other = ELSEWHERE.get((code, header))
    if other:
        place = other if "!" in other else f"{sheet}!{other}"
    assert (code, place) in found(read)


PAST, CENTS = "Presence floor (old)", "Week cost (USD thousand)"


def strike(sheet, row):
    for cell in sheet[row]:
        cell.font = Font(strike=True)


def again(sheet, row):
    for cell in sheet[1]:
        sheet.cell(row, cell.column, cell.value)


STRUCTURE = {
    "sheet-missing": (lambda wb: wb.remove(wb["Sites"]), "Sites"),
    "sheet-misspelt": (lambda wb: setattr(wb["Units"], "title", "Unitz"), "Unitz"),
    "sheet-twice": (lambda wb: wb.create_sheet("unit-types"), "unit-types"),
    "sheet-empty": (lambda wb: wb["Levels"].delete_rows(2, 9), "Levels"),
    "sheet-extra": (lambda wb: wb.create_sheet("My pivot"), "My pivot"),
    "sheet-hidden": (lambda wb: setattr(wb["Sites"], "sheet_state", "hidden"), "Sites"),
    "header-missing": (lambda wb: wb["Reach"].delete_rows(1), "Reach!A1"),
    "column-missing": (lambda wb: wb["Units"].delete_cols(3), "Units!1:1"),
    "column-misspelt": (lambda wb: wb["Units"].cell(1, 4, "Hmoe"), "Units!D1"),
    "column-twice": (lambda wb: wb["Units"].cell(1, 20, "HOME"), "Units!T1"),
    "column-extra": (lambda wb: wb["Units"].cell(1, 20, "Ranking"), "Units!T1"),
    "column-family": (lambda wb: wb["Demand"].cell(1, 20, "Points of honour"), "Demand!T1"),
    "column-placeholder": (lambda wb: wb["Demand"].cell(1, 6, "Points …"), "Demand!F1"),
    "column-hidden": (lambda wb: setattr(wb["Units"].column_dimensions["B"], "hidden", True), "Units!B:B"),
    "merged": (lambda wb: wb["Units"].merge_cells("D2:D3"), "Units!D2:D3"),
    "rows-hidden": (lambda wb: setattr(wb["Units"].row_dimensions[3], "hidden", True), "Units!3:3"),
    "row-remark": (lambda wb: wb["Reach"].cell(9, 6, "to be asked"), "Reach!F9"),
    "rows-struck": (lambda wb: strike(wb["Units"], 3), "Units!3:3"),
    "row-total": (lambda wb: wb["Units"].cell(5, 1, "Total"), "Units!A5"),
    "row-remark-below": (lambda wb: wb["Units"].cell(7, 1, "to be agreed with the hosts"), "Units!A7"),
    "row-remark-near": (lambda wb: wb["Units"].cell(5, 1, "Source: public record"), "Units!A5"),
    "row-sum": (lambda wb: (wb["Sites"].cell(5, 1, "ALL"), wb["Sites"].cell(5, 4, "=SUM(D2:D4)")), "Sites!A5"),
    "row-header": (lambda wb: again(wb["Units"], 5), "Units!A5"),
    "column-doubt": (
        lambda wb: wb["Countries"].cell(1, where(wb["Countries"], "Presence floor"), PAST),
        "Countries!D1",
    ),
    "column-unit": (lambda wb: wb["Unit types"].cell(1, where(wb["Unit types"], "Week cost"), CENTS), "Unit types!T1"),
    "formula-uncalculated": (lambda wb: wb["Units"].cell(2, 6, "=3*13"), "Units!F2"),
    "setting-missing": (lambda wb: wb["Settings"].delete_rows(4), "Settings"),
    "line-missing": (lambda wb: wb["Budget"].delete_rows(5), "Budget"),
}


@pytest.mark.parametrize("code", STRUCTURE)
def test_structure(tmp_path, code):
    path = book(tmp_path / "a.xlsx")
    change, place = STRUCTURE[code]
    assert (code, place) in found(edit(path, change))


def test_last_sheets_tell_of_the_time_before_the_plan_when_solving(tmp_path):
    last = {name.replace("Plan", "Last"): rows for name, rows in deepcopy(PLAN).items()}
    last["Last upgrades"] = table("Upgrade|Start", "nonsense|2017-11-06")
    path = write_input(SOUND | PLAN | last, tmp_path / "a.xlsx")
    assert found(path) == {("plan-ignored", name) for name in last} | {("unknown", "Last upgrades!A2")}
    assert ("unknown", "Last upgrades!A2") in found(path, verifying=True)


def test_verifying_needs_a_plan(tmp_path):
    assert ("plan-missing", "") in found(book(tmp_path / "a.xlsx"), verifying=True)


def test_continuing_resolution_without_a_rate(tmp_path):
    path = book(tmp_path / "a.xlsx")
    spoil(path, ("Settings", "Value", "Continuing resolution weeks", 12))
    assert ("cr-base", "Budget!H3") in found(path)


def test_inputs_that_were_made_under_a_scenario(tmp_path):
    path = book(tmp_path / "a.xlsx")
    assert "inputs-under" not in {code for code, _ in found(path)}
    spoil(path, ("Settings", "Value", "Under scenario", "BRIDGE"))
    at = next(where for code, where in found(path) if code == "inputs-under")
    assert at.startswith("Settings!B")


CONFLICTS = {"conflict-open", "conflict-choice", "conflict-lost"}  # tests/workbook/merge/test_books.py
FILES = {"cell-twice", "text-missing"}  # tests/workbook/corpus_public.py
ANSWERS = {"participants-left", "day-rounded", "swapped"}
ONTO = {"plan-left", "lock-unused"}  # tests/workflow/test_replanning.py
HERE = {"cr-base", "inputs-under"}
ELSEWHERE_TESTED = {"plan-ignored", "plan-missing", "cannot-be"} | HERE | CONFLICTS | FILES | ANSWERS | ONTO | SENSE


def test_every_message_is_provoked():
    assert {c[0] for c in CELLS} | set(STRUCTURE) | ELSEWHERE_TESTED == set(CATALOGUE)


def test_ten_faults_are_ten_lines(tmp_path):
    path = book(tmp_path / "a.xlsx")
    before = sorted(tmp_path.iterdir())
    places = spoil(
        path,
        ("Settings", "Value", "Effort", "quik"),
        ("Countries", "Weight", 2, "heavy"),
        ("Sites", "Country", 2, "EEE"),
        ("Unit types", "People", 2, "ten"),
        ("Unit types", "Sea lead", 3, "#REF!"),
        ("Units", "Type", 4, "GUN"),
        ("Sets", "Start site", 2, "TAPPA"),
        ("Exercises", "Latest start", 2, "03/04/2018"),
        ("Demand", "Points full", 2, 0.25),
        ("Budget", "Amount", 3, "1,250"),
    )
    with pytest.raises(FaultsFound) as e:
        read_case(path)
    faults = [f for f in e.value.faults if f.severity == "fault"]
    assert [f"{f.sheet}!{f.cell}" for f in faults] == places
    hints = {f.cell: f.suggestion for f in faults}
    assert hints[places[0].split("!")[1]] == "did you mean quick?"
    assert [f.suggestion for f in faults if f.sheet == "Sets"] == ["did you mean TAPA?"]
    assert sorted(tmp_path.iterdir()) == before
    assert str(faults[0]) == f"{places[0]}: not one of quick, standard, thorough (read: quik) – did you mean quick?"


def test_a_faulty_reference_does_not_breed_others(tmp_path):
    path = book(tmp_path / "a.xlsx")
    places = spoil(path, ("Unit types", "Type", 3, None))
    codes = {(f.code, f.sheet) for f in findings(path) if f.severity == "fault"}
    assert ("blank", "Unit types") in codes
    assert codes <= {("blank", "Unit types"), ("unknown", "Units"), ("unknown", "Elements")}, places


def test_where_is_quoted_like_a_spreadsheet_does():
    assert fault("blank", "Unit types", "B2", name="Type").where == "'Unit types'!B2"
    assert fault("blank", "Sites", "B2", name="Type").where == "Sites!B2"
    assert fault("plan-missing", "").where == ""
