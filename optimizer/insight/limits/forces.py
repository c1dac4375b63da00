"""Limits of units and of the exercises they are wanted for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from optimizer.conflicts.items import day
from optimizer.domain import Case, Host, Mode
from optimizer.domain.reasons import Place
from optimizer.insight.limits.base import AGES, Lift, Limit, change, limit, setting
from optimizer.quantities import MILLI
from optimizer.rules.audit import weeks


def forces(case: Case) -> Iterator[Limit]:
    for u in case.units:
        rows = [Place("Availability", u.id, "From")]
        text = f"{u.id} is available in its windows only"
        lift = change("windows", u.id, key="unit", start=-AGES, end=AGES)
        yield limit("window", u.id, "availability", rows, text, lift)
        if u.last_return is not None:
            text = f"{u.id} rests after its return of {day(case, u.last_return)}"
            lift = change("units", u.id, last_return=None)
            yield limit("rest", u.id, "dwell", [Place("Units", u.id, "Last return")], text, lift)
    for t in case.unit_types:
        rows = [Place("Unit types", t.id, "Shortest rotation"), Place("Unit types", t.id, "Longest rotation")]
        text = f"rotations of {t.id} last {t.rotation_min} to {t.rotation_max} weeks"
        lift = change("unit_types", t.id, rotation_min=1, rotation_max=max(t.rotation_max, case.weeks + t.stagger + 1))
        yield limit("length", t.id, "rotation-length", rows, text, lift)
        text = f"units of {t.id} rest {weeks(t.dwell_ratio / MILLI)} for each week away"
        rows = [Place("Unit types", t.id, "Dwell ratio")]
        yield limit("dwell", t.id, "dwell", rows, text, change("unit_types", t.id, dwell_ratio=0))
        modes = {name: Mode(-AGES, m.rsoi_weeks, m.cost) for name, m in t.modes.items()}
        text = f"{t.id} comes no sooner than release and its lead times"
        yield limit(
            "lead",
            t.id,
            "availability",
            [Place("Unit types", t.id, f"{m.title()} lead") for m in t.modes],
            text,
            change("unit_types", t.id, modes=modes),
        )
    if case.settings.turnaround:
        rows = [Place("Settings", "", "turnaround")]
        text = "who left the theatre is brought in again only after the lead weeks of its mode"
        yield limit("turnaround", "", "turnaround", rows, text, setting(turnaround=False))
    if case.settings.founding_act:
        rows = [Place("Settings", "", "founding_act"), Place("Settings", "", "founding_act_weeks")]
        yield limit("act", "", "host-cap", rows, "the founding act holds", setting(founding_act=False))


def exercises(case: Case) -> Iterator[Limit]:
    for x in case.exercises:
        rows = [Place("Exercises", x.id, "Earliest start")]
        text = f"{x.id} starts in its window"
        yield limit(
            "event window",
            x.id,
            "exercise-window",
            rows,
            text,
            change("exercises", x.id, earliest=min(x.earliest, 0), latest=AGES),
        )
        rows, text = [Place("Exercise hosts", x.id, "Site")], f"{x.id} is held at its hosts only"
        lift = change("exercises", x.id, hosts=tuple(Host(s.id) for s in case.sites))
        yield limit("host", x.id, "exercise-window", rows, text, lift)
        if x.group:
            rows = [Place("Exercises", x.id, "Spacing")]
            text = f"exercises of {x.group} keep {x.spacing} weeks between them"
            yield limit("spacing", x.id, "exercise-window", rows, text, change("exercises", x.id, group=None))
        for n in x.needs:
            rows = [Place("Exercise needs", f"{x.id} {n.id}", "Count")]
            text = f"{x.id} needs {n.count} {n.what}" + ("" if n.origin == "either" else f" from {n.origin}")
            yield limit("need", f"{x.id} {n.id}", "exercise-needs", rows, text, _needs(x.id, n.id))


def _needs(exercise: str, need: str) -> Lift:
    def lift(case: Case) -> Case:
        x = case.exercise[exercise]
        less = replace(x, needs=tuple(n for n in x.needs if n.id != need))
        runs = (
            replace(r, participants=tuple(p for p in r.participants if r.exercise != exercise or p.need != need))
            for r in case.last.runs
        )
        joins = (k for k in case.locks if not (k.kind == "participant" and k.rule == "must" and k.exercise == exercise))
        others = tuple(less if other is x else other for other in case.exercises)
        return replace(case, exercises=others, locks=tuple(joins), last=replace(case.last, runs=tuple(runs)))

    return lift
