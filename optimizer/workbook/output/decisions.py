"""The five plan sheets: one decision a row in the input's columns, with what follows from it in grey."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from optimizer.domain import Case, Plan, Rotation
from optimizer.domain.ledger import ledger
from optimizer.domain.network import UNREACHABLE, days_between
from optimizer.domain.presence import deployment, holds, rsoi_weeks
from optimizer.quantities import MILLI
from optimizer.report.movements import visitors
from optimizer.report.spending import money
from optimizer.report.worth import Worth, worths
from optimizer.workbook.output import tables
from optimizer.workbook.output.breaches import breaches_by_row
from optimizer.workbook.output.carried import Kept
from optimizer.workbook.output.inputs import Names, Table, plan_rows
from optimizer.workbook.output.tables import Derived
from optimizer.workbook.schema.plans import PLAN
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Formula

Rows = list[dict[str, Any]]


def write(m: Material, made: dict[str, Table], group: str, plan: Plan, names: Names, mine: Mapping[str, Kept]) -> None:
    """The sheets of ``group`` (``Plan`` or ``Last``) for ``plan``; lock cells are open to planners."""
    parts = ("rotations", "sets", "exercises", "participants", "upgrades")
    extras = (_rotations, _sets, _exercises, _participants, _upgrades)
    worth = worths(m.case, plan) if group == PLAN else None
    for name, rows, extra in zip(parts, plan_rows(m.case, plan, names), extras, strict=True):
        sheet = f"{group} {name}"
        tables.note(m, made[sheet])
        derived = extra(m, plan, rows, sheet)
        if name == "rotations":
            for n, row in enumerate(rows):
                m.rows.setdefault((sheet, row["Rotation"]), n)
            derived += _worths(m, rows, plan, names, worth)
        if group == PLAN:
            derived += _broken(m, name, rows)
        tables.write(m, made[sheet], derived, free=("Lock",), kept=mine[sheet])


def _rotations(m: Material, plan: Plan, rows: Rows, sheet: str) -> list[Derived]:
    case, paid = m.case, _paid(m.case, plan)
    kinds = [case.element_type(p["element"]) for p in rows]
    early = [rsoi_weeks(case, k, p["mode"], p["set_id"]) for p, k in zip(rows, kinds, strict=True)]
    span = {p["Rotation"]: (_least(rows, p, "arrive", min), _least(rows, p, "depart", max)) for p in rows}
    cost = [paid.get((p["element"], p["arrive"]), 0.0) for p in rows]
    over = [span[p["Rotation"]][1] - span[p["Rotation"]][0] - case.unit_type(p["unit"]).rotation_std for p in rows]
    ends = [(m.beside(sheet, "Arrive", n), m.beside(sheet, "Depart", n)) for n in range(len(rows))]
    weeks = [_weeks(f"({b}-{a})/7", p["depart"] - p["arrive"]) for p, (a, b) in zip(rows, ends, strict=True)]
    return [
        Derived("Country", [_country(case, p["site"]) for p in rows]),
        Derived("Element type", [k.id for k in kinds]),
        Derived("People", [k.people for k in kinds], "count"),
        Derived("Ready from", [m.day(p["arrive"] + n) for p, n in zip(rows, early, strict=True)], "date"),
        Derived("Weeks", weeks, "count"),
        Derived("Weeks in plan", [_in_plan(m, at, p) for at, p in zip(ends, rows, strict=True)], "count"),
        Derived("Over standard", [max(0, n) for n in over], "count"),
        Derived(m.cost_heading, cost, "cost"),
        Derived("Under way", ["yes" if span[p["Rotation"]][0] < 0 else None for p in rows]),
    ]


def _worths(m: Material, rows: Rows, plan: Plan, names: Names, worth: dict[Rotation, Worth] | None) -> list[Derived]:
    """In the first row of each rotation: what the score would lose if it alone were taken out, and that per money."""
    if worth is None:
        return []
    of = {names[r]: worth[r] for r in plan.rotations}
    first = [row["Rotation"] not in {x["Rotation"] for x in rows[:n]} for n, row in enumerate(rows)]
    told = [of[row["Rotation"]] if new else None for row, new in zip(rows, first, strict=True)]
    return [
        Derived("Worth", [None if x is None else round(x.lost, 6) for x in told], "score", WORTH_HELP),
        Derived(f"Worth per {m.case.settings.money_unit}", [
            None if x is None or x.per_money is None else round(x.per_money, 6) for x in told
        ], "score", "Worth of the rotation over all that it costs inside the plan."),
    ]  # fmt: skip


WORTH_HELP = (
    "What the score would lose if this rotation alone were taken out and everything else stayed as it is: exercises "
    "count as held even without it, and nobody takes its place. Worths of several rotations do not add up."
)


def _broken(m: Material, name: str, rows: Rows) -> list[Derived]:
    """The rules that a row breaks, in a column that is there only where one is broken."""
    if m.verdict.ok:
        return []
    said = breaches_by_row(m.case, m.verdict.breaches, name, rows)
    return [Derived("Breaks", ["; ".join(x) or None for x in said], "breach")] if any(said) else []


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


def _sets(m: Material, plan: Plan, rows: Rows, sheet: str) -> list[Derived]:
    drawn: list[str | None] = []
    for row in rows:
        span = range(row["start"], row["end"]) if row["Activity"] == "stored" else ()
        here = [h.element for h in holds(m.case, plan) if h.set_id == row["set_id"] and h.start in span]
        drawn.append("; ".join(dict.fromkeys(here)) or None)
    ends = [(m.beside(sheet, "From", n), m.beside(sheet, "Until", n)) for n in range(len(rows))]
    weeks = [_weeks(f"({b}-{a})/7", r["end"] - r["start"]) for r, (a, b) in zip(rows, ends, strict=True)]
    return [
        Derived("Country", [_country(m.case, row["site"]) for row in rows]),
        Derived("Set type", [m.case.prepo[row["set_id"]].set_type for row in rows]),
        Derived("Weeks", weeks, "count"),
        Derived("Drawn by", drawn),
    ]


def _exercises(m: Material, plan: Plan, rows: Rows, _: str) -> list[Derived]:
    case = m.case
    facts, guests = [(case.exercise[r["exercise"]], r["site"]) for r in rows], visitors(case, plan)
    cost = [money(x.cost + sum(h.cost for h in x.hosts if h.site == site)) for x, site in facts]
    return [
        Derived("Name", [x.name for x, _ in facts]),
        Derived("Country", [_country(case, r["site"]) for r in rows]),
        Derived("Ends before", [m.day(r["start"] + x.weeks) for r, (x, _) in zip(rows, facts, strict=True)], "date"),
        Derived("Weeks", [x.weeks for x, _ in facts], "count"),
        Derived("Value", [x.value for x, _ in facts], "number"),
        Derived(m.cost_heading, cost, "cost"),
        Derived("Participants", [len(r["participants"]) for r in rows], "count"),
        Derived("Brought in", [sum(p.mode is not None for p in r["participants"]) for r in rows], "count"),
        Derived("Visitors in the field", [guests[r["exercise"]] or None for r in rows], "count", FIELD_HELP),
        Derived("Mandatory", ["yes" if x.mandatory else None for x, _ in facts]),
    ]


FIELD_HELP = (
    "People who come from their base elsewhere in theatre: they sleep in the field, keep their places at the base and "
    "take none here. Those brought in from home do take hand-over places."
)


def _participants(m: Material, plan: Plan, rows: Rows, _: str) -> list[Derived]:
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
        "Brought in on",
    )
    looks = ("derived", "derived", "date", "derived", "count", "derived", "number", "date")
    return [Derived(t, [row[i] for row in out], look) for i, (t, look) in enumerate(zip(titles, looks, strict=True))]


def _upgrades(m: Material, plan: Plan, rows: Rows, _: str) -> list[Derived]:
    bought = [(m.case.upgrade[r["upgrade"]], r["start"]) for r in rows]
    return [
        Derived("At site", [u.site for u, _ in bought]),
        Derived("Country", [_country(m.case, u.site) for u, _ in bought]),
        Derived("Usable from", [m.day(start + u.weeks) for u, start in bought], "date"),
        Derived(m.cost_heading, [money(u.cost) for u, _ in bought], "cost"),
        Derived("Adds places", [u.places for u, _ in bought], "count"),
        Derived("Adds hand-over places", [u.handover_places for u, _ in bought], "count"),
        Derived("Adds slots", [u.slots / MILLI for u, _ in bought], "number"),
        Derived("Range then", [None if u.range_echelon == "none" else u.range_echelon for u, _ in bought]),
    ]


def _country(case: Case, site: str | None) -> str | None:
    return case.site[site].country if site is not None else None


def _in_plan(m: Material, ends: tuple[str, str], posting: dict[str, Any]) -> Formula:
    """The weeks of a posting inside the plan; ``ends`` are the cells of its arrival and departure."""
    start, weeks = m.places["setting Start"], m.places["setting Weeks"]
    value = max(0, min(posting["depart"], m.case.weeks) - max(posting["arrive"], 0))
    return Formula(f"=MAX(0,MIN({ends[1]},{start}+7*{weeks})-MAX({ends[0]},{start}))/7", value)


def _weeks(text: str, value: int) -> Formula:
    return Formula(f"={text}", value)
