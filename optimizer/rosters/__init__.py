"""One unit's admissible life over the horizon, in one place: windows, lead times, lengths, rest and history.

Pure functions of the case, used by the rules that judge a plan and by the engines that make one.
"""

from optimizer.rosters.intervals import (
    admissible,
    earliest_arrival,
    first_arrival,
    free_from,
    in_one_window,
    intervals,
    is_underway,
    rest_weeks,
)
from optimizer.rosters.lenient import lenient
from optimizer.rosters.occasions import must_be_held, start_weeks

__all__ = [
    "admissible",
    "earliest_arrival",
    "first_arrival",
    "free_from",
    "in_one_window",
    "intervals",
    "is_underway",
    "lenient",
    "must_be_held",
    "rest_weeks",
    "start_weeks",
]
