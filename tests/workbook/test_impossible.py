"""What no plan can meet is a fault of ``check`` at its cells, while reading for a solve lets it pass as a proof."""

from __future__ import annotations

from copy import deepcopy

from optimizer.workbook.forms.template import write_input
from optimizer.workbook.reader import read_case
from optimizer.workflow import check
from tests.workbook.books import SOUND, table


def test_lines_against_each_other_and_against_rest_are_found_at_their_cells(tmp_path):
    """B has to be in Estonia and may not be in Tapa, its only site; A rests until September 2018."""
    tables = deepcopy(SOUND)
    tables["Availability"] = []
    tables["Locks"] = table(
        "Lock|Rule|Kind|Subject|Place|Exercise|From|To|Price",
        "L1|must|unit|B|EE||2018-05-07|2018-05-20|",
        "L2|forbid|element|B|TAPA||||",
        "L3|must|unit|A|LV||2018-05-07|2018-05-20|",
    )
    path = write_input(tables, tmp_path / "a.xlsx")
    case, found = check(path)
    assert case is None
    by_cell = {f.where: f for f in found if f.code == "cannot-be"}
    assert set(by_cell) == {"Locks!D2", "Locks!D3", "Locks!D4"}
    assert "Locks!D3" in by_cell["Locks!D2"].suggestion
    assert "lock L2 forbids element B in TAPA" in by_cell["Locks!D2"].problem
    assert "rests until 2018-09-03" in by_cell["Locks!D4"].problem
    assert "Units!" in by_cell["Locks!D4"].suggestion
    assert read_case(path).case.locks  # a solve goes on to say that there is no plan, and why
