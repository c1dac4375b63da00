"""Bad and odd workbooks, each named after what the specification says of it, with what must be said about it.

A case is a function that makes the file in a folder, beside one of: ``Refused`` (the file cannot be used, and why),
``Says`` (these findings, at these cells, are among those reported) or ``CLEAN`` (it reads like the sound workbook).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.table import Table

from tests.workbook.books import book, edit, rewrite, spoil, where


@dataclass(frozen=True)
class Refused:
    """The file is no workbook that can be used; ``reason`` is part of the sentence that says so."""

    reason: str


@dataclass(frozen=True)
class Says:
    """``places`` are (code, place) of findings that must be there; nothing else may be, if ``alone``."""

    places: frozenset[tuple[str, str]]
    alone: bool = True


CLEAN = Says(frozenset())
Expected = Refused | Says
Maker = Callable[[Path], Path]
CASES: dict[str, tuple[Maker, Expected]] = {}


def says(*places: str, also: bool = False) -> Says:
    """``says("blank Units!C3")``: a code and a place each; ``also``: other findings may follow from them."""
    return Says(frozenset((p.split(" ", 1)[0], p.split(" ", 1)[1]) for p in places), not also)


def sound(folder: Path, name: str = "a.xlsx") -> Path:
    return book(folder / name)


# ---- files that are no workbook, or not a safe one

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
XLS = b"\xd0\xcf\x11\xe0" + bytes(2000)
LOCKED = XLS + "EncryptedPackage".encode("utf-16-le")
ENTITIES = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><sst>&e;</sst>'
LAUGHS = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><worksheet>&b;</worksheet>'


def _bytes(content: bytes, name: str = "a.xlsx") -> Maker:
    def make(folder: Path) -> Path:
        (folder / name).write_bytes(content)
        return folder / name

    return make


def _cut(share: float) -> Maker:
    def make(folder: Path) -> Path:
        whole = sound(folder).read_bytes()
        (folder / "a.xlsx").write_bytes(whole[: int(len(whole) * share)])
        return folder / "a.xlsx"

    return make


def _zip(**parts: str) -> Maker:
    def make(folder: Path) -> Path:
        with zipfile.ZipFile(folder / "a.xlsx", "w") as out:
            for name, text in parts.items():
                out.writestr(name.replace("__", "."), text)
        return folder / "a.xlsx"

    return make


def _part(part: str, change: Callable[[bytes], bytes | None], name: str = "a.xlsx") -> Maker:
    """The sound workbook with one part of its zip changed; sheets may be named by title."""

    def make(folder: Path) -> Path:
        path = sound(folder, name)
        return rewrite(path, _sheet_part(path, part), change)

    return make


def _sheet_part(path: Path, part: str) -> str:
    if "/" in part or part.startswith("["):
        return part
    names = openpyxl.load_workbook(path, read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(part) + 1}.xml"


def _flip(folder: Path) -> Path:
    path = sound(folder)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo("xl/worksheets/sheet5.xml")
    data[part.header_offset + 30 + len(part.filename) + part.compress_size // 2] ^= 0xFF
    path.write_bytes(bytes(data))
    return path


def _twice(folder: Path) -> Path:
    path = sound(folder)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/worksheets/sheet5.xml", "<worksheet/>")
    return path


def _lying_size(folder: Path) -> Path:
    """The directory declares a kilobyte where a megabyte unpacks."""
    path = rewrite(sound(folder), "xl/worksheets/sheet99.xml", lambda _: bytes(1 << 20))
    path.write_bytes(path.read_bytes().replace((1 << 20).to_bytes(4, "little"), (1 << 10).to_bytes(4, "little")))
    return path


def _folder(folder: Path) -> Path:
    (folder / "a.xlsx").mkdir()
    return folder / "a.xlsx"


def _strict(folder: Path) -> Path:
    """As Excel saves a "Strict Open XML Spreadsheet": other names for the same things."""
    old, new = sound(folder), folder / "strict.xlsx"
    with zipfile.ZipFile(old) as parts, zipfile.ZipFile(new, "w") as out:
        for name in parts.namelist():
            xml = parts.read(name).replace(MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
            other = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            out.writestr(name, xml.replace(other, b"http://purl.oclc.org/ooxml/officeDocument/relationships"))
    return new


CASES |= {
    "empty file": (_bytes(b""), Refused("is empty")),
    "old xls renamed": (_bytes(XLS), Refused("old .xls file")),
    "password-protected": (_bytes(LOCKED), Refused("protected by a password")),
    "CSV renamed": (_bytes(b"Country,Weight\nEE,0.5\n"), Refused("is text (CSV?)")),
    "CSV with semicolons renamed": (_bytes("Land;Größe\nEE;0,5".encode()), Refused("is text (CSV?)")),
    "CSV in a code page of Windows renamed": (_bytes("Land,Größe\nEE,1\n".encode("cp1252")), Refused("is text (CSV?)")),
    "HTML renamed": (_bytes(b"<html><table><tr><td>1</td></tr></table>"), Refused("HTML page")),
    "log-in page saved as workbook": (_bytes(b"<!DOCTYPE html><p>Sign in</p>"), Refused("HTML page")),
    "XML of 2003 renamed": (_bytes(b'<?xml version="1.0"?><Workbook/>'), Refused("XML file")),
    "PDF renamed": (_bytes(b"%PDF-1.7 ..."), Refused("PDF")),
    "noise": (_bytes(bytes(range(256)) * 40), Refused("is not a workbook")),
    "truncated early": (_cut(0.2), Refused("cut off")),
    "truncated late": (_cut(0.99), Refused("cut off")),
    "a flipped byte": (_flip, Refused("damaged")),
    "a zip of something": (_zip(a__txt="x"), Refused("zip file")),
    "Word document renamed": (_zip(**{"word/document.xml": "x"}), Refused("Word document")),
    "OpenDocument renamed": (_zip(**{"content.xml": "x"}), Refused("OpenDocument")),
    "xlsb renamed": (_zip(**{"xl/workbook.bin": "x"}), Refused(".xlsb")),
    "Excel lock file": (_bytes(b"someone", "~$a.xlsx"), Refused("open elsewhere")),
    "LibreOffice lock file": (_bytes(b"someone", ".~lock.a.xlsx#"), Refused("open elsewhere")),
    "not there": (lambda folder: folder / "a.xlsx", Refused("does not exist")),
    "a folder": (_folder, Refused("is a folder")),
    "zip bomb": (_part("xl/worksheets/sheet99.xml", lambda _: bytes(64 << 20)), Refused("far more")),
    "a size that lies": (_lying_size, Refused("damaged")),
    "a part twice": (_twice, Refused("parts repeat")),
    "external entity": (_part("xl/sharedStrings.xml", lambda _: ENTITIES.encode()), Refused("declares entities")),
    "external entity in UTF-16": (
        _part("xl/sharedStrings.xml", lambda _: ENTITIES.encode("utf-16")),
        Refused("declares entities"),
    ),
    "entities of entities": (_part("Sites", lambda _: LAUGHS.encode()), Refused("declares entities")),
    "broken XML": (_part("Sites", lambda xml: xml[: len(xml) // 2]), Refused("cannot be read as a workbook")),
    "workbook part empty": (_part("xl/workbook.xml", lambda _: b""), Refused("cannot be read as a workbook")),
    "relations missing": (_part("xl/_rels/workbook.xml.rels", lambda _: None), Refused("cannot be read as a workbook")),
    "strict Open XML": (_strict, CLEAN),
    "content types missing": (_part("[Content_Types].xml", lambda _: None), CLEAN),
}

# ---- sheets and headers


def _edited(change: Callable[[Any], Any], name: str = "a.xlsx") -> Maker:
    return lambda folder: edit(sound(folder, name), change)


def _cell(sheet: str, header: str, row: int | str, value: Any) -> Maker:
    def make(folder: Path) -> Path:
        spoil(sound(folder), (sheet, header, row, value))
        return folder / "a.xlsx"

    return make


def _moved_columns(wb: Any) -> None:
    units = wb["Units"]
    units.move_range(f"B1:B{units.max_row}", cols=30)


def _titles(rows: int) -> Callable[[Any], None]:
    def change(wb: Any) -> None:
        wb["Reach"].insert_rows(1, rows)
        wb["Reach"]["A1"] = "Explicit credits, agreed on 3 May"

    return change


def _own_looks(wb: Any) -> None:
    page = wb["Sites"]
    page["A2"].font = Font(bold=True, color="FF0000")
    page["D2"].number_format = '0.0,"k"'
    page.conditional_formatting.add("D2:D9", CellIsRule(operator="greaterThan", formula=["500"], fill=PatternFill()))
    chart = BarChart()
    chart.add_data(Reference(page, min_col=4, min_row=1, max_row=3), titles_from_data=True)
    page.add_chart(chart, "Z30")


def _table_object(wb: Any) -> None:
    wb["Reach"].auto_filter.ref = None
    wb["Reach"].add_table(Table(displayName="Credits", ref="A1:C2"))


def _total_row(wb: Any) -> None:
    row = 5
    wb["Units"].cell(row, 1, "Total")


def _state(state: str) -> Callable[[Any], None]:
    return lambda wb: setattr(wb["Sites"], "sheet_state", state)


def _hidden_row(wb: Any) -> None:
    wb["Units"].row_dimensions[3].hidden = True


def _filtered(wb: Any) -> None:
    wb["Units"].auto_filter.add_filter_column(0, ["A"])
    for row in (3, 4):
        wb["Units"].row_dimensions[row].hidden = True


CASES |= {
    "misspelt sheet": (
        _edited(lambda wb: setattr(wb["Units"], "title", "Unitz")),
        says("sheet-misspelt Unitz", "sheet-missing Units", also=True),
    ),
    "missing sheet": (_edited(lambda wb: wb.remove(wb["Levels"])), says("sheet-missing Levels", also=True)),
    "two sheets of one name": (_edited(lambda wb: wb.create_sheet("unit-types")), says("sheet-twice unit-types")),
    "sheet in other case": (_edited(lambda wb: setattr(wb["Sites"], "title", " sItes")), CLEAN),
    "misspelt column": (
        _edited(lambda wb: wb["Units"].cell(1, 6, "Last lenght")),
        says("column-misspelt Units!F1", "last-length Units!A2"),
    ),
    "missing column": (
        _edited(lambda wb: wb["Countries"].delete_cols(1)),
        says("column-missing Countries!1:1", also=True),
    ),
    "column twice": (_edited(lambda wb: wb["Units"].cell(1, 20, "HOME")), says("column-twice Units!T1")),
    "no header row": (_edited(lambda wb: wb["Reach"].delete_rows(1)), says("header-missing Reach!A1")),
    "header far below": (_edited(_titles(40)), CLEAN),
    "title above the table": (_edited(_titles(3)), CLEAN),
    "reordered columns": (_edited(_moved_columns), CLEAN),
    "sheet of their own": (_edited(lambda wb: wb.create_sheet("My pivot")), says("sheet-extra My pivot")),
    "sheet with an apostrophe": (_edited(lambda wb: wb.create_sheet("Bob's")), says("sheet-extra Bob's")),
    "column of their own": (_edited(lambda wb: wb["Units"].cell(1, 20, "Ranking")), says("column-extra Units!T1")),
    "column of no capability": (
        _edited(lambda wb: wb["Unit types"].cell(1, 40, "Points cyber")),
        says("column-family Unit types!AN1"),
    ),
    "merged cells inside a table": (_edited(lambda wb: wb["Units"].merge_cells("D2:D3")), says("merged Units!D2:D3")),
    "merged title above a table": (
        _edited(lambda wb: (_titles(2)(wb), wb["Reach"].merge_cells("A1:C1"))),
        CLEAN,
    ),
    "hidden row": (
        _edited(_hidden_row),
        says("rows-hidden Units!3:3"),
    ),
    "filtered rows": (_edited(_filtered), says("rows-hidden Units!3:3")),
    "hidden column": (
        _edited(lambda wb: setattr(wb["Units"].column_dimensions["B"], "hidden", True)),
        says("column-hidden Units!B:B"),
    ),
    "hidden sheet": (_edited(_state("hidden")), says("sheet-hidden Sites")),
    "very hidden sheet": (
        _edited(_state("veryHidden")),
        says("sheet-hidden Sites"),
    ),
    "own colours, formats, chart": (_edited(_own_looks), CLEAN),
    "table as Excel's table": (_edited(_table_object), CLEAN),
    "total row": (_edited(_total_row), says("row-total Units!A5")),
    "name that points nowhere": (
        _edited(lambda wb: wb.defined_names.add(DefinedName("Old", attr_text="#REF!$A$1"))),
        CLEAN,
    ),
    "remark beside a table": (_edited(lambda wb: wb["Reach"].cell(9, 6, "to be asked")), says("row-remark Reach!F9")),
    "chart sheet": (_edited(lambda wb: wb.create_chartsheet("Graph").add_chart(BarChart())), CLEAN),
    "macro workbook": (
        _part(
            "[Content_Types].xml",
            lambda xml: xml.replace(
                b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            ),
            "a.xlsm",
        ),
        CLEAN,
    ),
}

# ---- cells


def _serial(epoch: datetime) -> Callable[[Any], None]:
    def change(wb: Any) -> None:
        if epoch == CALENDAR_MAC_1904:
            wb.epoch = epoch
        cell = wb["Availability"].cell(2, where(wb["Availability"], "From"))
        cell.value = (datetime(2017, 10, 4) - epoch).days
        cell.number_format = "General"

    return change


def _far_blank(wb: Any) -> None:
    wb["Units"].cell(1_048_576, 3).fill = PatternFill("solid", fgColor="FFFF00")
    wb["Sites"].cell(1, 16_384).fill = PatternFill("solid", fgColor="FFFF00")


CASES |= {
    "#N/A typed": (_cell("Sites", "Places", 2, "#N/A"), says("error-value Sites!D2")),
    "#REF! in an id": (_cell("Units", "Unit", 4, "#REF!"), says("error-value Units!A4", also=True)),
    "formula never calculated": (_cell("Sites", "Places", 2, "=300*2"), says("formula-uncalculated Sites!D2")),
    "ten": (_cell("Sites", "Places", 2, "ten"), says("not-number Sites!D2")),
    "yes for a number": (_cell("Sites", "Places", 2, True), says("not-number Sites!D2")),
    "thousands or decimal": (_cell("Sites", "Places", 2, "1,000"), says("ambiguous-number Sites!D2")),
    "1 000,50": (_cell("Upgrades", "Cost", 2, "7,00"), CLEAN),
    "no-break space in a number": (_cell("Sites", "Places", 2, "\u00a0600\u202f"), CLEAN),
    "dash for nothing": (_cell("Demand", "Points full", 3, "–"), CLEAN),
    "blanks for nothing": (_cell("Demand", "Points full", 3, "  \u00a0 "), CLEAN),
    "bare serial date": (_edited(_serial(datetime(1899, 12, 30))), CLEAN),
    "ambiguous date": (
        _cell("Availability", "From", 2, "01/02/2018"),
        says("ambiguous-date Availability!B2", also=True),
    ),
    "year of two digits": (
        _cell("Availability", "From", 2, "01/02/03"),
        says("year-short Availability!B2", also=True),
    ),
    "date in words": (_cell("Availability", "From", 2, "4 October 2017"), CLEAN),
    "date the German way": (_cell("Availability", "From", 2, "4.10.2017"), CLEAN),
    "date and time": (
        _cell("Availability", "From", 2, datetime(2017, 10, 4, 12, 30)),
        says("date-late Availability!B2"),
    ),
    "date and time in the morning": (
        _cell("Availability", "From", 2, datetime(2017, 10, 4, 7, 30)),
        says("date-clock Availability!B2"),
    ),
    "a year for a date": (_cell("Availability", "From", 2, 2017), says("date-far Availability!B2", also=True)),
    "name turned into a date": (
        _cell("Units", "Unit", 4, datetime(2017, 3, 4)),
        says("date-for-id Units!A4", also=True),
    ),
    "unknown id": (_cell("Sets", "Start site", 2, "TAPPA"), says("unknown Sets!I2")),
    "same id twice": (_cell("Units", "Unit", 4, "A"), says("duplicate Units!A4", also=True)),
    "id in other case": (_cell("Sites", "Site", 4, "tapa"), says("id-spelling Sites!A4", also=True)),
    "blank that must be filled": (_cell("Units", "Type", 4, None), says("blank Units!C4", also=True)),
    "half a person": (_cell("Sites", "Places", 2, 12.5), says("not-whole Sites!D2", also=True)),
    "below zero": (_cell("Sites", "Places", 3, -1), says("too-small Sites!D3")),
    "beyond all measure": (_cell("Sites", "Places", 2, 1e300), says("too-large Sites!D2")),
    "unusual figure": (_cell("Unit types", "Sea lead", 2, 100), says("unusual Unit types!J2")),
    "a novel in a cell": (_cell("Sites", "Name", 2, "x" * 32_767), CLEAN),
    "formula-like name": (_cell("Sites", "Name", 2, "@SUM(1)"), CLEAN),
    "blank formatted to the last row and column": (_edited(_far_blank), CLEAN),
    "misspelt setting": (_cell("Settings", "Name", "Weeks", "Weekz"), says("setting-unknown Settings!A4", also=True)),
    "setting twice": (_cell("Settings", "Name", "Weeks", "Start"), says("duplicate Settings!A4", also=True)),
    "start on a Sunday": (_cell("Settings", "Value", "Start", "2017-10-01"), says("not-monday Settings!B3")),
}

# ---- as other programs write


def _prefixed(xml: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b'xmlns="' + MAIN, b'xmlns:x="' + MAIN)


def _inline(folder: Path) -> Path:
    """Texts inside their cells, as some report generators write them."""
    path = sound(folder)
    with zipfile.ZipFile(path) as archive:
        texts = re.findall(rb"<si><t[^>]*>(.*?)</t></si>", archive.read("xl/sharedStrings.xml"), re.S)
    part = _sheet_part(path, "Sites")

    def change(xml: bytes) -> bytes:
        cell = rb'<c r="(\w+)"( s="\d+")? t="s"><v>(\d+)</v></c>'
        return re.sub(
            cell,
            lambda m: b'<c r="%s"%s t="inlineStr"><is><t>%s</t></is></c>' % (m[1], m[2] or b"", texts[int(m[3])]),
            xml,
        )

    return rewrite(path, part, change)


def _places(rest: bytes) -> Maker:
    """Tapa's 600 places written as ``rest`` of the cell's XML."""
    return _part("Sites", lambda xml: re.sub(rb'<c r="D2"( s="\d+")?><v>600</v>', rb'<c r="D2"\1' + rest, xml))


def _rich(folder: Path) -> Path:
    path = sound(folder)
    return rewrite(
        path,
        "xl/sharedStrings.xml",
        lambda xml: xml.replace(b"<si><t>TAPA</t></si>", b"<si><r><rPr><b/></rPr><t>TA</t></r><r><t>PA</t></r></si>"),
    )


CASES |= {
    "epoch of 1904": (_edited(_serial(CALENDAR_MAC_1904)), says(also=True)),
    "prefixed XML": (_part("Sites", _prefixed), CLEAN),
    "texts inside cells": (_inline, CLEAN),
    "text in two fonts": (_rich, CLEAN),
    "cells without addresses": (
        _part("Levels", lambda xml: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", xml)),
        CLEAN,
    ),
    "no dimension": (_part("Sites", lambda xml: re.sub(rb"<dimension[^>]*/>", b"", xml)), CLEAN),
    "wrong dimension": (
        _part("Sites", lambda xml: re.sub(rb"<dimension[^>]*/>", b'<dimension ref="A1"/>', xml)),
        CLEAN,
    ),
    "byte order mark and line ends": (
        _part("Sites", lambda xml: b"\xef\xbb\xbf" + xml.replace(b"<row", b"\r\n  <row")),
        CLEAN,
    ),
    "sheet in UTF-16": (
        _part("Sites", lambda xml: xml.decode().replace("UTF-8", "UTF-16").encode("utf-16")),
        CLEAN,
    ),
    "absolute targets": (
        _part("xl/_rels/workbook.xml.rels", lambda xml: xml.replace(b'Target="worksheets', b'Target="/xl/worksheets')),
        CLEAN,
    ),
    "error stored by a formula": (
        _part(
            "Sites",
            lambda xml: re.sub(
                rb'<c r="D2"( s="\d+")?><v>600</v>', rb'<c r="D2"\1 t="e"><f>1/0</f><v>#DIV/0!</v>', xml
            ),
        ),
        says("error-value Sites!D2"),
    ),
    "number stored by a formula": (
        _places(b"><f>300*2</f><v>600</v>"),
        CLEAN,
    ),
    "empty text stored by a formula": (
        _part(
            "Sites", lambda xml: re.sub(rb'<c r="E3"( s="\d+")?/>', rb'<c r="E3"\1 t="str"><f>""</f><v></v></c>', xml)
        ),
        CLEAN,
    ),
    "formula without a stored value": (
        _places(b"><f>300*2</f>"),
        says("formula-uncalculated Sites!D2"),
    ),
    "parts nobody knows": (_part("xl/future/part1.xml", lambda _: b"<what/>"), CLEAN),
    "ISO date in a date cell": (
        _part(
            "Availability",
            lambda xml: re.sub(rb'<c r="B2"( s="\d+")?><v>[^<]*</v>', rb'<c r="B2"\1 t="d"><v>2017-10-04</v>', xml),
        ),
        CLEAN,
    ),
    "named styles without any": (
        _part(
            "xl/styles.xml",
            lambda xml: re.sub(rb"<cellStyleXfs.*?</cellStyleXfs>", b"<cellStyleXfs/>", xml, flags=re.S),
        ),
        CLEAN,
    ),
    "a style that is not there": (
        _part("Sites", lambda xml: re.sub(rb'<c r="D2"( s="\d+")?>', rb'<c r="D2" s="9999">', xml)),
        CLEAN,
    ),
    "a text that is not there": (
        _part("Sites", lambda xml: re.sub(rb'(<c r="A2"[^>]*>)<v>\d+', rb"\1<v>99999", xml)),
        says("text-missing Sites!A2", also=True),
    ),
}


# what LibreOffice gets, what it saves that as, and what must be said of it under a workbook's name
def _at_once(wb: Any) -> None:
    """Moved columns, titles above a table, own looks and a formula where a number is expected."""
    _moved_columns(wb)
    _titles(3)(wb)
    _own_looks(wb)
    wb["Sites"].cell(2, where(wb["Sites"], "Places")).value = "=300*2"


def _faults(wb: Any) -> None:
    """A word, an error and a hidden row."""
    places = where(wb["Sites"], "Places")
    wb["Sites"].cell(2, places).value = "ten"
    wb["Sites"].cell(3, places).value = "=1/0"
    _hidden_row(wb)


def _small(folder: Path) -> Path:
    """For formats that nobody looks into."""
    openpyxl.Workbook().save(folder / "a.xlsx")
    return folder / "a.xlsx"


# few and much in each: LibreOffice takes seconds for a workbook
OFFICE_CASES: dict[str, tuple[Maker, str, Expected]] = {
    "faults": (
        _edited(_faults),
        "xlsx",
        says("not-number Sites!D2", "error-value Sites!D3", "rows-hidden Units!3:3"),
    ),
    "epoch of 1904": (_edited(_serial(CALENDAR_MAC_1904)), "xlsx", says(also=True)),
    "all that is allowed": (_edited(_at_once), "xlsx", CLEAN),
    "OpenDocument": (_small, "ods", Refused("OpenDocument")),
    "xls": (_small, "xls", Refused("old .xls file")),
}
