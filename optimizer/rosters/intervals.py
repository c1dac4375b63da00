"""Which intervals ``[arrive, depart)`` a unit's rotation may take, looking at that unit alone."""

from __future__ import annotations

from optimizer.domain import Case, Rotation, UnitType
from optimizer.domain.beyond import may_run_on
from optimizer.quantities import MILLI


def is_underway(case: Case, rotation: Rotation) -> bool:
    """Whether it is (the interval of) a rotation that is out when the plan begins."""
    span = (rotation.unit, rotation.arrive, rotation.depart)
    return any(span == (r.unit, r.arrive, r.depart) for r in case.underway)


def rest_weeks(case: Case, unit: str, length: int) -> int:
    """Weeks at home that a rotation of ``length`` weeks earns: ``ceil(ratio × length)``."""
    return -(-case.unit_type(unit).dwell_ratio * max(length, 0) // MILLI)


def in_one_window(case: Case, unit: str, start: int, end: int) -> bool:
    """Whether ``[start, end)`` lies inside a single availability window of the unit."""
    return any(w.start <= start and end <= w.end for w in case.windows_of[unit])


def first_arrival(case: Case, kind: UnitType, mode: str) -> int | None:
    """The first week in which an element of this type can arrive by ``mode`` after the plan's
    release; ``None`` if the type does not offer the mode."""
    terms = kind.modes.get(mode)
    return None if terms is None else case.settings.release + terms.lead_weeks


def earliest_arrival(case: Case, unit: str) -> int:
    """The first week of the plan in which lead times let a rotation of the unit begin.

    Someone must be able to arrive in that week and every element that has to go within the
    stagger after it. ``case.weeks`` if that is never so.
    """
    soonest: list[int] = []
    latest = 0
    stagger = case.unit_type(unit).stagger
    for e in case.elements_of[unit]:
        kind = case.types[e.type]
        if kind.modes:
            week = case.settings.release + min(m.lead_weeks for m in kind.modes.values())
            soonest.append(week)
            latest = latest if e.optional else max(latest, week - stagger)
        elif not e.optional:
            return case.weeks
    return min(max(latest, min(soonest)), case.weeks) if soonest else case.weeks


def free_from(case: Case, unit: str) -> int | None:
    """The first week in which rest from earlier rotations lets the unit arrive: after its last
    return before the plan and after a rotation under way. ``None`` if it has nothing to rest from."""
    weeks = [r.depart + rest_weeks(case, unit, r.depart - r.arrive) for r in case.underway if r.unit == unit]
    if unit in case.returned:
        home, length = case.returned[unit]
        weeks.append(home + rest_weeks(case, unit, length))
    return max(weeks, default=None)


def admissible(case: Case, unit: str, arrive: int, depart: int) -> bool:
    """Whether a new rotation ``[arrive, depart)`` is allowed as far as the unit alone can tell:
    in the plan, in a window, after lead times and rest, of an allowed length."""
    kind, rested = case.unit_type(unit), free_from(case, unit)
    return (
        earliest_arrival(case, unit) <= arrive < case.weeks
        and (rested is None or rested <= arrive)
        and kind.rotation_min <= depart - arrive <= kind.rotation_max
        and depart > arrive
        and in_one_window(case, unit, arrive, depart)
    )


def intervals(case: Case, unit: str) -> tuple[tuple[int, int], ...]:
    """Every admissible new rotation ``(arrive, depart)`` of the unit, sorted; those under way not.

    Rotations whose elements all leave after the plan (``depart − stagger ≥ weeks``) differ in
    nothing that is counted, so one depart stands for them per arrival: the one closest to the
    standard length (or, with the founding-act switch on, to the longest it lets pass if that
    is shorter), which also costs the least over-length. Where sets of the unit may be wanted
    again soon after the plan, the earliest depart is there too.
    """
    kind, s = case.unit_type(unit), case.settings
    wanted = min(kind.rotation_std, s.founding_act_weeks) if s.founding_act else kind.rotation_std
    beyond, soon = case.weeks + kind.stagger, may_run_on(case, unit)
    first, rested = earliest_arrival(case, unit), free_from(case, unit)
    found: list[tuple[int, int]] = []
    for arrive in range(first if rested is None else max(first, rested), case.weeks):
        lengths = range(max(kind.rotation_min, 1), kind.rotation_max + 1)
        departs = [arrive + n for n in lengths if in_one_window(case, unit, arrive, arrive + n)]
        found.extend((arrive, d) for d in departs if d < beyond)
        late = [d for d in departs if d >= beyond]
        if late:
            usual = min((abs(d - arrive - wanted), d) for d in late)[1]
            found.extend((arrive, d) for d in dict.fromkeys((late[0] if soon else usual, usual)))
    return tuple(found)
