"""From the record and our choices to the sheets of the real case: dates, slots, windows, money.

Everything that is a rule of translation lives here and is told in docs/data.md; every figure
lives in ``data/``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"
FIRST_WEEK, PLAN_WEEKS = 40, 52  # the plan's first ISO week, in the calendar year before its fiscal year
SLOTS_PER_BRIGADE = 12  # one slot holds a company's share of a brigade set
HANDOVER = Decimal("1.25")  # hand-over places per place
TANKS_PER_POINT, GUNS_PER_POINT = 14, 6  # a tank company, a battery
PRIORITY_VALUE = {"1": 12, "2": 25, "3": 40}  # score of an exercise before its size counts
COST_PER_PERSON_WEEK = Decimal("0.0005")  # people from home pay their way in the ledger
SIX = ("EE", "LV", "LT", "PL", "RO", "BG")

Row = dict[str, Any]


def table(folder: str, name: str) -> list[Row]:
    """The rows of one CSV file under ``data``."""
    with (DATA / folder / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def remarks(row: Row, note: str | None = None) -> Row:
    """The three remark columns of a sheet, from a row that has them in either spelling."""
    found = {k: row.get(k) or row.get(k.lower()) or "" for k in ("Source", "Confidence", "Note")}
    return found if note is None else {**found, "Note": note}


def monday(year: int, week: int) -> date:
    return date.fromisocalendar(year, week, 1)


def first_day(text: str) -> date:
    """``2016-W51`` → its Monday."""
    year, week = text.split("-W")
    return monday(int(year), int(week))


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


def slots(brigades: str) -> int:
    """Slots of a share of a brigade set: twelfths, rounded, at least one for any share."""
    share = Decimal(brigades or 0)
    return max(int((share * SLOTS_PER_BRIGADE).quantize(Decimal(1), ROUND_HALF_UP)), 1 if share else 0)


def points(vehicles: str, per_point: int) -> Decimal:
    """What stored vehicles are worth; those of the infantry are worth nothing without it."""
    return (Decimal(vehicles) / per_point).quantize(Decimal("0.01"), ROUND_HALF_UP)


def countries() -> list[Row]:
    first = {r["country"]: r for r in table("record", "requirements")}
    return [
        {
            **r,
            "Weight": Decimal(first[r["Country"]]["country_weight"]) * 100,
            "Presence floor": first[r["Country"]]["floor"],
        }
        for r in table("choices", "Countries")
    ]


def capabilities() -> list[Row]:
    weight = {r["capability"]: r["capability_weight"] for r in table("record", "requirements")}
    return [{**r, "Weight": weight[r["Capability"]]} for r in table("choices", "Capabilities")]


def sites() -> list[Row]:
    """Sites of the six countries, and places abroad where sets are stored (no country, no beds)."""
    terms: dict[str, dict[str, Row]] = {}
    for r in table("choices", "site_terms"):
        terms.setdefault(r["Site"], {})[r["Column"]] = r
    out = []
    for r in table("record", "sites"):
        if r["kind"] in ("seaport", "airport"):
            continue
        inside, own = r["country"] in SIX, terms.get(r["site"], {})
        places = int(own["places"]["Value"] if "places" in own else r["places"] or 0)
        share = own["storage_brigades"]["Value"] if "storage_brigades" in own else r["storage_brigades"]
        told = [f"{t['Column']} {t['Value']}: {t['Note']}" for t in own.values()]
        out.append(
            {
                "Site": r["site"],
                "Name": r["name"],
                "Country": r["country"] if inside else "",
                "Places": places,
                "Hand-over places": int((places * HANDOVER).quantize(Decimal(1), ROUND_HALF_UP)),
                "Slots": own["slots"]["Value"] if "slots" in own else slots(share),
                "Range": r["range"] or "none",
                "Exercises at once": 2 if r["range"] == "brigade" else 1,
                "Latitude": r["lat"],
                "Longitude": r["lon"],
                **remarks(r, "; ".join([r["note"], *told])),
            }
        )
    return out


def closures() -> list[Row]:
    return [
        {**r, "From": first_day(r["From"]), "To": first_day(r["To"]) + timedelta(days=6) if r["To"] else ""}
        for r in table("choices", "Closures")
    ]


def travel() -> list[Row]:
    return [
        {
            "From": r["from"],
            "To": r["to"],
            "Days wheeled": r["days_wheeled"],
            "Days heavy": r["days_heavy"],
            "Routes": r["closable_by"],
            **remarks(r, f"{r['mode']}, {r['route_km']} km through {r['through']}"),
        }
        for r in table("record", "travel")
    ]


def sets() -> list[Row]:
    terms = {r["set"]: r for r in table("choices", "set_terms")}
    return [
        {
            "Set": r["set"],
            "Name": r["name"],
            "Set type": r["set_type"],
            "Worth armor": points(r["tanks"], TANKS_PER_POINT),
            "Worth fires": points(r["guns"], GUNS_PER_POINT),
            "Slots": slots(r["brigades"]),
            "Start site": r["home"],
            "Available": terms[r["set"]]["available"],
            "Draw weeks": -(-int(r["draw_days"]) // 7),
            "Reset weeks": r["reset_weeks"],
            "Maintenance every": r["interval_weeks"],
            "Maintenance weeks": r["maintenance_weeks"],
            "Last maintenance": terms[r["set"]]["last_maintenance"],
            "Week cost": (Decimal(r["year_cost"]) / 52).quantize(Decimal("0.0001"), ROUND_HALF_UP),
            "Move cost": terms[r["set"]]["move_cost"],
            **remarks(r, "; ".join(filter(None, (r["note"], terms[r["set"]]["note"])))),
        }
        for r in table("record", "sets")
    ]


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
    rows: Iterable[Row] = (r for r in table("choices", "money") if r["book"] == book)
    return [
        {
            "Fiscal year": year,
            **{k: r[k] for k in ("Line", "Amount")},
            **{f"Q{q} ceiling": Decimal(r["Amount"]) * share if q in r["quarters"] else "" for q in "1234"},
            **{k: r[k] for k in ("Last year", "Source", "Confidence", "Note")},
        }
        for r in rows
    ]
