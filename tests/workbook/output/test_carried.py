"""What planners put into a workbook stays: columns, sheets, colours, comments, formats, blanks; through refresh, a new
answer, and another program that saved the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from optimizer.domain.canonical import content_hash
from optimizer.report import figures
from optimizer.verify import verify
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.output import Made, write_plan
from optimizer.workbook.reader import read_case, read_for_solving, read_for_verifying
from optimizer.workflow.refreshing import refresh
from tests import build
from tests.workbook.books import SOUND, needs_office, resaved
from tests.workbook.output.answers import answer, full_case, full_plan, outcome
from tests.workbook.output.test_signed import round_trip

GREEN, LILAC = "FF92D050", "FFCC99FF"


def filled(path: Path, tables: tuple[str, ...]) -> dict[str, Any]:
    """Put a planner's own things all over a workbook; returns what must be found again: by table and row name the
    value of the own column, and the colour, letters, format and comment of the name's cell."""
    book, wanted = openpyxl.load_workbook(path), {}
    for sheet in tables:
        page = book[sheet]
        column = page.max_column + 1
        page.cell(1, column).value = "POC"
        page.cell(1, column).comment = Comment("who to call", "me")
        for n, row in enumerate(range(2, page.max_row + 1)):
            key = name(page, row)
            if key is None:
                continue
            page.cell(row, column).value = f"=1+{n}" if n == 99 else f"Maj. {n}" if n % 2 else 100 + n
            page.cell(row, column).fill = PatternFill("solid", fgColor=LILAC)
            cell = page.cell(row, 1)
            if n % 2 == 0:
                cell.fill = PatternFill("solid", fgColor=GREEN)
                cell.font = Font(italic=True, color="FF7030A0")
                cell.comment = Comment(f"ask about {key[0]}", "me")
            wanted[sheet, key] = (page.cell(row, column).value, n % 2 == 0)
    notes = book.create_sheet("Notes")
    notes["A1"], notes["B2"], notes["B3"], notes["C3"] = "Why we do this", 12.5, "=B2*2", "=Budget!C2"
    notes["A1"].font = Font(bold=True, size=16)
    notes["B2"].number_format = '0.00 "km"'
    notes["B2"].comment = Comment("measured", "me")
    notes["A5"].fill = PatternFill("solid", fgColor=Color(theme=9, tint=0.4))
    notes.column_dimensions["A"].width = 33
    notes.merge_cells("A7:C7")
    notes["A7"] = "one over three"
    notes.freeze_panes = "B2"
    book.create_sheet("Hidden thoughts").sheet_state = "hidden"
    book["Hidden thoughts"]["D4"] = "=SUM(1,2)"
    book.save(path)
    return wanted


def name(page, row: int) -> tuple[Any, ...] | None:
    found = tuple(page.cell(row, c).value for c in (1, 2, 3))
    return found if found[0] is not None else None


def everything_is_there(path: Path, wanted: dict[str, Any], frozen: str | None = "B2") -> None:
    book = openpyxl.load_workbook(path)
    for (sheet, key), (value, coloured) in wanted.items():
        page = book[sheet]
        own = next(c for c in page[1] if c.value == "POC")
        row = next(r for r in range(2, page.max_row + 1) if name(page, r) == key)
        cell, first = page.cell(row, own.column), page.cell(row, 1)
        assert cell.value == value, (sheet, key)
        assert cell.fill.fgColor.rgb == LILAC
        assert own.comment is None or "who to call" in own.comment.text
        assert (first.fill.fgColor.rgb == GREEN) == coloured, (sheet, key)
        if coloured:
            assert first.font.i
            assert first.font.color.rgb == "FF7030A0"
            assert first.comment.text.strip() == f"ask about {key[0]}"
    notes = book["Notes"]
    assert [notes[at].value for at in ("A1", "B2", "B3", "A7")] == ["Why we do this", 12.5, "=B2*2", "one over three"]
    assert (notes["A1"].font.b, notes["A1"].font.sz) == (True, 16)
    assert notes["B2"].number_format.replace(" ", "") == '0.00"km"'  # other programs write the blank elsewhere
    assert notes["B2"].comment.text.strip() == "measured"
    assert notes.freeze_panes == frozen
    assert [str(r) for r in notes.merged_cells.ranges] == ["A7:C7"]
    assert abs(notes.column_dimensions["A"].width - 33) < 0.8  # files add their padding
    assert notes["A5"].fill.fgColor.rgb not in ("00000000", None)
    assert book["Hidden thoughts"].sheet_state == "hidden"


TABLES = ("Units", "Sites", "Exercises", "Budget", "Demand", "Plan rotations", "Plan sets")


def test_own_things_of_an_answer_stay_through_refresh_and_solve(tmp_path: Path) -> None:
    path = answer(tmp_path / "0.xlsx", full_case(), full_plan())
    before = content_hash(*read_for_verifying(path))
    wanted = filled(path, TABLES)
    assert len(wanted) > 20
    refresh(path, tmp_path / "1.xlsx")
    everything_is_there(tmp_path / "1.xlsx", wanted)
    assert content_hash(*read_for_verifying(tmp_path / "1.xlsx")) == before
    again = round_trip(tmp_path / "1.xlsx", tmp_path / "2.xlsx")
    everything_is_there(again, wanted)
    refresh(again, tmp_path / "3.xlsx")
    everything_is_there(tmp_path / "3.xlsx", wanted)


def test_own_things_of_an_input_stay_and_blanks_stay_blank(tmp_path: Path) -> None:
    path = write_input(SOUND, tmp_path / "in.xlsx")
    wanted = filled(path, ("Units", "Sites", "Demand"))
    reading = read_case(path)
    case, plan = reading.case, build.plan()
    v = verify(case, plan)
    made = write_plan(tmp_path / "out.xlsx", case, plan, outcome(case, plan), v, figures(case, plan, v),
                      Made(reading.tables, path, as_typed=True))  # fmt: skip
    everything_is_there(made, wanted)
    assert content_hash(read_for_solving(made)) == content_hash(read_for_verifying(made)[0])
    assert content_hash(read_for_verifying(made)[0]) == content_hash(reading.case)
    typed, given = openpyxl.load_workbook(path), openpyxl.load_workbook(made)
    blanks = 0
    for sheet in ("Sites", "Units", "Exercises", "Unit types"):
        heads = {c.value: c.column for c in typed[sheet][1]}
        for c in given[sheet][1]:
            if c.value in heads and c.column > 1:
                for row in range(2, typed[sheet].max_row + 1):
                    if (
                        typed[sheet].cell(row, 1).value is not None
                        and typed[sheet].cell(row, heads[c.value]).value is None
                    ):
                        assert given[sheet].cell(row, c.column).value is None, (sheet, c.value, row)
                        blanks += 1
    assert blanks > 20


@needs_office
def test_another_program_may_have_saved_it(tmp_path: Path) -> None:
    path = answer(tmp_path / "0.xlsx", full_case(), full_plan())
    wanted = filled(path, TABLES)
    resaved([path], "xlsx", tmp_path / "lo")
    refresh(tmp_path / "lo" / "0.xlsx", tmp_path / "1.xlsx")
    saved = openpyxl.load_workbook(tmp_path / "lo" / "0.xlsx")["Notes"].freeze_panes  # it may lose that itself
    everything_is_there(tmp_path / "1.xlsx", wanted, saved)


def test_looks_that_cannot_be_read_cost_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = answer(tmp_path / "0.xlsx", full_case(), full_plan())

    def broken(*_: object, **__: object) -> None:
        raise ValueError("no such style")

    monkeypatch.setattr("optimizer.workbook.reading.own.load_workbook", broken)
    refresh(path, tmp_path / "1.xlsx")
    told = {r[0]: r[1] for r in openpyxl.load_workbook(tmp_path / "1.xlsx")["Run"].values}
    assert told["Own columns, sheets and looks not carried over"] == "ValueError: no such style"


def test_ids_are_offered_wherever_planners_edit(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(answer(tmp_path / "0.xlsx", full_case(), full_plan()))
    offered = {}
    for sheet in ("Plan rotations", "Plan participants", "Locks", "Set holdings"):
        heads = {c.column_letter: c.value for c in book[sheet][1]}
        for v in book[sheet].data_validations.dataValidation:
            offered[sheet, heads[str(v.sqref).split(":")[0].rstrip("0123456789")]] = v.formula1
    assert offered["Plan rotations", "Unit"] == "Units_list"
    assert offered["Plan rotations", "Site"] == "Sites_list"
    assert offered["Plan rotations", "Set"] == "Sets_list"
    assert offered["Plan participants", "Exercise"] == "Plan_exercises_list"
    assert offered["Set holdings", "Site"] == "Sites_list"
    assert {"Units_list", "Sites_list", "Budget_lines"} <= set(book.defined_names)
    tables = {t for s in book for t in s.tables}
    assert tables >= {"Plan_rotations", "Plan_exercises", "Supply", "Postings", "Movements", "Units"}
