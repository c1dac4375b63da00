"""Templates: empty, or filled with the data of another workbook and moved to another fiscal year."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from optimizer.cycle.recurrence import first_monday
from optimizer.errors import UsageError, WorkbookError
from optimizer.quantities import Calendar
from optimizer.workbook import values
from optimizer.workbook.dates import EARLIEST, LATEST
from optimizer.workbook.faults import did_you_mean
from optimizer.workbook.forms.folder import tables_of_book
from optimizer.workbook.forms.template import Rows, write_input
from optimizer.workbook.numbers import Unreadable
from optimizer.workbook.reader import read_case
from optimizer.workbook.reading.container import SUFFIXES, workbooks_in
from optimizer.workbook.reading.fields import calendar_of
from optimizer.workbook.schema import BY_NAME, LAST_SHEETS, PLAN_SHEETS, SETTING, SETTINGS, Column
from optimizer.workbook.words import fold, nearest

LIBRARY = Path("inputs")  # where books are looked up by name, besides the examples
_HOME = Path(__file__).parents[2]
EXAMPLES = (_HOME.parent / "inputs", _HOME / "examples")  # of a checkout; as installed
YEARS = range(EARLIEST.year + 1, LATEST.year - 5)
WEEKS = 52
HISTORY = (
    "warning: this workbook holds a plan. Moved to another year, everything in it is said to have happened that much "
    "later: what was under way, last returns and maintenance, arrivals of sets and closures for good. To open the year "
    "after that plan, use optimizer cycle; otherwise empty the Plan sheets and check Units, Sets and Closures."
)


def template(
    out: Path,
    source: str | None = None,
    year: int | None = None,
    library: Path = LIBRARY,
    warn: Callable[[str], None] = lambda _: None,
) -> Path:
    """Write an input workbook to fill in; returns where it landed.

    ``source`` (a path, or the name of an example or of a workbook in ``library``) fills it with that workbook's input
    and Plan sheets; ``year`` moves it to that fiscal year, and ``warn`` is told where that moves history too. Raises
    UsageError for a target that is there already or no .xlsx, an unknown source, a year out of range; FaultsFound when
    the source has faults.
    """
    if out.suffix.lower() != ".xlsx":
        raise UsageError(f"{out.name}: a template is a workbook, its name ends in .xlsx")
    if out.exists():
        raise UsageError(f"{out} is there already and may hold somebody's work; choose another name")
    if year is not None and year not in YEARS:
        raise UsageError(f"there is no fiscal year {year} to plan for ({YEARS[0]} to {YEARS[-1]} can be)")
    if source is None:
        return write_input({"Settings": _defaults(year)}, out)
    book = find(source, library)
    calendar = calendar_of(read_case(book).tables)
    assert calendar is not None  # a workbook without faults has one
    gone = {s.name for s in LAST_SHEETS}
    tables: dict[str, Rows] = {name: rows for name, rows in tables_of_book(book).items() if name not in gone}
    if year is not None and any(tables.get(s.name) for s in PLAN_SHEETS):
        warn(HISTORY)
    return write_input(tables if year is None else moved(tables, calendar, year), out)


def find(source: str, library: Path = LIBRARY) -> Path:
    """The workbook meant by a path, or by its name, with or without suffix, in ``library`` or among the examples."""
    if Path(source).is_file():
        return Path(source)
    folders = [f for f in (*EXAMPLES, library) if f.is_dir()]
    known = {p.stem: p for f in folders for p in workbooks_in(f)}
    found = {p.name: p for p in known.values()} | known
    if source in found:
        return found[source]
    if Path(source).suffix.lower() in SUFFIXES or len(Path(source).parts) > 1:
        raise UsageError(f"there is no workbook {source}")
    have = f"there are {', '.join(sorted(known))}" if known else "give a path"
    guess = did_you_mean(nearest(source, known))
    raise UsageError(
        f"there is no workbook {source}, nor an example of that name, nor one in {library}/ ({guess or have})"
    )


def moved(tables: dict[str, Rows], calendar: Calendar, year: int) -> dict[str, Rows]:
    """The tables with everything dated moved to another fiscal year.

    Every date moves by the same whole number of weeks, the one that brings the plan's first Monday nearest to its
    anniversary inside the new fiscal year: weekdays, the weeks of the plan and all that follows from them stay, and
    each exercise, closure and demand keeps its season to within days. Budget rows and the plan's name move by
    the same number of years.
    """
    years = year - calendar.fiscal(0)[0]
    days = first_monday(year, calendar) - calendar.start
    shifted = {name: [_row(name, dict(r), days, years) for r in rows] for name, rows in tables.items()}
    for row in shifted.get("Settings", ()):
        if fold(str(row.get("Name", ""))) == fold("Plan name") and row.get("Value"):
            row["Value"] = re.sub(r"(?<!\d)(?:19|20|21)\d\d(?!\d)", lambda m: str(int(m[0]) + years), str(row["Value"]))
    return dict(shifted)


def _row(sheet: str, row: dict[str, Any], days: timedelta, years: int) -> dict[str, Any]:
    columns: Iterable[tuple[str, Column]]
    if sheet == "Settings":
        setting = SETTING.get(fold(str(row.get("Name", ""))))
        columns = [("Value", setting)] if setting else []
    else:
        by_header = {fold(c.header): c for c in BY_NAME[sheet].columns}
        columns = [(h, by_header[fold(h)]) for h in row if fold(h) in by_header]
    for header, column in columns:
        with suppress(Unreadable):
            value = values.read(column, row.get(header))
            if column.kind == "date" and value is not None:
                row[header] = _later(value, days)
            elif sheet == "Budget" and column.attribute == "year" and value is not None:
                row[header] = value + years
    return row


def _later(day: date, days: timedelta) -> date:
    try:
        found = day + days
    except OverflowError:
        found = LATEST + timedelta(days=1)
    if not EARLIEST <= found <= LATEST:
        raise WorkbookError(f"{day} cannot be moved so far: {EARLIEST} to {LATEST} can be planned with")
    return found


STRICT = {
    "Turnaround": "yes",
    "Look past the end": "yes",
}  # blank is off: older workbooks keep their meaning


def _defaults(year: int | None) -> list[dict[str, Any]]:
    """Settings that show their defaults, and the rules that every new plan holds on; with ``year`` a plan of that
    fiscal year."""
    shown: dict[str, Any] = {s.header: s.default for s in SETTINGS if s.default is not None} | STRICT
    if year is not None:
        first = date(year - 1, 10, 1)
        shown |= {"Plan name": f"FY{year}", "Start": first + timedelta(days=-first.weekday() % 7), "Weeks": WEEKS}
    return [{"Name": name, "Value": value} for name, value in shown.items()]
