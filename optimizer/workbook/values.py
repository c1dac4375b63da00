"""One cell to one value, by the kind of its column.

text, id, choice, ref → ``str``; ids, refs → tuple of ``str``; int → ``int``; decimal, money →
``Decimal``; price → ``float``; date → ``date``; bool → ``bool``; bands → tuple of pairs of
``Decimal``; a blank → ``None``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from openpyxl.utils.datetime import WINDOWS_EPOCH

from optimizer.quantities import MILLI, MONEY, scaled
from optimizer.workbook.dates import as_day
from optimizer.workbook.numbers import Unreadable, number
from optimizer.workbook.schema import Column
from optimizer.workbook.words import DASHES, composed, fold, tidy

LIMIT, MONEY_LIMIT = Decimal(10) ** 9, Decimal(10) ** 10
_YES = frozenset(("yes", "y", "true", "1", "x", "on", "✓"))
_NO = frozenset(("no", "n", "false", "0", "off"))


def blank(raw: object, kind: str) -> bool:
    """Whether a cell counts as empty: nothing, only blanks or, except in text, a lone dash."""
    if raw is None:
        return True
    if isinstance(raw, str):
        shown = tidy(raw)
        return not shown or (kind != "text" and shown in DASHES)
    return isinstance(raw, float) and math.isnan(raw)


def read(column: Column, raw: object, epoch: datetime = WINDOWS_EPOCH) -> Any:
    """The value of a cell, ``None`` for a blank one; Unreadable when it makes no sense."""
    return None if blank(raw, column.kind) else _READ[column.kind](column, raw, epoch)


def default(column: Column) -> Any:
    """The value a blank stands for (``None`` where there is none, or it depends on the row)."""
    return None if column.default is None else read(column, column.default)


def _plain(raw: object) -> str:
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    if isinstance(raw, datetime) and raw.time() == time():
        return raw.date().isoformat()
    return composed(str(raw))


def _text(column: Column, raw: object, epoch: datetime) -> str:
    return _plain(raw)


def _id(column: Column, raw: object, epoch: datetime) -> str:
    if isinstance(raw, date | time | timedelta):
        raise Unreadable("date-for-id")
    return _plain(raw)


def _ids(column: Column, raw: object, epoch: datetime) -> tuple[str, ...]:
    if not isinstance(raw, str):
        return (_id(column, raw, epoch),)
    parts = (composed(p) for p in re.split(r"[;\n]", raw) if tidy(p))
    return tuple(dict.fromkeys(parts))


def _number(column: Column, raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise Unreadable("not-number")
    value = number(raw) if isinstance(raw, str) else Decimal(repr(raw) if isinstance(raw, float) else raw)
    if not value.is_finite():
        raise Unreadable("not-number")
    if abs(value) > (MONEY_LIMIT if column.kind == "money" else LIMIT):
        raise Unreadable("too-large")
    if column.low is not None and value < Decimal(str(column.low)):
        raise Unreadable("too-small", low=f"{column.low:g}")
    if column.high is not None and value > Decimal(str(column.high)):
        raise Unreadable("too-big", high=f"{column.high:g}")
    return value


def _int(column: Column, raw: object, epoch: datetime) -> int:
    value = _number(column, raw)
    whole = int(value.to_integral_value())
    if abs(value - whole) > Decimal("1e-9"):
        raise Unreadable("not-whole")
    return whole


def _decimal(column: Column, raw: object, epoch: datetime) -> Decimal:
    return _number(column, raw)


def _price(column: Column, raw: object, epoch: datetime) -> float:
    return float(_number(column, raw))


def _date(column: Column, raw: object, epoch: datetime) -> date:
    found = as_day(raw, epoch)
    return found.last if column.week.startswith("last") else found.day


def _bool(column: Column, raw: object, epoch: datetime) -> bool:
    word = fold(_plain(raw))
    if word in _YES or word in _NO:
        return word in _YES
    raise Unreadable("not-yes")


def _choice(column: Column, raw: object, epoch: datetime) -> str:
    word = fold(_plain(raw))
    for choice in column.choices:
        if fold(choice) == word:
            return choice
    raise Unreadable("not-choice", choices=", ".join(column.choices))


def _bands(column: Column, raw: object, epoch: datetime) -> tuple[tuple[Decimal, Decimal], ...]:
    try:
        pairs = tuple(
            (number(days), number(credit))
            for days, credit in (part.split(":") for part in re.split(r"[;\n]", str(raw)) if part.strip())
        )
    except ValueError:
        raise Unreadable("not-bands") from None
    days = [d for d, _ in pairs]
    if not pairs or days != sorted(set(days)) or min(days) < 0 or not all(0 <= c <= 1 for _, c in pairs):
        raise Unreadable("not-bands")
    return pairs


_READ: dict[str, Callable[[Column, Any, datetime], Any]] = {
    "text": _text,
    "id": _id,
    "ref": _id,
    "ids": _ids,
    "refs": _ids,
    "int": _int,
    "decimal": _decimal,
    "money": _decimal,
    "price": _price,
    "date": _date,
    "bool": _bool,
    "choice": _choice,
    "bands": _bands,
}


def doubts(
    column: Column, raw: object, value: Any, epoch: datetime = WINDOWS_EPOCH
) -> Iterator[tuple[str, object, dict[str, Any]]]:
    """(code, what to show, words) of what should be said of a value that could be read."""
    if column.kind == "date" and value is not None:
        found = as_day(raw, epoch)
        if found.remark:
            yield found.remark, raw, dict(found.words)
    unit = {"decimal": MILLI, "money": MONEY}.get(column.kind)  # a figure that becomes 0 in the integers counted in
    if unit is not None and value is not None and value != 0 and scaled(value, unit) == 0:
        yield "rounds-to-zero", value, {}
