"""One run in a process of its own: read the workbook, let one solver work, judge what it found.

``python -m benchmarks.child SOLVER BOOK LIMIT SEED EFFORT OUT``. All times count from the moment the case has been
read. The result is one JSON object: see ``measure``.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from benchmarks import peers
from optimizer.domain import Case, Plan
from optimizer.domain.canonical import content_hash
from optimizer.domain.certificate import Certificate
from optimizer.verify import verify
from optimizer.verify.bound.judge import prove
from optimizer.workbook.reader import read_for_solving

OURS = "optimizer"
LIBRARIES = ("highspy", "ortools", "pulp", "timefold", "numba", "numpy", "scipy")
VERIFIED = 200  # incumbents are all verified up to twice as many, else the last ones and some evenly between


def measure(solver: str, book: Path, limit: float, seed: int, effort: str) -> dict[str, Any]:
    """``plans``: [seconds, score, verified]; ``bounds``: [seconds, bound]; ``score``: of the best verified plan;
    ``memory``: MB, the peak of this process and the peak of its largest child added, checks included; ``proof``: what
    the certificate proves anew (``certified``), in how many ``seconds``, of how many ``numbers``; ``None`` without."""
    began = time.monotonic()
    case = read_for_solving(book)
    found: dict[str, Any] = {"read": time.monotonic() - began, "case": content_hash(case), "size": {}, "built": None}
    zero = time.monotonic()

    def clock() -> float:
        return time.monotonic() - zero

    try:
        found |= _ours(case, limit, seed, effort) if solver == OURS else _peer(solver, case, limit, clock)
    except peers.Unsupported as error:
        found |= {"status": f"refused: {error}", "plans": [], "bounds": []}
    except MemoryError:
        found |= {"status": "out of memory", "plans": [], "bounds": []}
    good = [p for p in found["plans"] if p[2]]
    return {
        **found,
        "score": max((p[1] for p in good), default=None),
        "bound": min((b[1] for b in found["bounds"]), default=None),
        "memory": _memory(),
        "machine": machine(),
        "versions": versions(),
    }


def _ours(case: Case, limit: float, seed: int, effort: str) -> dict[str, Any]:
    from optimizer.domain.outcome import Options, Progress
    from optimizer.engines.auto import engine

    told: list[Progress] = []
    options = Options(effort, limit, seed, progress=told.append)
    outcome = engine("auto")(case, options)
    seconds = options.elapsed
    plans: list[tuple[float, Plan]] = []
    for p in sorted(told, key=lambda p: p.seconds):
        if p.plan is not None and (not plans or p.plan is not plans[-1][1]):
            plans.append((p.seconds, p.plan))
    if outcome.plan is not None and (not plans or plans[-1][1] is not outcome.plan):
        plans.append((outcome.seconds, outcome.plan))
    bounds = [[p.seconds, p.bound] for p in told if p.bound is not None]
    bounds += [[outcome.seconds, outcome.bound]] if outcome.bound is not None else []
    status = f"{outcome.status} ({outcome.stop_reason})"
    proof = _proof(case, outcome.certificate)
    return {"status": status, "bounds": bounds, "seconds": seconds, "proof": proof, **_verified(case, plans)}


def _proof(case: Case, certificate: Certificate | None) -> dict[str, Any] | None:
    if certificate is None:
        return None
    found = prove(case, certificate)
    return {"certified": found.certified, "seconds": round(found.seconds, 1), "numbers": certificate.numbers}


def _peer(solver: str, case: Case, limit: float, clock: Any) -> dict[str, Any]:
    answer = peers.solve(solver, case, limit, clock)
    return {
        "status": answer.status,
        "built": answer.built,
        "size": answer.size,
        "bounds": [[t, b] for t, b in answer.bounds],
        "seconds": clock(),
        **_verified(case, answer.plans),
    }


def _verified(case: Case, found: list[tuple[float, Plan]]) -> dict[str, Any]:
    """What the check says of incumbents (seconds, plan), all of them or some."""
    step = max(1, len(found) // VERIFIED)
    plans, wrong = [], []
    for n, (t, plan) in enumerate(found):
        if n == 0 or n >= len(found) - 3 or n % step == 0:
            verdict = verify(case, plan)
            plans.append([t, verdict.score, verdict.ok])
            wrong += [b.text for b in verdict.breaches[:2]]
    last = content_hash(found[-1][1]) if found else None
    return {"plans": plans, "incumbents": len(found), "breaches": wrong[:5], "plan": last}


def _memory() -> float | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    scale = 2**20 if sys.platform == "darwin" else 2**10
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return round(sum(resource.getrusage(k).ru_maxrss for k in kinds) / scale, 1)


def machine() -> dict[str, Any]:
    """What it ran on."""
    cpu = platform.processor() or platform.machine()
    if (info := Path("/proc/cpuinfo")).exists():
        names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
        cpu = names[0] if names else cpu
    memory = None
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        memory = round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30)
    return {"cpu": cpu, "cores": os.cpu_count(), "memory GB": memory, "system": platform.system()}


def versions() -> dict[str, str]:
    """Python and the libraries that solve."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def main(solver: str, book: str, limit: str, seed: str, effort: str, out: str) -> None:
    result = measure(solver, Path(book), float(limit), int(seed), effort)
    Path(out).write_text(json.dumps(result, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
