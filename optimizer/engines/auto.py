"""Chooses the engine that suits a case, falls back where one has no answer, and doubts claims that can be checked."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial

from optimizer.conflicts.core import core
from optimizer.domain import Case, Exercise
from optimizer.domain.outcome import Options, Outcome, Progress, Status, StopReason
from optimizer.engines.attest import branched
from optimizer.engines.referee import CHECKED, checked
from optimizer.errors import UsageError

ENGINES = {
    "linear": "optimizer.engines.linear",
    "cpsat": "optimizer.engines.cpsat",
    "lagrangian": "optimizer.engines.lagrangian",
    "auto": "optimizer.engines.auto",
}
SMALL = 4_000  # columns of the linear model up to which it is mostly proven within seconds
MEDIUM = 10_000  # columns up to which its root, a minute or so, finds plans that the search does not
LARGEST = 200_000  # columns up to which it is built at all: 10 to 20 s and, at 3.3 kB a column, 0.7 GB
CLOSING = 120.0  # seconds that a time limit must leave for a case to be parted and closed
SEARCH = 0.3  # share of it for what comes before
COLUMN = 3.3e-6  # gigabytes that a column takes, model and solver together (measured on FY2017: 2.3 GB)


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
    of the time and, if small, little effort; what it leaves open, and all larger cases, go to the lagrangian engine,
    those not much larger with the root of the linear model beside it. If that finds no plan and there is none to begin
    from, a plan or a proof is looked for in a linear program, of the whole case or of its core, unless both are too
    large to be built; such a plan is begun from. A thorough run of a case that is not large then closes what is left
    (``closing``), unless a time limit is too short for it.

    What is claimed of a case small enough is checked by another engine; raises ``Disagreement`` if it is refuted.
    """
    size = linear_columns(case)
    alone = not case.units and not case.exercises
    small = size <= SMALL or (alone and size <= LARGEST)
    medium = SMALL < size <= MEDIUM and not alone and options.effort != "quick"
    close = not alone and (small or medium) and _time_to_close(options)
    first = replace(options, time_limit=_share(options, SEARCH)) if close else options
    found = _small(case, first, size, alone) if small else (_medium if medium else _large)(case, first, size)
    if close and not _settled(found) and found.plan is not None and not options.must_stop:
        from optimizer.engines.closing import closed

        found = closed(case, found, options)
    if size <= CHECKED and _settled(found) and not options.must_stop:
        _tell(options, "the claim is checked by another engine")
        return checked(case, options, found)
    return found


def _small(case: Case, options: Options, size: int, alone: bool) -> Outcome:
    why = "sets alone" if alone else f"about {size:,} columns as one linear model"
    _tell(options, f"{why}: linear engine")
    first = engine("linear")(case, _first(options, alone))
    if _settled(first) or options.must_stop:
        return first
    _tell(options, "not proven: lagrangian engine")
    return _both(first, engine("lagrangian")(case, replace(options, start=first.plan or options.start)), options)


def _medium(case: Case, options: Options, size: int) -> Outcome:
    """A quick search, and from its plan side by side the root of the linear model, for another plan, and the
    lagrangian engine, for the bound. Each ends by its own count of work, so that the answer is always the same."""
    first = _large(case, replace(options, effort="quick"), size)
    if _settled(first) or first.plan is None or options.must_stop:
        return first
    from optimizer.engines import linear

    _tell(options, "the root of the linear model beside a longer search")
    begun = replace(options, start=first.plan)
    with ThreadPoolExecutor(1) as beside:
        root = beside.submit(partial(linear.solve, nodes=1), case, replace(begun, workers=1))
        root.add_done_callback(partial(_hand_out, options))
        last = engine("lagrangian")(case, begun)
        return replace(_both(root.result(), last, options), effort=options.effort)


def _hand_out(options: Options, done: Future[Outcome]) -> None:
    """Tell of the plan of a run that has ended, in case the one beside it does not end in time."""
    if not done.exception() and (found := done.result()).plan is not None:
        stage = "the root of the linear model is done"
        options.progress(Progress(options.elapsed, stage, found.score, found.bound, found.plan))


def _large(case: Case, options: Options, size: int) -> Outcome:
    _tell(options, f"about {size:,} columns as one linear model: lagrangian engine")
    first = engine("lagrangian")(case, options)
    if _settled(first) or options.must_stop or first.plan is not None or options.start is not None:
        return first
    if size <= LARGEST:
        _tell(options, "no plan found: linear engine, for one or for a proof")
        return _bettered(case, _both(first, engine("linear")(case, options), options), options)
    part = core(case)
    if (least := linear_columns(part)) > LARGEST:
        _tell(options, f"no plan found; as a linear program at least {least * COLUMN:.1f} GB: not built")
        return first
    _tell(options, f"no plan found: its core of about {least:,} columns as a linear program, for one or for a proof")
    from optimizer.engines.linear import any_plan

    second = any_plan(case, part, options)
    return first if second is None else _bettered(case, _both(first, second, options), options)


def _bettered(case: Case, found: Outcome, options: Options) -> Outcome:
    """What the search makes of a plan that a linear program found where it had none of its own: such a plan holds the
    rules and not much more."""
    if _settled(found) or found.plan is None or options.must_stop:
        return found
    _tell(options, "a plan to begin from: lagrangian engine")
    return _both(found, engine("lagrangian")(case, replace(options, start=found.plan)), options)


def _time_to_close(options: Options) -> bool:
    return options.effort == "thorough" and options.time_left >= CLOSING


def _share(options: Options, share: float) -> float | None:
    """A time limit that leaves the rest of the time to others."""
    return None if options.time_limit is None else options.elapsed + options.time_left * share


def _first(options: Options, alone: bool) -> Options:
    limit = _share(options, 0.5)
    return replace(options, time_limit=limit, effort=options.effort if alone else "quick")


def _settled(outcome: Outcome) -> bool:
    return outcome.status in (Status.optimal, Status.infeasible)


def _both(first: Outcome, second: Outcome, options: Options) -> Outcome:
    """The better plan of two runs with the smaller bound."""
    if first.plan is None and second.plan is None:
        return next((o for o in (second, first) if _settled(o)), second)
    best = max((o for o in (second, first) if o.score is not None), key=lambda o: o.score or 0.0)
    bound, proving = min(((o.bound, o.engine) for o in (first, second) if o.bound is not None), default=(None, ""))
    whole = replace(
        best,
        bound=bound,
        stop_reason=second.stop_reason,
        seconds=options.elapsed,
        effort=second.effort,
        repeatable=first.repeatable and second.repeatable,
        trail=first.trail + second.trail,
        certificate=second.certificate or first.certificate,
        unproven=branched(proving) if proving else "",
    )
    if whole.gap == 0.0:
        return replace(whole, status=Status.optimal, stop_reason=StopReason.proven)
    reason = StopReason.effort if whole.stop_reason == StopReason.proven else whole.stop_reason
    return replace(whole, status=Status.feasible, stop_reason=reason)


def _tell(options: Options, stage: str) -> None:
    options.progress(Progress(options.elapsed, stage, None, None))
