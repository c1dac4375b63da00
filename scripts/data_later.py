"""Years after the first: what is news of them, and their rotations as the record has them.

What people learn in a year (brigades that come for the first time, when units are ready) is in ``data/next``, row by
row with the fiscal year in which it is news; what went on as executed in ``data/executed``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import data_record as record
import data_year as year
from data_record import Row, table

NEWS = ("Units", "Elements", "Availability")
BROAD = "1-1CDABCT"  # one element in the first year; on record by battalions at three places
NO_WHOLE = "1-1CD"
SHORTEST = timedelta(weeks=12)  # of any rotation: a window that ends sooner is of no use
LEAD = 26  # weeks before the year in which orders first go out


def news(fiscal_year: int) -> dict[str, list[Row]]:
    """What only people know of a year: its money, and what they learnt of units."""
    found: dict[str, list[Row]] = {"Budget": year.budget(f"fy{fiscal_year}", fiscal_year)}
    for sheet in NEWS:
        rows = [_plain(r) for r in table("next", sheet) if r["Year"] == str(fiscal_year)]
        if rows:
            found[sheet] = rows
    return found


def executed(case: dict[str, list[Row]], fiscal_year: int) -> dict[str, list[Row]]:
    """The rotations of a later year as a complete plan, sets where they stand with the blocks that fall due.

    ``case`` is that of the first year; exercises, upgrades and scenarios are left out, since the record does not tell
    who took part. Units that are not to be had in the year are left out too.
    """
    start = year.calendar_week(fiscal_year, year.FIRST_WEEK)
    end = start + timedelta(weeks=year.PLAN_WEEKS)
    windows = [r for r in _known("Availability", fiscal_year) if _overlap(r["From"], r["To"], start, end)]
    rotations = [
        *case["Plan rotations"],
        *table("executed", "Plan rotations"),
        *table("executed/later", "Plan rotations"),
    ]
    before = [r for r in rotations if _day(r["Arrive"]) < start]
    now = [r for r in rotations if _day(r["Arrive"]) < end and _day(r["Depart"]) > start]
    windows = [r for r in windows if _day(r["To"]) - start >= SHORTEST or r["Unit"] in {x["Unit"] for x in now}]
    units = {r["Unit"] for r in windows} | {r["Unit"] for r in now}
    elements = [r for r in _known("Elements", fiscal_year) if r["Element"] != NO_WHOLE]
    elements += table("executed/later", "Elements")
    blocks, last = _maintenance(case["Sets"], start, end)
    settings = {"Start": start.isoformat(), "Release date": (start - timedelta(weeks=LEAD)).isoformat(),
                "Plan name": f"FY{fiscal_year} as executed"}  # fmt: skip
    there = [q for q in case["Sets"] if not q["Available"] or _day(q["Available"]) < end]
    known = {q["Set"] for q in there}
    elements = [r for r in elements if r["Unit"] in units]
    there_units = [r for r in _known("Units", fiscal_year) if r["Unit"] in units]
    used = {r["Type"] for r in (*there_units, *elements)} | {q["Worth like"] for q in there if q.get("Worth like")}
    kinds = {q["Set type"] for q in there}
    return {
        **{sheet: case[sheet] for sheet in ("Countries", "Capabilities", "Levels", "Sites", "Travel")},
        "Unit types": [t for t in case["Unit types"] if t["Type"] in used or t["Set type"] in kinds],
        "Settings": [{**r, "Value": settings.get(r["Name"], r["Value"])} for r in case["Settings"]],
        "Closures": closures(fiscal_year),
        "Units": there_units,
        "Elements": elements,
        "Availability": windows,
        "Sets": [{**q, "Last maintenance": last.get(q["Set"], q["Last maintenance"])} for q in there],
        "Set holdings": [h for h in case["Set holdings"] if h["Set"] in known],
        "Demand": year.demand(fiscal_year),
        "Budget": year.budget(f"fy{fiscal_year}", fiscal_year),
        "Plan rotations": now,
        "Plan sets": [r for q in there for r in (_stored(q, start, end), *blocks.get(q["Set"], ()))],
        "Last rotations": [r for r in before if r["Unit"] in units],
    }


def closures(fiscal_year: int) -> list[Row]:
    """Black-outs come every year in the same calendar weeks; what has no end stays."""
    later = fiscal_year - 2017
    return [
        {**r, "From": _week(r["From"], later if r["To"] else 0),
         "To": _week(r["To"], later) + timedelta(days=6) if r["To"] else ""}
        for r in table("choices", "Closures")
    ]  # fmt: skip


def _week(text: str, later: int) -> date:
    year_, week = text.split("-W")
    return record.monday(int(year_) + later, int(week))


def _plain(row: Row) -> Row:
    return {k: v for k, v in row.items() if k != "Year"}


def _known(sheet: str, fiscal_year: int) -> list[Row]:
    """What is known of units in a year: the choices of the first, and the news since."""
    return [*table("choices", sheet), *(_plain(r) for r in table("next", sheet) if int(r["Year"]) <= fiscal_year)]


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _overlap(first: str, last: str, start: date, end: date) -> bool:
    return _day(first) < end and _day(last) >= start


def _stored(q: Row, start: date, end: date) -> Row:
    first = max(start, _day(q["Available"])) if q["Available"] else start
    return {"Set": q["Set"], "Activity": "stored", "Site": q["Start site"], "From": first, "Until": end,
            **record.remarks(q, "where it stands")}  # fmt: skip


def _maintenance(sets: Iterable[Row], start: date, end: date) -> tuple[dict[str, list[Row]], dict[str, date]]:
    """By set: the blocks that fall due in a year, and when the last one before it ended. Each block begins on its last
    possible day, in the first year as the plan of the posture has it."""
    ended = {r["Set"]: _day(r["Until"]) for r in table("posture", "Plan sets") if r["Activity"] == "maintenance"}
    blocks: dict[str, list[Row]] = {}
    last: dict[str, date] = {}
    for q in sets:
        if not q["Maintenance every"]:
            continue
        done = ended.get(q["Set"], _day(q["Last maintenance"]))
        every, takes = (timedelta(weeks=int(q[k])) for k in ("Maintenance every", "Maintenance weeks"))
        while done + every < start:
            done += every + takes
        last[q["Set"]] = done
        due = done + every
        if due < end:
            blocks[q["Set"]] = [{"Set": q["Set"], "Activity": "maintenance", "From": due, "Until": due + takes,
                                 **record.remarks({"Source": "planning factor", "Confidence": "notional"},
                                                  "the block that falls due")}]  # fmt: skip
    return blocks, last
