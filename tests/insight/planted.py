"""Plant conflicts and see whether they are told: ``python -m tests.insight.planted [--runs N] [--size S] [--kind K]``.

A reason is right if it names every row that was planted, and if without any row that it names there is a plan of the
case, or at least of what else it names; a repair if there is a plan without its rows. Plans are found by search or
linear program and judged by ``verify``.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random

import numpy as np

from optimizer.conflicts.core import core
from optimizer.domain import Case
from optimizer.domain.outcome import Options, Status
from optimizer.domain.reasons import Place, Reason
from optimizer.engines import linear
from optimizer.engines.auto import SMALL, engine, linear_columns
from optimizer.engines.lagrangian.existence import Existence
from optimizer.insight import infeasible
from optimizer.insight import repairs as ways_out
from optimizer.insight.limits import Limit, ease, lifted, limits_of
from optimizer.insight.repairs import Repair, repairs
from optimizer.synthetic import CLASSES, synthetic_case
from optimizer.verify import verify
from optimizer.workflow.asking import ask
from optimizer.workflow.solving import Wishes, prepare
from tests.build import case as tiny
from tests.insight.planting import KINDS, Bed, Planted

REAL = Path(__file__).parents[2] / "inputs" / "fy2017.xlsx"
SIZES = ("tiny", "S", "FY2017")


@dataclass
class Result:
    """What came of one planted conflict: ``faults`` is empty where all is as it should be."""

    kind: str
    size: str
    seed: int
    seconds: float
    linking: bool
    reasons: int = 0
    rows: int = 0
    repairs: int = 0
    faults: list[str] = field(default_factory=list)


@cache
def ground(size: str, seed: int) -> Case:
    """The case to plant into."""
    if size == "FY2017":
        return prepare(REAL, Wishes())[0]
    if size == "S":
        return synthetic_case(CLASSES["S"], seed)
    rng = Random(seed)
    kinds = {f"U{i}": rng.choice(["TANK", "ART", "INF", "TANK INF", "TANK ART"]) for i in range(1, 5)}
    return tiny(14, units={"U0": "TANK", **kinds}, sets={"S1": {}, "S2": {"start_site": "DRA"}},
                exercises={"X1": {}, "X2": {"cost": 2_000_000}, "X3": {"weeks": 3}}, upgrades={"B1": {}})  # fmt: skip


def plant(kind: str, size: str, seed: int) -> Planted | None:
    """One conflict of a kind in a case of a size; none where chance found no place for it, or where not every row
    of it is shown to be needed."""
    rng = Random(f"{kind} {size} {seed}")
    found = KINDS[kind](Bed(ground(size, seed % 7 if size != "FY2017" else 0), rng))
    if found is None or not all(_possible(lifted(found.case, own)) for own in _of_rows(found.case, found.rows)):
        return None
    return found


def judged(kind: str, size: str, seed: int, planted: Planted) -> Result:
    """Ask for the answer as ``solve`` does, and check all that it claims."""
    infeasible.PATIENCE = ways_out.PATIENCE = 3600.0  # it is CPU time that counts here, whatever else the machine does
    case, began = planted.case, time.process_time()
    options = Options("quick", workers=1)
    outcome = ask(engine("auto"), case, options)
    ways = repairs(case, outcome.reasons, options) if outcome.reasons else ()
    out = Result(kind, size, seed, time.process_time() - began, planted.linking)
    out.faults += [] if outcome.status == Status.infeasible else [f"status {outcome.status}"]
    out.faults += [*_named(planted, outcome.reasons), *_necessary(case, outcome.reasons), *_repaired(case, ways)]
    out.faults += ["not proven that each row is needed" for r in outcome.reasons if "not proven" in r.text]
    out.reasons, out.repairs = len(outcome.reasons), len(ways)
    out.rows = sum(len(r.rows) for r in outcome.reasons)
    return out


def _key(place: Place) -> tuple[str, str]:
    return place.sheet, place.key or place.column


def _named(planted: Planted, reasons: tuple[Reason, ...]) -> list[str]:
    told = {_key(p) for r in reasons for p in r.rows}
    faults = [] if reasons else ["no reason"]
    return faults + [f"not named: {row}" for row in sorted(planted.rows - told) if reasons]


def _necessary(case: Case, reasons: tuple[Reason, ...]) -> Iterator[str]:
    """Rows that could go: neither the case without them (and without one limit of every other reason) nor what else
    the reason names, everything else taken back, is found to have a plan."""
    limits = limits_of(case)
    for r in reasons:
        others = [_limits(limits, set(o.rows)) for o in reasons if o is not r]
        rest = [min(own, key=ease) for own in others if own]
        named = _limits(limits, set(r.rows))
        for row in r.rows:
            own = _limits(limits, {row})
            loose = [x for x in limits if x not in named or x in own]
            if own and not (_possible(lifted(case, [*own, *rest])) or _possible(lifted(case, loose))):
                yield f"not needed: {_key(row)}"


def _repaired(case: Case, ways: tuple[Repair, ...]) -> Iterator[str]:
    if not ways:
        yield "no repair"
    limits = limits_of(case)
    for way in ways:
        if not way.proven:
            yield f"unproven repair: {way.text}"
        own = [x for x in limits if set(x.item.rows) <= set(way.rows)]
        if not _possible(lifted(case, own)):
            yield f"repair does not solve: {way.text}"


def _limits(limits: list[Limit], rows: set[Place]) -> list[Limit]:
    return [x for x in limits if set(x.item.rows) & rows]


def _of_rows(case: Case, rows: frozenset[tuple[str, str]]) -> Iterator[list[Limit]]:
    """The limits that each of these rows sets."""
    for row in rows:
        yield [x for x in limits_of(case) if row in {_key(p) for p in x.item.rows}]


def _possible(case: Case) -> bool:
    """Whether a plan of the case is found that the check lets pass."""
    part = core(case)
    if linear_columns(part) <= SMALL:
        found = linear.any_plan(case, part, Options(workers=1))
        plan = None if found is None else found.plan
    else:
        plan = Existence(case, 7).find(60)
    return plan is not None and verify(case, plan).ok


def table(results: list[Result]) -> str:
    """Counts and CPU seconds by kind and size."""
    groups: dict[tuple[str, str], list[Result]] = defaultdict(list)
    for r in results:
        groups[r.kind, r.size].append(r)
    lines = ["| kind | case | planted | right | rows (median) | median s | most s |", "|---|---|---|---|---|---|---|"]
    for (kind, size), own in groups.items():
        took = [r.seconds for r in own]
        right, rows = sum(not r.faults for r in own), float(np.median([r.rows for r in own]))
        lines.append(f"| {kind} | {size} | {len(own)} | {right} | {rows:g} | {np.median(took):.2f} | {max(took):.2f} |")
    return "\n".join(lines)


def main() -> None:
    """Plant, ask, check, and say what fell short."""
    options = argparse.ArgumentParser()
    options.add_argument("--runs", type=int, default=300)
    options.add_argument("--first", type=int, default=0, help="seed of the first")
    options.add_argument("--size", choices=SIZES, action="append")
    options.add_argument("--kind", choices=tuple(KINDS), action="append")
    o = options.parse_args()
    ways = [(kind, size) for size in o.size or SIZES for kind in o.kind or KINDS]
    results: list[Result] = []
    missed: dict[tuple[str, str], int] = defaultdict(int)
    for n in range(o.first, o.first + 4 * o.runs):
        kind, size = ways[n % len(ways)]
        if missed[kind, size] > 5 and not any((r.kind, r.size) == (kind, size) for r in results):
            continue
        planted = plant(kind, size, n // len(ways))
        if planted is None:
            missed[kind, size] += 1
            continue
        results.append(judged(kind, size, n // len(ways), planted))
        r = results[-1]
        print(f"{len(results)} {size} {kind} {r.seed}: {r.seconds:.2f} s, {r.rows} rows, {r.repairs} repairs"
              f" {'; '.join(r.faults) or 'right'}", flush=True)  # fmt: skip
        if len(results) == o.runs:
            break
    print(table(results))
    late = [r for r in results if r.seconds > (60 if r.linking else 10)]
    print(f"{sum(not r.faults for r in results)} of {len(results)} right, {len(late)} too late; "
          f"not planted: {dict(missed)}")  # fmt: skip


if __name__ == "__main__":
    main()
