"""Workbook ⇄ folder of CSV: lossless for what the schema knows, the same files however the workbook is arranged."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from optimizer.domain.canonical import content_hash
from optimizer.errors import WorkbookError
from optimizer.workbook.forms.folder import pack, read_folder, unpack
from optimizer.workbook.reader import read_for_solving, read_for_verifying
from tests.workbook.books import book, edit, found, spoil, where

INPUTS = Path(__file__).parents[2] / "inputs"


def texts(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir()}


@pytest.mark.parametrize("name", ["fy2017", "posture_2016", "teaching"])
def test_the_shipped_books_survive(tmp_path, name):
    """Through a folder and back: the same case and plan, and the second folder is the first, byte for byte."""
    read = read_for_verifying if name == "posture_2016" else read_for_solving
    unpack(INPUTS / f"{name}.xlsx", tmp_path / "one")
    again = pack(tmp_path / "one", tmp_path / "again.xlsx")
    unpack(again, tmp_path / "two")
    before, after = (read(p) for p in (INPUTS / f"{name}.xlsx", again))
    pair = (before, after) if name == "posture_2016" else ((before,), (after,))
    assert content_hash(*pair[0]) == content_hash(*pair[1])
    assert texts(tmp_path / "one") == texts(tmp_path / "two")


def test_an_arrangement_leaves_no_trace(tmp_path):
    """Rows sorted otherwise and columns moved give the same files; Levels keep their order, which means something."""

    def arrange(wb):
        for name in ("Units", "Demand", "Levels"):
            page = wb[name]
            rows = [[c.value for c in r] for r in page.iter_rows(min_row=2, max_row=4)]
            filled = [r for r in rows if r[0] is not None]
            for i, row in enumerate(reversed(filled) if name != "Levels" else filled, 2):
                for j, value in enumerate(row, 1):
                    page.cell(i, j).value = value
        wb["Units"].move_range(f"C1:C{wb['Units'].max_row}", cols=30)

    unpack(book(tmp_path / "a.xlsx"), tmp_path / "one", ordered=True)
    unpack(edit(book(tmp_path / "b.xlsx"), arrange), tmp_path / "two", ordered=True)
    one, two = texts(tmp_path / "one"), texts(tmp_path / "two")
    assert one.pop("Units.csv").splitlines()[0].startswith(b"Unit,Name,Type")
    two.pop("Units.csv")  # the column moved past the remarks stands where it belongs again
    assert one == two
    assert read_folder(tmp_path / "one")["Units"] == [
        {k: r[k] for k in r} for r in read_folder(tmp_path / "two")["Units"]
    ]


def test_rows_keep_their_order_unless_asked(tmp_path):
    path = book(tmp_path / "a.xlsx")
    spoil(path, ("Reach", "Site", 2, "TAPA"))
    unpack(path, tmp_path / "kept")
    unpack(path, tmp_path / "sorted", ordered=True)
    kept, ordered = ([r["Site"] for r in read_folder(tmp_path / f)["Sites"]] for f in ("kept", "sorted"))
    assert kept == ["TAPA", "ADAZI", "DEPOT"]
    assert ordered == ["ADAZI", "DEPOT", "TAPA"]


def test_awkward_texts_survive(tmp_path):
    notes = [
        'say "no", then',
        "two\nlines",
        " kept ",
        "=1+1",
        "Ämari; Õ",
        "'",
        "1,5",
        "2017-10-02",
        "TRUE",
        "nan",
        "NA",
    ]
    path = book(tmp_path / "a.xlsx")

    def write(wb):
        page = wb["Reach"]
        for i, text in enumerate(notes, 2):
            for header, value in (("Site", "TAPA"), ("Country", "EE"), ("Credit", 0.1), ("Note", text)):
                cell = page.cell(i, where(page, header))
                cell.value, cell.data_type = value, "s" if isinstance(value, str) else "n"

    unpack(edit(path, write), tmp_path / "folder")
    assert [r["Note"] for r in read_folder(tmp_path / "folder")["Reach"]] == notes
    pack(tmp_path / "folder", tmp_path / "b.xlsx")
    page = openpyxl.load_workbook(tmp_path / "b.xlsx")["Reach"]
    back = [page.cell(i, where(page, "Note")).value for i in range(2, len(notes) + 2)]
    assert [v.isoformat()[:10] if isinstance(v, datetime) else str(v) for v in back] == notes


def test_files_of_sheets_that_are_gone_are_removed(tmp_path):
    path = book(tmp_path / "a.xlsx")
    unpack(path, tmp_path / "folder")
    (tmp_path / "folder" / "README.md").write_text("ours")
    unpack(edit(path, lambda wb: wb.remove(wb["Locks"])), tmp_path / "folder")
    names = {p.name for p in (tmp_path / "folder").iterdir()}
    assert "Locks.csv" not in names
    assert {"Sites.csv", "README.md"} <= names


def test_nothing_is_written_of_a_file_that_is_no_workbook(tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"nothing")
    with pytest.raises(WorkbookError):
        unpack(tmp_path / "a.xlsx", tmp_path / "folder")
    assert not (tmp_path / "folder").exists()


FOLDERS = {
    "a row too long": ({"Sites.csv": b"Site,Country\nA,EE,3\n"}, "row 2 has more cells"),
    "a later row too long": ({"Sites.csv": b"Site,Country\nA,EE\nB,EE\nC,EE,,,5\n"}, "row 4 has more cells"),
    "UTF-16": ({"Sites.csv": b"\xff\xfea"}, "UTF-8"),
    "a quote without end": ({"Sites.csv": b'Site,Country\n"A,EE\n'}, "no table|not a table"),
    "no files": ({}, "no .csv file"),
    "two files of one sheet": ({"Unit types.csv": b"Type\n", "unit-types.csv": b"Type\n"}, "the same sheet"),
    "a column twice": ({"Sites.csv": b"Site,Site\nA,B\n"}, "Site stands twice"),
    "a name no sheet can have": ({"what?.csv": b"a\n"}, "no sheet"),
    "a sheet the program writes": ({"Read me.csv": b"a\n"}, "no sheet"),
}


@pytest.mark.parametrize("name", FOLDERS)
def test_folders_that_cannot_be_packed(tmp_path, name):
    files, reason = FOLDERS[name]
    for file, content in files.items():
        (tmp_path / file).write_bytes(content)
    with pytest.raises(WorkbookError, match=reason):
        pack(tmp_path, tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_csv_as_spreadsheet_programs_save_it(tmp_path):
    """With a byte order mark, semicolons and decimal commas; short and empty rows do no harm."""
    unpack(book(tmp_path / "a.xlsx"), tmp_path / "folder")
    sites = "\ufeffSite;Country;Places;Slots\r\nTAPA;EE;600;1,25\r\nADAZI;LV;500;1\r\n\r\nDEPOT;;;3\r\n"
    (tmp_path / "folder" / "Sites.csv").write_bytes(sites.encode())
    case = read_for_solving(pack(tmp_path / "folder", tmp_path / "b.xlsx"))
    assert [(s.id, s.slots) for s in case.sites] == [("TAPA", 1250), ("ADAZI", 1000), ("DEPOT", 3000)]


def test_own_columns_and_faults_stay(tmp_path):
    path = book(tmp_path / "a.xlsx")
    spoil(path, ("Sites", "Places", 2, "ten"))
    edit(path, lambda wb: (wb["Sites"].cell(1, 30, "Ranking"), wb["Sites"].cell(2, 30, 2.5)))
    unpack(path, tmp_path / "folder")
    row = read_folder(tmp_path / "folder")["Sites"][0]
    assert (row["Places"], row["Ranking"]) == ("ten", "2.5")
    assert ("not-number", "Sites!D2") in found(pack(tmp_path / "folder", tmp_path / "b.xlsx"))


def test_a_version_control_system_sees_one_changed_line(tmp_path):
    path = book(tmp_path / "a.xlsx")
    unpack(path, tmp_path / "folder")
    before = texts(tmp_path / "folder")
    spoil(path, ("Sites", "Places", 2, 601))
    unpack(path, tmp_path / "folder")
    changed = {n for n, t in texts(tmp_path / "folder").items() if before[n] != t}
    assert changed == {"Sites.csv"}
