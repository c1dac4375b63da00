"""From the record and our choices to the sheets of the real case: dates, slots, windows, money.

Everything that is a rule of translation lives here and is told in docs/data.md; every figure
lives in ``data/``.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"
SLOTS_PER_BRIGADE = 12  # one slot holds a company's share of a brigade set
HANDOVER = Decimal("1.25")  # hand-over places per place
TANKS_PER_POINT, GUNS_PER_POINT = 14, 6  # a tank company, a battery
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
