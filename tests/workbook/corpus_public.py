"""Workbooks as other programs write them and as people complain of in public bug reports, with what must be read.

Grouped by what goes wrong elsewhere: rows in pieces, total rows, headers with something to them, decoration and part
names. Each is the sound workbook, or reads like it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.workbook.books import SOUND, edit, where
from tests.workbook.corpus import CLEAN, Expected, Maker, Says, _edited, _part, says, sound

CASES: dict[str, tuple[Maker, Expected]] = {}


TEXTS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"

# ---- rows and cells


def _pieces(xml: bytes) -> bytes:
    """Every cell in a row element of its own, the row's number repeated."""

    def apart(row: re.Match[bytes]) -> bytes:
        return b"".join(row[1] + cell + b"</row>" for cell in re.findall(rb"<c .*?(?:/>|</c>)", row[2]))

    return re.sub(rb"(<row [^>]*>)(.*?)</row>", apart, xml, flags=re.S)


def _shuffled(xml: bytes) -> bytes:
    """Rows from the last to the first."""
    rows = re.findall(rb"<row .*?</row>", xml, re.S)
    return re.sub(
        rb"<sheetData>.*</sheetData>", b"<sheetData>" + b"".join(rows[::-1]) + b"</sheetData>", xml, flags=re.S
    )


CASES |= {
    "rows in pieces": (_part("Sites", _pieces), CLEAN),
    "rows in pieces without addresses of cells": (
        _part("Levels", lambda xml: re.sub(rb'<c r="[A-Z]+\d+"', b"<c", _pieces(xml))),
        CLEAN,
    ),
    "rows from below": (_part("Sites", _shuffled), CLEAN),
    "a cell twice with the same": (
        _part("Sites", lambda xml: re.sub(rb'(<c r="D2"[^>]*><v>600</v></c>)', rb"\1\1", xml)),
        CLEAN,
    ),
    "a cell twice with another": (
        _part(
            "Sites", lambda xml: re.sub(rb'(<c r="D2"[^>]*>)<v>600</v></c>', rb"\1<v>600</v></c>\1<v>60</v></c>", xml)
        ),
        says("cell-twice Sites!D2"),
    ),
    "addresses with dollar signs": (_part("Sites", lambda xml: xml.replace(b'r="D2"', b'r="$D$2"')), CLEAN),
    "a line break of Windows in a header": (
        _part(
            "xl/sharedStrings.xml", lambda xml: xml.replace(b"<t>Hand-over places<", b"<t>Hand-over_x000D_\nplaces<")
        ),
        CLEAN,
    ),
    "a line break of Windows in an id": (
        _part(TEXTS, lambda xml: xml.replace(b"<t>TAPA<", b'<t xml:space="preserve">TAPA_x000D_\n<')),
        CLEAN,
    ),
}

# ---- totals


def _totals(sheet: str, label: str | None = "Total") -> Maker:
    """The sheet as an Excel table with its total row switched on."""

    def make(folder: Path) -> Path:
        path = folder / "a.xlsx"
        with xlsxwriter.Workbook(str(path)) as book:
            for name, rows in SOUND.items():
                page, heads = book.add_worksheet(name), list(rows[0])
                body = [[_typed(v) for v in row.values()] for row in rows]
                if name != sheet:
                    for i, line in enumerate((heads, *body)):
                        page.write_row(i, 0, line)
                    continue
                sums = [sum(x for x in column if isinstance(x, float)) for column in zip(*body, strict=True)]
                columns = [
                    {"header": h} | ({"total_function": "sum", "total_value": s} if s else {})
                    for h, s in zip(heads, sums, strict=True)
                ]
                columns[0] = {"header": heads[0]} | ({"total_string": label} if label else {})
                page.add_table(
                    0, 0, len(body) + 1, len(heads) - 1, {"columns": columns, "data": body, "total_row": True}
                )
        return path

    return make


def _typed(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text or None


def _last_row(sheet: str, *cells: Any) -> Maker:
    return _edited(lambda wb: wb[sheet].append(cells) if wb[sheet].max_row > 99 else _below(wb[sheet], cells))


def _below(sheet: Any, cells: tuple[Any, ...]) -> None:
    row = next(r for r in range(2, 99) if sheet.cell(r, 1).value is None)
    for j, value in enumerate(cells, 1):
        sheet.cell(row, j, value)


CASES |= {
    f"total row of a table: {sheet}": (_totals(sheet), says(f"row-total {sheet}!A{len(SOUND[sheet]) + 2}"))
    for sheet in ("Sites", "Countries", "Capabilities", "Levels", "Scenarios", "Units", "Unit types", "Upgrades")
}
CASES |= {
    "total row of a table without a word": (_totals("Upgrades", None), says("row-total Upgrades!C3")),
    "total as a plain row": (_last_row("Sites", "Total", None, None, 1100), says("row-total Sites!A5")),
    "sum in Estonian": (_last_row("Sites", "Kokku:", None, None, 1100), says("row-total Sites!A5")),
    "sum in Polish": (_last_row("Units", "Razem"), says("row-total Units!A5")),
    "total before a remark": (
        _edited(lambda wb: (_below(wb["Reach"], ("TOTAL", None, 0.3)), wb["Reach"].cell(9, 6, "to be asked"))),
        says("row-total Reach!A3", "row-remark Reach!F9"),
    ),
    "the header repeated below": (
        _edited(lambda wb: _below(wb["Units"], tuple(c.value for c in wb["Units"][1]))),
        says("row-header Units!A5"),
    ),
}

# ---- headers


def _headed(sheet: str, header: str, text: str) -> Maker:
    return _edited(lambda wb: wb[sheet].cell(1, where(wb[sheet], header), text))


READ = {  # header as typed, and the column it is
    "Sites": {
        "Places (people)": "Places",
        "Hand-over places [people]": "Hand-over places",
        "HAND‑OVER PLACES": "Hand-over places",
        "Places*": "Places",
        "Places ¹": "Places",
        "Slots, slots": "Slots",
        "Site ID": "Site",
    },
    "Countries": {
        "Presence floor (people)": "Presence floor",
        "Presence floor, people": "Presence floor",
        "Presence floor people": "Presence floor",
        "Country code": "Country",
    },
    "Unit types": {
        "Sea lead (weeks)": "Sea lead",
        "Sea lead in weeks": "Sea lead",
        "Points armor (coys)": "Points armor",
    },
    "Units": {"Unit ID": "Unit", "Unit type": "Type", "Unit Type:": "Type", "Last return (date)": "Last return"},
    "Availability": {"To (incl.)": "To", "To date": "To", "From date": "From", "Unit no.": "Unit"},
    "Budget": {"Amount, million": "Amount", "Amount (total)": "Amount"},
    "Exercises": {"Weeks (number)": "Weeks", "Exercise name": "Name"},
}
DOUBTED = {  # what may be the column, or may not: a fault, never a note
    "Sites": {"Places (old)": "Places", "Slots – Dave's guess": "Slots"},
    "Availability": {"To (excl.)": "To"},
}
OTHER_UNIT = {  # read in another unit than the column is
    "Unit types": {"Sea lead (days)": "Sea lead", "Week cost (thousand)": "Week cost", "People (thousands)": "People"},
    "Budget": {"Amount, EUR": "Amount", "Amount (k)": "Amount"},
    "Sets": {"Share (%)": "Share"},
}
for _sheet, _pairs in READ.items():
    for _text, _header in _pairs.items():
        if _header in SOUND[_sheet][0]:
            CASES[f"header {_text} in {_sheet}"] = (_headed(_sheet, _header, _text), CLEAN)
for _code, _doubts in (("column-doubt", DOUBTED), ("column-unit", OTHER_UNIT)):
    for _sheet, _pairs in _doubts.items():
        for _text, _header in _pairs.items():
            CASES[f"header {_text} in {_sheet}"] = (_headed(_sheet, _header, _text), Says(frozenset({(_code, _sheet)})))

# ---- decoration and names of parts


def _sub(part: str, old: bytes, new: bytes) -> Maker:
    def change(xml: bytes) -> bytes:
        made = re.sub(old, new, xml, count=1, flags=re.S)
        assert made != xml, "nothing to change"
        return made

    return _part(part, change)


def _renamed(change: Callable[[str], str], text: Callable[[bytes], bytes] = lambda xml: xml) -> Maker:
    """The sound workbook with its parts under other names, and what lists them changed by ``text``."""

    def make(folder: Path) -> Path:
        old, new = sound(folder), folder / "other.xlsx"
        with zipfile.ZipFile(old) as parts, zipfile.ZipFile(new, "w") as out:
            for name in parts.namelist():
                xml = parts.read(name)
                out.writestr(change(name), text(xml) if name.endswith((".rels", "Types].xml")) else xml)
        old.unlink()
        return new.rename(old)

    return make


def _without(*names: str) -> Maker:
    def make(folder: Path) -> Path:
        path = sound(folder)
        with zipfile.ZipFile(path) as parts:
            kept = {n: parts.read(n) for n in parts.namelist() if not n.startswith(names)}
        with zipfile.ZipFile(path, "w") as out:
            for name, xml in kept.items():
                out.writestr(name, xml)
        return path

    return make


def _after(xml: bytes) -> Maker:
    """Something after the cells of Sites."""
    return _sub("Sites", rb"</sheetData>", rb"</sheetData>" + xml)


CASES |= {
    "an empty fill": (_sub(STYLES, rb'<fills count="\d+">', b'<fills count="9"><fill/>'), CLEAN),
    "a fill with an extension": (
        _sub(STYLES, rb'<patternFill patternType="gray125"/>', b"<patternFill><extLst><ext/></extLst></patternFill>"),
        CLEAN,
    ),
    "a colour that is none": (_sub(STYLES, rb'rgb="\w+"', b'rgb="mauve"'), CLEAN),
    "a font of family 34": (_sub(STYLES, rb'<family val="\d+"/>', b'<family val="34"/>'), CLEAN),
    "a number format of nonsense": (_sub(STYLES, rb'formatCode="[^"]*"', b'formatCode="[[[yy;"'), says(also=True)),
    "no styles": (_part(STYLES, lambda _: None), CLEAN),
    "styles that break off": (_part(STYLES, lambda xml: xml[: len(xml) // 2]), CLEAN),
    "created in local form": (
        _sub("docProps/core.xml", rb"(<dcterms:created[^>]*>)[^<]*", rb"\g<1>02/10/2017 08:00:00"),
        CLEAN,
    ),
    "no properties": (_without("docProps/"), CLEAN),
    "properties that break off": (_part("docProps/app.xml", lambda xml: xml[:40]), CLEAN),
    "an odd page": (
        _after(b'<pageMargins left="x"/><pageSetup paperSize="A4" scale="1000000" orientation="aslant"/>'),
        CLEAN,
    ),
    "a link without a place": (_after(b'<hyperlinks><hyperlink id="rId9"/></hyperlinks>'), CLEAN),
    "icons of a newer program": (
        _after(
            b'<conditionalFormatting sqref="?"><cfRule type="iconSet"><iconSet iconSet="5Stars"/></cfRule>'
            b"</conditionalFormatting>"
        ),
        CLEAN,
    ),
    "a filter that is none": (_after(b'<autoFilter ref="A:"><filterColumn colId="-1"/></autoFilter>'), CLEAN),
    "a check of what is typed that is none": (
        _after(b'<dataValidations count="x"><dataValidation type="maybe"/></dataValidations>'),
        CLEAN,
    ),
    "part names in other case": (
        _renamed(lambda n: n.replace("sharedStrings", "SharedStrings").replace("sheet", "Sheet")),
        CLEAN,
    ),
    "the part of the sheets in capitals": (_renamed(str.upper), CLEAN),
    "part names with backslashes": (_renamed(lambda n: n.replace("/", "\\")), CLEAN),
    "targets with backslashes": (_renamed(lambda n: n, lambda x: x.replace(b"worksheets/", b"worksheets\\")), CLEAN),
    "workbook2.xml": (
        _renamed(
            lambda n: n.replace("workbook.xml", "workbook2.xml"), lambda x: x.replace(b"workbook.xml", b"workbook2.xml")
        ),
        CLEAN,
    ),
    "parts at the root": (
        _renamed(
            lambda n: n.removeprefix("xl/worksheets/").removeprefix("xl/"),
            lambda x: x.replace(b'"xl/', b'"').replace(b'"worksheets/', b'"'),
        ),
        CLEAN,
    ),
    "no relations of the whole": (_without("_rels/"), CLEAN),
    "a custom part beside": (_part("customXml/item1.xml", lambda _: b"<a/>"), CLEAN),
}


def dates(folder: Path, days: float) -> Path:
    """The sound workbook whose first closure begins some days (and parts of one) after 2017-12-20."""

    def change(wb: Any) -> None:
        cell = wb["Closures"].cell(2, where(wb["Closures"], "From"))
        cell.value, cell.number_format = 43089 + days, "yyyy-mm-dd"

    return edit(sound(folder), change)
