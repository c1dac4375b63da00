"""The sheets of a workbook file, as grids of the cells that are really there.

Only what bears on values is read (see ``package``, ``looks`` and ``cells``): a formatted blank in row 1,048,576 costs
nothing, and charts, links, pictures and document properties are never touched. Values and formulas come from the same
pass, so that an error, a formula that was never calculated and a blank are told apart.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, iterparse

from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.datetime import CALENDAR_MAC_1904, WINDOWS_EPOCH

from optimizer.errors import WorkbookError
from optimizer.workbook.reading.cells import ERRORS, Broken, Context, Grid, read_cells, text_of
from optimizer.workbook.reading.container import SAVE_AGAIN, inspect
from optimizer.workbook.reading.looks import looks_of, number
from optimizer.workbook.reading.package import Package, local


@dataclass(frozen=True)
class Book:
    """``titles`` are all sheets in order; ``grids`` those that were wanted."""

    titles: tuple[str, ...]
    grids: tuple[Grid, ...]
    epoch: datetime


def address(row: int, column: int) -> str:
    """``C7`` for row 7, column 3."""
    return f"{get_column_letter(column)}{row}"


def load(path: Path, wanted: Callable[[str], bool]) -> Book:
    """Read the sheets of ``path`` whose title is ``wanted``.

    Raises WorkbookError when the file is no workbook, is unsafe, or cannot be parsed.
    """
    inspect(path)
    try:
        with zipfile.ZipFile(path) as archive:
            return _book(Package(archive), wanted)
    except WorkbookError as e:
        raise WorkbookError(f"{path.name} cannot be read as a workbook: {e}; {SAVE_AGAIN}") from e
    except MemoryError:
        raise
    except PermissionError as e:
        raise WorkbookError(f"{path.name} cannot be opened: {e.strerror}; is it open elsewhere?") from e
    except Exception as e:  # whatever a parser may trip over in a file that is not what it seems
        raise WorkbookError(f"{path.name} cannot be read as a workbook: its inside is damaged; {SAVE_AGAIN}") from e


def _book(package: Package, wanted: Callable[[str], bool]) -> Book:
    main = package.main()
    assert main is not None  # as ``inspect`` has seen to
    root = package.tree(main)
    told = [e for e in root.iter() if local(e.tag) == "workbookPr"]
    epoch = CALENDAR_MAC_1904 if any(e.get("date1904") in ("1", "true", "on") for e in told) else WINDOWS_EPOCH
    relations = {r.id: r for r in package.relations(main)}
    if not relations:
        raise WorkbookError("the list of its sheets leads nowhere")
    texts = list(_texts(package, package.related(main, "sharedStrings")))
    context = Context(texts, looks_of(package, package.related(main, "styles")), epoch)
    titles, grids = [], []
    for sheet in (e for e in root.iter() if local(e.tag) == "sheet"):
        title, relation = sheet.get("name") or "", relations.get(_relation(sheet))
        if relation is None or relation.kind not in ("worksheet", ""):
            continue  # a sheet that is one chart, or a dialogue of long ago
        titles.append(title)
        if wanted(title):
            grid = Grid(title, sheet.get("state", "visible") != "visible")
            _fill(package, relation.target, grid, context)
            grids.append(grid)
    if not titles:
        raise WorkbookError("it shows no sheets")
    return Book(tuple(titles), tuple(grids), epoch)


def _fill(package: Package, part: str, grid: Grid, context: Context) -> None:
    with package.open(part) as source:
        try:
            read_cells(source, grid, context)
        except ParseError as e:
            raise WorkbookError(f"the sheet {grid.title} breaks off or is garbled") from e
    for r in package.relations(part):
        if r.kind == "table" and package.find(r.target):
            grid.totals |= set(_totals(package.tree(r.target)))


def _totals(table: Element) -> Iterator[int]:
    """The rows of a table's total: at the foot of its range."""
    count = max(number(table, "totalsRowCount"), 0)
    if count and table.get("ref"):
        bottom = range_boundaries(table.get("ref"))[3]
        yield from range(bottom - count + 1, bottom + 1)


def _texts(package: Package, part: str | None) -> Iterator[str]:
    """The texts that cells refer to by number."""
    if part is None:
        return
    with package.open(part) as source:
        try:
            for _, e in iterparse(source):
                if local(e.tag) == "si":
                    yield text_of(e)
                    e.clear()
        except ParseError as e:
            raise WorkbookError("the list of its texts breaks off or is garbled") from e


def _relation(sheet: Element) -> str:
    """The id of the relation that leads to a sheet's part."""
    return next((v for k, v in sheet.attrib.items() if local(k) == "id"), "")


__all__ = ["ERRORS", "Book", "Broken", "Grid", "address", "load"]
