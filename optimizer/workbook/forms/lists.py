"""Drop-downs of an input workbook, fed by its own tables through named ranges, and what a cell says when chosen.

``<Sheet>_list`` names the filled part of a sheet's id column, so that a row added to a table is offered
everywhere at once. What draws on two tables is lined up on a hidden sheet of formulas. Other words than
those offered are allowed after a warning: the reader judges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import shorten
from typing import Any

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from optimizer.workbook.dates import EARLIEST, LATEST
from optimizer.workbook.schema import BY_NAME, CHOICES, SETTINGS, Column
from optimizer.workbook.schema.places import LOCK_SHEETS
from optimizer.workbook.values import LIMIT, MONEY_LIMIT

ROOM = 500  # rows below a table that are offered, checked and helped like its own
SPARE = 100  # more ids that two tables may gain before their common list must be made anew
PAIRS = (("Sites", "Countries"), ("Unit types", "Capabilities"), ("Elements", "Units"))
LINES = tuple(s.header for s in SETTINGS if s.attribute.startswith("line_"))
NUMBERS = {"int": LIMIT, "decimal": LIMIT, "price": LIMIT, "money": MONEY_LIMIT}


def list_name(*sheets: str) -> str:
    """The defined name of the ids of a sheet, or of two."""
    return "_or_".join(s.replace(" ", "_") for s in sheets) + "_list"


def define(book: Any, ids: Mapping[str, Sequence[str]]) -> None:
    """Define the named ranges of a workbook whose tables hold ``ids``; write the hidden sheet behind pairs."""
    for name, own in ids.items():
        if name != "Settings":
            last = len(own) + ROOM + 1
            book.define_name(list_name(name), _filled(f"'{name}'", _letter(name), last))
    rows = [i for i, s in enumerate(SETTINGS, 2) if s.header in LINES]
    book.define_name("Budget_lines", f"=Settings!$B${rows[0]}:$B${rows[-1]}")
    page = book.add_worksheet(CHOICES)
    page.hide()
    for j, pair in enumerate(PAIRS):
        _pair(book, page, j, pair, ids)


def _letter(name: str) -> str:
    return xl_col_to_name([c.header for c in BY_NAME[name].columns].index(BY_NAME[name].key[0]))


def _filled(quoted: str, letter: str, last: int) -> str:
    """From the first row to the last that is filled; no volatile function, so that nothing recalculates at each key."""
    whole = f"{quoted}!${letter}$2:${letter}${last}"
    return f"={quoted}!${letter}$2:INDEX({whole},MAX(1,COUNTA({whole})))"


def _pair(book: Any, page: Worksheet, j: int, pair: tuple[str, str], ids: Mapping[str, Sequence[str]]) -> None:
    one, two = (list_name(s) for s in pair)
    last = sum(len(ids.get(s, ())) for s in pair) + SPARE
    page.write_string(0, j, " or ".join(pair))
    lined_up = [*(ids.get(pair[0]) or ("",)), *ids.get(pair[1], ())]  # an empty table is one blank
    for i in range(last):
        n = i + 1
        second = f'IF({n}<=ROWS({one})+ROWS({two}),INDEX({two},{n}-ROWS({one}))&"","")'
        formula = f'=IF({n}<=ROWS({one}),INDEX({one},{n})&"",{second})'
        page.write_formula(i + 1, j, formula, None, lined_up[i] if i < len(lined_up) else "")
    letter = xl_col_to_name(j)
    whole = f"{CHOICES}!${letter}$2:${letter}${last + 1}"
    book.define_name(list_name(*pair), f"={CHOICES}!${letter}$2:INDEX({whole},MIN({last},ROWS({one})+ROWS({two})))")


def guard(page: Worksheet, column: Column, first: int, last: int, j: int, ids: Mapping[str, Sequence[str]]) -> None:
    """What the cells of a column offer, warn of, and say when they are chosen."""
    rule = _rule(column, first, j, ids) | {
        "error_type": "warning",
        "error_title": shorten(column.header, 32, placeholder="…"),
        "error_message": "This is not what the column expects. Keep it all the same?",
        "input_title": shorten(column.header, 32, placeholder="…"),
        "input_message": message(column),
    }
    page.data_validation(first, j, last, j, rule)


def _rule(column: Column, first: int, j: int, ids: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    low, high = column.low, column.high
    if column.kind in ("choice", "bool"):
        return {"validate": "list", "source": list(column.choices or ("yes", "no"))}
    if column.kind == "ref" and ids.keys() >= set(column.refs):
        return {"validate": "list", "source": f"={list_name(*_ordered(column.refs))}"}
    if column.offers:
        return {"validate": "list", "source": _offer(column, first, j), "show_error": False}
    if column.kind in NUMBERS:
        limit = int(NUMBERS[column.kind])
        kind = "integer" if column.kind == "int" else "decimal"
        return {
            "validate": kind,
            "criteria": "between",
            "minimum": -limit if low is None else low,
            "maximum": limit if high is None else high,
        }
    if column.kind == "date":
        return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    return {"validate": "any"}


def _ordered(refs: tuple[str, ...]) -> tuple[str, ...]:
    """Elements are offered with the units that have none of their own."""
    return ("Elements", "Units") if refs == ("Elements",) else refs


def _offer(column: Column, first: int, j: int) -> str:
    if column.offers == ("Settings",):
        return "=Budget_lines"
    if len(column.offers) == 1:
        return f"={list_name(*column.offers)}"
    kind = xl_rowcol_to_cell(first, j - 1, col_abs=True)  # Locks: the column before says what the subject is
    chain = list_name("Units")
    for word, sheet in reversed(LOCK_SHEETS.items()):
        chain = f'IF({kind}="{word}",{list_name(*_ordered((sheet,)))},{chain})'
    return f"={chain}"


def message(column: Column) -> str:
    """At most 255 characters: meaning, unit, what a blank means, an example."""
    lines = [column.help]
    if column.unit:
        lines.append(f"In {column.unit}.")
    lines.append("Must be filled." if column.required else f"Blank: {column.meaning_of_blank}.")
    if column.example:
        lines.append(f"Example: {column.example}")
    while len("\n".join(lines)) > 255 and len(lines) > 1:
        lines.pop()
    return shorten("\n".join(lines), 255, placeholder="…") if len(lines) == 1 else "\n".join(lines)


def as_shown(value: Any) -> str:
    """A value as its cell shows it."""
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)
