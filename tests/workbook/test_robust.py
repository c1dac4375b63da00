"""Whatever stands in a cell, the reader answers with a case or with faults, never with a crash."""

from __future__ import annotations

import random
from copy import deepcopy
from datetime import datetime, time, timedelta

import pytest

from optimizer.workbook.faults import stops
from optimizer.workbook.reader import read_book
from optimizer.workbook.reading.grid import Broken
from optimizer.workbook.schema import INPUT_SHEETS
from tests.workbook.books import findings, sound_cells

GARBAGE = (
    None,
    "",
    "?",
    "A",
    "TAPA",
    "must",
    "; ;",
    "1,000",
    -1,
    0,
    1,
    2.5,
    1e300,
    10**30,
    43012,
    True,
    False,
    datetime(2017, 10, 4),
    datetime(2018, 1, 1, 12, 30),
    time(8),
    timedelta(days=3),
    Broken("error-value", "#N/A"),
    Broken("formula-uncalculated", "=1"),
    "x" * 5000,
    "\u202egnp",
)


@pytest.mark.parametrize("verifying", [False, True])
def test_garbage_in_any_cell(verifying):
    book, dice, outcomes = deepcopy(sound_cells(True)), random.Random(7 + verifying), [0, 0]
    for grid in book.grids:
        for cells in grid.rows.values():
            for column, good in list(cells.items()):
                for bad in dice.sample(GARBAGE, 1):
                    cells[column] = bad
                    outcomes[stops(findings(book, verifying=verifying))] += 1
                cells[column] = good
    assert min(outcomes) > 100


def test_only_the_needed_sheets():
    book = deepcopy(sound_cells(False))
    needed = {s.name for s in INPUT_SHEETS if s.required}
    lean = type(book)(tuple(needed), tuple(g for g in book.grids if g.title in needed), book.epoch)
    assert {f.code for f in findings(lean)} == {"set-type-unused"}
    case = read_book(lean).case
    assert [e.id for e in case.elements] == ["A", "B", "C"]
    assert [(w.start, w.end) for w in case.windows] == [(0, 104)] * 3
    assert not case.sets
    assert not case.budgets
    assert case.last.empty


def test_each_optional_sheet_may_be_missing():
    """What refers to a missing sheet is a fault; nothing crashes."""
    for sheet in INPUT_SHEETS:
        book = deepcopy(sound_cells(True))
        rest = tuple(g for g in book.grids if g.title != sheet.name)
        codes = {f.code for f in findings(type(book)(tuple(g.title for g in rest), rest, book.epoch))}
        assert ("sheet-missing" in codes) == sheet.required
        if not sheet.required:
            assert codes <= {
                "unknown",
                "lock-subject",
                "route-unknown",
                "set-type-unused",
                "no-host",
                "need-unknown",
                "nowhere",
                "range-small",
                "need-nobody",
                "mode-not-offered",
            }
