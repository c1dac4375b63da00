"""Read a plan → hand on what it decides to other programs."""

from __future__ import annotations

from pathlib import Path


def export(book: Path, table: Path | None, calendar: Path | None) -> list[tuple[Path, int]]:
    """Write movements as CSV and dates as a calendar where asked; (where it landed, rows or events) of each."""
    from optimizer.errors import UsageError, WorkbookError
    from optimizer.rosters import lenient
    from optimizer.workbook.output import exports
    from optimizer.workbook.reader import read_for_verifying
    from optimizer.workbook.sheets.files import land

    case, plan = read_for_verifying(book)
    case, done = lenient(case, plan), []
    for path, made, sign in ((table, exports.movements_csv, "\ufeff"), (calendar, exports.calendar, "")):
        if path is not None:
            text, count = made(case, plan)
            data = (sign + text).encode()  # the sign tells spreadsheet programs the encoding
            try:
                done.append((land(path, lambda p, data=data: _write(p, data)), count))  # type: ignore[misc]
            except WorkbookError as error:
                raise UsageError(str(error)) from error
    return done


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
