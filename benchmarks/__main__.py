"""Run the benchmark: every solver on every case, one process at a time.

Finished runs are kept in ``outputs/bench`` and not repeated; ``python -m benchmarks.report`` writes them up.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.cases import CLASSES, REAL, RESULTS, ROOT, Problem
from benchmarks.child import OURS
from benchmarks.peers import PEERS

GRACE = 60  # seconds past the limit, and half the limit again, until a run is ended by force
COMPILING = 1800  # the same while compiling
COMPILED = {OURS, "timefold"}
FULL_SEEDS = {"S": 5, "M": 5, "L": 3, "XL": 1}
QUICK = {"classes": ["S", "M"], "seeds": 1, "limit": 60}


def wanted(argv: list[str] | None = None) -> argparse.Namespace:
    """The options."""
    p = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    p.add_argument("--classes", nargs="*", choices=CLASSES, help="synthetic classes (default S M)")
    p.add_argument("--seeds", type=int, help="seeds 1 to N of each class (default 1)")
    p.add_argument("--real", nargs="*", choices=REAL, default=[], help="real cases")
    p.add_argument("--solvers", nargs="*", choices=[OURS, *PEERS], default=[OURS, *PEERS], help="default: all")
    p.add_argument("--limit", type=float, help="seconds per run (default 60; with --full by class)")
    p.add_argument("--effort", default="thorough", help="effort of this project's engine (default thorough)")
    p.add_argument("--memory", type=float, default=12.0, metavar="GB", help="most memory of a run (default 12)")
    p.add_argument("--full", action="store_true", help="all classes and real cases, up to five seeds, full limits")
    p.add_argument("--again", action="store_true", help="repeat finished runs")
    p.add_argument("--list", action="store_true", help="only say what would be run")
    return p.parse_args(argv)


def problems(o: argparse.Namespace) -> list[Problem]:
    """The cases asked for, small ones first."""
    classes = o.classes if o.classes is not None else list(CLASSES) if o.full else [] if o.real else QUICK["classes"]
    found = [Problem(r) for r in (o.real or (list(REAL) if o.full and o.classes is None else []))]
    for name in classes:
        seeds = o.seeds or (FULL_SEEDS[name] if o.full else QUICK["seeds"])
        found += [Problem(name, n) for n in range(1, seeds + 1)]
    return found


def warm_up(solver: str, effort: str, memory: float) -> None:
    """Let a solver compile what it compiles once (this project's loops take minutes): installing, not solving."""
    print(f"warming up {solver}", end=" … ", file=sys.stderr, flush=True)
    if solver == OURS:  # in full: a short run would leave the loops of later stages to the first real one
        subprocess.run(
            [sys.executable, "-m", "optimizer.engines.lagrangian.warm"], cwd=ROOT, env=_environment(), check=True
        )
    print(run(Problem("S", 1), solver, 5, effort, memory, COMPILING)["status"], file=sys.stderr)


def _environment() -> dict[str, str]:
    """This project comes first, whatever is installed."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}


def run(
    problem: Problem, solver: str, limit: float, effort: str, memory: float, grace: float = GRACE
) -> dict[str, Any]:
    """One run in a child process; ended by force when it overruns."""
    book = problem.book
    part = RESULTS / f".{problem.id}-{solver}.part"
    part.unlink(missing_ok=True)
    command = [sys.executable, "-m", "benchmarks.child", solver, str(book), str(limit), "1", effort, str(part)]
    log = RESULTS / "logs" / f"{problem.id}-{solver}.txt"
    log.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with log.open("w", encoding="utf-8") as said:
        child = subprocess.Popen(
            command,
            cwd=ROOT,
            env=_environment(),
            stdout=said,
            stderr=said,
            start_new_session=True,
            preexec_fn=_capped(memory),
        )
        try:
            code: int | None = child.wait(timeout=1.5 * limit + grace)
        except subprocess.TimeoutExpired:
            code = None
            _end(child)
        except KeyboardInterrupt:
            _end(child)
            raise
    took = time.monotonic() - began
    if code == 0 and part.exists():
        result: dict[str, Any] = json.loads(part.read_text(encoding="utf-8"))
        part.unlink()
    else:
        text = log.read_text(encoding="utf-8", errors="replace")
        memory_out = any(w in text for w in ("MemoryError", "bad_alloc", "Cannot allocate", "OutOfMemory"))
        status = "ended by force" if code is None else "out of memory" if memory_out else f"crashed ({code})"
        result = {"status": status, "plans": [], "bounds": [], "score": None, "bound": None, "memory": None}
    return result | {
        "problem": problem.name,
        "seed": problem.seed,
        "solver": solver,
        "limit": limit,
        "effort": effort if solver == OURS else None,
        "commit": commit(),
        "wall": took,
    }


def commit() -> str | None:
    """Which state of the project runs, "+" when it was changed since; nothing outside a repository."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return said.stdout.strip()


def _capped(gigabytes: float) -> Any:
    """Limits the data a run may hold, where the system can."""
    if os.name != "posix":
        return None

    def cap() -> None:
        import resource

        most = int(gigabytes * 2**30)
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))

    return cap


def _end(child: subprocess.Popen[bytes]) -> None:
    """End a run and whatever it started."""
    if os.name == "posix":
        import signal

        os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()


def kept(problem: Problem, solver: str, limit: float) -> Path:
    """Where the result of a run is kept."""
    return RESULTS / f"{problem.id}-{solver}-{limit:g}s.json"


def main(argv: list[str] | None = None) -> int:
    o = wanted(argv)
    RESULTS.mkdir(parents=True, exist_ok=True)
    jobs = [
        (p, s, o.limit or (float(p.limit) if o.full else float(QUICK["limit"]))) for p in problems(o) for s in o.solvers
    ]
    todo = [j for j in jobs if o.again or not kept(*j).exists()]
    hours = sum(limit for _, _, limit in todo) / 3600
    print(f"{len(todo)} of {len(jobs)} runs to do, {hours:.1f} hours at most or so", file=sys.stderr)
    for solver in sorted({s for _, s, _ in todo} & COMPILED) if not o.list else []:
        warm_up(solver, o.effort, o.memory)
    for n, (problem, solver, limit) in enumerate(todo, 1):
        print(f"{n}/{len(todo)} {problem.id} {solver} {limit:g} s", end=" … ", file=sys.stderr, flush=True)
        if o.list:
            print(file=sys.stderr)
            continue
        result = run(problem, solver, limit, o.effort, o.memory)
        path = kept(problem, solver, limit)
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(result, indent=1), encoding="utf-8")
        os.replace(fresh, path)
        print(f"{result['status']}: {_short(result['score'])} of {_short(result['bound'])}", file=sys.stderr)
    return 0


def _short(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"


if __name__ == "__main__":
    sys.exit(main())
