"""What runs came to: score, bound, gap, times, over seeds and over time."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.cases import CLASSES, RESULTS, ROOT
from benchmarks.child import OURS
from benchmarks.peers import PEERS
from optimizer.quantities import gap

Run = dict[str, Any]
PICTURES = ROOT / "docs" / "benchmarks"
RECORD = PICTURES / "runs.json"  # everything the page shows
SOLVERS = (OURS, *PEERS)
NEAR = 0.01  # within 1 % of the best plan anyone found
TRUE = 1e-6  # relative: a bound below a verified plan by more than this is false


def results(folder: Path = RESULTS, record: Path = RECORD) -> list[Run]:
    """Every kept run, and the recorded runs of solvers that were not run again; the page names the machine and the
    state of each."""
    runs = [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]
    again = {_row(r) for r in runs}
    before = json.loads(record.read_text(encoding="utf-8")) if record.exists() else []
    return runs + [r for r in before if _row(r) not in again]


def _row(run: Run) -> tuple[str, float, str]:
    """The row of the page that it is part of."""
    return run["problem"], run["limit"], run["solver"]


def recorded(run: Run) -> Run:
    """The run as it goes on record: of the bounds, those that were the best so far."""
    bounds = [[round(t, 2), b] for t, b in step(((b[0], b[1]) for b in run["bounds"]), min)]
    return {**run, "bounds": bounds, "plans": [[round(p[0], 2), *p[1:]] for p in run["plans"]]}


def groups(runs: Iterable[Run]) -> dict[tuple[str, float], list[Run]]:
    """Runs by (class or real case, limit), in the order of the page."""
    found: defaultdict[tuple[str, float], list[Run]] = defaultdict(list)
    for r in runs:
        found[r["problem"], r["limit"]].append(r)
    order = {name: n for n, name in enumerate(CLASSES, 1)}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0][0], 0), item[0])))


def best_scores(runs: Iterable[Run]) -> dict[tuple[str, int], float]:
    """The best verified score of each case, over all solvers and limits."""
    found: dict[tuple[str, int], float] = {}
    for r in runs:
        if r["score"] is not None:
            key = r["problem"], r["seed"]
            found[key] = max(r["score"], found.get(key, -math.inf))
    return found


def true_bounds(run: Run, best: dict[tuple[str, int], float]) -> list[list[float]]:
    """The bounds of a run that no verified plan contradicts."""
    least = best.get((run["problem"], run["seed"]), -math.inf)
    return [b for b in run["bounds"] if b[1] >= least - TRUE * max(1.0, abs(least))]


def figures(run: Run, best: dict[tuple[str, int], float]) -> dict[str, float | None]:
    """Score, bound, gap, first plan, near (seconds until within 1 % of the best), memory."""
    bound = min((b[1] for b in true_bounds(run, best)), default=None)
    score = run["score"]
    top = best.get((run["problem"], run["seed"]))
    good = [p for p in run["plans"] if p[2]]
    near = None
    if top is not None:
        near = min((p[0] for p in good if p[1] >= top - NEAR * abs(top)), default=None)
    return {
        "score": score,
        "to best": None if score is None or not top else score / top,
        "bound": bound,
        "gap": gap(score, bound),
        "first": min((p[0] for p in good), default=None),
        "near": near,
        "memory": run["memory"],
    }


def middle(values: Sequence[float | None]) -> float | None:
    """The median, runs without a value counting as infinitely bad; ``None`` if that is what it is."""
    found = median(math.inf if v is None else v for v in values)
    return None if math.isinf(found) else found


def key(run: Run) -> tuple[str, int]:
    return run["problem"], run["seed"]


def worst(values: Iterable[float | None]) -> float | None:
    """The median where higher is better."""
    found = median(-math.inf if v is None else v for v in values)
    return None if math.isinf(found) else found


def step(points: Iterable[tuple[float, float]], better: Any) -> list[tuple[float, float]]:
    """The best so far over time."""
    out: list[tuple[float, float]] = []
    for t, v in sorted(points):
        if not out or better(v, out[-1][1]) != out[-1][1]:
            out.append((t, v))
    return out


def gap_over_time(run: Run, best: dict[tuple[str, int], float]) -> list[tuple[float, float]]:
    """(seconds, gap) whenever plan or bound improved, from the moment there are both."""
    scores = step(((p[0], p[1]) for p in run["plans"] if p[2]), max)
    bounds = step(((b[0], b[1]) for b in true_bounds(run, best)), min)
    out = []
    for t in sorted({t for t, _ in scores + bounds}):
        score = max((v for s, v in scores if s <= t), default=None)
        bound = min((v for s, v in bounds if s <= t), default=None)
        now = gap(score, bound)
        if now is not None:
            out.append((t, now))
    return out
