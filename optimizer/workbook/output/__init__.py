"""Workbooks out: the whole answer in one file, from which it can be verified and solved again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from optimizer.domain import Case, Plan, Rotation
from optimizer.domain.canonical import content_hash
from optimizer.report.before import Other, last_plan
from optimizer.rosters import lenient
from optimizer.verify import Verdict
from optimizer.workbook.forms.lists import define
from optimizer.workbook.naming import rotation_names
from optimizer.workbook.output import (
    ask,
    bound,
    checks,
    coverage,
    decisions,
    handover,
    load,
    money,
    movements,
    people,
    postings,
    replanned,
    run,
    shortfalls,
    sources,
    summary,
    tables,
    timeline_sites,
    timeline_units,
    why,
)
from optimizer.workbook.output.carried import as_typed, kept, own_sheets
from optimizer.workbook.output.inputs import Table, tables_of
from optimizer.workbook.output.provenance import with_remarks
from optimizer.workbook.output.replanned import Replanned
from optimizer.workbook.output.why import Section
from optimizer.workbook.reading.fields import Fields
from optimizer.workbook.reading.own import Belongings, belongings
from optimizer.workbook.reading.tables import Tables
from optimizer.workbook.schema import CHOICES, INPUT_SHEETS
from optimizer.workbook.schema.plans import LAST, PLAN
from optimizer.workbook.sheets.files import land, new_workbook
from optimizer.workbook.sheets.material import Claim, Material
from optimizer.workbook.sheets.page import print_setup
from optimizer.workbook.sheets.seal import OPEN, SEAL
from optimizer.workbook.sheets.style import Styles

EXCEL = 191029  # a spreadsheet program that calls itself older computes everything anew and asks to save
LOST = "Own columns, sheets and looks not carried over"
MADE = datetime(2000, 1, 1)  # the same plan gives the same bytes
OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


@dataclass(frozen=True)
class Made:
    """How an answer came about, as far as the plan itself does not tell.

    ``read`` are the tables of the workbook it was made from, which lend it their sources, confidence and notes and
    the names of rotations; ``file`` that workbook, which lends it what planners put there themselves; ``as_typed``
    whether the inputs are just what was read, so that blanks stay blanks; ``other`` a plan to compare with (else the
    last plan, where that makes sense); ``why`` fills the Why sheet, ``asked`` the Ask sheet (else the questions of
    the workbook read stand in it, without answers); ``run`` goes to the
    Run sheet as it is (times, host, command). Nothing else in the file tells when or where it was written.
    ``plan_file`` is the workbook that the Plan sheets come from where that is another; ``replanned`` what differs from
    the plan in force, and why.
    """

    read: Tables | None = None
    file: Path | None = None
    as_typed: bool = False
    other: Other | None = None
    run: Mapping[str, Any] = field(default_factory=dict)
    plan_file: Path | None = None
    replanned: Replanned | None = None
    why: Sequence[Section] = ()
    asked: Sequence[ask.Asked] = ()


def write_plan(
    path: Path, case: Case, plan: Plan, outcome: Claim, verdict: Verdict, figures: Any, made: Made | None = None
) -> Path:
    """Write the answer workbook; returns where it landed (see ``files.land``).

    The input tables are drawn up from ``case``. Raises WorkbookError when the folder cannot be written to.
    """
    made = made or Made()

    def write(temporary: Path) -> None:
        with new_workbook(temporary, OPTIONS) as book:
            names = _names(case, made.read, PLAN, plan)
            # a mode that nobody offers is the verdict's to tell; the rest can be drawn
            sane = lenient(case, plan)
            m = Material(
                book,
                Styles(book),
                sane,
                plan,
                outcome,
                verdict,
                figures,
                names,
                source=made.file.name if made.file else None,
            )
            _sheets(m, case, made)
            book.set_custom_property(SEAL, OPEN, "text")

    return land(Path(path), write, precious=True)


def _names(case: Case, read: Tables | None, group: str, plan: Plan) -> dict[Rotation, str]:
    """What the rotations of a plan are called: as in the sheets of its group, or else as in those of the plan read."""
    before: list[tuple[str, tuple[str, int, int]]] = []
    if read is None:
        return rotation_names(plan, before)
    for sheet in dict.fromkeys(f"{g} rotations" for g in (group, PLAN)):
        spans: dict[str, tuple[str, int, int]] = {}
        for row, v in Fields(read, case.calendar).rows(sheet):
            _, start, end = spans.get(row["Rotation"], (v["unit"], v["arrive"], v["depart"]))
            spans[row["Rotation"]] = v["unit"], min(start, v["arrive"]), max(end, v["depart"])
        before += spans.items()
    return rotation_names(plan, before)


def _sheets(m: Material, case: Case, made: Made) -> None:
    front = summary.begin(m)
    last_names = _names(case, made.read, LAST, case.last)
    drawn = _tables(m, case, made, last_names)
    own = _own(made)
    known = run.facts(m, case, made.run) | ({LOST: own.lost} if own and own.lost else {})
    for sheet in INPUT_SHEETS:
        tables.note(m, drawn[sheet.name])
    for row, (name, *_) in enumerate(drawn["Settings"].rows):
        m.places[f"setting {name}"] = m.at("Settings", "Value", row)
    mine = {name: kept(table, made.read, own) for name, table in drawn.items()}
    decisions.write(m, drawn, PLAN, m.plan, m.rotation_ids, mine)
    other = made.other or last_plan(case)
    timeline_units.write(m, other)
    for part in (timeline_sites, people, movements, load):
        part.write(m)
    lines, days = coverage.write(m)
    for part in (sources, money, postings):
        part.write(m)
    shortfalls.write(m, made.why)
    for part in (handover, checks):
        part.write(m)
    bound.write(m)
    if made.why:
        why.write(m, made.why)
    run.write(m, known)
    ask.write(m, made.asked or [ask.Asked(cells) for cells in (own.asked if own else ())])
    copies = drawn if made.read is None else with_remarks(drawn, made.read)
    for sheet in INPUT_SHEETS:
        free = ("Value",) if sheet.name == "Settings" else None
        tables.write(m, copies[sheet.name], free=free, kept=mine[sheet.name])
    if not case.last.empty:
        decisions.write(m, drawn, LAST, case.last, last_names, mine)
    if made.replanned is not None:
        replanned.write(m, made.replanned)
    own_sheets(m, own.sheets if own else ())
    summary.fill(front, m, lines, days, [s.name for s in m.book.worksheets()], other)
    define(m.book, m.ids)
    _finish(m, known)


def _own(made: Made) -> Belongings | None:
    """What is the planner's own in the workbooks that inputs and plan come from."""
    if made.file is None or made.read is None:
        return None
    heads = {n: t.at for n, t in made.read.by_name.items()}
    if made.plan_file is None:
        return belongings(made.file, heads)
    inputs = {s.name for s in INPUT_SHEETS}
    own = belongings(made.file, {n: at for n, at in heads.items() if n in inputs})
    plan = belongings(made.plan_file, {n: at for n, at in heads.items() if n not in inputs})
    return replace(own, tables=own.tables | plan.tables, asked=own.asked or plan.asked, lost=own.lost or plan.lost)


def _tables(m: Material, case: Case, made: Made, last_names: Mapping[Rotation, str]) -> dict[str, Table]:
    """Every table of the answer; where nothing was changed since it was read, as it was typed."""
    drawn = tables_of(case, m.plan, m.rotation_ids, last_names)
    if made.read is not None and made.as_typed:
        drawn = as_typed(drawn, made.read)
    for name, table in drawn.items():
        key = [c.header for c in table.columns].index(table.sheet.key[0])
        m.ids[name] = tuple(dict.fromkeys(str(r[key]) for r in table.rows if r[key] is not None))
    return drawn


def _finish(m: Material, known: Mapping[str, Any]) -> None:
    """What the file says of itself; values are stored, so that nothing need be computed when it is opened."""
    choices = m.book.get_worksheet_by_name(CHOICES)
    print_setup(choices, marking=m.marking)
    choices.repeat_rows(0)
    m.book.set_size(2400, 1400)
    m.book.set_calc_mode("auto", EXCEL)
    m.book.calc_on_load = False
    m.book.set_properties({"title": m.case.settings.name, "created": MADE, "comments": m.marking})
    for name, value in run.properties(known).items():
        m.book.set_custom_property(name, value, "text")


__all__ = ["Claim", "Made", "Table", "content_hash", "tables_of", "write_plan"]
