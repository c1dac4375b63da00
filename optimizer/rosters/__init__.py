"""One unit's admissible life over the horizon: windows, lead times, lengths and rest, in one place.

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

__all__ = [
    "admissible",
    "earliest_arrival",
    "first_arrival",
    "free_from",
    "in_one_window",
    "intervals",
    "is_underway",
    "lenient",
    "rest_weeks",
]
