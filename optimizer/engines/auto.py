"""Chooses the engine that suits a case, and falls back where one has no answer."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import replace

from optimizer.domain import Case
from optimizer.engines.outcome import Options, Outcome, Progress
from optimizer.errors import UsageError

ENGINES = {
    "linear": "optimizer.engines.linear",
    "cp": "optimizer.engines.cpsat",
    "columns": "optimizer.engines.columns",
    "auto": "optimizer.engines.auto",
}
SMALL = 20_000  # columns of the linear model up to which it is usually solved to proven optimality
PROVEN = 1e-6  # relative gap at which score and bound are one


def engine(name: str) -> Callable[[Case, Options], Outcome]:
    """The ``solve`` of an engine by its short name; ``UsageError`` if there is none."""
    if name not in ENGINES:
        raise UsageError(f"there is no engine '{name}' (known: {', '.join(sorted(ENGINES))})")
    solver: Callable[[Case, Options], Outcome] = importlib.import_module(ENGINES[name]).solve
    return solver


def columns_needed(case: Case) -> int:
    """A rough count of the linear model's columns: who can be where, how, in which week.

    Each element has a column per week, base and way of coming; each set one per week and
    holding; each exercise one per start and host, and one per start and possible participant.
    """
    bases = sum(1 for s in case.sites if s.country is not None and s.handover_places > 0)
    of_type: dict[str, int] = {}
    for q in case.sets:
        of_type[q.set_type] = of_type.get(q.set_type, 0) + 1
    ways = {t.id: sum(of_type.get(t.set_type or "", 0) if m == "set" else 1 for m in t.modes) for t in case.unit_types}
    postings = sum(ways[e.type] for e in case.elements) * bases * case.weeks
    stays = len(case.holdings) * case.weeks
    events = 0
    for x in case.exercises:
        starts = max(0, min(x.latest, case.weeks - x.weeks) - max(x.earliest, 0) + 1)
        able = sum(
            ways[e.type] + 1
            for e in case.elements
            if any(n.what in (e.type, case.types[e.type].main_capability) for n in x.needs)
        )
        events += starts * (len(x.hosts) + able)
    covered = len({(d.country, d.capability, d.level) for d in case.demands}) * case.weeks
    return postings + stays + events + covered


def solve(case: Case, options: Options) -> Outcome:
    """Small cases and cases of sets alone go to the linear engine, which usually proves them,
    with half of the time; what it leaves open, and all larger cases, go to the columns engine.
    If that finds no plan either, the linear engine is asked for a proof in the time left."""
    size = columns_needed(case)
    alone = not case.units and not case.exercises
    small = alone or size <= SMALL
    why = "sets alone" if alone else f"about {size:,} columns as one linear model"
    _tell(options, f"{why}: {'linear' if small else 'columns'} engine")
    first = engine("linear")(case, _half(options)) if small else engine("columns")(case, options)
    if _settled(first) or options.must_stop or (first.plan is not None and not small):
        return first
    _tell(options, "not proven: columns engine" if small else "no plan found: linear engine, for one or for a proof")
    second = engine("columns" if small else "linear")(case, options)
    return _both(first, second, options.elapsed)


def _half(options: Options) -> Options:
    if options.time_limit is None:
        return options
    return replace(options, time_limit=options.elapsed + options.time_left / 2)


def _settled(outcome: Outcome) -> bool:
    return outcome.status in ("optimal", "infeasible")


def _both(first: Outcome, second: Outcome, seconds: float) -> Outcome:
    """The better plan of two runs with the smaller bound."""
    if first.plan is None and second.plan is None:
        return next((o for o in (second, first) if _settled(o)), second)
    best = max((o for o in (second, first) if o.score is not None), key=lambda o: o.score or 0.0)
    bounds = [o.bound for o in (first, second) if o.bound is not None]
    whole = replace(
        best,
        bound=min(bounds) if bounds else None,
        stop_reason=second.stop_reason,
        seconds=seconds,
        repeatable=first.repeatable and second.repeatable,
        trail=first.trail + second.trail,
    )
    proven = whole.gap is not None and whole.gap <= PROVEN
    return replace(
        whole, status="optimal" if proven else "feasible", stop_reason="proven" if proven else whole.stop_reason
    )


def _tell(options: Options, stage: str) -> None:
    options.progress(Progress(options.elapsed, stage, None, None))
