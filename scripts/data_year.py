"""The parts of the real case that belong to one fiscal year: exercises, demand, money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from data_record import Row, first_day, monday, remarks, table

FIRST_WEEK, PLAN_WEEKS = 40, 52  # the plan's first ISO week, in the calendar year before its fiscal year
PRIORITY_VALUE = {"1": 12, "2": 25, "3": 40}  # score of an exercise before its size counts
EVERY = {  # years from one to the next; what is held when needed does not come again by itself
    "annual": 1,
    "quarterly": 1,
    "2-3 per year": 1,
    "biennial_odd": 2,
    "biennial_even": 2,
    "every 3 years": 3,
    "every 3-4 years": 3,
}
COST_PER_PERSON_WEEK = Decimal("0.0005")  # people from home pay their way in the ledger


def calendar_week(fiscal_year: int, week: int) -> date:
    """The Monday of a calendar week as it falls in a fiscal year: weeks 40-52 lie in the year before."""
    return monday(fiscal_year - (week >= FIRST_WEEK), week)


def window(fiscal_year: int, earliest: int, latest: int, weeks: int) -> tuple[date, date]:
    """First and last start: the longer part of a calendar window that straddles the fiscal year,
    cut so that the exercise ends inside the plan."""
    parts: list[list[int]] = [[w for w in range(earliest, latest + 1) if (w >= FIRST_WEEK) == late] for late in (0, 1)]
    chosen = max(parts, key=len)
    end = calendar_week(fiscal_year, FIRST_WEEK) + timedelta(weeks=PLAN_WEEKS - weeks)
    return calendar_week(fiscal_year, chosen[0]), min(calendar_week(fiscal_year, chosen[-1]), end)


def editions(fiscal_year: int) -> list[tuple[Row, Row]]:
    """(edition, record) of every exercise held in the fiscal year, in the order of the choices."""
    record = {r["exercise"]: r for r in table("record", "exercises")}
    held = [r for r in table("choices", "editions") if r[f"in_fy{fiscal_year}"] == "yes"]
    return [(e, record[e["exercise"]]) for e in held]


def exercises(fiscal_year: int) -> list[Row]:
    out = []
    for e, r in editions(fiscal_year):
        weeks, people = int(r["weeks"]), int(r["people_theatre"]) + int(r["people_home"])
        first, last = window(fiscal_year, int(r["earliest_week"]), int(r["latest_week"]), weeks)
        out.append(
            {
                "Exercise": e["edition"],
                "Name": r["name"] + (f" {e['edition'][-1]}" if e["edition"] != e["exercise"] else ""),
                "Earliest start": first_day(e["earliest"]) if e["earliest"] else first,
                "Latest start": first_day(e["latest"]) if e["latest"] else last,
                "Weeks": weeks,
                "Echelon": e["echelon"],
                "Value": (PRIORITY_VALUE[r["priority"]] * (1 + Decimal(people) / 1000)).quantize(Decimal("0.1")),
                "Cost": Decimal(r["fixed_cost"]) + COST_PER_PERSON_WEEK * people * weeks,
                "Mandatory": e["mandatory"],
                "Group": e["group"],
                "Spacing": e["spacing"],
                "Every": EVERY.get(r["recurrence"], ""),
                **remarks(r, e["note"]),
            }
        )
    return out


def exercise_hosts(fiscal_year: int) -> list[Row]:
    return [
        {"Exercise": e["edition"], "Site": site, **remarks(r, "")}
        for e, r in editions(fiscal_year)
        for site in r["hosts"].split(";")
    ]


def demand(fiscal_year: int) -> list[Row]:
    """Per country and capability the year's row and, in odd years, the surge on top of it."""
    levels, out = ("assure", "mid", "full"), []
    for r in table("record", "requirements"):
        own = {"Country": r["country"], "Capability": r["capability"]}
        out.append({**own, **{f"Points {v}": r[v] for v in levels}, **remarks(r)})
        if fiscal_year % 2 and Decimal(r["surge"]) > 1:
            first, last = (calendar_week(fiscal_year, int(r[k])) for k in ("surge_from", "surge_to"))
            more = {f"Points {v}": Decimal(r[v]) * Decimal(r["surge"]) for v in levels}
            dates = {"From": first, "To": last + timedelta(days=6)}
            out.append({**own, **dates, **more, **remarks(r, f"surge of odd years, times {r['surge']}")})
    return out


def budget(book: str, year: int) -> list[Row]:
    """The four lines; a quarter ceiling is the planning share of the year in the quarters named."""
    share = Decimal(next(r["value"] for r in table("record", "factors") if r["parameter"].startswith("quarter_oblig")))
    rows = [r for r in table("choices", "money") if r["book"] == book]
    return [
        {
            "Fiscal year": year,
            **{k: r[k] for k in ("Line", "Amount")},
            **{f"Q{q} ceiling": Decimal(r["Amount"]) * share if q in r["quarters"] else "" for q in "1234"},
            **{k: r[k] for k in ("Last year", "Source", "Confidence", "Note")},
        }
        for r in rows
    ]
