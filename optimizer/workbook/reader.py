"""Reading a workbook: sheets, tables, references, sense, and at the end a ``Case``.

Every step notes what it finds and goes on, so that all faults are reported at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from optimizer.domain import Case, Plan
from optimizer.domain.history import joined, present
from optimizer.errors import FaultsFound
from optimizer.workbook import labels
from optimizer.workbook.faults import NOTE, Fault, did_you_mean, fault, stops
from optimizer.workbook.merge.choices import obey
from optimizer.workbook.reading.assemble import assemble
from optimizer.workbook.reading.fields import Fields, calendar_of
from optimizer.workbook.reading.grid import Book, Grid, load
from optimizer.workbook.reading.plans import read_plan, with_lock_cells
from optimizer.workbook.reading.references import check_references
from optimizer.workbook.reading.rows import read_tables
from optimizer.workbook.reading.tables import Tables
from optimizer.workbook.schema import (
    ASK,
    CONFLICTS,
    INPUT_SHEETS,
    LAST_SHEETS,
    OWN_SHEETS,
    PLAN_SHEETS,
    SHEET_NAMES,
    SHEETS,
    Sheet,
)
from optimizer.workbook.sense import check_prospects, check_sense
from optimizer.workbook.words import fold, nearest

_COPY = re.compile(r"[\s_-]*(?:\(\d+\)|\d{1,4}|copy|new|final|draft|sheet|tab|table|v\d+)$", re.I)  # as in Units (2)


@dataclass(frozen=True)
class Reading:
    """A workbook without faults. ``plan`` is what the Plan sheets say of the weeks of the plan; ``case.last`` is
    all they say when read to be solved, and what the Last sheets say when an answer is read to be verified, each with
    what the other tells of the time before day one. ``remarks`` are warnings and notes; ``tables`` the typed tables
    behind it."""

    case: Case
    plan: Plan
    remarks: tuple[Fault, ...]
    tables: Tables

    @property
    def warnings(self) -> tuple[Fault, ...]:
        return tuple(f for f in self.remarks if f.severity != NOTE)


def read_case(path: Path, *, verifying: bool = False) -> Reading:
    """Read the workbook at ``path``: to be solved, or (``verifying``) with the plan it holds.

    Read to be solved, the Plan sheets are the plan in force so far (``case.last``), their Lock
    cells are lock lines, and the Last sheets tell only what was over before day one. Read to be verified, an answer
    says in its Last sheets what was in force; an input has only its Plan sheets to say what is under way, so they are
    the plan in force there too. Raises WorkbookError when the file cannot be used at all, FaultsFound with every
    fault, warning and note when its content has faults.
    """
    return read_book(load(path, lambda title: fold(title) in SHEET_NAMES), verifying=verifying)


def read_book(book: Book, *, verifying: bool = False) -> Reading:
    """``read_case`` of a workbook whose cells are loaded already."""
    book, undecided = obey(book)
    sheets = (*INPUT_SHEETS, *PLAN_SHEETS, *LAST_SHEETS)
    faults: list[Fault] = list(undecided)
    grids, misspelt = _match(book, sheets, faults)
    if not verifying:
        faults += [fault("plan-ignored", s.name) for s in LAST_SHEETS if s.name in grids]
    if verifying and not any(s.name in grids for s in PLAN_SHEETS):
        faults.append(fault("plan-missing", ""))
    tables = read_tables(sheets, grids, book.epoch, misspelt)
    tables.faults[:0] = faults
    check_references(tables)
    check_sense(tables)
    calendar = calendar_of(tables)
    found = tuple(in_order(tables.faults))
    if stops(found) or calendar is None:
        raise FaultsFound(found)
    f = Fields(tables, calendar)
    case, plan, last = assemble(tables, calendar), read_plan(f, "Plan"), read_plan(f, "Last")
    if verifying:
        case = replace(case, last=joined(last, plan) if _answers(book, grids) else joined(plan, last))
    else:
        case = replace(case, last=joined(plan, last), locks=with_lock_cells(f, "Plan", case))
        check_prospects(tables, case)
        found = tuple(in_order(tables.faults))
        if stops(found):
            raise FaultsFound(found)
    return Reading(case, present(plan), found, tables)


def read_for_solving(path: Path) -> Case:
    """The case to be solved; see ``read_case``."""
    return read_case(path).case


def read_for_verifying(path: Path) -> tuple[Case, Plan]:
    """The case and the plan the workbook holds; see ``read_case``."""
    reading = read_case(path, verifying=True)
    return reading.case, reading.plan


def in_order(faults: Sequence[Fault]) -> list[Fault]:
    """Faults first, then warnings, then notes; within each as the workbook's sheets come."""
    order = {s.name: i for i, s in enumerate(SHEETS)}
    rank = {"fault": 0, "warning": 1, "note": 2}
    return sorted(
        dict.fromkeys(faults), key=lambda f: (rank[f.severity], order.get(SHEET_NAMES.get(fold(f.sheet), ""), -1))
    )


def _answers(book: Book, grids: Mapping[str, Grid]) -> bool:
    """Whether a workbook tells the plan in force apart from the plan it holds: one that was solved does, and one with
    Last sheets."""
    return labels.RUN in book.titles or any(s.name in grids for s in LAST_SHEETS)


def _match(book: Book, sheets: Sequence[Sheet], faults: list[Fault]) -> tuple[dict[str, Grid], set[str]]:
    """The grids of the sheets asked for, by sheet name, and the sheets that are misspelt.

    Sheets that are nobody's become notes or, if nearly the name of an absent one, faults.
    """
    wanted, misspelt = {s.name for s in sheets}, set()
    out: dict[str, Grid] = {}
    for grid in book.grids:
        name = SHEET_NAMES[fold(grid.title)]
        if name in (CONFLICTS.name, ASK.name):
            continue  # obeyed before; answered by itself
        if name in out:
            faults.append(fault("sheet-twice", grid.title, name=name))
        elif name in wanted:
            out[name] = grid
    absent, own, ours = wanted - out.keys(), [], OWN_SHEETS | labels.DRAWN
    for title in book.titles:
        if fold(title) in SHEET_NAMES or title in ours:
            continue
        guess = nearest(title, absent) or nearest(_COPY.sub("", title), absent)
        if guess:
            misspelt.add(guess)
            faults.append(fault("sheet-misspelt", title, "", title, did_you_mean(guess), name=guess))
        else:
            own.append(title)
    if own:
        faults.append(fault("sheet-extra", own[0], "", ", ".join(own)))
    return out, misspelt
