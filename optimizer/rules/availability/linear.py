"""Availability as filters: which rotations, arrivals and deployments exist at all."""

from __future__ import annotations

from optimizer.domain import Case, Participant
from optimizer.domain.presence import rsoi_weeks
from optimizer.rosters import first_arrival, in_one_window


def rotate(case: Case, unit: str, arrive: int, depart: int) -> bool:
    if (unit, arrive, depart) in {(r.unit, r.arrive, r.depart) for r in case.underway}:
        return True
    return 0 <= arrive < case.weeks and in_one_window(case, unit, arrive, depart)


def start(case: Case, element: str, site: str, mode: str, set_id: str | None, week: int) -> bool:
    unit = case.element[element].unit
    if any(r.unit == unit and r.arrive <= week < r.depart for r in case.underway):
        return True
    first = first_arrival(case, case.element_type(element), mode)
    return first is not None and first <= week < case.weeks


def fly(
    case: Case, element: str, exercise: str, need: str, site: str, week: int, mode: str, set_id: str | None
) -> bool:
    kind = case.element_type(element)
    first = first_arrival(case, kind, mode)
    if first is None:
        # that the type does not offer the mode is for exercise-needs to say
        return in_one_window(case, case.element[element].unit, week, week + case.exercise[exercise].weeks)
    arrive, end = week - rsoi_weeks(case, kind, mode, set_id), week + case.exercise[exercise].weeks
    if arrive < 0 and (exercise, site, week, Participant(need, element, mode, set_id)) not in case.flown_in:
        return False
    return first <= arrive and in_one_window(case, case.element[element].unit, arrive, end)


ADMITS = {"rotate": rotate, "start": start, "fly": fly}
