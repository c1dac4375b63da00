"""A plan for other programs: movements as CSV, movements and exercises as a calendar (iCalendar, RFC 5545)."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from datetime import date, timedelta

from optimizer.domain import Case, Plan
from optimizer.report.movements import Movement, movements
from optimizer.workbook.output.movements import TITLES, rows_of

FOLD = 75  # octets of a line of a calendar
STAMP = "20000101T000000Z"  # the same plan gives the same bytes


def movements_csv(case: Case, plan: Plan) -> tuple[str, int]:
    """The Movements sheet as CSV, all rows, and how many they are. What a spreadsheet would take for a formula
    begins with an apostrophe."""
    out, found = io.StringIO(), movements(case, plan)
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(TITLES)
    for row in rows_of(case, found):
        sheet.writerow([_plain(x) for x in row])
    return out.getvalue(), len(found)


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t"):
        return f"'{value}"
    return value


def calendar(case: Case, plan: Plan) -> tuple[str, int]:
    """Every week in which somebody moves, and every exercise for as long as it lasts, as whole-day events."""
    events = [*_moves(case, plan), *_exercises(case, plan)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//optimizer//plan//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(case.settings.name)}")
    for uid, start, end, summary, place, about in events:
        lines += ["BEGIN:VEVENT", f"UID:{uid}@optimizer", f"DTSTAMP:{STAMP}"]
        lines += [f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{end:%Y%m%d}"]
        lines += [f"SUMMARY:{_text(summary)}", f"LOCATION:{_text(place)}", f"DESCRIPTION:{_text(about)}"]
        lines += ["TRANSP:TRANSPARENT", "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines), len(events)


Event = tuple[str, date, date, str, str, str]  # id, first day, day after the last, what, where, more


def _moves(case: Case, plan: Plan) -> Iterator[Event]:
    for x in movements(case, plan):
        start = case.calendar.monday(x.week)
        about = [f"{x.origin} to {x.target}" + (f" via {', '.join(x.via)}" if x.via else ""), f"by {x.mode}"]
        about += [f"set {x.set_id}"] if x.set_id else []
        about += [f"{x.people:,} people"] if x.people else []
        about += [f"for {case.exercise[x.exercise].name}"] if x.exercise else []
        where = case.site[x.target].name if x.target in case.site else x.target
        who = x.element or x.set_id or ""
        yield _id(x), start, start + timedelta(days=7), f"{who} {x.kind}", where, "; ".join(about)


def _id(x: Movement) -> str:
    """The same movement has the same id in every export, so that a calendar is brought up to date."""
    said = f"{x.kind}|{x.element}|{x.set_id}|{x.origin}|{x.target}|{x.week}|{x.exercise}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _exercises(case: Case, plan: Plan) -> Iterator[Event]:
    for run in plan.runs:
        x = case.exercise[run.exercise]
        start = case.calendar.monday(run.start)
        who = ", ".join(dict.fromkeys(p.element for p in run.participants))
        uid = hashlib.sha256(f"exercise|{x.id}|{run.site}|{run.start}".encode()).hexdigest()[:32]
        yield (
            uid,
            start,
            start + timedelta(weeks=x.weeks),
            x.name,
            case.site[run.site].name,
            f"with {who}" if who else "",
        )


def _text(text: str) -> str:
    """A text as calendars write it."""
    plain = "".join(c for c in text if c == "\n" or c >= " ")
    for sign, written in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        plain = plain.replace(sign, written)
    return plain


def _folded(line: str) -> str:
    """A line broken where it is longer than calendars allow, never inside a character."""
    out, room = [""], FOLD
    for c in line:
        size = len(c.encode())
        if size > room:
            out.append(" ")
            room = FOLD - 1
        out[-1] += c
        room -= size
    return "\r\n".join(out)
