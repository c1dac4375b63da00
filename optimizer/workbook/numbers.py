"""Numbers and dates as planners type them, read without guessing."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

from openpyxl.utils.datetime import from_excel

from optimizer.workbook.words import tidy

_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {word: i for i, name in enumerate(_NAMES, 1) for word in (name, name[:3])} | {"sept": 9}
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*(?:([.,])\d+)?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ][\d:.]+Z?)?")
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{2,4})")
_NAMED = re.compile(r"(?:(\d{1,2})[-. ]+([A-Za-z]+)\.?|([A-Za-z]+)\.? (\d{1,2}),?)[-, ]+(\d{2,4})")
EARLIEST, LATEST = date(1950, 1, 1), date(2150, 12, 31)


class Unreadable(ValueError):
    """The text cannot be read; ``code`` and ``words`` name the message of the catalogue."""

    def __init__(self, code: str, **words: object):
        self.code, self.words = code, words
        super().__init__(code)


def number(text: str) -> Decimal:
    """The number a text shows: ``1 000,50``, ``1.000,50``, ``12 %`` and the like.

    Raises Unreadable when it shows none, or (``1,000``) could be two.
    """
    shown = tidy(text).replace("−", "-").replace("–", "-")
    percent = shown.endswith("%")
    shown = shown.removesuffix("%").strip()
    if _GROUPED.fullmatch(shown):
        value = Decimal(shown.replace(" ", "").replace(",", "."))
    elif (found := _THOUSANDS.fullmatch(shown)) and found.group(1) != found.group(2):
        separators = [c for c in shown if c in ".,'’"]
        whole = Decimal(re.sub(r"[.,'’]", "", shown[: shown.rfind(found.group(2))] if found.group(2) else shown))
        if len(separators) == 1 and separators[0] in ".," and not shown.lstrip("+-").startswith("0"):
            raise Unreadable("ambiguous-number", one=whole, two=shown.replace(",", "."))
        if len(separators) == 1 and separators[0] in ".,":
            value = Decimal(shown.replace(",", "."))
        else:
            fraction = shown[shown.rfind(found.group(2)) + 1 :] if found.group(2) else "0"
            value = Decimal(f"{whole}.{fraction}")
    elif _PLAIN.fullmatch(shown):
        value = Decimal(shown.replace(",", "."))
    else:
        raise Unreadable("not-number")
    return value / 100 if percent else value


def _checked(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Unreadable("not-date") from None
    if not EARLIEST <= found <= LATEST:
        raise Unreadable("date-far")
    return found


def text_date(text: str) -> date:
    """The day a text shows: ``2017-10-02``, ``2 Oct 2017``, ``13/10/2017``, ``2.10.2017``.

    Raises Unreadable when it shows none or (``01/02/2017``) could be two.
    """
    shown = tidy(text)
    if found := _ISO.fullmatch(shown):
        return _checked(*(int(g) for g in found.groups()))
    if found := _NAMED.fullmatch(shown):
        day, month, month_first, day_second, year = found.groups()
        number_of = _MONTHS.get((month or month_first).casefold())
        if number_of is None:
            raise Unreadable("not-date")
        if len(year) != 4:
            raise Unreadable("year-short")
        return _checked(int(year), number_of, int(day or day_second))
    if found := _NUMERIC.fullmatch(shown):
        first, separator, second, year = found.groups()
        if len(year) != 4:
            raise Unreadable("year-short")
        a, b, y = int(first), int(second), int(year)
        if separator == "." or a > 12 or a == b:
            return _checked(y, b, a)
        if b > 12:
            return _checked(y, a, b)
        raise Unreadable("ambiguous-date", one=date(y, b, a), two=date(y, a, b))
    raise Unreadable("not-date")


def as_date(raw: object, epoch: datetime) -> date:
    """The day in a cell: a date, a bare serial number counted from ``epoch``, or a text."""
    if isinstance(raw, datetime):
        raw = raw.date()
    if isinstance(raw, date):
        return _checked(raw.year, raw.month, raw.day)
    if isinstance(raw, str):
        return text_date(raw)
    if isinstance(raw, int | float) and not isinstance(raw, bool) and 15_000 <= raw < 100_000:
        found = from_excel(raw, epoch)
        return _checked(found.year, found.month, found.day)
    raise Unreadable("not-date")
