"""Dates typed at the command line: whatever a workbook would read."""

from __future__ import annotations

from datetime import date

from optimizer.errors import UsageError


def day_of(text: str) -> date:
    """The day a text names; ``UsageError`` if it names none."""
    from optimizer.workbook.dates import text_date
    from optimizer.workbook.numbers import Unreadable

    try:
        return text_date(text.strip())
    except Unreadable as error:
        raise UsageError(f"'{text}' is not a date (write 2017-06-05)") from error
