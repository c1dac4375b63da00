"""The upper half of the Summary: the plan in a dozen lines, and what it leaves undone."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol

from optimizer.report.brief import going, named, undone
from optimizer.report.spending import money
from optimizer.report.worth import costs
from optimizer.workbook.output.postings import Sums, postings
from optimizer.workbook.output.sources import literal
from optimizer.workbook.output.summary_grid import LEFT, WIDTHS, heading
from optimizer.workbook.sheets.material import Material, cell
from optimizer.workbook.sheets.page import Formula, Link, Page, put

# columns of the lines: who, people, where, where from and how, from, until, weeks, cost
WHO, PEOPLE, WHERE, ORIGIN, START, END, WEEKS, COST = 0, 3, 4, 9, 11, 12, 13, 14
ROOM = {WHO: 52, WHERE: 44, ORIGIN: 46}  # letters that fit
TOPICS = {
    "floors": ("Shortfalls", "floors"),
    "exercises": ("Shortfalls", "exercises missing"),
    "week": ("Coverage", ""),
    "gaps": ("Shortfalls", "gaps"),
    "over-length": ("Plan rotations", ""),
}
LONGEST = 150  # letters of a sentence across the page


def write(page: Page, m: Material) -> None:
    """Who goes where, when and at what cost; then what is not done."""
    _plan(page, m)
    _undone(page, m)


def _plan(page: Page, m: Material) -> None:
    titles = dict.fromkeys(range(len(WIDTHS)), "")
    unit = m.case.settings.money_unit
    titles |= {WHO: "The plan: who", PEOPLE: "People", WHERE: "  Where", ORIGIN: "From, by", START: "From",
               END: "Until", WEEKS: "Weeks", COST: "Cost"}  # fmt: skip
    heading(page, LEFT, list(titles.values()), left=1)
    for col in (WHERE, ORIGIN):
        put(page.sheet, page.row - 1, col, titles[col], page.style("header", border=0, text_wrap=False))
    put(page.sheet, page.row - 1, COST, "Cost", page.style("header", border=0, text_wrap=False, align="right"))
    first, paid = page.row, costs(m.case, m.plan)
    shown, rest = going(m.case, m.plan)
    for g in shown:
        name = m.rotation_ids[g.rotation]
        at = m.at("Plan rotations", "Rotation", m.rows["Plan rotations", name]).rpartition("!")[2].replace("$", "")
        cost = _cost(m, name, paid[g.rotation])
        weeks = g.end - g.start
        _line(page, Link("Plan rotations", _fit(g.who, ROOM[WHO]), at), g.people, g.where, g.origin,
              (m.day(g.start), m.day(g.end), weeks), cost)  # fmt: skip
    if rest:
        spans = m.span("Plan rotations", m.cost_heading), [cell(first, COST), cell(page.row - 1, COST)]
        others = Formula(f"=SUM({spans[0]})-SUM({':'.join(spans[1])})", sum(paid[g.rotation] for g in rest))
        who = f"{len(rest)} smaller rotations"
        _line(page, Link("Plan rotations", who), sum(g.people for g in rest), named([g.who for g in rest]), "",
              (m.day(min(g.start for g in rest)), m.day(max(g.end for g in rest)), None), others)  # fmt: skip
    _events(page, m)
    total, last = page.row, page.row - 1
    spent = money(m.verdict.spent)
    for col in range(len(WIDTHS)):
        put(page.sheet, total, col, None, page.style("total"))
    put(page.sheet, total, WHO, f"All of it, {unit}", page.style("total"))
    put(page.sheet, total, COST, Formula(f"=SUM({cell(first, COST)}:{cell(last, COST)})", spent),
        page.style("total", "money"))  # fmt: skip
    page.row += 2


def _events(page: Page, m: Material) -> None:
    """A line each for exercises, sets and upgrades."""
    case, plan, sums = m.case, m.plan, Sums(postings(m.case, m.plan))
    held = sorted((case.exercise[x.exercise] for x in plan.runs), key=lambda x: (-x.value, x.id))
    stand = dict.fromkeys(s.set_id for s in plan.stays)
    names = [case.exercise_name[x.id] for x in held]
    bought = [case.upgrade[b.upgrade] for b in plan.purchases]
    rows = (
        ("Plan exercises", f"{len(held)} exercises", names, ("exercise", "fly-in"), bool(held)),
        ("Plan sets", f"{len(stand)} prepositioned sets", [case.prepo[q].name for q in stand], ("sustain", "move"),
         bool(case.sets)),
        ("Plan upgrades", f"{len(bought)} upgrades", [f"{u.id} ({u.site})" for u in bought], ("upgrade",),
         bool(bought)),
    )  # fmt: skip
    for sheet, what, names, kinds, there in rows:
        if there:
            _line(page, Link(sheet, what), None, named(names), "", (None, None, None), sums.of_kinds(kinds))


def _line(page: Page, who: Any, people: int | None, where: str, origin: str, when: tuple[Any, Any, int | None],
          cost: Formula) -> None:  # fmt: skip
    for col in range(len(WIDTHS)):
        put(page.sheet, page.row, col, None, page.style("cell"))
    put(page.sheet, page.row, WHO, who, page.style("cell", "link"))
    put(page.sheet, page.row, PEOPLE, people, page.style("cell", "whole"))
    room = ROOM[WHERE] + (0 if origin else ROOM[ORIGIN] + (0 if when[0] else 30))  # what is free it runs over
    put(page.sheet, page.row, WHERE, f"  {_fit(where, room - 2)}" if where else None, page.style("cell"))
    put(page.sheet, page.row, ORIGIN, _fit(origin, ROOM[ORIGIN]) or None, page.style("cell"))
    for col, day in ((START, when[0]), (END, when[1])):
        if day is not None:
            put(page.sheet, page.row, col, day, page.style("cell", "day"))
    put(page.sheet, page.row, WEEKS, when[2], page.style("cell", "whole"))
    put(page.sheet, page.row, COST, cost, page.style("cell", "money"))
    page.row += 1


def _fit(text: str, room: int) -> str:
    return text if len(text) <= room else text[: room - 1].rstrip(" ,;:") + "…"


def _cost(m: Material, name: str, value: float) -> Formula:
    cost, ids = m.span("Plan rotations", m.cost_heading), m.span("Plan rotations", "Rotation")
    return Formula(f"=SUMIFS({cost},{ids},{literal(name)})", value)


def _undone(page: Page, m: Material) -> None:
    heading(page, LEFT, ["Not done, and the risk accepted", *[""] * (len(WIDTHS) - 1)])
    for x in undone(m.case, m.plan, m.figures.over_length_weeks):
        for col in range(len(WIDTHS)):
            put(page.sheet, page.row, col, None, page.style("cell"))
        sheet, place = TOPICS[x.topic]
        look = page.style("cell", "link", *(["bad"] if x.loud else []))
        row, col = xl_cell_to_rowcol(m.places.get(place) or "A1")
        at = cell(row + x.row, col)
        put(page.sheet, page.row, LEFT, Link(sheet, shorten(x.text, LONGEST, placeholder=" …"), at), look)
        page.row += 1
    page.row += 1
