"""A plan edited by hand: redrawn with all its figures, breaches at their rows; handed on as table and calendar."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import icalendar
import openpyxl
import pytest

from optimizer.cli.exits import Exit
from optimizer.report.movements import movements
from optimizer.verify import verify
from optimizer.workbook.output.exports import calendar, movements_csv
from optimizer.workbook.reader import read_for_verifying
from optimizer.workflow.refreshing import refresh
from tests.cli.conftest import Said
from tests.workbook.output.answers import answer, full_case, full_plan


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return answer(tmp_path / "plan.xlsx", full_case(), full_plan())


def edit(path: Path, sheet: str, row: int, **values: object) -> None:
    """Type into cells of a row (from 2) by heading."""
    book = openpyxl.load_workbook(path)
    heads = {c.value: c.column for c in book[sheet][1]}
    for heading, value in values.items():
        book[sheet].cell(row, heads[heading]).value = value
    book.save(path)


def row_of(path: Path, sheet: str, heading: str, value: object) -> int:
    book = openpyxl.load_workbook(path)
    column = next(c.column for c in book[sheet][1] if c.value == heading)
    return next(c.row for c in book[sheet][openpyxl.utils.get_column_letter(column)] if c.value == value)


def test_a_rotation_moved_by_hand_is_redrawn_with_true_figures(plan: Path, tmp_path: Path) -> None:
    before = verify(*read_for_verifying(plan)).score
    row = row_of(plan, "Plan rotations", "Element", "U3a")
    edit(plan, "Plan rotations", row, Arrive=date(2017, 11, 20), Depart=date(2017, 12, 18))  # a week later
    done = Said("refresh", plan, "-o", tmp_path / "new.xlsx")
    assert done.code == Exit.DONE
    after = verify(*read_for_verifying(plan)).score
    assert (
        f"The plan was changed after its figures were written: {before:,.1f} → {after:,.1f}; all rules hold."
        in done.out
    )
    again = Said("verify", tmp_path / "new.xlsx")
    assert again.code == Exit.DONE
    assert "were found again" in again.out
    run_sheet = {r[0]: r[1] for r in openpyxl.load_workbook(tmp_path / "new.xlsx")["Run"].values}
    assert (run_sheet["Engine"], run_sheet["Made from"]) == ("by hand", "plan.xlsx")
    # the inputs are those that the bound was proven for
    assert run_sheet["Bound"] == pytest.approx(before + 0.1 * abs(before))


def test_verify_says_that_the_plan_was_changed(plan: Path) -> None:
    row = row_of(plan, "Plan rotations", "Element", "U3a")
    edit(plan, "Plan rotations", row, Arrive=date(2017, 11, 20), Depart=date(2017, 12, 18))
    done = Said("verify", plan)
    assert done.code == Exit.UNVERIFIED
    assert "The plan was changed after its figures were written: " in done.out
    assert "all rules hold" in done.out


def test_a_plan_nobody_changed_keeps_all_that_was_claimed(plan: Path, tmp_path: Path) -> None:
    assert Said("refresh", plan, "-o", tmp_path / "new.xlsx").code == Exit.DONE
    old, new = ({r[0]: r[1] for r in openpyxl.load_workbook(p)["Run"].values} for p in (plan, tmp_path / "new.xlsx"))
    for name in ("Engine", "Status", "Stop reason", "Effort", "Seed", "Score", "Bound"):
        assert new[name] == old[name], name


def test_inputs_that_changed_leave_no_bound(plan: Path, tmp_path: Path) -> None:
    edit(plan, "Countries", 2, Weight=2)
    refresh(plan, tmp_path / "new.xlsx")
    assert {r[0]: r[1] for r in openpyxl.load_workbook(tmp_path / "new.xlsx")["Run"].values}["Bound"] is None


def test_what_breaks_a_rule_is_marked_at_its_row(plan: Path, tmp_path: Path) -> None:
    row = row_of(plan, "Plan rotations", "Element", "U3a")
    edit(plan, "Plan rotations", row, Depart=date(2019, 12, 2))  # far longer than its type may stay
    done = Said("refresh", plan, "-o", tmp_path / "new.xlsx")
    assert done.code == Exit.UNVERIFIED
    rows = list(openpyxl.load_workbook(tmp_path / "new.xlsx")["Plan rotations"].values)
    at = rows[0].index("Breaks")
    marked = {r[2]: r[at] for r in rows[1:] if r[at]}
    assert "rotation-length" in marked["U3a"]
    assert "U1a" not in marked
    assert Said("verify", tmp_path / "new.xlsx").code == Exit.UNVERIFIED


def test_participants_go_with_their_exercise(plan: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(plan)
    book["Plan exercises"].delete_rows(2)
    book.save(plan)
    done = Said("refresh", plan, "-o", tmp_path / "new.xlsx")
    assert "the exercise is no longer held: 1 participant row(s) go with it" in done.out
    got = read_for_verifying(tmp_path / "new.xlsx")[1]
    assert got.runs == ()
    # an exercise nobody knows is still a fault
    edit(plan, "Plan participants", 2, Exercise="X9")
    assert Said("refresh", plan, "-o", tmp_path / "other.xlsx").code == Exit.FAULTS
    assert not (tmp_path / "other.xlsx").exists()


def test_days_inside_a_week_are_offered_and_rounded_on_request(plan: Path, tmp_path: Path) -> None:
    row = row_of(plan, "Plan rotations", "Element", "U3a")
    edit(plan, "Plan rotations", row, Arrive=date(2017, 11, 16), Depart=date(2017, 12, 8))  # Thursday, Friday
    refused = Said("refresh", plan, "-o", tmp_path / "new.xlsx")
    assert refused.code == Exit.FAULTS
    assert "2017-11-13 or 2017-11-20" in refused.out
    done = Said("refresh", plan, "-o", tmp_path / "new.xlsx", "--round")
    assert done.code == Exit.DONE
    assert "2017-11-13 is taken" in done.out
    posted = {p.element: p for r in read_for_verifying(tmp_path / "new.xlsx")[1].rotations for p in r.postings}
    assert (posted["U3a"].arrive, posted["U3a"].depart) == (6, 10)


def test_the_plan_itself_is_never_overwritten(plan: Path) -> None:
    before = plan.read_bytes()
    assert Said("refresh", plan, "-o", plan).code == Exit.USAGE
    assert Said("refresh", plan, "-o", plan.with_suffix(".pdf")).code == Exit.USAGE
    assert plan.read_bytes() == before


def test_movements_are_exported_one_a_row(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "moves.csv"
    assert Said("export", plan, "--movements", out).code == Exit.DONE
    rows = list(csv.DictReader(io.StringIO(out.read_bytes().decode("utf-8-sig"))))
    found = movements(full_case(), full_plan())
    assert [(r["Movement"], r["Element"], r["From"], r["To"], r["People"]) for r in rows] == [
        (x.kind, x.element, x.origin, x.target, str(x.people or "")) for x in found
    ]
    sheet = list(openpyxl.load_workbook(plan, data_only=True)["Movements"].iter_rows(min_row=5, values_only=True))
    assert len(sheet) == len(rows) > 5


def test_the_calendar_is_one_that_others_read(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.ics"
    assert Said("export", plan, "--calendar", out).code == Exit.DONE
    data = out.read_bytes()
    read = icalendar.Calendar.from_ical(data)
    events = read.walk("VEVENT")
    case, made = full_case(), full_plan()
    assert len(events) == len(movements(case, made)) + len(made.runs)
    held = next(e for e in events if str(e["SUMMARY"]) == "X1")
    start = case.calendar.monday(5)
    assert (held["DTSTART"].dt, held["DTEND"].dt) == (start, start + timedelta(weeks=case.exercise["X1"].weeks))
    assert len({str(e["UID"]) for e in events}) == len(events)
    assert not [e.errors for e in events if e.errors]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert data == calendar(case, made)[0].encode()


def test_names_that_mean_something_elsewhere_stay_names() -> None:
    from dataclasses import replace

    case, plan = full_case(), full_plan()
    odd = replace(case.exercises[0], name="Semi;colon, back\\slash\nline ÄÖÜ " + "ß" * 90)
    case = replace(case, exercises=(odd, *case.exercises[1:]),
                   units=tuple(replace(u, home="=cmd()") for u in case.units))  # fmt: skip
    read = icalendar.Calendar.from_ical(calendar(case, plan)[0].encode())
    assert odd.name in {str(e["SUMMARY"]) for e in read.walk("VEVENT")}
    assert "'=cmd()" in movements_csv(case, plan)[0]
    assert ",=cmd()" not in movements_csv(case, plan)[0]


def test_nothing_asked_and_wrong_names_are_said(plan: Path, tmp_path: Path) -> None:
    assert Said("export", plan).code == Exit.USAGE
    assert Said("export", plan, "--movements", tmp_path / "x.txt").code == Exit.USAGE
