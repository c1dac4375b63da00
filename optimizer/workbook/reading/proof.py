"""The proof of the bound that an answer carries in its Bound sheet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from optimizer.domain.certificate import Certificate, Line, Malformed, parsed
from optimizer.workbook import labels
from optimizer.workbook.reading.grid import Grid, load

FIRST = 20  # rows from the top in which the headings stand


def read_certificate(path: Path) -> Certificate | None:
    """The certificate; ``None`` without one. Raises ``Malformed`` for one that cannot be read."""
    grids = load(path, lambda title: title == labels.PROOF).grids
    found = [line for grid in grids for line in _lines(grid)]
    return parsed(found) if found else None


def _lines(grid: Grid) -> Iterator[Line]:
    top = next(
        (r for r in range(1, FIRST) if [grid.rows.get(r, {}).get(c) for c in range(1, 5)] == list(labels.PROOF_TITLES)),
        None,
    )
    for r in sorted(grid.rows) if top is not None else ():
        row = [grid.rows[r].get(c) for c in range(1, 5)]
        if r > (top or 0) and any(x is not None for x in row):
            leaf, kind, ids, numbers = row
            if not isinstance(leaf, int | float) or not isinstance(kind, str) or not isinstance(ids, str):
                raise Malformed(f"row {r} of the sheet {labels.PROOF} is none of its lines")
            yield int(leaf), kind, ids, _text(numbers)


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
