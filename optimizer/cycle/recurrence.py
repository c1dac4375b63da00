"""What comes again: editions of an exercise by year, named after the exercise they are editions of."""

from __future__ import annotations

import re
from datetime import date, timedelta

from optimizer.quantities import Calendar

_EDITION = re.compile(r"(?P<base>.+)@(?P<year>\d{4})")


def base_id(name: str) -> str:
    """The id without the year of its edition: ``SABER_STRIKE@2019`` is ``SABER_STRIKE``."""
    found = _EDITION.fullmatch(name)
    return found["base"] if found else name


def edition_id(name: str, year: int) -> str:
    """The id of the edition of a fiscal year."""
    return f"{base_id(name)}@{year}"


def first_monday(year: int, like: Calendar) -> date:
    """The first Monday of the plan of a fiscal year: the one nearest to the anniversary of ``like``'s start that lies
    in that fiscal year. So years have 52 weeks, and every fifth or sixth 53."""
    years = year - like.fiscal(0)[0]
    start = like.start
    try:
        day = start.replace(year=start.year + years)
    except ValueError:  # 29 February
        day = start.replace(year=start.year + years, day=28)
    near = [day + timedelta(days=n) for n in sorted(range(-7, 8), key=abs)]
    return next(d for d in near if d.weekday() == 0 and Calendar(d, 1, like.fiscal_month).fiscal(0)[0] == year)


def years_on(day: date, years: int) -> date:
    """The same weekday so many years on, nearest to the anniversary."""
    try:
        on = day.replace(year=day.year + years)
    except ValueError:
        on = day.replace(year=day.year + years, day=28)
    off = (day.weekday() - on.weekday()) % 7
    return on + timedelta(days=off if off <= 3 else off - 7)


def next_edition(
    earliest: date, latest: date, every: int, last: date | None, held: bool, start: date
) -> tuple[date, date]:
    """The window of the next edition that can begin on ``start`` or later.

    ``earliest`` and ``latest`` are the window last offered. It is ``held`` if it took place then, so that the next one
    is due ``every`` years later; one that was left out is offered again each year, since it is overdue. ``last``: when
    it was last held, which may put the next one off further.
    """
    step = every if held else 1
    while True:
        window = years_on(earliest, step), years_on(latest, step)
        due = last is None or years_on(last, every) <= window[1] + timedelta(weeks=26)
        if window[1] >= start and due:
            return max(window[0], start), window[1]
        step += 1
