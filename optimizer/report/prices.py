"""What a change of the inputs is worth: records that workbook, page and ``--json`` draw alike."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.quantities import figure

MONEY, PLACES, SET, WEEK, LOCK, FLOOR, CAP = "money", "places", "set", "week", "lock", "floor", "cap"
KINDS = (MONEY, PLACES, SET, WEEK, LOCK, FLOOR, CAP)


@dataclass(frozen=True)
class Price:
    """``more``: whether the change allows more, else it takes something away. ``found``: how much more (less) than
    the plan in hand the best plan found scores after it; ``proven``: no plan scores more than the plan in hand by
    more than that (``more``), or every plan scores less by at least that; ``None`` where that proves nothing, or,
    of what is taken away, no plan was found. ``impossible``: there is no plan without it (proven)."""

    kind: str
    subject: str
    change: str
    more: bool
    found: float | None
    proven: float | None
    impossible: bool = False

    @property
    def sentence(self) -> str:
        """What is found and what is proven, apart."""
        if self.impossible:
            return f"{self.change}: then no plan holds all the rules (proven)."
        if self.more:
            top = "" if self.proven is None else f", at most {figure(self.proven, 1)} (proven)"
            return f"{self.change}: worth at least {figure(self.found or 0.0, 1)} points (found){top}."
        most = "no plan found" if self.found is None else f"costs at most {figure(self.found, 1)} points (found)"
        least = "not proven to cost anything" if self.proven is None else f"at least {figure(self.proven, 1)} (proven)"
        return f"{self.change}: {most}, {least}."
