"""Rows below the header that are no data: totals, and the header written again."""

from __future__ import annotations

from collections.abc import Collection

from optimizer.workbook import values
from optimizer.workbook.reading.grid import Grid
from optimizer.workbook.reading.headers import Layout
from optimizer.workbook.schema import REMARKS, Sheet
from optimizer.workbook.words import TOTALS, fold

LEFT_OUT = frozenset(("row-total", "row-header", "row-remark-below"))  # what makes a row no data
DOUBTED = frozenset(("row-remark-near",))  # a fault in itself: what the row lacks is not said as well
MOVE_OFF = "move it off the table, or leave a blank row above it"
SENTENCE = 3  # words from which a text is more likely a remark than a name
_REMARKS = frozenset(c.header for c in REMARKS)


def left_out(grid: Grid, laid: Layout, sheet: Sheet) -> dict[int, str]:
    """Rows that are not, or may not be, data, each with the code of what is to be said of it.

    ``row-total``: the total row of an Excel table, or a last row whose first cell says Total, Sum and the like.
    ``row-sum``: a last row that adds up its own columns without saying so: a doubt, for the planner to settle.
    ``row-remark-below``, ``row-remark-near``: last rows with nothing but a sentence in the first column, where others
    must be filled: remarks if a blank row lies above them, else a doubt.
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
    if trailing := _remarks(grid, laid, sheet, rest):
        rest = rest[: -len(trailing)]
        near = not rest or trailing[0] == max(below[: below.index(trailing[0])], default=laid.row) + 1
        found |= dict.fromkeys(trailing, "row-remark-near" if near else "row-remark-below")
    if rest:
        last = rest[-1]
        first = min(_typed(grid, last, own))
        if fold(str(grid.rows[last][first])).rstrip(":.") in TOTALS:
            found[last] = "row-total"
        elif last in grid.sums and len(rest) > 1:
            found[last] = "row-sum"
    return found


def _remarks(grid: Grid, laid: Layout, sheet: Sheet, rows: list[int]) -> list[int]:
    """The rows at the end that hold a sentence in the column of names, where the table asks for more than a name."""
    at = laid.at.get(sheet.key[0])
    if at is None or not any(c.required and c.header in laid.at for c in sheet.columns if c.header != sheet.key[0]):
        return []
    n = len(rows)
    while n and set(_typed(grid, rows[n - 1], {*laid.at.values()})) == {at} and sentence(grid.rows[rows[n - 1]][at]):
        n -= 1
    return rows[n:]


def sentence(value: object) -> bool:
    """Whether a text reads like a remark: some words, or a mark that no name ends or begins with."""
    text = str(value).strip() if isinstance(value, str) else ""
    return len(text.split()) >= SENTENCE or text.endswith((".", ":", "!", "?")) or text.startswith(("*", "†", "("))


def _typed(grid: Grid, row: int, columns: Collection[int]) -> dict[int, object]:
    """The cells of a row that stand under a known header and are not blank."""
    return {j: v for j, v in grid.rows[row].items() if j in columns and not values.blank(v, "id")}
