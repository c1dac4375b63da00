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
WEIGHT, VALUE, COST = "weight of", "value of", "cost price"  # what a decision may hang on
NEAREST = 3  # ranges told beside an answer


@dataclass(frozen=True)
class Blocked:
    """A rule that keeps it out of the plan as things stand, and by how much; ``rows`` are cells of the workbook."""

    rule: str
    rows: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Range:
    """From where to where a price or weight may change, all else as it is, before a plan that was found and decides
    otherwise scores more than the plan in hand; ``None``: no plan found says. ``price``: the ``weight of`` a country,
    the ``value of`` an exercise (``of``: its id), the ``cost price``."""

    price: str
    of: str
    now: float
    low: float | None
    high: float | None

    @property
    def words(self) -> str:
        """``weight of LT 0.83 or more and 1.2 or less (now 1)``."""
        above = "" if self.low is None else f" {self.low:.4g} or more"
        below = "" if self.high is None else f" {self.high:.4g} or less"
        return f"{self.price} {self.of}".rstrip() + " and".join(filter(None, (above, below))) + f" (now {self.now:.4g})"


@dataclass(frozen=True)
class Answer:
    """What a decision that the plan does not make would cost, or (``wish`` false) one that it makes is worth.

    ``found``: points that the best plan found with it scores less than the plan in hand (less than 0: it scores
    more), ``None`` where no plan was found; ``proven``: every plan with it scores less than the plan in hand by at
    least so much, ``None`` where that is not proven; ``impossible``: proven that no plan holds all rules with it;
    ``ranges``: of prices and weights, in which the plan in hand stays ahead of all plans found with it, nearest first.
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
    ranges: tuple[Range, ...] = ()

    @property
    def stays(self) -> str:
        """The nearest of its ranges in words."""
        return "; ".join(r.words for r in self.ranges[:NEAREST])

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
