"""A small sound workbook as tables, and ways to spoil it."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import Any

import openpyxl
import pytest

from optimizer.errors import FaultsFound
from optimizer.workbook.faults import Fault
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.reader import Reading, read_book, read_case
from optimizer.workbook.reading.grid import ERRORS, Book, Broken, address, load
from optimizer.workbook.schema import OWN_SHEETS
from optimizer.workbook.words import fold

Tables = dict[str, list[dict[str, Any]]]


def table(head: str, *rows: str) -> list[dict[str, str]]:
    """Rows of a table from lines with ``|`` between cells."""
    headers = [h.strip() for h in head.split("|")]
    return [dict(zip(headers, (c.strip() for c in r.split("|")), strict=True)) for r in rows]


SOUND: Tables = {
    "Settings": table("Name|Value", "Plan name|Test", "Start|2017-10-02", "Weeks|52", "Release date|2017-04-05"),
    "Countries": table("Country|Weight|Presence floor", "EE|0.6|150", "LV|0.4|"),
    "Capabilities": table("Capability|Weight", "armor|1", "fires|0.5"),
    "Levels": table("Level|Value", "assure|1", "full|0.4"),
    "Sites": table(
        "Site|Country|Places|Hand-over places|Slots|Range",
        *("TAPA|EE|600|900|1.25|battalion", "ADAZI|LV|500||1|company", "DEPOT||0|0|3|none"),
    ),
    "Closures": table("Place|From|To|Closes|Left", "TAPA|2017-12-20|2018-01-03|range|0"),
    "Upgrades": table("Upgrade|Site|Cost|Weeks|Places", "U1|ADAZI|7|20|200"),
    "Travel": table(
        "From|To|Days wheeled|Days heavy|Routes",
        *("TAPA|ADAZI|1.5|2.5|road", "ADAZI|PORT|1||", "PORT|DEPOT|2|4|sea; baltic"),
    ),
    "Reach": table("Site|Country|Credit", "DEPOT|LV|0.3"),
    "Unit types": table(
        "Type|Main capability|Movement|People|Points armor|Points fires|Sea lead|Sea RSOI|Sea cost|Set lead|"
        "Set RSOI|Set cost|Set type|Week cost|Shortest rotation|Standard rotation|Longest rotation|Dwell ratio",
        "TANK|armor|heavy|150|1||10|2|5|4|1|1|TANK_SET|0.4|12|39|48|2",
        "GUNS|fires|wheeled|100||1|8|1|3||||||12|26|40|1.5",
    ),
    "Units": table("Unit|Type|Home|Last return|Last length", "A|TANK|CONUS|2017-03-01|39", "B|TANK|||", "C|GUNS|||"),
    "Elements": table("Element|Unit|Type|Optional", "A1|A|TANK|no", "A2|A|GUNS|yes"),
    "Availability": table("Unit|From|To", "A|2017-10-04|2018-06-30"),
    "Sets": table(
        "Set|Set type|Worth like|Share|Slots|Start site|Maintenance every|Maintenance weeks|Last maintenance|Week cost",
        "S1|TANK_SET|TANK|0.5|1|TAPA|52|4|2017-06-14|0.1",
        "S2|TANK_SET|||0.5|||||",
    ),
    "Set holdings": table("Set|Site|From|To", "S1|TAPA||", "S1|DEPOT|2018-01-03|2018-05-01"),
    "Exercises": table(
        "Exercise|Earliest start|Latest start|Weeks|Echelon|Value|Cost|Mandatory",
        *("X1|2018-05-02|2018-06-10|3|battalion|20|2.5|no", "X2|2018-02-01|2018-03-01|2|company|5|1|yes"),
    ),
    "Exercise hosts": table("Exercise|Site|Cost", "X1|TAPA|0.5", "X2|TAPA|", "X2|ADAZI|"),
    "Exercise needs": table(
        "Exercise|Need|What|Count|Origin|Max days", "X1|tanks|TANK|2|either|3", "X2|guns|fires|1||"
    ),
    "Demand": table(
        "Country|Capability|From|To|Points assure|Points full",
        *("EE|armor|||1|2.5", "LV|fires|2017-10-04|2018-03-07|0.5|", "EE|armor|2018-06-01|2018-06-30||4"),
    ),
    "Budget": table(
        "Fiscal year|Line|Amount|Q1 ceiling|Last year",
        *("2018|presence|100|40|80", "2018|exercises|20||", "2018|prepositioning|10||", "2018|infrastructure|9||"),
    ),
    "Scenarios": table(
        "Scenario|Probability|Closed routes|Lost sets|Late units|Late weeks|Budget factor",
        *("corridor|0.2|road|||0|1", "worst|0.1|sea;baltic|S1|A; B|6|0.9"),
    ),
    "Locks": table(
        "Lock|Rule|Kind|Subject|Place|Exercise|From|To|Price",
        *("L1|must|unit|B|LV||2018-01-03|2018-02-07|", "L2|prefer|participant|C|TAPA|X1|||2"),
    ),
}
PLAN: Tables = {
    "Plan rotations": table(
        "Rotation|Unit|Element|Site|Mode|Set|Arrive|Depart|Lock",
        "R1|A|A1|TAPA|sea||2017-08-07|2018-05-07|",
        "R1|A|A2|ADAZI|sea||2017-08-14|2018-04-30|must",
        "R2|B|B|TAPA|set|S1|2018-01-01|2018-10-01|must",
    ),
    "Plan sets": table(
        "Set|Activity|Site|From|Until|Lock",
        *("S1|stored|TAPA|2017-10-02|2018-10-01|", "S2|stored|DEPOT|2017-10-02|2018-10-01|forbid"),
        "S1|maintenance||2017-10-09|2017-11-06|",
    ),
    "Plan exercises": table("Exercise|Site|Start|Lock", "X2|TAPA|2018-02-05|must"),
    "Plan participants": table("Exercise|Need|Element|Mode|Set|Lock", "X2|guns|A2|||must"),
    "Plan upgrades": table("Upgrade|Start|Lock", "U1|2017-11-06|forbid"),
}


@cache
def _sound(planned: bool) -> bytes:
    with TemporaryDirectory() as folder:
        return write_input(SOUND | (PLAN if planned else {}), Path(folder) / "a.xlsx").read_bytes()


def book(path: Path, *, planned: bool = False) -> Path:
    """The sound workbook, with the plan sheets if ``planned``."""
    path.write_bytes(_sound(planned))
    return path


@cache
def sound_cells(planned: bool) -> Book:
    """The cells of the sound workbook; not to be changed."""
    with TemporaryDirectory() as folder:
        return load(book(Path(folder) / "a.xlsx", planned=planned), lambda title: title not in OWN_SHEETS)


def spoilt(sheet: str, header: str, row: int | str, value: Any) -> tuple[Book, str]:
    """The cells of the sound workbook with one of them changed, and its place."""
    made = deepcopy(sound_cells(sheet.startswith("Plan")))
    grid = next(g for g in made.grids if g.title == sheet)
    number = next(n for n, cells in grid.rows.items() if cells.get(1) == row) if isinstance(row, str) else row
    column = next(j for j, title in grid.rows[1].items() if title == header)
    grid.rows[number][column] = Broken("error-value", value) if value in ERRORS else value
    return made, f"{sheet}!{address(number, column)}"


def where(sheet: Any, header: str) -> int:
    """The column of a header."""
    return next(c.column for c in sheet[1] if c.value is not None and fold(str(c.value)) == fold(header))


def setting_row(sheet: Any, name: str) -> int:
    return next(c.row for c in sheet["A"] if c.value == name)


def spoil(path: Path, *changes: tuple[str, str, int | str, Any]) -> list[str]:
    """Set cells given by (sheet, header, row or setting, value); returns their places."""
    wb = openpyxl.load_workbook(path)
    places = []
    for name, header, row, value in changes:
        sheet = wb[name]
        number = setting_row(sheet, row) if isinstance(row, str) else row
        cell = sheet.cell(number, where(sheet, header))
        cell.value = value
        places.append(f"{name}!{cell.coordinate}")
    wb.save(path)
    return places


def edit(path: Path, change: Callable[[Any], None]) -> Path:
    """Let ``change`` do anything to the workbook."""
    wb = openpyxl.load_workbook(path)
    change(wb)
    wb.save(path)
    return path


def findings(source: Path | Book, **how: Any) -> tuple[Fault, ...]:
    """Everything the reader says about a workbook, faulty or not."""
    try:
        reading: Reading = read_case(source, **how) if isinstance(source, Path) else read_book(source, **how)
    except FaultsFound as e:
        return e.faults
    return reading.remarks


def found(source: Path | Book, **how: Any) -> set[tuple[str, str]]:
    """(code, place) of each finding."""
    return {(f.code, f"{f.sheet}!{f.cell}" if f.cell else f.sheet) for f in findings(source, **how)}


def rewrite(path: Path, part: str, change: Callable[[bytes], bytes | None]) -> Path:
    """The same zip with one part changed (``None`` drops it)."""
    with zipfile.ZipFile(path) as old:
        parts = {i.filename: old.read(i) for i in old.infolist()}
    new = change(parts.pop(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data)
        if new is not None:
            out.writestr(part, new)
    return path


OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice")


def recalculated(path: Path) -> Path:
    """The workbook as LibreOffice saves it again, every formula calculated, in a folder of its own beside it."""
    return resaved([path], "xlsx", path.parent / "office")[0]


def resaved(paths: list[Path], kind: str, folder: Path) -> list[Path]:
    """The workbooks as LibreOffice saves them in another format (a suffix), into ``folder``; without rows that are
    repeated in print, which nobody reads and which it takes most of its seconds for."""
    command = [OFFICE, f"-env:UserInstallation={_profile().as_uri()}", "--headless", "--convert-to", kind]
    with TemporaryDirectory() as bare:
        copies = [rewrite(Path(shutil.copy(p, bare)), "xl/workbook.xml", _without_titles) for p in paths]
        run = [str(c) for c in (*command, "--outdir", folder, *copies)]
        subprocess.run(run, check=True, capture_output=True, timeout=300)
    return [folder / f"{p.stem}.{kind}" for p in paths]


def _without_titles(book: bytes) -> bytes:
    return re.sub(rb'<definedName [^>]*name="_xlnm.Print_Titles".*?</definedName>', b"", book, flags=re.DOTALL)


@cache
def _profile() -> Path:
    """One profile for each process that tests: LibreOffice takes long over a new one."""
    return Path(mkdtemp(prefix="office-"))
