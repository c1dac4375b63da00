"""Look at a workbook without solving it: its faults, its model; and what would compute its plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from optimizer import __version__
from optimizer.domain import Case
from optimizer.errors import FaultsFound
from optimizer.rules.base import Goal, Rule


@dataclass(frozen=True)
class Part:
    """One rule or term of the score; ``rows`` it has in the linear model of a case; how the search keeps or
    serves it (``kept``: construction, capacity, price or rejection) and by what (``search``)."""

    id: str
    kind: str  # rule, term
    title: str
    statement: str
    maths: str
    rows: int | None
    kept: str
    search: str


def check(book: Path) -> tuple[Case | None, tuple[Any, ...]]:
    """(the case, or ``None`` if there are faults; faults, warnings and notes).

    What no plan can meet is a fault here; ``solve`` answers it as the proof of infeasibility that it is.
    """
    from optimizer.workbook.reader import in_order, read_case
    from optimizer.workbook.sense.impossible import impossible

    try:
        reading = read_case(book)
    except FaultsFound as error:
        return None, error.faults
    found = impossible(reading.tables, reading.case)
    return (None if found else reading.case), tuple(in_order((*found, *reading.remarks)))


def case_of(book: Path) -> Case:
    """The case that a workbook holds."""
    from optimizer.workbook.reader import read_for_solving

    return read_for_solving(book)


def mark(book: Path, findings: Sequence[Any], out: Path) -> Path:
    """Write a copy of the workbook in which each finding is marked in its cell; returns where it landed."""
    from optimizer.workbook.forms.markup import markup

    return markup(book, findings, out)


def model_of(book: Path) -> list[Part]:
    """Every rule and term in model order, with its rows in the linear model of the workbook's case."""
    from optimizer.engines.linear import row_counts
    from optimizer.goals import GOALS
    from optimizer.rules import RULES
    from optimizer.workbook.reader import read_for_solving

    rows = row_counts(read_for_solving(book))
    told: list[tuple[str, Rule | Goal]] = [
        *(("rule", r) for r in RULES.values()),
        *(("term", g) for g in GOALS.values()),
    ]
    return [Part(x.id, kind, x.title, x.statement, x.maths, rows.get(x.id), x.kept, x.search) for kind, x in told]


def versions() -> dict[str, str]:
    """What computes a plan here: this package, Python, and the libraries that could matter."""
    from optimizer.versions import versions as installed

    return {"optimizer": __version__} | installed()
