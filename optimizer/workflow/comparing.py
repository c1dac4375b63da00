"""Read several workbooks → say what differs, in rows, decisions and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from optimizer.domain import Case, Lock, Plan
from optimizer.errors import FaultsFound, UsageError
from optimizer.report.changes import Change, Figure, changes, side_by_side
from optimizer.report.figures import figures

if TYPE_CHECKING:
    from optimizer.workbook.merge.rows import RowChange


@dataclass(frozen=True)
class Version:
    """One of the workbooks compared. ``plan`` is what its Plan sheets say, ``None`` without any;
    ``cells`` the lock lines its Lock cells stand for."""

    name: str
    case: Case
    plan: Plan | None
    cells: tuple[Lock, ...] = ()

    @property
    def planned(self) -> bool:
        """Whether anything is decided beyond what was under way at the start: an input holds no more than that."""
        p = self.plan or Plan()
        return bool(p.stays or p.maintenance or p.runs or p.purchases or any(r.arrive >= 0 for r in p.rotations))


@dataclass(frozen=True)
class Against:
    """What differs between the first workbook and one of the others."""

    name: str
    rows: tuple[RowChange, ...]
    decisions: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """Workbooks compared: ``versions`` in the order given, ``against`` one entry for each but the first,
    ``figures`` a value per version."""

    versions: tuple[Version, ...]
    against: tuple[Against, ...]
    figures: tuple[Figure, ...]


def compare(books: Sequence[Path]) -> Comparison:
    """What differs between the first of ``books`` and each of the others, inputs or plans.

    Raises ``UsageError`` for fewer than two, ``FaultsFound`` (naming the workbook) for one with faults.
    """
    if len(books) < 2:
        raise UsageError("comparing takes two workbooks at least")
    return compared(tuple(version(path, name) for path, name in zip(books, names_of(books), strict=True)))


def compared(versions: tuple[Version, ...]) -> Comparison:
    """``compare`` of what is read already."""
    from optimizer.workbook.merge.rows import row_changes

    first = versions[0]
    against = []
    for v in versions[1:]:
        made: tuple[Change, ...] = ()
        if first.plan is not None or v.plan is not None:
            made = changes((first.case, first.plan or Plan()), (v.case, v.plan or Plan()))
        against.append(Against(v.name, row_changes(first.case, v.case, (first.cells, v.cells)), made))
    shown = side_by_side([figures(v.case, v.plan) if v.plan and v.planned else None for v in versions])
    return Comparison(versions, tuple(against), shown if any(v.planned for v in versions) else ())


def version(path: Path, name: str | None = None) -> Version:
    """A workbook as one of several versions; with rows in a Plan sheet it is a plan."""
    from optimizer.workbook.reader import read_book
    from optimizer.workbook.reading.fields import Fields
    from optimizer.workbook.reading.grid import load
    from optimizer.workbook.reading.plans import lock_cells
    from optimizer.workbook.schema import PLAN_SHEETS, SHEET_NAMES
    from optimizer.workbook.words import fold

    book = load(path, lambda title: fold(title) in SHEET_NAMES)
    plans = {s.name for s in PLAN_SHEETS}
    planned = any(SHEET_NAMES[fold(g.title)] in plans and len(g.rows) > 1 for g in book.grids)
    try:
        reading = read_book(book, verifying=planned)
    except FaultsFound as error:
        raise of_book(error, path) from error
    if not planned:
        return Version(name or path.stem, reading.case, None)
    cells = tuple(lock_cells(Fields(reading.tables, reading.case.calendar), "Plan", ()))
    return Version(name or path.stem, reading.case, reading.plan, cells)


def of_book(error: FaultsFound, path: Path) -> FaultsFound:
    """The same faults, each saying in which of several workbooks it is."""
    from dataclasses import replace

    return FaultsFound([replace(f, problem=f"in {path.name}: {f.problem}") for f in error.faults])


def names_of(books: Sequence[Path]) -> list[str]:
    """A name for each workbook: its file's, with so much of the path as tells two of one name apart."""
    names = [b.stem for b in books]
    if len(set(names)) < len(names):
        names = [f"{b.resolve().parent.name}/{b.stem}" for b in books]
    return [n if names.count(n) == 1 else f"{n} ({i})" for i, n in enumerate(names, 1)]


def write(comparison: Comparison, out: Path) -> Path:
    """The comparison as a workbook; returns where it landed."""
    from optimizer.workbook.output.compare import write_comparison

    names = [v.name for v in comparison.versions]
    units = comparison.versions[0].case.settings.money_unit
    return write_comparison(out, names, [(a.name, a.rows, a.decisions) for a in comparison.against],
                            comparison.figures, units)  # fmt: skip
