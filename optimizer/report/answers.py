"""Answers to questions of a plan: the records that workbook, page and ``--json`` draw alike.

What is *found* is a plan: the cost is at most that, and a better one may exist. What is *proven* holds for every
plan of the workbook. The two are never mixed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optimizer.quantities import figure

UNIT, EXERCISE, SET, DRAW, UPGRADE, DEMAND = "unit", "exercise", "set", "draw", "upgrade", "demand"
NOTHING = 0.005  # points that round to none


@dataclass(frozen=True)
class Blocked:
    """A rule that keeps it out of the plan as things stand, and by how much; ``rows`` are cells of the workbook."""

    rule: str
    rows: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Answer:
    """What a decision that the plan does not make would cost, or (``wish`` false) one that it makes is worth.

    ``found``: points that the best plan found with it scores less than the plan in hand (less than 0: it scores
    more), ``None`` where no plan was found; ``proven``: every plan with it scores less than the plan in hand by at
    least so much, ``None`` where that is not proven; ``impossible``: proven that no plan holds all rules with it.
    """

    kind: str
    wish: bool
    subject: str
    place: str | None
    start: date | None
    end: date | None
    question: str
    found: float | None = None
    proven: float | None = None
    displaces: tuple[str, ...] = ()
    blocked_by: tuple[Blocked, ...] = ()
    impossible: bool = False
    note: str = ""

    @property
    def sentence(self) -> str:
        """The answer in words that say what is found and what is proven."""
        return f"{answered(self.found, self.proven, self.impossible)}{f' {self.note}' if self.note else ''}"


def answered(found: float | None, proven: float | None, impossible: bool) -> str:
    """At most … (found), at least … (proven)."""
    if impossible:
        return "No plan holds all the rules with it (proven)."
    least = f"at least {figure(proven, 1)} points (proven)" if proven is not None else "not proven to cost anything"
    if found is None:
        return f"No plan with it was found, one may exist; {least}."
    if abs(found) < NOTHING:
        return f"Costs nothing (found); {least}."
    if found < 0:
        return f"A plan with it was found that scores {figure(-found, 1)} points more than the plan in hand (found)."
    return f"Costs at most {figure(found, 1)} points (found), {least}."
