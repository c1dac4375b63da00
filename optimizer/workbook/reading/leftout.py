"""Rows below the header that are no data: totals, and the header written again."""

from __future__ import annotations

from optimizer.workbook import values
from optimizer.workbook.reading.grid import Grid
from optimizer.workbook.reading.headers import Layout
from optimizer.workbook.schema import REMARKS, Sheet
from optimizer.workbook.words import TOTALS, fold

LEFT_OUT = frozenset(("row-total", "row-header"))  # what makes a row no data; other remarks leave it in
_REMARKS = frozenset(c.header for c in REMARKS)


def left_out(grid: Grid, laid: Layout, sheet: Sheet) -> dict[int, str]:
    """Rows that are not, or may not be, data, each with the code of what is to be said of it.

    ``row-total``: the total row of an Excel table, or a last row whose first cell says Total, Sum and the like.
    ``row-sum``: a last row that adds up its own columns without saying so: a doubt, for the planner to settle.
    ``row-header``: the header once more, as when printed pages are put together.
    """
    own = {j: fold(h) for h, j in laid.at.items() if h not in _REMARKS}
    found: dict[int, str] = {}
    below = [n for n in sorted(grid.rows) if n > laid.row and _typed(grid, n, own)]
    for n in below:
        cells = _typed(grid, n, own)
        if n in grid.totals:
            found[n] = "row-total"
        elif len(cells) > 1 and all(fold(str(v)) == fold(str(grid.rows[laid.row][j])) for j, v in cells.items()):
            found[n] = "row-header"
    rest = [n for n in below if n not in found]
    if rest:
        last = rest[-1]
        first = min(_typed(grid, last, own))
        if fold(str(grid.rows[last][first])).rstrip(":.") in TOTALS:
            found[last] = "row-total"
        elif last in grid.sums and len(rest) > 1:
            found[last] = "row-sum"
    return found


def _typed(grid: Grid, row: int, columns: dict[int, str]) -> dict[int, object]:
    """The cells of a row that stand under a known header and are not blank."""
    return {j: v for j, v in grid.rows[row].items() if j in columns and not values.blank(v, "id")}
