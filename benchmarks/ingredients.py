"""What the gap of a case is made of: the gap of the same case with one thing that makes it hard taken away at a time.

``python -m benchmarks.ingredients --real fy2017 --classes S --limit 60`` prints a table for each case. Plans and bounds
are those of the default engine, one thread for the search, and are not verified: this is analysis, not a result.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace

from benchmarks.cases import CLASSES, REAL, Problem
from optimizer.domain import Case
from optimizer.domain.outcome import Options, Outcome
from optimizer.engines.lagrangian import solve
from optimizer.workbook.reader import read_for_solving

PLENTY = 20  # times what there is


def no_exercises(case: Case) -> Case:
    """Nothing but standing presence counts."""
    return replace(case, exercises=())


def ample_money(case: Case) -> Case:
    """Money no longer binds, quarterly ceilings and last year's rates included."""
    return replace(
        case,
        budgets=tuple(
            replace(b, amount=PLENTY * b.amount, quarters=(None,) * 4, last_year=PLENTY * (b.last_year or b.amount))
            for b in case.budgets
        ),
    )


def ample_places(case: Case) -> Case:
    """Sites house whoever comes, and keep any number of sets."""
    return replace(
        case,
        sites=tuple(
            replace(s, places=PLENTY * s.places, handover_places=PLENTY * s.handover_places, slots=PLENTY * s.slots)
            for s in case.sites
        ),
    )


def no_sets(case: Case) -> Case:
    """Everyone brings their own equipment."""
    return replace(case, sets=(), holdings=())


def any_length(case: Case) -> Case:
    """A rotation may be as short as a week."""
    return replace(case, unit_types=tuple(replace(t, rotation_min=1) for t in case.unit_types))


def no_rest(case: Case) -> Case:
    """A unit may go again at once."""
    return replace(case, unit_types=tuple(replace(t, dwell_ratio=0) for t in case.unit_types))


VARIATIONS: dict[str, Callable[[Case], Case]] = {
    "as it is": lambda case: case,
    "no exercises": no_exercises,
    "ample money": ample_money,
    "ample places": ample_places,
    "no sets": no_sets,
    "any length": any_length,
    "no rest": no_rest,
    "no exercises, ample money": lambda case: ample_money(no_exercises(case)),
}


def table(problem: Problem, limit: float) -> str:
    """The rows of one case, in Markdown."""
    case = read_for_solving(problem.book)
    lines = [f"| {problem.id}, {limit:g} s | score | bound | gap |", "|---|---:|---:|---:|"]
    for name, vary in VARIATIONS.items():
        print(f"{problem.id} {name}", file=sys.stderr)
        found = solve(vary(case), Options("thorough", limit, workers=1))
        lines.append(f"| {name} | {_figures(found)} |")
    return "\n".join(lines)


def _figures(found: Outcome) -> str:
    if found.score is None or found.bound is None or found.gap is None:
        return "– | – | –"
    return f"{found.score:,.1f} | {found.bound:,.1f} | {100 * found.gap:.1f} %"


def main() -> int:
    p = argparse.ArgumentParser(prog="python -m benchmarks.ingredients", description=__doc__)
    p.add_argument("--classes", nargs="*", choices=CLASSES, default=[], help="synthetic classes")
    p.add_argument("--seed", type=int, default=1, help="seed of the synthetic cases (default 1)")
    p.add_argument("--real", nargs="*", choices=REAL, default=[], help="real cases")
    p.add_argument("--limit", type=float, default=60, help="seconds for each variation (default 60)")
    o = p.parse_args()
    for problem in [*map(Problem, o.real), *(Problem(name, o.seed) for name in o.classes)]:
        print(table(problem, o.limit), end="\n\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
