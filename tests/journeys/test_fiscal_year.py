"""The shipped case from workbook to plan and on to the next plan."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

INPUTS = Path(__file__).parents[2] / "inputs"


def cli(*args):
    done = subprocess.run(
        [sys.executable, "-m", "optimizer", *map(str, args), "--json"], capture_output=True, text=True, timeout=400
    )
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """FY2017 planned in a hurry: (workbook, what was said)."""
    path = tmp_path_factory.mktemp("year") / "fy2017_plan.xlsx"
    code, said = cli("solve", INPUTS / "fy2017.xlsx", "-o", path, "--effort", "quick")
    assert (code, said["output"]) == (0, str(path))
    return path, said


def test_the_plan_beats_the_posture_of_2016(year):
    _, posture = cli("score", INPUTS / "posture_2016.xlsx")
    _, said = year
    for level, percent in posture["coverage"]["levels"].items():
        assert said["coverage"]["levels"][level] > percent
    assert said["score"] > posture["score"]
    assert said["bound"] >= said["score"]


def test_the_plan_verifies_from_its_workbook_alone(year):
    path, said = year
    code, found = cli("verify", path)
    assert (code, found["claims"]["wrong"], found["breaches"]) == (0, [], [])
    for figure in ("score", "coverage", "spend", "exercises_held", "floor_shortfall"):
        assert found[figure] == pytest.approx(said[figure]) if figure == "score" else found[figure] == said[figure]


def test_another_reader_finds_the_sheets_and_the_score(year):
    path, said = year
    book = CalamineWorkbook.from_path(str(path))
    assert {"Summary", "Plan rotations", "Timeline by unit", "Coverage", "Money", "Checks", "Run", "Settings"} <= set(
        book.sheet_names
    )
    cells = [cell for row in book.get_sheet_by_name("Summary").to_python() for cell in row]
    assert any(isinstance(c, float) and c == pytest.approx(said["score"]) for c in cells)


def test_the_plan_is_the_next_input(year):
    code, found = cli("check", year[0])
    assert (code, found["status"]) == (0, "ok")
