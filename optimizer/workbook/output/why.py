"""Why: what the plan leaves out and what that would cost, and what each of its decisions is worth."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.report.answers import Answer
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import A3, Column

NAME = "Why"
WRAP = ("cell", "wrap")
COLUMNS = (
    Column("Question", 40, WRAP),
    Column("Kind", 10),
    Column("Subject", 18),
    Column("Costs at most (found)", 12, ("cell", "tenth")),
    Column("Costs at least (proven)", 12, ("cell", "tenth")),
    Column("Answer", 46, WRAP),
    Column("What gives way", 60, WRAP),
    Column("What blocks it as things stand", 70, WRAP),
)
NOTE = (
    "Found: a plan with it scores so much less, a better one may exist. Proven: every plan with it scores less by at "
    "least so much. Blank: none found, or nothing proven."
)


def write(m: Material, answers: Sequence[Answer]) -> None:
    """The sheet: what is left out by kind, then how firm each decision is, the firmest first."""
    page = m.page(NAME, "Why", NOTE, [c.width for c in COLUMNS], paper=A3)
    left = [a for a in answers if a.wish]
    for title, kinds in (
        ("Exercises not held", ("exercise",)), ("Units that stay at home", ("unit",)),
        ("Sets nobody draws", ("draw", "set", "upgrade")), ("The largest gaps in demand", ("demand",)),
    ):  # fmt: skip
        own = [a for a in left if a.kind in kinds]
        page.section(f"{title} ({len(own)})", len(COLUMNS))
        page.table(COLUMNS, [row(a) for a in own])
        page.row += 1
    firm = sorted((a for a in answers if not a.wish), key=_firmness)
    page.section(f"Firmness: what is lost without each decision ({len(firm)})", len(COLUMNS))
    page.table(COLUMNS, [row(a) for a in firm])


def _firmness(a: Answer) -> tuple[bool, float]:
    """What no plan can do without comes first, then what costs most."""
    return not a.impossible, -(a.found if a.found is not None else float("inf"))


def row(a: Answer) -> tuple[object, ...]:
    """An answer as cells of the table."""
    return a.question, a.kind, a.subject, a.found, a.proven, a.sentence, gives_way(a), blocks(a)


def gives_way(a: Answer) -> str:
    """What changes in the plan found."""
    return "; ".join(a.displaces)


def blocks(a: Answer) -> str:
    """The rules in the way, with the cells of their rows."""
    return "; ".join(f"{b.rule}: {b.text}" + (f" [{', '.join(b.rows)}]" if b.rows else "") for b in a.blocked_by)


def in_words(a: Answer) -> str:
    """The whole answer in one cell."""
    return a.sentence + (f" In the way: {found}" if (found := blocks(a)) else "")
