"""Why: what the plan leaves out and what that would cost, and what each of its decisions is worth."""

from __future__ import annotations

from collections.abc import Sequence

from optimizer.report.answers import Answer
from optimizer.workbook.schema.asking import BLOCKS, WHY
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import A3, Column

NAME = WHY.name
WRAP = ("cell", "wrap")
LOOKS: tuple[tuple[float, tuple[str, ...]], ...] = (
    (40, WRAP), (10, ("cell",)), (18, ("cell",)), (12, ("cell", "tenth")), (12, ("cell", "tenth")), (46, WRAP),
    (60, WRAP), (70, WRAP), (50, WRAP),
)  # fmt: skip
COLUMNS = tuple(Column(title, width, looks) for title, (width, looks) in zip(WHY.columns, LOOKS, strict=True))
NOTE = (
    "Found: a plan with it scores so much less, a better one may exist. Proven: every plan with it scores less by at "
    "least so much. Blank: none found, or nothing proven. Stays while: how far a price or weight may change, alone, "
    "before a plan found that decides otherwise scores more."
)
Section = tuple[str, Sequence[Sequence[object]]]  # its title, and rows by the columns


def sections(answers: Sequence[Answer]) -> list[Section]:
    """What is left out by kind, then how firm each decision is, the firmest first."""
    made: list[Section] = []
    for title, kinds in (
        ("Exercises not held", ("exercise",)), ("Units that stay at home", ("unit",)),
        ("Sets nobody draws", ("draw", "set", "upgrade")), ("The largest gaps in demand", ("demand",)),
    ):  # fmt: skip
        own = [a for a in answers if a.wish and a.kind in kinds]
        made.append((f"{title} ({len(own)})", [row(a) for a in own]))
    firm = sorted((a for a in answers if not a.wish), key=_firmness)
    return [*made, (f"Firmness: what is lost without each decision ({len(firm)})", [row(a) for a in firm])]


def write(m: Material, drawn: Sequence[Section]) -> None:
    """The sheet."""
    page = m.page(NAME, "Why", NOTE, [c.width for c in COLUMNS], paper=A3)
    for title, rows in drawn:
        page.section(title, len(COLUMNS))
        page.table(COLUMNS, rows)
        page.row += 1


def _firmness(a: Answer) -> tuple[bool, float]:
    """What no plan can do without comes first, then what costs most."""
    return not a.impossible, -(a.found if a.found is not None else float("inf"))


def row(a: Answer) -> tuple[object, ...]:
    """An answer as cells of the table."""
    return a.question, a.kind, a.subject, a.found, a.proven, a.sentence, *rest(a)


def rest(a: Answer) -> tuple[str | None, ...]:
    """What gives way, what blocks it, and how far prices may change; blank where there is nothing to say."""
    blocks = (f"{b.rule}: {b.text}" + (f" [{', '.join(b.rows)}]" if b.rows else "") for b in a.blocked_by)
    return tuple(text or None for text in ("; ".join(a.displaces), "; ".join(blocks), a.stays))


def in_words(drawn: Sequence[Section]) -> dict[tuple[str, str], str]:
    """Each answer in one cell, by kind and subject."""
    kind, subject, answer, blocks = (WHY.columns.index(x) for x in ("Kind", "Subject", "Answer", BLOCKS))
    return {
        (str(r[kind]), str(r[subject])): f"{r[answer]}" + (f" In the way: {r[blocks]}" if r[blocks] else "")
        for _, rows in drawn
        for r in rows
    }
