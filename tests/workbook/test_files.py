"""Files that are no workbook, are unsafe, or come from other programs."""

from __future__ import annotations

import shutil
import time
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.styles import PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from optimizer.domain.canonical import content_hash
from optimizer.errors import FaultsFound, WorkbookError
from optimizer.workbook.reader import read_case, read_for_solving, read_for_verifying
from optimizer.workbook.reading import container
from tests.workbook.books import book, edit, findings, found, needs_office, recalculated, rewrite, where


def refused(path: Path) -> str:
    """Why the file is refused; faults in its content do not count."""
    with pytest.raises(WorkbookError) as e:
        read_case(path)
    assert not isinstance(e.value, FaultsFound)
    return str(e.value)


FILES = {
    b"": "is empty",
    b"\xd0\xcf\x11\xe0" + bytes(2000): "old .xls",
    b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"): "password",
    b"Country,Weight\nEE,0.5\n": "is text (CSV?)",
    "Land;Größe\n".encode(): "is text (CSV?)",
    b"\n<html><body><table><tr><td>1</td></tr></table>": "HTML",
    b"<!DOCTYPE html><p>Sign in</p>": "HTML",
    b'<?xml version="1.0"?><Workbook/>': "XML",
    b"%PDF-1.7": "PDF",
    bytes(range(256)): "is not a workbook",
}


@pytest.mark.parametrize(("content", "reason"), FILES.items(), ids=FILES.values())
def test_other_files_renamed(tmp_path, content, reason):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert reason in refused(path)


def test_missing_folder_and_lock_file(tmp_path):
    assert "does not exist" in refused(tmp_path / "a.xlsx")
    assert "is a folder" in refused(tmp_path)
    for name in ("~$a.xlsx", ".~lock.a.xlsx#"):
        (tmp_path / name).write_bytes(b"someone")
        assert "open elsewhere" in refused(tmp_path / name)
    book(tmp_path / "b.XLSX")
    assert [p.name for p in container.workbooks_in(tmp_path)] == ["b.XLSX"]


def test_truncated(tmp_path):
    path = book(tmp_path / "a.xlsx")
    whole = path.read_bytes()
    for share in (0.2, 0.6, 0.99):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert "cut off" in refused(path)


def test_a_flipped_byte_is_noticed(tmp_path):
    path = book(tmp_path / "a.xlsx")
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet5.xml")
    data[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    assert refused(path)


@pytest.mark.parametrize(
    ("part", "reason"),
    [("word/document.xml", "Word"), ("content.xml", "OpenDocument"), ("xl/workbook.bin", ".xlsb"), ("a.txt", "zip")],
)
def test_other_zips(tmp_path, part, reason):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as out:
        out.writestr(part, "x")
    assert reason in refused(path)


def test_zip_bomb_is_refused_before_it_unpacks(tmp_path):
    path = book(tmp_path / "a.xlsx")
    rewrite(path, "xl/worksheets/sheet99.xml", lambda _: bytes(64 << 20))
    start = time.monotonic()
    assert "unpack to far more" in refused(path)
    assert time.monotonic() - start < 2


def test_many_parts_that_are_large_together(tmp_path, monkeypatch):
    path = book(tmp_path / "a.xlsx")
    monkeypatch.setattr(container, "TOTAL", 10_000)
    assert "unpack to far more" in refused(path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declared_entities_are_refused(tmp_path, encoding):
    path = book(tmp_path / "a.xlsx")
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
    rewrite(path, "xl/sharedStrings.xml", lambda _: evil.encode(encoding))
    assert "declares entities" in refused(path)


def test_broken_xml_inside(tmp_path):
    path = book(tmp_path / "a.xlsx")
    rewrite(path, "xl/worksheets/sheet5.xml", lambda data: data[: len(data) // 2])
    assert "cannot be read as a workbook" in refused(path)


def test_a_formatted_blank_in_the_last_row_costs_nothing(tmp_path):
    def far(wb):
        wb["Units"].cell(1_048_576, 3).fill = PatternFill("solid", fgColor="FFFF00")

    path = edit(book(tmp_path / "a.xlsx"), far)
    start = time.process_time()
    assert not findings(path)
    assert time.process_time() - start < 3


def test_macro_workbook(tmp_path):
    path = book(tmp_path / "a.xlsx", planned=True)
    macro = shutil.copy(path, tmp_path / "a.xlsm")
    main = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    rewrite(
        macro,
        "[Content_Types].xml",
        lambda data: data.replace(main, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
    )
    assert content_hash(read_for_solving(macro)) == content_hash(read_for_solving(path))


def test_epoch_of_1904_and_bare_serials(tmp_path):
    """Bare serial numbers count from the workbook's own epoch."""

    def shift(wb):
        wb.epoch = CALENDAR_MAC_1904
        sheet = wb["Availability"]
        cell = sheet.cell(2, where(sheet, "From"))
        cell.value = (datetime(2017, 10, 4) - CALENDAR_MAC_1904).days
        cell.number_format = "General"

    case = read_for_solving(edit(book(tmp_path / "a.xlsx"), shift))
    assert case.windows_of["A"][0].start == 1

    def plain(wb):
        sheet = wb["Availability"]
        cell = sheet.cell(2, where(sheet, "From"))
        cell.value = 43012  # 2017-10-04 from 1900
        cell.number_format = "General"

    case = read_for_solving(edit(book(tmp_path / "b.xlsx"), plain))
    assert case.windows_of["A"][0].start == 1


def test_titles_above_other_order_own_sheets_and_case(tmp_path):
    """Planners rearrange: a title above, columns moved, headers in capitals, sheets of their own."""

    def rearrange(wb):
        units = wb["Units"]
        units.insert_rows(1, 3)
        units["A1"] = "Our units"
        units.merge_cells("A1:C1")
        units.move_range(f"B4:B{units.max_row}", cols=30)
        for cell in units[4]:
            if cell.value:
                cell.value = f"  {str(cell.value).upper()} "
        sites = wb["Sites"]
        for title in ("moved", "SITES"):
            sites.title = title
        wb.create_sheet("Scratch", 0)["A1"] = "my own"
        wb.move_sheet("Demand", -5)

    path = book(tmp_path / "a.xlsx", planned=True)
    before = content_hash(*read_for_verifying(path))
    changed = edit(path, rearrange)
    assert content_hash(*read_for_verifying(changed)) == before
    assert found(changed) == {("sheet-extra", "Scratch")}


def test_numbers_and_dates_as_text(tmp_path):
    def type_text(wb):
        for name, header, row, value in (
            ("Sites", "Places", 2, "1\u00a0600"),
            ("Sites", "Hand-over places", 2, "1.900,0"),
            ("Sites", "Slots", 2, " 1,25 "),
            ("Sites", "Slots", 4, "–"),
            ("Upgrades", "Cost", 2, "7.50"),
            ("Demand", "Points full", 2, "-"),
            ("Closures", "From", 2, "20 Dec 2017"),
            ("Closures", "To", 2, "3.1.2018"),
            ("Elements", "Optional", 3, "YES "),
            ("Units", "Unit", 4, "\u200bC\u00a0"),
        ):
            sheet = wb[name]
            sheet.cell(row, where(sheet, header)).value = value
        wb["Sets"].cell(3, where(wb["Sets"], "Slots")).value = "0"

    case = read_for_solving(edit(book(tmp_path / "a.xlsx"), type_text))
    tapa = case.site["TAPA"]
    assert (tapa.places, tapa.handover_places, tapa.slots, case.site["DEPOT"].slots) == (1600, 1900, 1250, 0)
    assert case.upgrades[0].cost == 7_500_000
    assert [d.level for d in case.demands if d.country == "EE"] == ["assure", "full"]
    assert (case.closures[0].start, case.closures[0].end) == (11, 14)
    assert case.element["A2"].optional
    assert "C" in case.unit


def test_formulas_count_with_their_stored_value(tmp_path):
    """A formula is read by its stored value; an empty text, as Excel stores it, is a blank."""
    path = tmp_path / "a.xlsx"
    reading = openpyxl.load_workbook(book(tmp_path / "sound.xlsx"))
    with xlsxwriter.Workbook(str(path)) as out:
        for sheet in reading.worksheets:
            page = out.add_worksheet(sheet.title)
            for cell in (c for r in sheet.iter_rows() for c in r if c.value is not None):
                value = cell.value.date().isoformat() if isinstance(cell.value, datetime) else cell.value
                page.write(cell.row - 1, cell.column - 1, value)
            if sheet.title == "Sites":
                page.write_formula(1, where(sheet, "Places") - 1, "=300*2+1", None, 601)
                page.write_formula(2, where(sheet, "Hand-over places") - 1, '=""', None, "")
                page.write_formula(3, where(sheet, "Places") - 1, "=1/0", None, "#DIV/0!")
    names = [s.title for s in reading.worksheets]
    part = f"xl/worksheets/sheet{names.index('Sites') + 1}.xml"
    assert ("formula-uncalculated", "Sites!E3") in found(path)
    rewrite(path, part, lambda xml: xml.replace(b'<c r="E3">', b'<c r="E3" t="str">'))
    assert {("error-value", "Sites!D4")} == {f for f in found(path) if f[0] != "sheet-extra"}


@needs_office
def test_output_of_another_program(tmp_path):
    """LibreOffice saves what it opened; nothing changes."""
    path = book(tmp_path / "a.xlsx", planned=True)
    assert content_hash(*read_for_verifying(recalculated(path))) == content_hash(*read_for_verifying(path))
