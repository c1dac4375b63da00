"""Remarks written under a table, in the column of names: never a row that lacks this and that, never lost silently."""

from __future__ import annotations

import pytest

from optimizer.workbook.reading.leftout import sentence
from tests.workbook.books import book, edit, findings


def under(path, sheet, *rows):
    """The findings, where ``rows`` (number, text) stand in the first column; as (code, cell, read, severity)."""

    def write(wb):
        for number, text in rows:
            wb[sheet].cell(number, 1, text)

    found = findings(edit(book(path / "a.xlsx"), write))
    return [(f.code, f.cell, f.read, f.severity) for f in found if f.sheet == sheet]


def test_right_under_the_table_it_is_one_fault_that_says_what_to_do(tmp_path):
    """Units has three rows, 2 to 4: what follows at once may be a unit half typed, so it is asked, in one sentence."""
    text = "Strengths from the public record"
    assert under(tmp_path, "Units", (5, text)) == [("row-remark-near", "A5", text, "fault")]
    said = next(f for f in findings(tmp_path / "a.xlsx") if f.code == "row-remark-near")
    assert "remark" in said.problem
    assert "blank row above" in said.suggestion


def test_below_a_blank_row_it_is_a_remark_and_said_to_be_left_out(tmp_path):
    lines = (6, "Strengths from the public record"), (7, "(as of March)")
    codes = [(c, at, severity) for c, at, _, severity in under(tmp_path, "Units", *lines)]
    assert codes == [("row-remark-below", "A6", "warning"), ("row-remark-below", "A7", "warning")]


def test_a_name_alone_is_still_a_row_that_lacks_the_rest(tmp_path):
    """Also below a blank row: a unit must not get lost because somebody left a row out."""
    assert {(c, at[0]) for c, at, *_ in under(tmp_path, "Units", (6, "D-2-503"))} >= {("blank", "C")}
    assert not any("remark" in c for c, *_ in under(tmp_path, "Units", (6, "2nd Brigade")))


def test_where_a_name_is_all_a_row_needs_it_is_a_name(tmp_path):
    """A capability is its name; the reader cannot know better, and drops nothing."""
    assert not any("remark" in c for c, *_ in under(tmp_path, "Capabilities", (6, "long range fires")))


def test_in_the_middle_of_the_table_it_is_a_row(tmp_path):
    codes = {c for c, *_ in under(tmp_path, "Exercise hosts", (3, "to be seen again"))}
    assert not any("remark" in c for c in codes)
    assert "unknown" in codes


def test_a_remark_under_a_total_leaves_the_total_a_total(tmp_path):
    found = under(tmp_path, "Units", (5, "Total"), (7, "Source: public record"))
    assert sorted((c, at) for c, at, *_ in found)[::-1] == [("row-total", "A5"), ("row-remark-below", "A7")]


@pytest.mark.parametrize(
    ("text", "remark"),
    [("TAPA", False), ("D-2-503", False),
     ("2nd Brigade", False), ("Note:", True), ("* planned", True), ("see other sheet", True), (5, False)],
)  # fmt: skip
def test_what_reads_like_a_remark(text, remark):
    assert sentence(text) is remark
