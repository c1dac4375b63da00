"""An answer workbook alone is enough to verify the plan and to solve again."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import openpyxl
import pytest

from optimizer.domain import Case, Window
from optimizer.verify import verify
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.output import content_hash, tables_of
from optimizer.workbook.output.tables import LINE
from optimizer.workbook.reader import read_case, read_for_solving, read_for_verifying
from optimizer.workbook.schema import SHEETS
from tests import build
from tests.workbook.books import SOUND
from tests.workbook.output.answers import answer, full_case, full_plan


def same(a: Case, b: Case) -> list[str]:
    """Names of the tables that differ."""
    return [f.name for f in fields(Case) if getattr(a, f.name) != getattr(b, f.name)]


def test_the_example_plan_holds_the_rules() -> None:
    assert verify(full_case(), full_plan()).breaches == ()


def test_read_back_to_verify(tmp_path: Path) -> None:
    case, plan = full_case(), full_plan()
    got, found = read_for_verifying(answer(tmp_path / "a.xlsx", case, plan))
    assert found == plan
    assert same(got, case) == []
    assert verify(got, found) == verify(case, plan)
    assert content_hash(got, found) == content_hash(case, plan)


def test_read_back_to_solve(tmp_path: Path) -> None:
    case, plan = full_case(), full_plan()
    got = read_for_solving(answer(tmp_path / "a.xlsx", case, plan))
    assert got.last == plan
    assert same(got, replace(case, last=plan)) == []


def test_the_reader_has_nothing_to_complain_about(tmp_path: Path) -> None:
    reading = read_case(answer(tmp_path / "a.xlsx", full_case(), full_plan()), verifying=True)
    assert [str(f) for f in reading.remarks if f.code != "plan-ignored"] == []  # it knows its own sheets and columns


@pytest.mark.parametrize(
    "case",
    [
        build.case(),
        build.case(units={"U1": "TANK", "U2": "INF ART? TANK?"}, sets={"S1": {"start_site": None, "available": 3}}),
        build.case(settings={"replan": True, "frozen_weeks": 2, "founding_act": True, "total_cap": 1_250_000}),
        build.case(windows=(Window("U1", 3, 9),), exercises={"X1": {"needs": ()}}),
    ],
    ids=["plain", "sets", "switches", "windows"],
)
def test_tables_are_the_readers_inverse(tmp_path: Path, case: Case) -> None:
    got, _ = read_for_verifying(answer(tmp_path / "a.xlsx", case, build.plan(*build.standing(case))))
    assert same(got, case) == []


def test_a_unit_never_available_stays_so(tmp_path: Path) -> None:
    case = build.case(windows=())
    got, _ = read_for_verifying(answer(tmp_path / "a.xlsx", case, build.plan()))
    assert all(w.end <= 0 for w in got.windows)
    assert got.windows


def test_sources_and_notes_are_carried_over(tmp_path: Path) -> None:
    tables = {**SOUND, "Sites": [{**row, "Source": f"book {row['Site']}", "Note": "=1+1"} for row in SOUND["Sites"]]}
    reading = read_case(write_input(tables, tmp_path / "in.xlsx"))
    back = read_case(answer(tmp_path / "a.xlsx", reading.case, build.plan(), reading.tables))
    rows = back.tables.rows("Sites")
    assert [(r["Source"], r["Note"]) for r in rows] == [(f"book {r['Site']}", "=1+1") for r in rows]


def test_a_long_source_stays_in_its_cell_on_screen_and_paper(tmp_path: Path) -> None:
    """It is wrapped, so that it does not run over the note beside it, and its row is as high as its first line."""
    long = "where this figure was found, by whom, and why it is believed; " * 4
    for source, wrapped in ((long, True), ("a page", False)):
        tables = {**SOUND, "Sites": [{**row, "Source": source, "Note": "mine"} for row in SOUND["Sites"]]}
        reading = read_case(write_input(tables, tmp_path / "in.xlsx"))
        path = answer(tmp_path / "a.xlsx", reading.case, build.plan(), reading.tables)
        sheet = openpyxl.load_workbook(path)["Sites"]
        column = next(c.column for c in sheet[1] if c.value == "Source")
        for row in range(2, 2 + len(SOUND["Sites"])):
            assert sheet.cell(row, column).value == source
            assert bool(sheet.cell(row, column).alignment.wrap_text) == wrapped
            assert sheet.row_dimensions[row].height == (LINE if wrapped else None)


def test_the_hash_is_of_content_not_of_order() -> None:
    case, plan = full_case(), full_plan()
    shuffled = replace(case, sites=case.sites[::-1], demands=case.demands[::-1])
    assert content_hash(shuffled, plan) == content_hash(case, plan)
    assert content_hash(case, replace(plan, purchases=())) != content_hash(case, plan)
    assert content_hash(replace(case, levels=case.levels[::-1]), plan) != content_hash(case, plan)
    assert content_hash(case) != content_hash(case, plan)


def test_every_sheet_of_the_schema_has_a_table() -> None:
    assert list(tables_of(full_case(), full_plan())) == [s.name for s in SHEETS if s.group not in ("merge", "ask")]
