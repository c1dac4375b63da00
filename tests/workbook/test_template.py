"""Templates: what they offer and say, that filling one in by its own help works, and cases moved to another year."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from optimizer.errors import FaultsFound, UsageError
from optimizer.workbook.dates import text_date
from optimizer.workbook.faults import stops
from optimizer.workbook.forms.filled import find, template
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.reader import read_case
from optimizer.workbook.schema import CHOICES, GUIDE, INPUT_SHEETS, SETTINGS, SHEETS
from optimizer.workbook.words import PLACE
from tests.workbook.books import PLAN, SOUND, book, edit, findings, needs_office, recalculated, spoil, where

INPUTS = Path(__file__).parents[2] / "inputs"


def filled_by_its_help(path):
    """An empty template with the example of every column typed in, as its Read me asks for.

    Nothing here knows the planning problem: ids stand in place of the dots in headers, Budget
    gets a row for every line of Settings, and what has no example stays blank.
    """
    template(path)
    wb = openpyxl.load_workbook(path)
    guide = wb[GUIDE]
    said = {}  # (sheet, column) → example, as the Read me shows them
    heads = {c.value: c.column for row in guide for c in row if c.value in ("Column", "Example")}
    sheet = None
    for row in guide.iter_rows(min_row=next(c.row for c in guide["A"] if c.value == "Every column")):
        name, kind = row[0].value, row[1].value
        if name in wb.sheetnames and kind is None:
            sheet = name
        elif sheet and kind:
            said[sheet, name] = row[heads["Example"] - 1].value
    families = {"Unit types": "armor", "Sets": "armor", "Demand": "assure"}
    for (name, column), example in said.items():
        page = wb[name]
        if name == "Settings":
            cell = page.cell(next(c.row for c in page["A"] if c.value == column), where(page, "Value"))
            if example:
                cell.value = typed(example)
            continue
        at = where(page, column)
        if PLACE in column:
            page.cell(1, at, column.replace(PLACE, families[name]))
        if example:
            page.cell(2, at, typed(example))
    lines = [r[1].value for r in wb["Settings"] if str(r[0].value).startswith("Line for ")]
    for i, line in enumerate(lines, 2):
        for name in ("Fiscal year", "Amount"):
            wb["Budget"].cell(i, where(wb["Budget"], name), typed(said["Budget", name]))
        wb["Budget"].cell(i, where(wb["Budget"], "Line"), line)
    wb.save(path)
    return path


def typed(example):
    try:
        return float(example)
    except ValueError:
        pass
    try:
        return text_date(example)
    except ValueError:
        return example


def test_a_template_filled_in_by_its_own_help_is_sound(tmp_path):
    found = findings(filled_by_its_help(tmp_path / "mine.xlsx"))
    assert not stops(found), [str(f) for f in found]
    assert {f.code for f in found} <= {"waypoint"}  # the one site of the examples travels to a place nobody described


def test_it_solves(tmp_path):
    from optimizer.workflow import Wishes, audit, solve

    made = solve(filled_by_its_help(tmp_path / "mine.xlsx"), tmp_path / "plan.xlsx", Wishes("linear", time_limit=60))
    assert made.outcome.plan is not None
    assert made.outcome.plan.rotations
    assert audit(tmp_path / "plan.xlsx").ok


def test_every_column_says_what_it_wants(tmp_path):
    """In its header's comment, in the message of its cells, and on the Read me sheet."""
    wb = openpyxl.load_workbook(template(tmp_path / "a.xlsx"))
    assert wb.sheetnames[:2] == [GUIDE, "Settings"]
    told = {c.value for row in wb[GUIDE] for c in row}
    for sheet in INPUT_SHEETS:
        page = wb[sheet.name]
        messages = {r.prompt: r for r in page.data_validations.dataValidation}
        for c in SETTINGS if sheet.name == "Settings" else sheet.columns:
            assert any(c.help in str(text) for text in told)
            assert any(text.startswith(c.help[:80]) for text in messages), (sheet.name, c.header)
            assert all(len(text) <= 255 for text in messages)
        for cell in page[1]:
            assert cell.comment
        assert page.print_title_rows
        assert page.page_setup.orientation == "landscape"
        assert page.sheet_properties.pageSetUpPr.fitToPage
        assert str(page.page_setup.fitToHeight) == "0"


def test_only_cells_that_are_read_are_yellow(tmp_path):
    wb = openpyxl.load_workbook(template(tmp_path / "a.xlsx"))
    yellow = {
        c.column_letter for row in wb["Settings"].iter_rows(min_row=2) for c in row if c.fill.fgColor.rgb == "FFFFF9D6"
    }
    assert yellow == {"B"}
    assert {c.fill.fgColor.rgb for c in wb["Sites"][2]} == {"FFFFF9D6"}


def test_drop_downs_name_ranges_that_exist(tmp_path):
    wb = openpyxl.load_workbook(write_input(SOUND | PLAN, tmp_path / "a.xlsx"))
    lists = {r.formula1 for page in wb for r in page.data_validations.dataValidation if r.type == "list"}
    named = {f[1:] if f.startswith("=") else f for f in lists if not f.startswith('"') and "IF(" not in f}
    assert {"Sites_list", "Sites_or_Countries_list", "Unit_types_or_Capabilities_list", "Budget_lines"} <= named
    assert named <= set(wb.defined_names)
    assert wb[CHOICES].sheet_state == "hidden"


def test_a_plan_sheet_alone_offers_nothing_that_is_not_there(tmp_path):
    wb = openpyxl.load_workbook(
        write_input(SOUND | {"Plan participants": PLAN["Plan participants"]}, tmp_path / "a.xlsx")
    )
    formulas = {r.formula1 for r in wb["Plan participants"].data_validations.dataValidation}
    assert "Plan_exercises_list" not in formulas


@needs_office
def test_drop_downs_hold_what_the_tables_hold(tmp_path):
    """Recalculated by LibreOffice: each named range is as long as its table, and grows with it."""
    path = write_input(SOUND, tmp_path / "a.xlsx")

    def probe(wb):
        page = wb["Sites"]
        page.cell(5, 1, "NEW")
        for i, name in enumerate(("Sites_list", "Sites_or_Countries_list", "Elements_or_Units_list", "Locks_list"), 1):
            page.cell(30, i + 20, f"=ROWS({name})")
            page.cell(31, i + 20, f"=INDEX({name},ROWS({name}))")

    rows = list(
        openpyxl.load_workbook(recalculated(edit(path, probe)), data_only=True)["Sites"].iter_rows(values_only=True)
    )
    assert rows[29][20:24] == (4, 6, 5, 2)
    assert rows[30][20:24] == ("NEW", "LV", "C", "L2")


def test_a_case_moved_to_another_year_is_the_same_case(tmp_path):
    """Ten years later the fiscal year begins on a Thursday: the plan's first Monday is 5 October 2026, not the 3rd."""
    before = read_case(INPUTS / "fy2017.xlsx").case
    after = read_case(template(tmp_path / "a.xlsx", "fy2017", 2027, INPUTS)).case
    assert (before.calendar.start, after.calendar.start) == (date(2016, 10, 3), date(2026, 10, 5))
    assert after.settings.name == "FY2027"
    assert {b.year for b in after.budgets} == {2027}
    assert replace(after.settings, name="FY2017", calendar=before.calendar) == before.settings
    same = set(vars(type(before))["__dataclass_fields__"]) - {"settings", "budgets"}
    assert all(getattr(before, name) == getattr(after, name) for name in same)
    assert [replace(b, year=2017) for b in after.budgets] == list(before.budgets)


@pytest.mark.parametrize("year", [2001, 2018, 2019, 2023, 2024, 2029, 2040])
def test_the_first_monday_lies_in_the_year_and_near_the_anniversary(tmp_path, year):
    """From 2 October 2017 (FY2018), also where the nearest Monday is still of September."""
    case = read_case(template(tmp_path / "a.xlsx", str(book(tmp_path / "b.xlsx", planned=True)), year)).case
    assert case.calendar.fiscal(0) == (year, 1)
    assert abs(case.calendar.start - date(year - 1, 10, 2)) < timedelta(days=7)
    assert [(r.arrive, r.depart) for r in case.underway] == [(-8, 31)]


def test_an_empty_template_for_a_year(tmp_path):
    wb = openpyxl.load_workbook(template(tmp_path / "a.xlsx", year=2027))
    values = {r[0]: r[1] for r in wb["Settings"].iter_rows(min_row=2, values_only=True)}
    assert (values["Plan name"], values["Start"].date(), values["Weeks"]) == ("FY2027", date(2026, 10, 5), 52)
    assert values["Credit bands"] == "3: 0.8; 10: 0.5; 30: 0.2"


def test_what_cannot_be_a_template(tmp_path):
    sound = str(book(tmp_path / "sound.xlsx"))
    for out, source, year, reason in (
        ("a.csv", None, None, "ends in .xlsx"),
        ("sound.xlsx", None, None, "there already"),
        ("a.xlsx", None, 27, "no fiscal year 27"),
        ("a.xlsx", "fy2071", None, "did you mean fy2017?"),
        ("a.xlsx", "nothing", None, "there are executed_fy2017, executed_fy2018"),
        ("a.xlsx", "away/fy2017.xlsx", None, "no workbook away/fy2017.xlsx"),
    ):
        with pytest.raises(UsageError, match=reason):
            template(tmp_path / out, source, year, INPUTS)
    assert find("fy2017.xlsx", INPUTS) == find("fy2017", INPUTS) == INPUTS / "fy2017.xlsx"
    with pytest.raises(UsageError, match="nor an example of that name"):
        find("nowhere", tmp_path / "none")
    spoil(tmp_path / "sound.xlsx", ("Sites", "Places", 2, "ten"))
    with pytest.raises(FaultsFound):
        template(tmp_path / "a.xlsx", sound)
    assert not (tmp_path / "a.xlsx").exists()


def test_a_filled_template_keeps_own_columns_and_drops_the_last_plan(tmp_path):
    last = {name.replace("Plan", "Last"): rows for name, rows in PLAN.items()}
    sites = [dict(r, Ranking=i) for i, r in enumerate(SOUND["Sites"])]
    path = write_input(SOUND | PLAN | last | {"Sites": sites}, tmp_path / "a.xlsx")
    wb = openpyxl.load_workbook(template(tmp_path / "b.xlsx", str(path)))
    assert "Plan rotations" in wb.sheetnames
    assert not any(name.startswith("Last") for name in wb.sheetnames)
    assert wb["Sites"].cell(4, where(wb["Sites"], "Ranking")).value == "2"
    assert {f.code for f in findings(tmp_path / "b.xlsx")} == {"column-extra"}


def test_the_template_is_xml_a_spreadsheet_program_accepts(tmp_path):
    """No validation longer than Excel allows, no name it would refuse."""
    path = write_input(SOUND | PLAN, tmp_path / "a.xlsx")
    wb = openpyxl.load_workbook(path)
    for page in wb:
        for rule in page.data_validations.dataValidation:
            assert len(rule.formula1 or "") <= 255
            assert len(rule.promptTitle or "") <= 32
    assert all(len(s.name) <= 31 for s in SHEETS)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_moving_a_plan_to_another_year_is_warned_of(tmp_path):
    """Its history would be said to have happened that much later; a workbook without a plan has none in it."""
    said: list[str] = []
    template(tmp_path / "next.xlsx", str(book(tmp_path / "a.xlsx", planned=True)), 2031, warn=said.append)
    assert len(said) == 1
    assert "was under way" in said[0]
    template(tmp_path / "other.xlsx", str(book(tmp_path / "b.xlsx")), 2031, warn=said.append)
    assert len(said) == 1
