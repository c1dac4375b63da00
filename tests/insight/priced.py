"""Prices against the truth: ``python -m tests.insight.priced [--runs 50] [--first 0]``.

Tiny cases are solved to optimality by constraint programming, as they are and after every edit that has a price. The
sign has to be right (what is worth something is found to be, what is worth nothing is not) and the truth inside every
band. With ``--searched`` prices are found and bounded as those of large cases are, and a sign may be missed.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from optimizer.domain import Case
from optimizer.domain.outcome import Options, Status
from optimizer.engines.cpsat import solve
from optimizer.engines.referee import CHECKED
from optimizer.insight.prices import MOVES, edits, prices
from optimizer.insight.proving import Prover
from optimizer.quantities import MONEY
from optimizer.report.prices import Price
from tests.engines.lagrangian.mixed import mixed

NEAR = 1e-6
LOOKS = 90
ASKED = Options(workers=1)


@dataclass
class Result:
    """Of one price: what it truly is (``None``: no plan after the edit), and what is wrong with what was said."""

    price: Price
    true: float | None
    faults: list[str] = field(default_factory=list)


def priced(made: Case, moves: int = MOVES, solved: int = CHECKED) -> Iterator[Result]:
    """Every price of a case, judged; nothing where the case has no plan. ``solved``: see ``prices``."""
    best = solve(made, ASKED)
    if best.plan is None or best.score is None:
        return
    assert best.status == Status.optimal
    wanted = list(edits(made, amount=MONEY, places=100))
    prover = Prover(made, Options(), looks=LOOKS)
    told = prices(made, best.plan, Options(), wanted, prover, moves, solved)
    for edit, price in zip(wanted, told, strict=True):
        after = solve(edit.case, ASKED)
        assert after.status in (Status.optimal, Status.infeasible)
        true = None if after.score is None else (after.score - best.score) * (1 if edit.more else -1)
        yield Result(price, true, list(faults(price, true)))


def faults(price: Price, true: float | None) -> Iterator[str]:
    """What is wrong with a price that is truly ``true``, a gain of what allows more, else a cost."""
    if true is None:
        if price.found is not None:
            yield "a plan found where there is none"
        return
    low, high = (price.found, price.proven) if price.more else (price.proven, price.found)
    if price.impossible:
        yield "called impossible"
    if low is not None and low > true + NEAR:
        yield f"at least {low:.6f}"
    if high is not None and high < true - NEAR:
        yield f"at most {high:.6f}"
    if price.found is None:
        yield "no plan found"
    elif (price.found > NEAR) != (true > NEAR):
        yield f"sign of {price.found:.6f}"


def main() -> None:
    """Price, solve, compare; says what fell short."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=50)
    options.add_argument("--first", type=int, default=0, help="seed of the first")
    options.add_argument("--searched", action="store_true", help="none is solved")
    o = options.parse_args()
    results: dict[str, list[Result]] = defaultdict(list)
    cases, seed = 0, o.first
    while cases < o.runs:
        own = list(priced(mixed(seed), solved=0 if o.searched else CHECKED))
        cases, seed = cases + bool(own), seed + 1
        for r in own:
            results[f"{r.price.kind}, {'more' if r.price.more else 'less'}"].append(r)
            if r.faults:
                print(f"seed {seed - 1}: {r.price.change}: truly {r.true}: {'; '.join(r.faults)}", flush=True)
        print(f"{cases} of {o.runs} cases, seed {seed - 1}: {len(own)} prices, {time.process_time():.0f} s", flush=True)
    print("| kind | prices | right | truly not nothing |\n|---|---:|---:|---:|")
    for kind, told in sorted(results.items()):
        right, worth = sum(not r.faults for r in told), sum(r.true is not None and r.true > NEAR for r in told)
        print(f"| {kind} | {len(told)} | {right} | {worth} |")
    wrong = sum(bool(r.faults) for told in results.values() for r in told)
    print(f"{sum(map(len, results.values()))} prices of {cases} cases, {wrong} wrong")
    signs = sum(r.faults[0].startswith("sign") for told in results.values() for r in told if r.faults)
    assert wrong <= (signs if o.searched else 0)


if __name__ == "__main__":
    main()
