"""What must not travel from an answer into a template or a folder, and what the first sheet of a template explains."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from optimizer.errors import FaultsFound
from optimizer.workbook.forms.filled import template
from optimizer.workbook.forms.folder import pack, unpack
from optimizer.workbook.labels import derived
from optimizer.workbook.reader import read_case
from tests.workbook.books import book, edit, findings
from tests.workbook.output.answers import answer, full_case, full_plan


def headings(path: Path, sheet: str) -> list[str]:
    return [c.value for c in openpyxl.load_workbook(path)[sheet][1] if c.value]


def stale(path: Path) -> list[str]:
    """Headings of plan sheets that are drawn from the rest, by the program's own list of them."""
    names = [n for n in openpyxl.load_workbook(path).sheetnames if n.startswith(("Plan ", "Last "))]
    return [f"{n}: {h}" for n in names for h in headings(path, n) if derived(h)]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = answer(tmp_path_factory.mktemp("out") / "a.xlsx", full_case(), full_plan())
    return edit(path, lambda wb: wb["Plan rotations"].cell(1, 30, "POC"))


def test_an_answer_has_columns_that_an_edit_makes_stale(made: Path) -> None:
    assert len(stale(made)) > 20
    assert "Plan rotations: Ready from" in stale(made)


def test_a_template_made_from_an_answer_drops_them_and_keeps_the_planners_own(made: Path, tmp_path: Path) -> None:
    path = template(tmp_path / "b.xlsx", str(made))
    assert "Plan rotations" in openpyxl.load_workbook(path).sheetnames
    assert stale(path) == []
    assert "POC" in headings(path, "Plan rotations")


def test_a_folder_packed_from_an_answer_drops_them_too(made: Path, tmp_path: Path) -> None:
    unpack(made, tmp_path / "folder")
    assert "Ready from" not in (tmp_path / "folder" / "Plan rotations.csv").read_text(encoding="utf-8")
    path = pack(tmp_path / "folder", tmp_path / "b.xlsx")
    assert stale(path) == []
    assert "POC" in headings(path, "Plan rotations")


def test_points_and_prices_are_explained_where_one_begins(tmp_path: Path) -> None:
    """What one point is, how to choose prices, and an example in figures: 1 × 1 × 1 for each of 52 weeks is 52."""
    sheet = openpyxl.load_workbook(template(tmp_path / "t.xlsx", None))["Read me"]
    said = " ".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
    for part in ("A point is what one company-sized unit adds", "Prices say what is worth what", "all year scores 52"):
        assert part in said


def test_a_copy_of_a_sheet_is_used_where_the_sheet_is_missing_and_said_otherwise(tmp_path: Path) -> None:
    """“Units (2)” beside Units is a leftover, and said to be; alone it may be what was meant: a fault that asks."""
    beside = edit(book(tmp_path / "a.xlsx"), lambda wb: setattr(wb.copy_worksheet(wb["Units"]), "title", "Units (2)"))
    assert [(f.severity, f.sheet) for f in findings(beside) if f.sheet == "Units (2)"] != []
    assert len(read_case(beside).case.units) == 3
    alone = edit(book(tmp_path / "b.xlsx"), lambda wb: setattr(wb["Units"], "title", "Units (2)"))
    with pytest.raises(FaultsFound) as e:
        read_case(alone)
    assert any(f.sheet == "Units (2)" and "Units" in f.suggestion for f in e.value.faults), e.value.faults
