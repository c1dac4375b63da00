"""The part of a case that decides whether it has a plan at all."""

from __future__ import annotations

from dataclasses import replace

from optimizer.domain import Case, Exercise
from optimizer.rosters import must_be_held


def core(case: Case) -> Case:
    """A smaller case that has a plan exactly if ``case`` has one: without demand, exercises that may be left out,
    and units that may stay at home and that no exercise left may need.

    From a plan of the whole case one of the core comes by leaving those out: less is spent and fewer are
    anywhere, and nothing that is left rests on them. A plan of the core is one of the whole case. Hard
    presence floors rest on everybody, those flown in for an exercise too: with them all stay.
    """
    n = case.settings.frozen_weeks if case.settings.replan else 0
    named = {k.subject for k in case.locks if k.kind == "exercise" and k.rule == "must"}
    named |= {k.exercise for k in case.locks if k.kind == "participant" and k.rule == "must" and k.exercise}
    named |= {r.exercise for r in case.last.runs if r.start < n}
    hard = case.settings.floor_hard
    exercises = tuple(x for x in case.exercises if hard or must_be_held(case, x) or x.id in named)
    units = tuple(u for u in case.units if hard or _bound(case, u.id, exercises))
    kept, held = {u.id for u in units}, {x.id for x in exercises}
    elements = tuple(e for e in case.elements if e.unit in kept)
    who = {e.id for e in elements}
    gone = {u.id for u in case.units} - kept
    last = replace(
        case.last,
        rotations=tuple(r for r in case.last.rotations if r.unit not in gone),
        runs=tuple(r for r in case.last.runs if r.exercise in held and all(p.element in who for p in r.participants)),
    )
    locks = tuple(
        k
        for k in case.locks
        if k.rule != "prefer"
        and not (k.kind == "unit" and k.subject in gone)
        and not (k.kind in ("element", "participant") and k.subject not in who)
        and not (k.kind == "exercise" and k.subject not in held)
        and not (k.kind == "participant" and k.exercise not in held)
    )
    return replace(
        case,
        demands=(),
        exercises=exercises,
        units=units,
        elements=elements,
        windows=tuple(w for w in case.windows if w.unit in kept),
        last=last,
        locks=locks,
    )


def _bound(case: Case, unit: str, exercises: tuple[Exercise, ...]) -> bool:
    """Whether a line, history under way, frozen weeks or an exercise may need the unit."""
    elements = case.elements_of[unit]
    ids = {e.id for e in elements}
    n = case.settings.frozen_weeks if case.settings.replan else 0
    if any(r.unit == unit and r.arrive < max(n, 0) and r.depart > 0 for r in case.last.rotations):
        return True
    if any(k.rule == "must" and (k.subject == unit or k.subject in ids) for k in case.locks):
        return True
    wanted = {need.what for x in exercises for need in x.needs}
    return any({e.type, case.types[e.type].main_capability} & wanted for e in elements)
