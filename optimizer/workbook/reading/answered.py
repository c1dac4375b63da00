"""The answers that stand in the Why and the Ask sheet of a plan, as cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from optimizer.workbook.reading.grid import Broken, Grid, load
from optimizer.workbook.schema.asking import ANSWERS, ASK, WHY


@dataclass(frozen=True)
class Answered:
    """``why``: the sections of the Why sheet, each a title and rows by its columns; ``asked``: the answer cells of the
    Ask sheet by the question in words."""

    why: Sequence[tuple[str, Sequence[tuple[Any, ...]]]] = ()
    asked: dict[str, tuple[Any, ...]] = field(default_factory=dict)


def read_answers(path: Path) -> Answered:
    """What stands there; nothing of a sheet that was made by another version, with other columns."""
    grids = {g.title: g for g in load(path, lambda title: title in (WHY.name, ASK.name)).grids}
    why, asked = grids.get(WHY.name), grids.get(ASK.name)
    return Answered(_sections(why) if why else (), dict(_asked(asked)) if asked else {})


def _rows(grid: Grid) -> Iterator[dict[int, Any]]:
    for _, row in sorted(grid.rows.items()):
        yield {c: str(v) if isinstance(v, Broken) else v for c, v in row.items()}


def _sections(grid: Grid) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """A line alone, then the headings, then the rows up to the next line alone."""
    found: list[tuple[str, list[tuple[Any, ...]]]] = []
    title, inside = "", False
    for row in _rows(grid):
        cells = tuple(row.get(c) for c in range(1, len(WHY.columns) + 1))
        if cells == WHY.columns:
            found.append((title, []))
            inside = True
        elif set(row) == {1}:
            title, inside = str(row[1]), False
        elif inside:
            found[-1][1].append(cells)
    return found


def _asked(grid: Grid) -> Iterator[tuple[str, tuple[Any, ...]]]:
    head, *rows = _rows(grid) if grid.rows else ({},)
    at = {str(v): c for c, v in head.items()}
    if not set(ANSWERS) <= set(at):
        return
    for row in rows:
        question, *rest = (row.get(at[title]) for title in ANSWERS)
        if question is not None:
            yield str(question), (question, *rest)
