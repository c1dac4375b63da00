"""The long run: ``python -m tests.agreement.long --cases 2000 --seed 1``. Ends with 1 where anything cannot be true."""

from __future__ import annotations

import argparse
import time
from collections import Counter

from optimizer.domain.outcome import Options
from tests.agreement.generator import generated
from tests.agreement.jury import judge
from tests.agreement.switches import SWITCHES, switches_of


def main() -> int:
    """Judges the cases and prints what cannot be true, case by case, and the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1, help="of the first case")
    parser.add_argument("--effort", default="quick", help="of the lagrangian engine; none leaves it out")
    args = parser.parse_args()
    began, on, kinds, shortfalls = time.monotonic(), Counter[str](), Counter[str](), []
    feasible = missing = 0
    for seed in range(args.seed, args.seed + args.cases):
        case = generated(seed)
        on.update(switches_of(case))
        search = None if args.effort == "none" else Options(args.effort, workers=1)
        verdict = judge(case, search)
        feasible += verdict.best is not None
        kinds.update({fault.split(":")[0] for fault in verdict.faults})
        for fault in verdict.faults:
            print(f"seed {seed}: {fault}", flush=True)
        if verdict.missed is not None and verdict.missed > 1e-5 * (1 + abs(verdict.best or 0.0)):
            missing += verdict.missed == float("inf")
            shortfalls.append(verdict.missed / (1 + abs(verdict.best or 0.0)))
            print(f"seed {seed}: missed {verdict.missed:.5g} of {verdict.best:.6g}", flush=True)
    print(f"{args.cases} cases from seed {args.seed}, {feasible} with a plan, {time.monotonic() - began:.0f} s")
    for name in SWITCHES:
        print(f"  {on[name]:5} {name}")
    for kind in ("false optimal", "false infeasible", "bound below", "plan refused", "score", "exact engines differ"):
        print(f"{kinds.pop(kind, 0)} {kind}")
    print(*(f"{n} {kind}" for kind, n in kinds.items()), sep="\n")
    finite = sorted(x for x in shortfalls if x != float("inf"))
    print(f"the search missed the optimum {len(shortfalls)} times, {missing} of them without any plan")
    if finite:
        print(f"shortfall of (score + 1): median {finite[len(finite) // 2]:.3%}, worst {finite[-1]:.3%}")
    return int(any(kinds.values()))


if __name__ == "__main__":
    raise SystemExit(main())
