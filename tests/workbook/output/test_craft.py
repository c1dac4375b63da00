"""The craft of the answer's sheets: figures are figures, texts fit their rows, the index names every sheet."""

from __future__ import annotations

import math
import re
from itertools import pairwise

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from optimizer.workbook import labels
from optimizer.workbook.sheets.page import LETTERS, LINE
from tests.workbook.output.answers import answer, full_case, full_plan

FIGURE = re.compile(r"[-−]?[\d,. ]+ ?%?")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory):
    path = answer(tmp_path_factory.mktemp("out") / "a.xlsx", full_case(), full_plan())
    return openpyxl.load_workbook(path, data_only=True)


def test_no_figure_on_the_sheets_is_a_text(book) -> None:
    """Such a cell has a green corner, is not added up and does not sort; names, dates and ids may look as they like."""
    figures = 0
    for sheet in (book[s] for s in labels.ANSWERS if not s.startswith("Timeline")):
        for row in sheet.iter_rows():
            for cell in row:
                figures += isinstance(cell.value, int | float)
                year = re.fullmatch(r"20\d\d", str(cell.value))  # the name of one
                if year or (sheet.title == labels.RUN and str(row[0].value).startswith("Version")):
                    continue
                if isinstance(cell.value, str) and FIGURE.fullmatch(cell.value.strip()) and cell.value.strip(" .,-−"):
                    pytest.fail(f"{sheet.title}!{cell.coordinate}: {cell.value!r}")
    assert figures > 500


def test_the_index_of_the_summary_names_every_other_sheet(book) -> None:
    """Inputs and the plan before this one, too; each says what it shows, and the link lands there."""
    shown = [s.title for s in book if s.sheet_state == "visible" and s.title != labels.SUMMARY]
    top = next(c.row for c in book[labels.SUMMARY]["A"] if c.value == "Where to look")
    told = {}
    for row in book[labels.SUMMARY].iter_rows(min_row=top + 1):
        for cell, beside in pairwise(row):
            if cell.hyperlink:
                told[cell.value] = (cell.hyperlink.location.split("!")[0].strip("'"), beside.value)
    assert [n for n in shown if n not in told] == []
    assert all(where == name and text for name, (where, text) in told.items())
    assert len(shown) > 35


def test_wrapped_texts_have_the_height_they_take(book) -> None:
    """In the tables of the answer no wrapped text is cut by its row; the estimate of its lines is made here anew."""
    wrapped = 0

    def room(sheet, cell) -> float:
        """The width of a cell, and of those that are one with it."""
        one = (r for r in sheet.merged_cells.ranges if cell.coordinate in r)
        columns = next(({c for _, c in r.top} for r in one), {cell.column})
        return sum(sheet.column_dimensions[get_column_letter(c)].width for c in columns)

    for name in (labels.CHECKS, "Shortfalls", "Money", "Supply", "Movements", "Load", "People"):
        sheet = book[name]
        for row in sheet.iter_rows(min_row=4):
            height = sheet.row_dimensions[row[0].row].height or 15
            for cell in row:
                if isinstance(cell.value, str) and cell.alignment.wrap_text and cell.fill.fgColor.rgb[-6:] != "1B2A41":
                    lines = math.ceil(len(cell.value) / (room(sheet, cell) * LETTERS))
                    if lines > 1:
                        wrapped += 1
                        assert height >= lines * (LINE - 1), f"{name}!{cell.coordinate}"
    assert wrapped > 5


def test_headings_fit_into_two_lines(book) -> None:
    """Which is what the heading row of a table is made for; words are put into lines one by one here."""
    counted = 0
    for name in ("Load", "Movements", "Supply", "Postings"):
        sheet = book[name]
        head = next(r for r in sheet.iter_rows(min_row=4) if sum(c.value is not None for c in r) > 3)
        for cell in (c for c in head if c.value):
            width, lines = sheet.column_dimensions[cell.column_letter].width - 1, [""]
            for word in str(cell.value).split():
                longer = f"{lines[-1]} {word}".strip()
                lines = [*lines[:-1], longer] if len(longer) <= width else [*lines, word]
            assert len([x for x in lines if x]) <= 2, f"{name}!{cell.coordinate}: {lines}"
            counted += 1
    assert counted > 30


def test_what_is_brought_in_is_called_so_by_sea_and_by_air(book) -> None:
    """“Flown in” was untrue for ships."""
    heads = [c.value for c in book["Plan exercises"][1]] + [c.value for c in book["Plan participants"][1]]
    assert {"Brought in", "Brought in on"} <= set(heads)
    texts = (str(c.value) for s in labels.ANSWERS for row in book[s].iter_rows() for c in row if c.value is not None)
    assert not [t for t in texts if "flown in" in t.lower()]
