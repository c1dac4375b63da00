"""No known plan beats the bound of a leaf it lies in: ``python -m tests.engines.lagrangian.sharp PLAN... [--runs N]``.

For each run some of the decisions of a plan are locked (of whom, when, where, what is held: a random share), then the
bound is taken at random multipliers, at those of the root, and after each step of a descent, half the time with random
submodular rows. With much locked it comes close to the plan, so that a row that cuts plans off shows.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from time import process_time

import numpy as np

from optimizer.domain import Case, Plan
from optimizer.engines.lagrangian.bound.dual import Dual
from optimizer.engines.lagrangian.bound.tree import OWN
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.verify import verify
from optimizer.workbook.reader import read_for_verifying
from tests.engines.lagrangian.rows import decided_of, noisy, theta_near

CLOSE = 0.01  # of the plan's score: a bound within it is called close


@dataclass
class Known:
    """A plan and the bound of its case, with all rows separated."""

    name: str
    case: Case
    plan: Plan
    score: float
    dual: Dual
    start: np.ndarray

    @classmethod
    def of(cls, name: str, case: Case, plan: Plan) -> Known:
        verdict = verify(case, plan)
        assert verdict.ok, verdict.breaches
        dual = Dual(case, tables(case))
        while not dual.settled:
            dual.run(50)
        return cls(name, case, plan, verdict.score, dual, dual.best.copy())


def lowest(known: Known, seed: int, steps: int) -> Iterator[float]:
    """The bounds of a leaf that the plan lies in, above the plan's score."""
    r, dual, of = np.random.default_rng(seed), known.dual, known.dual.lagrangian
    of.narrow(decided_of(known.case, dual.lagrangian.t, known.plan, r, share=r.choice((0.3, 0.6, 0.9, 1.0))))
    dual.restart(known.start)
    if r.random() < 0.5:
        noisy(dual, OWN, r)
    for much in (0.02, 0.2):
        yield of.evaluate(theta_near(dual, r, much=much))[0] - known.score
    for k in range(steps):
        bound, slope = dual.look()
        yield bound - known.score
        dual.move(slope, 0.02 * 0.985**k)


def main() -> None:
    """One plan after the other, again and again, each time with other decisions."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("plans", nargs="+", type=Path)
    options.add_argument("--runs", type=int, default=200)
    options.add_argument("--steps", type=int, default=60)
    o = options.parse_args()
    known = [Known.of(path.stem, *read_for_verifying(path)) for path in o.plans]
    print(*(f"{k.name}: {k.score:,.2f} of {k.dual.bound:,.2f}" for k in known), sep="\n", flush=True)
    below, close, least = 0, 0, float("inf")
    for seed, k in zip(range(o.runs), cycle(known), strict=False):
        gap = min(lowest(k, seed, o.steps))
        below, close, least = below + (gap < -1e-6), close + (gap < CLOSE * abs(k.score)), min(least, gap / k.score)
        print(f"{seed} {k.name}: {gap:.3f}, {process_time():.0f} s", flush=True)
    print(f"{o.runs} runs, {below} below the plan, {close} within {CLOSE:.0%} of it, nearest {least:.3%}")


if __name__ == "__main__":
    main()
