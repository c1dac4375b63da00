"""Read → vary → solve every variation, by many processes → table, heat map, workbook."""

from __future__ import annotations

import os
import pickle
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from optimizer import __version__
from optimizer.domain import Case
from optimizer.domain.canonical import content_hash
from optimizer.domain.outcome import Options, Progress
from optimizer.engines.auto import engine
from optimizer.errors import OptimizerError, UsageError
from optimizer.insight.sweep.axes import SCENARIO, Axis, at, axis_of, combinations
from optimizer.insight.sweep.run import Task, Workers, run
from optimizer.insight.sweep.store import Store, key_of
from optimizer.report import figures
from optimizer.report.sweeps import FAILED, LOST, Result, Sweep, result_of
from optimizer.verify import verify
from optimizer.versions import versions
from optimizer.workflow.asking import ask
from optimizer.workflow.proving import agreed
from optimizer.workflow.solving import effort_of

MOST = 100_000  # solves of one sweep


@dataclass(frozen=True)
class Sweeping:
    """What is asked. ``over``: axes as typed (see ``axis_of``); ``seeds`` solves of each combination, from the
    workbook's seed on; ``jobs`` processes here (default: one for two cores, for a solve uses two), or those of the
    ``cluster`` whose scheduler has that address."""

    over: tuple[str, ...] = ()
    seeds: int = 1
    engine: str = "auto"
    effort: str | None = None
    time_limit: float | None = None
    jobs: int | None = None
    cluster: str | None = None


@dataclass(frozen=True)
class _Point:
    """One solve of the sweep: ``case`` is ``None`` where the values contradict each other, as ``error`` says."""

    values: dict[str, str]
    seed: int
    key: str
    case: Case | None
    error: str | None = None


def default_store(book: Path) -> Path:
    """Where results are kept unless said otherwise."""
    return Path("outputs") / f"{book.stem}_sweep"


def sweep(
    book: Path,
    asked: Sweeping,
    folder: Path | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Sweep, Case]:
    """Solve ``book`` once for every combination of values and seed, except where ``folder`` holds the result already.

    A result is kept the moment it is there; ended early by ``stopped`` or killed, the same call goes on with the rest.
    Raises ``UsageError`` for what cannot be varied, ``FaultsFound`` for a workbook with faults.
    """
    from optimizer.workbook.reader import read_case

    case = read_case(book).case
    effort = effort_of(asked.effort, case)
    engine(asked.engine)
    axes = _axes(asked, case)
    points = list(_points(case, axes, replace(asked, effort=effort)))
    store = Store(folder or default_store(book))
    told = {p.key: found for p in points if (found := store.get(p.key)) is not None}
    kept = sum(p.key in told for p in points)
    todo = {p.key: p for p in points if p.case is not None and p.key not in told}
    work = partial(_payload, engine_name=asked.engine, effort=effort, limit=asked.time_limit)
    tasks = [Task(key, partial(work, p.case, p.seed)) for key, p in todo.items()]
    repeated = 0
    if tasks:
        clock = Options(progress=progress, stopped=stopped)
        with _workers(asked, len(tasks)) as workers:
            for n, done in enumerate(run(workers, answer, tasks, stopped), 1):
                found = done.result or {"status": LOST, "error": "every process that worked on it died"}
                if "error" not in found:
                    store.put(done.key, {"values": todo[done.key].values, "seed": todo[done.key].seed} | found)
                told[done.key] = found
                repeated = workers.repeated()
                again = f", {repeated} repeated" if repeated else ""
                progress(Progress(clock.elapsed, f"{n:,} of {len(tasks):,} done{again}", None, None))
    results = tuple(_result(p, told) for p in points if p.case is None or p.key in told)
    made = {a.name: a.values for a in axes}
    seeds = tuple(dict.fromkeys(p.seed for p in points))
    return Sweep(made, seeds, results, kept, repeated, len(results) == len(points)), case


def _axes(asked: Sweeping, case: Case) -> list[Axis]:
    axes = [axis_of(text, case) for text in asked.over]
    if len({a.name for a in axes}) < len(axes):
        raise UsageError("each thing is varied once: put all its values into one --over")
    count = asked.seeds
    for a in axes:
        count *= len(a.values)
    if count > MOST:
        raise UsageError(f"that would be {count:,} solves; at most {MOST:,}")
    return axes


def _points(case: Case, axes: list[Axis], asked: Sweeping) -> Iterator[_Point]:
    made_with = sorted(versions().items())
    for values in combinations(axes):
        error, found, content = None, None, ""
        try:
            found = at(case, values)
            content = content_hash(found)
        except UsageError as contradiction:
            error = str(contradiction)
        for seed in range(case.settings.seed, case.settings.seed + asked.seeds):
            how = (asked.engine, asked.effort, asked.time_limit, seed, __version__, made_with)
            key = key_of(content or error, values.get(SCENARIO), *how)
            yield _Point(values, seed, key, found, error)


def _payload(case: Case, seed: int, *, engine_name: str, effort: str, limit: float | None) -> bytes:
    """What a worker is sent; without what was worked out of the case so far."""
    return zlib.compress(pickle.dumps((replace(case), seed, engine_name, effort, limit)))


def _workers(asked: Sweeping, tasks: int) -> AbstractContextManager[Workers]:
    if asked.cluster is not None:
        from optimizer.insight.sweep.cluster import Cluster

        return Cluster(asked.cluster)
    from optimizer.insight.sweep.local import Processes

    jobs = asked.jobs or max(1, (os.cpu_count() or 1) // 2)
    return Processes(min(jobs, tasks))


def answer(payload: bytes) -> dict[str, Any]:
    """One solve, as a plain record; done by a worker."""
    case, seed, name, effort, limit = pickle.loads(zlib.decompress(payload))
    options = Options(effort, limit, seed)
    try:
        outcome = ask(engine(name), case, options)
        verdict = None if outcome.plan is None else verify(case, outcome.plan)
        outcome = outcome if verdict is None else agreed(outcome, verdict)
    except OptimizerError as error:
        return {"status": FAILED, "error": str(error)}
    told: dict[str, Any] = {
        "status": str(outcome.status),
        "stop_reason": str(outcome.stop_reason),
        "score": outcome.score,
        "bound": outcome.bound,
        "gap": outcome.gap,
        "engine": outcome.engine,
        "repeatable": outcome.repeatable,
        "wall_seconds": round(outcome.seconds, 3),
        "reasons": [r.text for r in outcome.reasons],
    }
    if outcome.plan is not None:
        f = figures(case, outcome.plan, verdict)
        told |= {
            "coverage": dict(f.coverage),
            "worst_country": f.worst_country,
            "worst_covered": f.worst_covered,
            "spent": f.spent,
            "exercises_held": f.exercises_held,
        }
    return told


def _result(point: _Point, told: dict[str, dict[str, Any]]) -> Result:
    found = {"status": FAILED, "error": point.error} if point.case is None else told[point.key]
    return result_of(point.key, point.values, point.seed, found)


def write(found: Sweep, case: Case, out: Path) -> Path:
    """The sweep as a workbook; returns where it landed."""
    from optimizer.workbook.output.sweep import write_sweep

    return write_sweep(out, case.settings.name, case.settings.money_unit, found)
