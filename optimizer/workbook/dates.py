"""Dates as planners type them and as programs export them, read without guessing.

A planning day has no time of day. A cell that holds one is read with a remark where the day is plain, rounded within a
minute of midnight, and refused where the time may be midnight of another day in another time zone.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils.datetime import from_excel

from optimizer.workbook.months import month
from optimizer.workbook.numbers import Unreadable
from optimizer.workbook.words import composed

EARLIEST, LATEST = date(1950, 1, 1), date(2150, 12, 31)
MINUTE, NOON, FULL_DAY = 60, 12 * 3600, 24 * 3600  # seconds
_SERIALS = range(15_000, 100_000)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? (?=\S)", re.I)
_CLOCK = re.compile(
    r"(.+?)(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?: ?([ap])\.?m\.?)?)?"
    r"( ?(?:Z|UTC|GMT)?(?: ?[+-]\d{1,2}(?::?\d{2})?)?(?: \(.*\))?)",
    re.I,
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})(?:-?([1-7]))?", re.I)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2,4})")
_WORD = r"[^\W\d_]+"
_NAMED = re.compile(
    rf"(?:(\d{{1,2}})[-. ]*({_WORD})\.?[-, ]*|({_WORD})\.? (\d{{1,2}})[-, ]+)(\d{{2,4}})(?: ?[rгg]\.?)?"
)
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})[-. ]+(?:m\. |gada )?(?:(\d{{1,2}})[-. ]+({_WORD})|({_WORD})\.?[-. ](\d{{1,2}}))(?: ?d)?\.?"
)
_GROUP = re.compile(r"(\d{2})([0-2]\d)([0-5]\d) ?[A-Z] ?([A-Z]{3}) ?(\d{2}|\d{4})", re.I)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


@dataclass(frozen=True)
class Day:
    """A day read from a cell. ``last`` is the last day of what was typed (of a week: its Sunday); ``remark`` the code
    of what should be said about it, filled with ``words``."""

    day: date
    last: date
    remark: str = ""
    words: Mapping[str, object] = field(default_factory=dict)


def as_day(raw: object, epoch: datetime) -> Day:
    """The day in a cell: a date, a bare serial number counted from ``epoch``, or a text.

    Raises Unreadable when it shows none, could be two (``01/02/2017``, late in the evening), or names a time zone.
    """
    if isinstance(raw, datetime):
        return _at(raw.date(), raw.time())
    if isinstance(raw, date):
        return _whole(_checked(raw.year, raw.month, raw.day))
    if isinstance(raw, str):
        return _text(composed(raw))
    if isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw):
        if int(raw) in _SERIALS:
            found = from_excel(raw, epoch)
            return _at(found.date(), found.time())
        _eight(str(int(raw)) if raw == int(raw) else "")
    raise Unreadable("not-date")


def as_date(raw: object, epoch: datetime) -> date:
    """The day in a cell alone; see ``as_day``."""
    return as_day(raw, epoch).day


def text_date(text: str) -> date:
    """The day a text shows: ``2017-10-02``, ``2 Oct 2017``, ``02OCT2017``, ``13/10/2017``, ``2.10.2017``, ``2017-W40``.

    Raises Unreadable when it shows none or (``01/02/2017``) could be two.
    """
    return _text(composed(text)).day


def _checked(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable("not-date") from None
    if not EARLIEST <= found <= LATEST:
        raise Unreadable("date-far")
    return found


def _whole(day: date) -> Day:
    return Day(day, day)


def _eight(digits: str) -> None:
    """A day written in eight digits is no date to a spreadsheet; say how to type it."""
    if found := _DIGITS.fullmatch(digits):
        day = _checked(*(int(g) for g in found.groups()))
        raise Unreadable("not-date", hint=f"type {day}")


def _at(day: date, clock: time) -> Day:
    """A day with a time of day: see the top of the file."""
    day = _checked(day.year, day.month, day.day)
    seconds = clock.hour * 3600 + clock.minute * 60 + clock.second
    after = day + timedelta(days=1)
    words: dict[str, Any] = {
        "clock": f"{clock:%H:%M}" if clock.second == 0 else f"{clock:%H:%M:%S}",
        "day": day,
        "after": after,
    }
    if seconds < MINUTE:
        return _whole(day)
    if clock.replace(microsecond=0) in (time(23, 59), time(23, 59, 59)):  # as people write the end of a day
        raise Unreadable("date-late", **words)
    if seconds > FULL_DAY - MINUTE:
        return Day(after, after, "date-rounded", words)
    if seconds > NOON:
        raise Unreadable("date-late", **words)
    return Day(day, day, "date-clock", words)


def _text(shown: str) -> Day:
    shown = _WEEKDAY.sub("", shown, count=1) if _WEEKDAY.match(shown) else shown
    if found := _GROUP.fullmatch(shown):  # a date-time group such as 010600ZJUN18
        day, hour, minute, name, year = found.groups()
        clock = _clock(hour, minute, "0", "")
        return _at(_named(day, name, year if len(year) == 4 else f"20{year}"), clock)
    if found := _WEEK.fullmatch(shown):
        return _week(*found.groups())
    _eight(shown)
    for read in (_iso, _words, _numeric):
        if (whole := read(shown)) is not None:
            return _whole(whole)
    parts = _CLOCK.fullmatch(shown)
    if parts is None or (parts[2] is None and not parts[6].strip()):
        raise Unreadable("not-date")
    day = next((d for read in (_iso, _words, _numeric) if (d := read(parts[1])) is not None), None)
    if day is None:
        raise Unreadable("not-date")
    if parts[6].strip():
        raise Unreadable("date-zone", hint=f"type the day alone, such as {day}")
    return _at(day, _clock(parts[2], parts[3], parts[4] or "0", parts[5] or ""))


def _clock(hour: str, minute: str, second: str, half: str) -> time:
    try:
        return time(int(hour) % 12 + 12 * (half.casefold() == "p") if half else int(hour), int(minute), int(second))
    except ValueError:
        raise Unreadable("not-date") from None


def _iso(shown: str) -> date | None:
    found = _ISO.fullmatch(shown)
    return _checked(*(int(g) for g in found.groups())) if found else None


def _week(year: str, week: str, weekday: str | None) -> Day:
    try:
        monday = date.fromisocalendar(int(year), int(week), int(weekday or 1))
    except ValueError:
        raise Unreadable("not-date") from None
    day = _checked(monday.year, monday.month, monday.day)
    return Day(day, day if weekday else day + timedelta(days=6))


def _named(day: str, name: str, year: str) -> date:
    number = month(name)
    if number is None:
        raise Unreadable("not-date")
    if len(year) != 4:
        raise Unreadable("year-short")
    return _checked(int(year), number, int(day))


def _words(shown: str) -> date | None:
    if found := _NAMED.fullmatch(shown):
        day, name, name_first, day_second, year = found.groups()
        return _named(day or day_second, name or name_first, year)
    if found := _YEAR_FIRST.fullmatch(shown):
        year, day, name, name_first, day_second = found.groups()
        return _named(day or day_second, name or name_first, year)
    return None


def _numeric(shown: str) -> date | None:
    found = _NUMERIC.fullmatch(shown)
    if found is None:
        return None
    first, separator, second, year = found.groups()
    if len(year) != 4:
        raise Unreadable("year-short")
    a, b, y = int(first), int(second), int(year)
    if separator == "." or a > 12 or a == b:
        return _checked(y, b, a)
    if b > 12:
        return _checked(y, a, b)
    raise Unreadable("ambiguous-date", one=date(y, b, a), two=date(y, a, b))
