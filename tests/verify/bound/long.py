"""Random plans against certificates at random multipliers: no plan may lie above what is proven.

``python -m tests.verify.bound.long --plans 1000`` is the long run; the suite does a few of them.
"""

from __future__ import annotations

import argparse
import time
from random import Random
from typing import NamedTuple

import numpy as np

from optimizer.domain.outcome import Options
from optimizer.engines import linear
from optimizer.engines.lagrangian.bound.certify import certificate
from optimizer.engines.lagrangian.bound.dual import Dual, Schedule
from optimizer.engines.lagrangian.bound.travel import of_tree
from optimizer.engines.lagrangian.bound.tree import Tree
from optimizer.engines.lagrangian.tables.build import tables
from optimizer.goals import score_all
from optimizer.verify.bound.judge import prove
from tests.engines.lagrangian.mixed import mixed
from tests.engines.lagrangian.rows import noisy, theta_near
from tests.verify.bound.chance import random_plan

SHORT = Schedule(first=60, each=20, again=40)


class Seen(NamedTuple):
    """``least``: how far the lowest certified bound lies above the best plan met; ``lost``: the most that is certified
    above the engine's value."""

    plans: int
    proofs: int
    least: float
    lost: float


def look(seed: int, plans: int, best: bool) -> Seen:
    """One case: plans by chance, and on request the best of all, against its dual, its tree and random multipliers."""
    case, rng, r = mixed(seed), Random(seed), np.random.default_rng(seed)
    made = [p for p in (random_plan(case, rng) for _ in range(plans)) if p is not None]
    if best and (plan := linear.solve(case, Options(time_limit=120)).plan) is not None:
        made.append(plan)
    score = max((sum(score_all(case, p).values()) for p in made), default=-np.inf)
    tree = Tree(case, tables(case), SHORT)
    tree.run(700)
    dual = Dual(case, tables(case), SHORT)
    dual.run(40)
    carried, lost = of_tree(case, tree), 0.0
    assert carried is not None
    found, values = [carried.certificate], [carried.bound]
    for much in (0.0, 0.5, 2.0):
        noisy(dual, 1, r)
        theta = theta_near(dual, r, much=much)
        values.append(dual.lagrangian.evaluate(theta)[0])
        found.append(certificate(case, dual.lagrangian, theta, dual.lagrangian.partly))
    least = np.inf
    for c, value in zip(found, values, strict=True):
        proof = prove(case, c)
        assert proof.certified is not None, proof.why
        least = min(least, proof.certified - score)
        lost = max(lost, proof.certified - value if np.isfinite(value) else 0.0)
    return Seen(len(made), len(found), float(least), float(lost))


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--plans", type=int, default=1000)
    args.add_argument("--first", type=int, default=0)
    args.add_argument("--each", type=int, default=10, help="plans tried for each case")
    args.add_argument("--best", action="store_true", help="the best plan of each case, too (slower)")
    given = args.parse_args()
    began, plans, proofs, least, lost, seed = time.monotonic(), 0, 0, np.inf, 0.0, given.first
    while plans < given.plans:
        seen = look(seed, given.each, given.best)
        plans, proofs = plans + seen.plans, proofs + seen.proofs
        if seen.plans:
            least, lost = min(least, seen.least), max(lost, seen.lost)
        if seen.least < -1e-6:
            print(f"seed {seed}: a plan above the bound by {-seen.least:.6f}", flush=True)
        seed += 1
        if seed % 10 == 0:
            print(f"{seed} cases, {plans} plans, {proofs} proofs, nearest {least:.6f}, lost {lost:.6f}, "
                  f"{time.monotonic() - began:.0f} s", flush=True)  # fmt: skip
    print(f"{plans} plans, {proofs} proofs; nearest {least:.6f}, at most {lost:.6f} lost")


if __name__ == "__main__":
    main()
