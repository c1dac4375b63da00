"""No plan beats the bound: tiny cases with every feature now and then, all rows on, against proven optima.

``python -m tests.engines.lagrangian.validity --cases 2000`` is the long run; the suite does a few of them.
"""

from __future__ import annotations

import argparse
import time
from typing import NamedTuple

import numpy as np

from optimizer.engines.lagrangian.bound.dual import Dual, Schedule
from optimizer.engines.lagrangian.bound.families import PARTLY
from optimizer.engines.lagrangian.bound.parts.decided import undecided
from optimizer.engines.lagrangian.tables.build import tables
from tests.engines.lagrangian.mixed import mixed, optimum
from tests.engines.lagrangian.rows import decided_of, noisy, theta_near

SHORT = Schedule(first=60, each=20, again=40)


class Looked(NamedTuple):
    """``least``: how far the lowest value seen lies above the optimum; ``rows``: submodular rows that were priced;
    ``sharp``: the lowest value with decisions of the optimum locked, above it."""

    least: float
    rows: int
    sharp: float


def look(seed: int) -> Looked:
    """The bound at every stop, values at random multipliers with random rows, and in leaves that hold the optimum."""
    made = mixed(seed)
    score, best = optimum(seed)
    t = tables(made)
    dual, r = Dual(made, t, SHORT), np.random.default_rng(seed)
    of, least, sharp, placed = dual.lagrangian, np.inf, np.inf, 0
    for k in range(8):
        dual.run(30)
        least = min(least, dual.bound - score)
        if dual.bound == -np.inf:
            break
        placed += noisy(dual, k % PARTLY, r)
        for _ in range(4):
            least = min(least, of.evaluate(theta_near(dual, r))[0] - score)
        if best is not None:
            of.narrow(decided_of(made, t, best, r, share=0.5 + k / 14))
            for much in (0.0, 0.5):
                sharp = min(sharp, of.evaluate(theta_near(dual, r, much=much))[0] - score)
            of.narrow(undecided(t))
    return Looked(float(least), placed, float(sharp))


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--cases", type=int, default=100)
    args.add_argument("--first", type=int, default=0)
    given = args.parse_args()
    began, least, sharp, bad = time.monotonic(), np.inf, np.inf, 0
    for seed in range(given.first, given.first + given.cases):
        found = look(seed)
        least, sharp = min(least, found.least), min(sharp, found.sharp)
        if min(found.least, found.sharp) < -1e-6:
            bad += 1
            print(f"seed {seed}: below the optimum by {-min(found.least, found.sharp):.6f}", flush=True)
        if (seed - given.first) % 20 == 19:
            done, spent = seed - given.first + 1, time.monotonic() - began
            print(f"{done} cases, {bad} below, least {least:.6f}, locked {sharp:.6f}, {spent:.0f} s", flush=True)
    print(f"{given.cases} cases, {bad} below the optimum; nearest {least:.6f}, locked {sharp:.6f}")


if __name__ == "__main__":
    main()
