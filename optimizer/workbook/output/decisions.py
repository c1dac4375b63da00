"""The five plan sheets: one decision a row in the input's columns, with what follows from it in grey."""

from __future__ import annotations

from typing import Any

from optimizer.domain import Case, Plan
from optimizer.domain.ledger import ledger
from optimizer.domain.network import UNREACHABLE, days_between
from optimizer.domain.presence import deployment, holds, rsoi_weeks
from optimizer.quantities import MILLI
from optimizer.report.spending import money
from optimizer.workbook.output import tables
from optimizer.workbook.output.inputs import Table, plan_rows
from optimizer.workbook.output.tables import Derived
from optimizer.workbook.sheets.page import Formula, Material

Rows = list[dict[str, Any]]


def write(m: Material, made: dict[str, Table], group: str, plan: Plan) -> None:
    """The sheets of ``group`` (``Plan`` or ``Last``) for ``plan``; lock cells are open to planners."""
    names = ("rotations", "sets", "exercises", "participants", "upgrades")
    extras = (_rotations, _sets, _exercises, _participants, _upgrades)
    for name, rows, extra in zip(names, plan_rows(plan), extras, strict=True):
        tables.write(m, made[f"{group} {name}"], extra(m, plan, rows), free=("Lock",))


def _rotations(m: Material, plan: Plan, rows: Rows) -> list[Derived]:
    case, paid = m.case, _paid(m.case, plan)
    kinds = [case.element_type(p["element"]) for p in rows]
    early = [rsoi_weeks(case, k, p["mode"], p["set_id"]) for p, k in zip(rows, kinds, strict=True)]
    span = {p["Rotation"]: (_least(rows, p, "arrive", min), _least(rows, p, "depart", max)) for p in rows}
    cost = [paid.get((p["element"], p["arrive"]), 0.0) for p in rows]
    over = [span[p["Rotation"]][1] - span[p["Rotation"]][0] - case.unit_type(p["unit"]).rotation_std for p in rows]
    return [
        Derived("Country", [_country(case, p["site"]) for p in rows]),
        Derived("Element type", [k.id for k in kinds]),
        Derived("People", [k.people for k in kinds], "count"),
        Derived("Ready from", [m.day(p["arrive"] + n) for p, n in zip(rows, early, strict=True)], "date"),
        Derived("Weeks", [_weeks(f"(H{n}-G{n})/7", p["depart"] - p["arrive"]) for n, p in enumerate(rows, 2)], "count"),
        Derived("Weeks in plan", [_in_plan(m, n, p) for n, p in enumerate(rows, 2)], "count"),
        Derived("Over standard", [max(0, n) for n in over], "count"),
        Derived(f"Cost, {case.settings.money_unit}", cost, "cost"),
        Derived("Under way", ["yes" if span[p["Rotation"]][0] < 0 else None for p in rows]),
    ]


def _least(rows: Rows, of: dict[str, Any], what: str, choose: Any) -> int:
    """The first arrival or last departure of a rotation."""
    return int(choose(p[what] for p in rows if p["Rotation"] == of["Rotation"]))


def _paid(case: Case, plan: Plan) -> dict[tuple[str, int], float]:
    """What each posting costs inside the plan, by element and arrival."""
    begin = {(p.element, w): p.arrive for r in plan.rotations for p in r.postings for w in range(p.arrive, p.depart)}
    out: dict[tuple[str, int], int] = {}
    for entry in ledger(case, plan):
        if entry.kind in ("deploy", "stay"):
            key = (entry.subject, begin[entry.subject, entry.week])
            out[key] = out.get(key, 0) + entry.amount
    return {key: money(amount) for key, amount in out.items()}


def _sets(m: Material, plan: Plan, rows: Rows) -> list[Derived]:
    drawn: list[str | None] = []
    for row in rows:
        span = range(row["start"], row["end"]) if row["Activity"] == "stored" else ()
        here = [h.element for h in holds(m.case, plan) if h.set_id == row["set_id"] and h.start in span]
        drawn.append("; ".join(dict.fromkeys(here)) or None)
    return [
        Derived("Country", [_country(m.case, row["site"]) for row in rows]),
        Derived("Set type", [m.case.prepo[row["set_id"]].set_type for row in rows]),
        Derived("Weeks", [_weeks(f"(E{n}-D{n})/7", r["end"] - r["start"]) for n, r in enumerate(rows, 2)], "count"),
        Derived("Drawn by", drawn),
    ]


def _exercises(m: Material, plan: Plan, rows: Rows) -> list[Derived]:
    case = m.case
    facts = [(case.exercise[r["exercise"]], r["site"]) for r in rows]
    cost = [money(x.cost + sum(h.cost for h in x.hosts if h.site == site)) for x, site in facts]
    return [
        Derived("Name", [x.name for x, _ in facts]),
        Derived("Country", [_country(case, r["site"]) for r in rows]),
        Derived("Ends before", [m.day(r["start"] + x.weeks) for r, (x, _) in zip(rows, facts, strict=True)], "date"),
        Derived("Weeks", [x.weeks for x, _ in facts], "count"),
        Derived("Value", [x.value for x, _ in facts], "number"),
        Derived(f"Cost, {case.settings.money_unit}", cost, "cost"),
        Derived("Participants", [len(r["participants"]) for r in rows], "count"),
        Derived("Flown in", [sum(p.mode is not None for p in r["participants"]) for r in rows], "count"),
        Derived("Mandatory", ["yes" if x.mandatory else None for x, _ in facts]),
    ]


def _participants(m: Material, plan: Plan, rows: Rows) -> list[Derived]:
    case, out = m.case, []
    at = {s.id: i for i, s in enumerate(case.sites)}
    for run, who in ((next(x for x in plan.runs if x.exercise == r["exercise"]), r) for r in rows):
        kind = case.element_type(who["element"])
        part = next(p for p in run.participants if (p.need, p.element) == (who["need"], who["element"]))
        base = next((p.site for r in plan.rotations for p in r.postings
                     if p.element == part.element and p.arrive <= run.start < p.depart), None)  # fmt: skip
        days = None
        if part.mode is None and base is not None:
            apart = int(days_between(case, kind.movement)[at[base], at[run.site]])
            days = None if apart == UNREACHABLE else apart / MILLI
        origin = case.unit[case.element[part.element].unit].home if part.mode else base
        arrive = m.day(deployment(case, run, part).arrive) if part.mode else None
        name = case.exercise[run.exercise].name
        out.append((name, run.site, m.day(run.start), kind.id, kind.people, origin, days, arrive))
    titles = (
        "Exercise name",
        "Held at",
        "Starts",
        "Element type",
        "People",
        "Comes from",
        "Travel days",
        "Flown in on",
    )
    looks = ("derived", "derived", "date", "derived", "count", "derived", "number", "date")
    return [Derived(t, [row[i] for row in out], look) for i, (t, look) in enumerate(zip(titles, looks, strict=True))]


def _upgrades(m: Material, plan: Plan, rows: Rows) -> list[Derived]:
    bought = [(m.case.upgrade[r["upgrade"]], r["start"]) for r in rows]
    return [
        Derived("At site", [u.site for u, _ in bought]),
        Derived("Country", [_country(m.case, u.site) for u, _ in bought]),
        Derived("Usable from", [m.day(start + u.weeks) for u, start in bought], "date"),
        Derived(f"Cost, {m.case.settings.money_unit}", [money(u.cost) for u, _ in bought], "cost"),
        Derived("Adds places", [u.places for u, _ in bought], "count"),
        Derived("Adds hand-over places", [u.handover_places for u, _ in bought], "count"),
        Derived("Adds slots", [u.slots / MILLI for u, _ in bought], "number"),
        Derived("Range then", [None if u.range_echelon == "none" else u.range_echelon for u, _ in bought]),
    ]


def _country(case: Case, site: str | None) -> str | None:
    return case.site[site].country if site is not None else None


def _in_plan(m: Material, row: int, posting: dict[str, Any]) -> Formula:
    """The weeks of a posting inside the plan."""
    start, weeks = m.places["setting Start"], m.places["setting Weeks"]
    value = max(0, min(posting["depart"], m.case.weeks) - max(posting["arrive"], 0))
    return Formula(f"=MAX(0,MIN(H{row},{start}+7*{weeks})-MAX(G{row},{start}))/7", value)


def _weeks(text: str, value: int) -> Formula:
    return Formula(f"={text}", value)
