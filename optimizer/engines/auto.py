"""Chooses the engine that suits a case, and falls back where one has no answer."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import replace

from optimizer.domain import Case, Exercise
from optimizer.domain.outcome import Options, Outcome, Progress, Status, StopReason
from optimizer.errors import UsageError

ENGINES = {
    "linear": "optimizer.engines.linear",
    "cpsat": "optimizer.engines.cpsat",
    "lagrangian": "optimizer.engines.lagrangian",
    "auto": "optimizer.engines.auto",
}
SMALL = 4_000  # columns of the linear model up to which it is mostly proven within seconds


def engine(name: str) -> Callable[[Case, Options], Outcome]:
    """The ``solve`` of an engine by its short name; ``UsageError`` if there is none."""
    if name not in ENGINES:
        raise UsageError(f"there is no engine '{name}' (known: {', '.join(sorted(ENGINES))})")
    solver: Callable[[Case, Options], Outcome] = importlib.import_module(ENGINES[name]).solve
    return solver


def linear_columns(case: Case) -> int:
    """About how many columns the linear model has: who can be where, how, in which week.

    Each unit has a column per arrival and length; each element two per week, base and way of coming;
    each set three per week and holding; each exercise one per start and host or possible participant;
    coverage one per demand and week.
    """
    bases = sum(1 for s in case.sites if s.country is not None and s.handover_places > 0)
    of_type: dict[str, int] = {}
    for q in case.sets:
        of_type[q.set_type] = of_type.get(q.set_type, 0) + 1
    ways = {t.id: sum(of_type.get(t.set_type or "", 0) if m == "set" else 1 for m in t.modes) for t in case.unit_types}
    lengths = sum(case.types[u.type].rotation_max - case.types[u.type].rotation_min + 1 for u in case.units)
    postings = 2 * bases * sum(ways[e.type] for e in case.elements)
    demands = len({(d.country, d.capability, d.level) for d in case.demands})
    weekly = lengths + postings + 3 * len(case.holdings) + demands
    return case.weeks * weekly + sum(_events(case, x, ways) for x in case.exercises)


def _events(case: Case, x: Exercise, ways: Mapping[str, int]) -> int:
    starts = max(0, min(x.latest, case.weeks - x.weeks) - max(x.earliest, 0) + 1)
    wanted = {n.what for n in x.needs}
    able = sum(ways[e.type] + 1 for e in case.elements if {e.type, case.element_type(e.id).main_capability} & wanted)
    return starts * len(x.hosts) * (1 + able)


def solve(case: Case, options: Options) -> Outcome:
    """Cases of sets alone and small cases go to the linear engine, which usually proves them, with half
    of the time and, if small, little effort; what it leaves open, and all larger cases, go to the
    lagrangian engine. If that finds no plan either, the linear engine is asked for a proof in the time left."""
    size = linear_columns(case)
    alone = not case.units and not case.exercises
    small = alone or size <= SMALL
    why = "sets alone" if alone else f"about {size:,} columns as one linear model"
    _tell(options, f"{why}: {'linear' if small else 'lagrangian'} engine")
    first = engine("linear")(case, _first(options, alone)) if small else engine("lagrangian")(case, options)
    if _settled(first) or options.must_stop or (first.plan is not None and not small):
        return first
    _tell(options, "not proven: lagrangian engine" if small else "no plan found: linear engine, for one or for a proof")
    second = engine("lagrangian" if small else "linear")(case, options)
    return _both(first, second, options.elapsed)


def _first(options: Options, alone: bool) -> Options:
    limit = None if options.time_limit is None else options.elapsed + options.time_left / 2
    return replace(options, time_limit=limit, effort=options.effort if alone else "quick")


def _settled(outcome: Outcome) -> bool:
    return outcome.status in (Status.optimal, Status.infeasible)


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
        effort=second.effort,
        repeatable=first.repeatable and second.repeatable,
        trail=first.trail + second.trail,
    )
    if whole.gap == 0.0:
        return replace(whole, status=Status.optimal, stop_reason=StopReason.proven)
    return replace(whole, status=Status.feasible)


def _tell(options: Options, stage: str) -> None:
    options.progress(Progress(options.elapsed, stage, None, None))
