"""The cells of one sheet's XML as plain values.

Read by the names of elements and attributes alone, so that page set-up, filters, rules of colour, links, pictures and
whatever else a program keeps beside its cells cannot stop the reading. Rows and cells are put where their address says:
a row written in pieces is one row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any
from xml.etree.ElementTree import Element, iterparse

from openpyxl.utils.cell import column_index_from_string
from openpyxl.utils.datetime import from_excel

from optimizer.workbook.reading.looks import Looks, number
from optimizer.workbook.reading.package import local

ERRORS = frozenset(("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"))
_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SUM = re.compile(r"=?(?:SUM|SUBTOTAL\(\d+[,;]|AGGREGATE\(\d+[,;]\d+[,;])\(?\$?([A-Z]{1,3})\$?(\d+):\$?\1\$?(\d+)\)")
_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576


@dataclass(frozen=True)
class Broken:
    """A cell without a usable value: ``code`` of the fault, ``shown`` what stands there."""

    code: str
    shown: str

    def __str__(self) -> str:
        return self.shown


@dataclass
class Grid:
    """One sheet: ``rows`` holds the cells that are not blank, by row and column (from 1).

    ``totals`` are rows that an Excel table marks as its total row, ``sums`` rows with a formula that adds up its own
    column, ``struck`` rows whose every cell is struck through.
    """

    title: str
    hidden: bool = False
    rows: dict[int, dict[int, Any]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    totals: set[int] = field(default_factory=set)
    sums: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Context:
    """What the cells of all sheets share: their texts, their looks and the day dates count from."""

    texts: Sequence[str]
    looks: Looks
    epoch: datetime


def unescaped(text: str) -> str:
    """``_x000D_`` and the like as the character they stand for."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text) if "_x" in text else text


def text_of(element: Element) -> str:
    """The text of a string item: its pieces joined, readings in another script left out."""
    parts: list[str] = []
    for e in element:
        if local(e.tag) == "t":
            parts.append(e.text or "")
        elif local(e.tag) == "r":
            parts += [x.text or "" for x in e if local(x.tag) == "t"]
    return unescaped("".join(parts))


def read_cells(source: IO[bytes], grid: Grid, context: Context) -> None:
    """Put the cells of a sheet into ``grid``, with what is merged, hidden, struck through or a sum of its column."""
    row, column = 0, 0
    reached: dict[int, int] = {}  # the last column met in each row
    struck: dict[int, bool] = {}
    depth: list[Element] = []
    for event, e in iterparse(source, ("start", "end")):
        name = local(e.tag)
        if event == "start":
            depth.append(e)
            if name == "row":
                row = _row_number(e, row)
                column = reached.get(row, 0)
                if _true(e.get("hidden")):
                    grid.hidden_rows.add(row)
            continue
        depth.pop()
        if name == "c" and depth and local(depth[-1].tag) == "row":
            at, column = _place(e, row, column)
            reached[at] = max(reached.get(at, 0), column)
            value = _value(e, context)
            if value is not None and column <= _LAST_COLUMN and 0 < at <= _LAST_ROW:
                _put(grid, at, column, value)
                struck[at] = struck.get(at, True) and number(e, "s") in context.looks.struck
                if _sums_up(e, at, column):
                    grid.sums.add(at)
        elif name == "row":
            e.clear()
            if depth:
                depth[-1].remove(e)  # rows by the hundred thousand must not stay in memory
        elif name == "mergeCell" and e.get("ref"):
            grid.merged.append((e.get("ref") or "").replace("$", ""))
        elif name == "col" and _true(e.get("hidden")):
            first, last = number(e, "min"), number(e, "max")
            grid.hidden_columns.update(range(max(first, 1), min(last, first + 500) + 1))
    grid.struck = {at for at, all_struck in struck.items() if all_struck}


def _put(grid: Grid, row: int, column: int, value: Any) -> None:
    """Set a cell; one written twice with two contents is neither."""
    cells = grid.rows.setdefault(row, {})
    before = cells.get(column)
    cells[column] = value if before is None or before == value else Broken("cell-twice", f"{before} and {value}")


def _row_number(row: Element, before: int) -> int:
    told = number(row, "r")
    return told if told > 0 else before + 1


def _place(cell: Element, row: int, column: int) -> tuple[int, int]:
    """(row, column) of a cell: by its address, or after the one before."""
    found = _ADDRESS.fullmatch(cell.get("r") or "")
    return (int(found[2]), column_index_from_string(found[1])) if found else (row, column + 1)


def _value(cell: Element, context: Context) -> Any:
    kind, content, formula = cell.get("t") or "n", None, None
    for e in cell:
        name = local(e.tag)
        if name == "v":
            content = e.text
        elif name == "f":
            formula = e.text or "…"
        elif name == "is":
            content = text_of(e) if content is None else content
    if content is None or (kind == "n" and not content.strip()):
        # t="str" without a value is a formula whose result is an empty text
        return None if formula is None or kind == "str" else Broken("formula-uncalculated", f"={formula}")
    if kind == "e":
        return Broken("error-value", content)
    if kind == "s":
        return _shared(content, context.texts)
    if kind == "b":
        return content.strip() in ("1", "true", "TRUE")
    if kind == "d":
        return _iso(content.strip())
    if kind == "n":
        return _number(content.strip(), number(cell, "s"), context)
    return _text(unescaped(content))


def _text(text: str) -> Any:
    return Broken("error-value", text.strip()) if text.strip() in ERRORS else text


def _shared(content: str, texts: Sequence[str]) -> Any:
    place = content.strip()
    if not place.isdigit() or int(place) >= len(texts):
        return Broken("text-missing", f"text number {place}")
    return _text(texts[int(place)])


def _iso(text: str) -> Any:
    """A date stored as text; one with a time zone stays text, for the reader to ask about."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return text
    return text if found.tzinfo is not None else found


def _number(text: str, style: int, context: Context) -> Any:
    try:
        value: Any = int(text) if text.lstrip("-").isdigit() else float(text)
    except ValueError:
        return _text(text)  # a program that does not say what is text
    looks = context.looks
    if style in looks.dates or style in looks.durations:
        try:
            return from_excel(value, context.epoch, timedelta=style in looks.durations)
        except (OverflowError, ValueError):
            return value  # a number that is no day, whatever its looks
    return value


def _sums_up(cell: Element, row: int, column: int) -> bool:
    """Whether a formula adds up cells right above it in its own column."""
    text = next((e.text or "" for e in cell if local(e.tag) == "f"), "")
    found = _SUM.match(text.replace(" ", "").upper())
    return bool(found and column_index_from_string(found[1]) == column and int(found[3]) < row)


def _true(text: str | None) -> bool:
    return text in ("1", "true")
