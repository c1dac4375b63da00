"""Workbooks out: the whole answer in one file, from which it can be verified and solved again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from optimizer.domain import Case, Plan
from optimizer.domain.canonical import content_hash
from optimizer.verify import Verdict
from optimizer.workbook.output import (
    checks,
    coverage,
    decisions,
    money,
    postings,
    run,
    shortfalls,
    sources,
    summary,
    tables,
    timeline_sites,
    timeline_units,
)
from optimizer.workbook.output.inputs import Table, tables_of
from optimizer.workbook.output.provenance import with_remarks
from optimizer.workbook.reading.tables import Tables
from optimizer.workbook.schema import INPUT_SHEETS
from optimizer.workbook.sheets.files import land
from optimizer.workbook.sheets.page import Claim, Material
from optimizer.workbook.sheets.style import Styles

MADE = datetime(2000, 1, 1)  # the same plan gives the same bytes
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def write_plan(
    path: Path,
    case: Case,
    plan: Plan,
    outcome: Claim,
    verdict: Verdict,
    figures: Any,
    inputs: Tables | None = None,
    run_info: Mapping[str, Any] | None = None,
) -> Path:
    """Write the answer workbook; returns where it landed (see ``files.land``).

    The input tables are drawn up from ``case``; ``inputs``, the tables of the workbook it was read
    from, lend them their sources, confidence and notes. ``run_info`` goes to the Run sheet as it is
    (times, host, command): nothing else in the file tells when or where it was written.
    Raises WorkbookError when the folder cannot be written to.
    """

    def write(temporary: Path) -> None:
        with xlsxwriter.Workbook(str(temporary), OPTIONS) as book:
            m = Material(book, Styles(book), case, plan, outcome, verdict, figures)
            _sheets(m, inputs, run.facts(m, run_info or {}))

    return land(Path(path), write)


def _sheets(m: Material, inputs: Tables | None, known: Mapping[str, Any]) -> None:
    front = summary.begin(m)
    made = tables_of(m.case, m.plan)
    for sheet in INPUT_SHEETS:
        tables.note(m, made[sheet.name])
    for row, (name, *_) in enumerate(made["Settings"].rows):
        m.places[f"setting {name}"] = m.at("Settings", "Value", row)
    decisions.write(m, made, "Plan", m.plan)
    timeline_units.write(m)
    timeline_sites.write(m)
    lines, days = coverage.write(m)
    sources.write(m)
    money.write(m)
    postings.write(m)
    shortfalls.write(m)
    checks.write(m)
    run.write(m, known)
    copies = made if inputs is None else with_remarks(made, inputs)
    for sheet in INPUT_SHEETS:
        tables.write(m, copies[sheet.name], free=("Value",) if sheet.name == "Settings" else None)
    if not m.case.last.empty:
        decisions.write(m, made, "Last", m.case.last)
    summary.fill(front, m, lines, days, [s.name for s in m.book.worksheets()])
    m.book.set_size(2400, 1400)
    title = m.case.settings.name
    m.book.set_properties({"title": title, "created": MADE, "comments": "Unclassified, notional, public-record data."})
    for name, value in run.properties(known).items():
        m.book.set_custom_property(name, value, "text")


__all__ = ["Claim", "Table", "content_hash", "tables_of", "write_plan"]
