"""Mandatory exercises of the look-ahead that nobody could staff: what is not known yet must not stop this year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from optimizer.errors import FaultsFound
from optimizer.workbook.forms.next_year import Asked
from optimizer.workbook.forms.rows import put
from optimizer.workbook.forms.updates import position
from optimizer.workbook.merge.content import Content
from optimizer.workbook.merge.write import write_content
from optimizer.workbook.reader import read_case

FREELY = 10**6  # stands for an amount that is still asked for: this is not about money
FAULTS = ("mandatory-nobody", "mandatory-closed")


def manned(content: Content, until: date) -> tuple[Content, tuple[Asked, ...]]:
    """The content, in which no exercise that begins after ``until``, the end of the year, is mandatory that nobody can
    staff by the windows known so far; and what is to be looked at."""
    beyond = {r.values["Exercise"] for r in content.tables.get("Exercises", ())
              if r.values["Mandatory"] and r.values["Earliest start"] >= until}  # fmt: skip
    names = beyond & _unmanned(content) if beyond else set()
    if not names:
        return content, ()
    rows = tuple(put(r, Mandatory=False) if r.values["Exercise"] in names else r for r in content.tables["Exercises"])
    what = "mandatory next year; not in this plan, since by the windows known so far nobody could be sent"
    asked = tuple(Asked("Exercises", str(name), "Mandatory", what) for name in sorted(names))
    return replace(content, tables={**content.tables, "Exercises": rows}), asked


def _unmanned(content: Content) -> set[Any]:
    """Mandatory exercises that reading the workbook finds nobody, or no range, for."""
    money = tuple(r if "Amount" in r.raw else put(r, Amount=FREELY) for r in content.tables.get("Budget", ()))
    with TemporaryDirectory() as folder:
        path = write_content(replace(content, tables={**content.tables, "Budget": money}), Path(folder) / "a.xlsx")
        try:
            read_case(path)
        except FaultsFound as error:
            at = [(f.sheet, position(f)) for f in error.faults if f.code in FAULTS]
            return {content.tables[sheet][row].values["Exercise"] for sheet, row in at if row is not None}
    return set()
