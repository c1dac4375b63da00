"""Compare: what a plan changes of the one in force, why, and what leaving it as it was would cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from optimizer.report.changes import Explained
from optimizer.workbook.merge.rows import RowChange
from optimizer.workbook.output.compare import DECISIONS, DIFFERENCES, NAME
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import A3, Column

WRAP = ("cell", "wrap")
REASONS = (
    *DECISIONS,
    Column("Because", 60, WRAP),
    Column("Rows", 26, WRAP),
    Column("Leaving it as it was", 34, WRAP),
)
CURVE = (
    Column("Changes", 12, ("cell", "int")),
    Column("Weeks elsewhere", 18, ("cell", "int")),
    Column("Events", 30, ("cell", "int")),
    Column("Score found", 12, ("cell", "score")),
    Column("At most, proven", 14, ("cell", "score")),
)


@dataclass(frozen=True)
class Replanned:
    """``name`` is the plan in force, ``kept`` how many of its decisions stand; ``inputs`` the rows that differ from
    those it was made for; ``curve`` (weeks elsewhere, events, score, ceiling) by rising number of changes."""

    name: str
    kept: int
    changes: tuple[Explained, ...]
    inputs: tuple[RowChange, ...] = ()
    curve: tuple[tuple[int, int, float, float | None], ...] = ()


def write(m: Material, r: Replanned) -> None:
    """The sheet."""
    counts = Counter(x.how for x in r.changes)
    kinds = ", ".join(f"{counts[k]} {word}" for k, word in _WORDS if counts[k])
    note = f"Against {r.name}: {r.kept} decisions kept, {len(r.changes)} changed{f': {kinds}' if kinds else ''}."
    page = m.page(NAME, "Against the plan in force", note, [c.width for c in REASONS], paper=A3)
    page.section(f"Decisions that changed ({len(r.changes)})", len(REASONS))
    page.table(REASONS, [_line(x) for x in r.changes])
    said = "What a change gains is what the score loses if it alone is taken back, all else as it is."
    page.line([f"{said} What was free of charge has been put back already."], [("note",)])
    if r.curve:
        page.row += 1
        page.section("Score against the number of changes, prices of changes aside", len(CURVE))
        page.table(CURVE, [(weeks + events, weeks, events, score, top) for weeks, events, score, top in r.curve])
        page.line(["No plan with so many changes scores more than the last column says."], [("note",)])
    page.row += 1
    page.section(f"Rows of the inputs that differ ({len(r.inputs)})", len(DIFFERENCES))
    page.table(DIFFERENCES, [(x.sheet, x.row, x.change, x.column, x.before, x.after) for x in r.inputs])


_WORDS = (
    ("forced", "forced"),
    ("follows", "following from others"),
    ("gains", "for what they gain"),
    ("not looked at", "not looked at"),
)


def _line(x: Explained) -> Sequence[object]:
    c = x.change
    shown = [c.kind, c.subject, c.name, c.change, c.weeks or None, c.text, c.before, c.after]
    return [*shown, x.because, ", ".join(x.rows), x.keeping]
