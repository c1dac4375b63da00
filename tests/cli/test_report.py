"""``report``: a page of a plan, judged afresh."""

from __future__ import annotations

import openpyxl
import pytest

from tests.cli.conftest import INPUTS, Said

POSTURE = INPUTS / "posture_2016.xlsx"


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    path = tmp_path_factory.mktemp("solved") / "plan.xlsx"
    assert Said("solve", INPUTS / "teaching.xlsx", "-o", path, "--engine", "cpsat", "-q").code == 0
    return path


def test_a_page_beside_the_workbook(optimizer, solved):
    said = optimizer("report", solved)
    page = solved.with_suffix(".html")
    assert (said.code, said.out) == (0, f"report: {page} (verified)\n")
    assert "were found again" in page.read_text(encoding="utf-8")


def test_a_page_of_a_plan_made_by_hand(optimizer, tmp_path):
    said = optimizer("report", POSTURE, "-o", "page.html", "--week", "2017-06-05", "--json")
    assert (said.code, said.json["status"], said.json["output"]) == (0, "verified", "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Week of 5 Jun 2017:" in text
    assert "the workbook claims no figures" in text


def test_a_tampered_plan_gets_a_page_that_says_so(optimizer, solved, tmp_path):
    book = openpyxl.load_workbook(solved)
    at = next(c for row in book["Summary"].iter_rows() for c in row if c.value == "Score")
    book["Summary"].cell(at.row + 1, at.column).value = 9999.0
    book.save(tmp_path / "tampered.xlsx")
    said = optimizer("report", "tampered.xlsx")
    assert said.code == 6
    assert "NOT verified" in said.out
    text = (tmp_path / "tampered.html").read_text(encoding="utf-8")
    assert "This plan does not pass the check" in text
    assert "9999" in text


@pytest.mark.parametrize(
    ("day", "words"), [("June", "is not a date"), ("2019-01-01", "lies outside the plan"), ("2016-10-02", "outside")]
)
def test_a_week_that_is_none(optimizer, tmp_path, day, words):
    said = optimizer("report", POSTURE, "-o", "page.html", "--week", day)
    assert said.code == 2
    assert words in said.err
    assert not (tmp_path / "page.html").exists()


def test_the_workbook_itself_is_never_overwritten(optimizer):
    before = POSTURE.read_bytes()
    assert optimizer("report", POSTURE, "-o", POSTURE).code == 2
    assert POSTURE.read_bytes() == before


def test_no_such_plan(optimizer):
    assert optimizer("report", "nowhere.xlsx").code == 2
