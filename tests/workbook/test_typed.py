"""Two hundred wrong and odd things typed: each a sentence with its sheet and cell, and nothing ever a traceback."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest

from optimizer.errors import FaultsFound
from optimizer.workbook.reader import read_book
from optimizer.workbook.words import fold
from tests.workbook import typed
from tests.workbook.books import address, findings, sound_cells
from tests.workbook.corpus import CASES

NAMES = {  # given to rows of the sound workbook, so that there are names to be mistaken for ids
    "Countries": {"EE": "Estonia", "LV": "Latvia"},
    "Sites": {"TAPA": "Tapa Army Base", "ADAZI": "Ādaži"},
    "Units": {"B": "First battalion"},
    "Unit types": {"GUNS": "Artillery battery"},
}


def named(cell):
    """The cells of the sound workbook with names, one cell changed, and the place of that cell."""
    sheet, header, row, value = cell
    made = deepcopy(sound_cells(sheet.startswith("Plan")))
    for grid in made.grids:
        for key, name in NAMES.get(grid.title, {}).items():
            column = next(j for j, text in grid.rows[1].items() if text == "Name")
            next(cells for n, cells in grid.rows.items() if n > 1 and cells.get(1) == key)[column] = name
    grid = next(g for g in made.grids if g.title == sheet)
    number = next(n for n, cells in grid.rows.items() if cells.get(1) == row) if isinstance(row, str) else row
    column = next(j for j, text in grid.rows[1].items() if fold(str(text)) == fold(header))
    grid.rows[number][column] = value
    return made, sheet, address(number, column)


def test_there_are_two_hundred():
    assert len(typed.WRONG) > 110
    assert len(CASES) + len(typed.WRONG) + len(typed.READ) > 220


@pytest.mark.parametrize(("cell", "code", "hint"), typed.WRONG, ids=[f"{c[0]} {c[3]!r}" for c, _, _ in typed.WRONG])
def test_wrong(cell, code, hint):
    book, sheet, place = named(cell)
    said = [f for f in findings(book) if (f.sheet, f.cell, f.code) == (sheet, place, code)]
    assert said, [str(f) for f in findings(book)]
    assert hint in said[0].suggestion
    assert str(said[0]).startswith(said[0].where)
    assert len(said[0].problem) > 5


@pytest.mark.parametrize(("cell", "value"), typed.READ, ids=[f"{c[0]} {c[3]!r}" for c, _ in typed.READ])
def test_read(cell, value):
    book, sheet, place = named(cell)
    try:
        tables = read_book(book).tables
    except FaultsFound as e:
        raise AssertionError([str(f) for f in e.faults if f.severity == "fault"]) from e
    if sheet == "Settings":
        assert tables.settings["transfer_limit"] == Decimal(str(value))
        return
    row = next(r for r in tables.rows(sheet) if r.number == cell[2])
    assert row[cell[1]] == value, place


def test_latitude_and_longitude_exchanged():
    """Three sites at 59/26, 57/24 and 21/52: the last is Warsaw's with its figures exchanged."""
    book = deepcopy(sound_cells(False))
    grid = next(g for g in book.grids if g.title == "Sites")
    at = {text: j for j, text in grid.rows[1].items()}
    for number, (lat, lon) in enumerate([(59.3, 26.0), (57.1, 24.3), (21.0, 52.2)], 2):
        grid.rows[number] |= {at["Latitude"]: lat, at["Longitude"]: lon}
    assert [f.cell for f in findings(book) if f.code == "swapped"] == [address(4, at["Latitude"])]
    grid.rows[4] |= {at["Latitude"]: 52.2, at["Longitude"]: 21.0}
    assert not [f for f in findings(book) if f.code == "swapped"]
