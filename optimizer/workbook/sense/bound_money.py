"""Money that cannot pay what is bound to be spent: sets' upkeep, rotations under way, mandatory exercises."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from optimizer.domain import Case, Exercise, Plan, Purchase, Run
from optimizer.domain.ledger import ledger
from optimizer.quantities import MONEY
from optimizer.rosters import must_be_held
from optimizer.rules.audit import amount
from optimizer.rules.budget.check import check as check_budget
from optimizer.workbook.reading.tables import Tables

KINDS = {
    "stay": "rotations under way",
    "sustain": "upkeep of sets",
    "exercise": "mandatory exercises",
    "upgrade": "upgrades with a must lock",
}


def check(tables: Tables, case: Case) -> None:
    """Judge, by the budget rule itself, a plan of nothing but what no plan can leave out."""
    bound = _bound(case)
    least = replace(case, cr=None, budgets=tuple(replace(b, quarters=(None,) * 4) for b in case.budgets))
    for breach in check_budget(least, bound).breaches:
        year = None if breach.week is None else case.calendar.fiscal(breach.week)[0]
        _say(tables, case, bound, breach.text, year, breach.parties)
    standing = replace(bound, runs=(), purchases=())  # whatever has no choice of quarter
    held = replace(case, cr=None, budgets=tuple(replace(b, amount=10**15) for b in case.budgets))
    held = replace(held, settings=replace(case.settings, total_cap=None))
    for breach in check_budget(held, standing).breaches:
        _say(tables, case, standing, breach.text, case.calendar.fiscal(breach.week or 0)[0], breach.parties)


def _bound(case: Case) -> Plan:
    """Rotations under way, each mandatory exercise at its cheapest host, upgrades that must be bought:
    those of them that cannot move to another fiscal year."""
    runs = [
        Run(x.id, host.site, x.earliest, ())
        for x in case.exercises
        if must_be_held(case, x) and x.hosts and _one_year(case, *_span(case, x))
        for host in [min(x.hosts, key=lambda h: h.cost)]
    ]
    runs = [replace(r, start=max(r.start, 0)) for r in runs]
    must = {x.subject for x in case.locks if x.rule == "must" and x.kind == "upgrade"}
    bought = [u for u in case.upgrades if u.id in must and _one_year(case, u.earliest, u.latest)]
    return Plan(case.underway, (), (), tuple(runs), tuple(Purchase(u.id, max(u.earliest, 0)) for u in bought))


def _span(case: Case, x: Exercise) -> tuple[int, int]:
    return x.earliest, min(x.latest, case.weeks - x.weeks)


def _one_year(case: Case, first: int, last: int) -> bool:
    first, last = max(first, 0), min(last, case.weeks - 1)
    return first <= last and case.calendar.fiscal(first)[0] == case.calendar.fiscal(last)[0]


def _say(tables: Tables, case: Case, plan: Plan, text: str, year: int | None, parties: tuple[str, ...]) -> None:
    """A fault at the first line concerned, naming what the money would have to pay."""
    lines = set(parties)
    spent: Counter[str] = Counter()
    for entry in ledger(case, plan):
        if not lines or (entry.line in lines and (year is None or case.calendar.fiscal(entry.week)[0] == year)):
            spent[entry.kind] += entry.amount
    parts = [f"{KINDS[k]} {amount(v / MONEY)}" for k, v in spent.items() if v and k in KINDS]
    hint = "bound to be spent: " + ", ".join(parts)
    table = tables["Budget"]
    row = next((r for r in table.rows if r["Line"] in lines and year in (None, r["Fiscal year"])), None)
    if row is not None:
        tables.say("mandatory-money", table, row, "Amount", hint, what=text.rstrip("."))
    else:
        from optimizer.workbook.sense.region import say_setting

        say_setting(tables, "mandatory-money", "total_cap", hint, what=text.rstrip("."))
