"""Which weeks an exercise may start in, looking at the exercise and what was held before the plan."""

from __future__ import annotations

from optimizer.domain import Case, Exercise


def start_weeks(case: Case, exercise: Exercise) -> range:
    """The weeks of the plan the exercise may start in: inside its window, over by the plan's end, and
    spaced from those of its group held before the plan. None at all if it was held itself."""
    if exercise.id in case.held_before:
        return range(0)
    first = max(exercise.earliest, 0, spaced_from(case, exercise))
    return range(first, min(exercise.latest, case.weeks - exercise.weeks) + 1)


def must_be_held(case: Case, exercise: Exercise) -> bool:
    """Whether it is mandatory, was not held before the plan, and has to be held in it: what comes every few years is
    offered again in the plan of the next year, so it need not if its window reaches beyond this one."""
    later = exercise.every is not None and exercise.latest + exercise.weeks > case.weeks
    return exercise.mandatory and exercise.id not in case.held_before and not later


def spaced_from(case: Case, exercise: Exercise) -> int:
    """The first week, from 0 on, in which the exercise keeps the spacing of its group to those held
    before the plan (an earlier occurrence of its own too)."""
    weeks = [0]
    for run in case.past_runs if exercise.group else ():
        other = case.exercise[run.exercise]
        if other.group == exercise.group:
            weeks.append(run.start + other.weeks + max(other.spacing, exercise.spacing))
    return max(weeks)
