"""How much better a plan could be, in words: the same for screen, workbook and page."""

from __future__ import annotations

from optimizer.quantities import figure, gap, same


def room(score: float, bound: float | None) -> str:
    """What the proven bound says of a plan of this score. A percentage only where it tells something."""
    if bound is None:
        return "no bound is proven"
    if bound <= score or same(score, bound):
        return "proven: no plan scores more"
    share = gap(score, bound)
    return f"no plan scores above {figure(bound)}" + (f" (gap {share:.2%})" if share is not None else "")


def room_label(score: float, bound: float | None) -> float | str:
    """The gap for a tile: a share, ``unknown`` without a bound, or the points left where a share tells nothing."""
    if bound is None:
        return "unknown"
    share = None if same(score, 0.0) else gap(score, bound)
    return f"{figure(max(bound - score, 0.0))} points" if share is None else share
