"""Many solves of one case as records that workbook, screen and JSON show alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

FOUND = ("optimal", "feasible")  # statuses of results with a plan
DIGITS = 6  # of figures in tables: solvers may differ in the last ones of a number
LOST, FAILED = "lost", "failed"  # no result: processes died over it; the program said what was wrong


@dataclass(frozen=True)
class Result:
    """What one solve came to. ``values``: what was varied, by axis; ``score`` is of the plan found, re-added;
    ``bound`` is proven, whatever the plan; ``coverage`` percent by level; ``reasons``: why there is no plan, where
    that is proven; ``error``: why there is no result. Money in whole units."""

    key: str
    values: Mapping[str, str]
    seed: int
    status: str
    stop_reason: str | None = None
    score: float | None = None
    bound: float | None = None
    gap: float | None = None
    coverage: Mapping[str, float | None] = field(default_factory=dict)
    worst_country: str | None = None
    worst_covered: float | None = None
    spent: float | None = None
    exercises_held: int | None = None
    engine: str | None = None
    repeatable: bool = True
    wall_seconds: float | None = None
    reasons: tuple[str, ...] = ()
    error: str | None = None


@dataclass(frozen=True)
class Cell:
    """What is known of one case over all seeds: the ``best`` score found, how far the scores lie apart, the lowest
    proven bound (it holds for every seed), and in how many runs no plan was found."""

    best: float | None
    spread: float | None
    bound: float | None
    without: int
    status: str


@dataclass(frozen=True)
class Sweep:
    """A sweep: ``axes`` with their values, the results in their order (by axes, then seeds), how many were
    ``kept`` from before and how many ``repeated`` because a process died, and whether it is ``complete``."""

    axes: Mapping[str, tuple[str, ...]]
    seeds: tuple[int, ...]
    results: tuple[Result, ...]
    kept: int = 0
    repeated: int = 0
    complete: bool = True

    def cell(self, values: Mapping[str, str]) -> Cell:
        """What all seeds say of one combination of values."""
        own = [r for r in self.results if r.values == values]
        scores = [r.score for r in own if r.score is not None]
        bounds = [r.bound for r in own if r.bound is not None]
        return Cell(
            max(scores, default=None),
            max(scores) - min(scores) if len(scores) > 1 else None,
            min(bounds, default=None),
            sum(r.score is None for r in own),
            next((r.status for r in own if r.status not in FOUND), own[0].status if own else LOST),
        )

    @property
    def best(self) -> Result | None:
        """The result with the highest score; the first of equals."""
        found = [r for r in self.results if r.score is not None]
        return max(found, key=lambda r: r.score or 0.0, default=None)


def result_of(key: str, values: Mapping[str, str], seed: int, told: Mapping[str, Any]) -> Result:
    """A result as it was kept; what a later version of the program has kept besides is left out."""
    known = {name: told[name] for name in Result.__dataclass_fields__ if name in told}
    known["reasons"] = tuple(known.get("reasons", ()))
    return Result(**(known | {"key": key, "values": dict(values), "seed": seed}))


def heads(sweep: Sweep) -> list[str]:
    """Headings of the table of results, see ``rows``; the first ones are texts, as many as there are axes and two."""
    levels = list(dict.fromkeys(level for r in sweep.results for level in r.coverage))
    return [*sweep.axes, "seed", "status", "score (found)", "bound (proven)", "gap %",
            *(f"{level} %" for level in levels), "worst country %", "spent", "exercises"]  # fmt: skip


def rows(sweep: Sweep) -> list[list[Any]]:
    """The table of results, one row each; the same sweep gives the same rows, however it was done."""
    levels = list(dict.fromkeys(level for r in sweep.results for level in r.coverage))
    made = [
        [*(r.values[a] for a in sweep.axes), r.seed, r.status, r.score, r.bound, None if r.gap is None else 100 * r.gap,
         *(r.coverage.get(level) for level in levels), r.worst_covered, r.spent, r.exercises_held]
        for r in sweep.results
    ]  # fmt: skip
    return [[round(v, DIGITS) if isinstance(v, float) else v for v in row] for row in made]


def blocks(sweep: Sweep) -> list[tuple[dict[str, str], Sequence[str], Sequence[str]]]:
    """What heat maps show: for each combination of the third axis and on, that combination with the values of the
    first axis (rows) and of the second (columns; one blank one where nothing else is varied)."""
    first, second, *more = [*sweep.axes, "", ""][: max(2, len(sweep.axes))]
    found: list[tuple[dict[str, str], Sequence[str], Sequence[str]]] = []
    for values in product(*(sweep.axes[a] for a in more)):
        fixed = dict(zip(more, values, strict=True))
        found.append((fixed, sweep.axes.get(first, ("",)), sweep.axes.get(second, ("",))))
    return found
