"""Score and coverage over money as records that workbook, screen and JSON show alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from optimizer.domain import Plan
from optimizer.quantities import figure

HALF = 0.5  # of what money found before: where it finds less from there on, the curve has a knee


@dataclass(frozen=True)
class Point:
    """One budget. ``factor`` times the money of the workbook is ``money`` in all; ``score`` is of the best plan found
    for it (``None`` without one), ``bound`` proven: no plan with no more money scores more; ``coverage`` percent by
    level and ``spent`` of the plan found. ``impossible``: proven that there is no plan; ``why`` if known."""

    factor: float
    money: float
    score: float | None
    bound: float | None
    spent: float | None = None
    coverage: Mapping[str, float | None] = field(default_factory=dict)
    impossible: bool = False
    why: str = ""
    plan: Plan | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Knee:
    """A budget beyond which money finds less than half of what it found before: score per unit of money."""

    money: float
    factor: float
    before: float
    after: float

    @property
    def text(self) -> str:
        return (
            f"beyond {figure(self.money, 1)} a further unit of money finds {figure(self.after)} points, "
            f"up to there {figure(self.before)} (found)"
        )


@dataclass(frozen=True)
class Reach:
    """The least money for a stated level. ``found``: with this much a plan that reaches it was found (``None``: with
    none of what was tried); ``proven``: with less than this no plan reaches it (``None``: nothing is proven)."""

    what: str
    target: float
    found: float | None
    proven: float | None
    unit: str = ""

    @property
    def text(self) -> str:
        most = "no plan found that reaches it" if self.found is None else f"enough: {figure(self.found, 1)} (found)"
        least = "no least amount is proven" if self.proven is None else f"with less than {figure(self.proven, 1)} "
        least += "" if self.proven is None else "no plan reaches it (proven)"
        return f"{self.what} of {figure(self.target)}{self.unit}: {most}; {least}"


@dataclass(frozen=True)
class Frontier:
    """Points in order of money, both curves never falling, what stands out and what was asked to be reached."""

    points: tuple[Point, ...]
    reaches: tuple[Reach, ...] = ()
    seconds: float = 0.0

    @property
    def knees(self) -> tuple[Knee, ...]:
        """Where the curve of what was found bends: corners of its least concave cover."""
        known = [(p.money, p.score, p.factor) for p in self.points if p.score is not None]
        cover: list[tuple[float, float, float]] = []
        for point in known:
            while len(cover) > 1 and _slope(cover[-2], cover[-1]) <= _slope(cover[-1], point):
                cover.pop()
            cover.append(point)
        slopes = [_slope(a, b) for a, b in pairwise(cover)]
        return tuple(
            Knee(at[0], at[2], before, after)
            for at, (before, after) in zip(cover[1:-1], pairwise(slopes), strict=True)
            if after < HALF * before
        )


def _slope(a: tuple[float, float, float], b: tuple[float, float, float]) -> float:
    return (b[1] - a[1]) / max(b[0] - a[0], 1e-9)


def monotone(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points in order of money with what each says of the others: a bound with more money holds with less."""
    out: list[Point] = []
    least = float("inf")
    for p in sorted(points, key=lambda p: -p.money):
        least = least if p.bound is None else min(least, p.bound)
        out.append(replace(p, bound=None if p.impossible or least == float("inf") else least))
    return tuple(out[::-1])
