"""Summary: the plan on one printed page, with links to everything behind it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from xlsxwriter.utility import xl_cell_to_rowcol

from optimizer.report.colours import BAND, PAPER, heat
from optimizer.report.room import room_label
from optimizer.report.shortfalls import demand_gaps
from optimizer.report.spending import lines_of, money, postings
from optimizer.report.utilisation import SITES, SPENDING, UNITS, limits
from optimizer.workbook.output.coverage_rows import EVERYONE
from optimizer.workbook.output.postings import Sums
from optimizer.workbook.output.terms import over_length
from optimizer.workbook.sheets.charts import Line, Span, line_chart
from optimizer.workbook.sheets.page import HOME, Formula, Link, Material, Page, cell, put
from optimizer.workbook.sheets.style import BAR

WIDTHS = (22, 10, 10, 10, 10, 2, 20, 11, 11, 11, 9)
LEFT, RIGHT = 0, 6
MOST_COUNTRIES = 12
MOST_LIMITS, MOST_GAPS = 7, 5
TOPICS = {SPENDING: "Money", SITES: "Timeline by site", UNITS: "Timeline by unit"}
CHART_ROWS = 15
TILE = 20  # characters a large figure needs
STOPPED = {
    "proven": "Proven best: no plan can score more.",
    "gap": "Stopped at the wanted gap.",
    "effort": "Stopped when the work of effort “{effort}” was done.",
    "time limit": "Stopped by the time limit: not exactly repeatable.",
    "interrupted": "Interrupted by hand: the best verified plan so far.",
}
SHEETS = (
    ("Plan rotations", "who goes where, when and how"),
    ("Plan sets", "where the prepositioned sets stand"),
    ("Plan exercises", "what is held, where and when"),
    ("Plan participants", "who takes part"),
    ("Plan upgrades", "what is bought"),
    ("Timeline by unit", "each unit's year"),
    ("Timeline by site", "each site's year"),
    ("Coverage", "percent of demand, week by week"),
    ("Supply", "who counts where, and why"),
    ("Money", "spending against ceilings"),
    ("Postings", "where each figure comes from"),
    ("Shortfalls", "what is not met, by how much"),
    ("Checks", "every rule and term, recomputed"),
    ("Run", "versions, seed, hashes"),
    ("Settings", "inputs: the case as asked"),
)


def status_in_words(m: Material) -> str:
    """The engine's status and stop reason as a planner would say it."""
    if m.claim.status == "optimal":
        return STOPPED["proven"]
    said = STOPPED.get(m.claim.stop_reason, m.claim.stop_reason).format(effort=m.claim.effort)
    if m.claim.bound is None:
        return f"{said} No bound is proven: nobody knows how much better a plan could be."
    left = room_label(m.verdict.score, m.claim.bound)
    return f"{said} A better plan may exist, by {left if isinstance(left, str) else f'{left:.2%}'} at most."


def begin(m: Material) -> Page:
    """The sheet itself, first in the workbook; ``fill`` it when the others stand."""
    s, weeks = m.case.settings, m.case.weeks
    under = f" · under scenario {m.case.under}" if m.case.under else ""
    page = m.page(HOME, s.name, f"{m.period(0, weeks)} · {weeks} weeks{under} · money in {s.money_unit}", WIDTHS)
    page.sheet.activate()
    return page


def fill(page: Page, m: Material, charted: Sequence[Line], days: Span, sheets: Sequence[str]) -> None:
    """Tiles, coverage, money, limits, counts, a chart of ``charted`` lines and links to ``sheets``."""
    page.row = 2
    _tiles(page, m)
    top = page.row
    _coverage(page, m)
    _pairs(page, LEFT, "The plan", _counts(m))
    _pairs(page, LEFT, "Against the last plan", _changes(m))
    _pairs(page, LEFT, "What is missed most, share of all missing", _missing(m))
    left, page.row = page.row, top
    _money(page, m)
    tight = limits(m.case, m.plan, dict(m.verdict.spend))[:MOST_LIMITS]
    _pairs(
        page,
        RIGHT,
        "What limits it most",
        [(Link(TOPICS[x.topic], x.text), f"{x.used:.0%}", x.used >= 1) for x in tight],
    )
    chart = line_chart(m.book, "Percent of weighted demand met, all countries", days, charted, top=100)
    chart.set_size({"width": 452, "height": 20 * CHART_ROWS - 8})
    page.sheet.insert_chart(page.row, RIGHT, chart, {"object_position": 2, "x_offset": 2, "y_offset": 2})
    page.row = max(page.row + CHART_ROWS, left)
    _links(page, [(n, t) for n, t in SHEETS if n in sheets])
    page.sheet.fit_to_pages(1, 1)
    page.sheet.center_horizontally()
    page.sheet.print_area(0, 0, page.row - 1, len(WIDTHS) - 1)


def _tiles(page: Page, m: Material) -> None:
    """Score, bound, gap and verdict in large figures, the status in a sentence."""
    left, ok = room_label(m.verdict.score, m.claim.bound), m.verdict.ok
    tested = f"{m.verdict.tested:,} conditions tested, {len(m.verdict.breaches):,} broken"
    tiles: list[tuple[int, str, Any, tuple[str, ...], str | Link]] = [
        (0, "Score", Link("Checks", m.verdict.score, m.places["score"]), ("score",), "re-added from the plan"),
        (1, "Proven bound", "none" if m.claim.bound is None else Link("Checks", m.claim.bound, m.places["bound"]),
         ("score",), "no plan can score more"),
        (3, "Gap", left, ("percent_fine",), "room for a better plan, at most"),
        (6, "Verified", "yes" if ok else "NO", ("good" if ok else "bad",),
         Link("Checks", tested, m.places["rules"])),
        (8, "Spent", Link("Money", money(m.verdict.spent), m.places["spent"].rpartition("!")[2]), ("money",),
         m.case.settings.money_unit),
    ]  # fmt: skip
    for row, height in ((page.row, 8), (page.row + 2, 24)):
        page.sheet.set_row(row, height)
    for col, label, value, looks, note in tiles:
        put(page.sheet, page.row + 1, col, label, page.style("label"))
        big = page.style(*looks, "big", align="left")
        if WIDTHS[col] < TILE:  # a large figure must not read ###
            page.sheet.merge_range(page.row + 2, col, page.row + 2, col + 1, "", big)
        put(page.sheet, page.row + 2, col, value, big)
        put(page.sheet, page.row + 3, col, note, page.style("note"))
    put(page.sheet, page.row + 4, 0, status_in_words(m), page.style(bold=True, font_size=10))
    page.sheet.set_row(page.row + 4, 20)
    page.row += 6


def _heading(page: Page, first: int, titles: Sequence[str]) -> None:
    for col, title in enumerate(titles, first):
        align = "left" if col == first else "right"
        put(page.sheet, page.row, col, title, page.style("header", border=0, text_wrap=False, align=align))
    page.row += 1


def _coverage(page: Page, m: Material) -> None:
    """Percent of weighted demand by country and level, coloured as in the heat map."""
    levels, tally = [x.id for x in m.case.levels][:4], m.verdict.tally
    _heading(page, LEFT, ["Coverage, % of demand", *levels, *[""] * (4 - len(levels))])
    countries = [c for c in m.case.countries if any(v is not None for v in tally.country_coverage[c.id].values())]
    countries.sort(key=lambda c: tally.value_covered.get(c.id, 100.0))
    shown = {c.id for c in countries[:MOST_COUNTRIES]}
    rows = [(EVERYONE, "All countries", tally.coverage, "total")]
    rows += [(j, c.name, tally.country_coverage[c.id], "cell") for j, c in enumerate(m.case.countries) if c.id in shown]
    for j, name, shares, base in rows:
        put(page.sheet, page.row, LEFT, name, page.style(base))
        for col in range(4):
            share = shares[levels[col]] if col < len(levels) else None
            fill = {} if share is None else {"bg_color": heat(share / 100), "font_color": PAPER if share > 85 else BAND}
            figure = None if share is None else Link("Coverage", share, m.places[f"coverage {col} {j}"])
            put(page.sheet, page.row, LEFT + 1 + col, figure, page.style(base, "tenth", **fill))
        page.row += 1
    if len(countries) > len(shown):
        put(page.sheet, page.row, LEFT, f"The {len(shown)} least covered of {len(countries)}.", page.style("note"))
        page.row += 1
    page.row += 1


def _money(page: Page, m: Material) -> None:
    """Per line over the whole plan: money, spent, left, used."""
    posted = postings(m.case, m.plan)
    sums, years = Sums(posted), set(m.case.calendar.fiscal_years)
    _heading(page, RIGHT, ["Money", "Ceiling", "Spent", "Left", "Used"])
    first = page.row
    for line in lines_of(m.case, posted):
        given = [b.amount for b in m.case.budgets if b.line == line and b.year in years]
        _money_row(page, line, money(sum(given)) if given else None, sums(line=(cell(page.row, RIGHT), line)), "cell")
    whole = sum(b.amount for b in m.case.budgets if b.year in years)
    row, last = page.row, page.row - 1
    if last >= first:
        up = Formula(f"=SUM({cell(first, RIGHT + 1)}:{cell(last, RIGHT + 1)})", money(whole)) if whole else None
        down = Formula(f"=SUM({cell(first, RIGHT + 2)}:{cell(last, RIGHT + 2)})", sums.value())
        _money_row(page, "All lines", up, down, "total")
        bar = {"type": "data_bar", "bar_color": BAR, "bar_solid": True, "min_type": "num", "max_type": "num"}
        page.sheet.conditional_format(first, RIGHT + 4, row, RIGHT + 4, {**bar, "min_value": 0, "max_value": 1})
    page.row += 1


def _money_row(page: Page, name: str, ceiling: float | Formula | None, spent: Formula, base: str) -> None:
    row, given = page.row, ceiling.value if isinstance(ceiling, Formula) else ceiling
    have, used = cell(row, RIGHT + 1), cell(row, RIGHT + 2)
    left: Formula | None = None
    share: Formula | None = None
    if given:
        left = Formula(f"={have}-{used}", float(given) - float(spent.value))
        share = Formula(f"={used}/{have}", float(spent.value) / float(given))
    looks = [(base,), *[(base, "money")] * 3, (base, "percent_whole")]
    page.line([name, ceiling, spent, left, share], looks, first=RIGHT)


def _pairs(page: Page, first: int, title: str, rows: Sequence[tuple[str | Link, Any, bool]]) -> None:
    """A headed list of (what, value, whether to point it out)."""
    _heading(page, first, [title, "", "", "", ""])
    for what, value, loud in rows:
        for col in range(first, first + 5):
            put(page.sheet, page.row, col, None, page.style("cell"))
        put(page.sheet, page.row, first, what, page.style("cell", *(["link"] if isinstance(what, Link) else [])))
        looks = ["cell", "right", *(["whole"] if isinstance(value, int | Formula) else []), *(["bad"] if loud else [])]
        put(page.sheet, page.row, first + 4, value, page.style(*looks))
        page.row += 1
    page.row += 1


def _counts(m: Material) -> list[tuple[str | Link, Any, bool]]:
    """What is in the plan, what of it is missing."""
    f, case = m.figures, m.case
    must = [x.id for x in case.exercises if x.mandatory]
    missed = len(set(must) - set(m.verdict.tally.held))
    floors = sum(f.floor_weeks.values())
    worst = max(f.floor_weeks, key=lambda c: f.floor_weeks[c]) if floors else None
    held = f"in {len(f.floor_weeks)} of {len(f.floor_weeks)} countries" if f.floor_weeks else "none asked"
    below = f"{floors:,} country-weeks below" + (f", most in {case.country[worst].name}" if worst else "")
    weeks, over = m.span("Plan rotations", "Weeks in plan"), over_length(m)
    return [
        (Link("Plan rotations", "Rotations"), f.rotations, False),
        (Link("Plan rotations", "Element-weeks in the plan"),
         Formula(f"=SUM({weeks})", f.element_weeks) if weeks else 0, False),
        (Link("Plan exercises", "Exercises held"),
         _of(m, "Plan exercises", "Exercises", "Exercise", f.exercises_held, f.exercises_offered), False),
        (Link("Plan exercises", "Mandatory exercises held"), f"{len(must) - missed} of {len(must)}", missed > 0),
        (Link("Shortfalls", "Presence floors held", m.places["floors"]), below if floors else held, floors > 0),
        (Link("Plan rotations", "Weeks beyond standard length"),
         Formula(f"={over}", f.over_length_weeks) if over else 0, False),
        (Link("Plan upgrades", "Upgrades bought"),
         _of(m, "Plan upgrades", "Upgrades", "Upgrade", len(m.plan.purchases), len(case.upgrades)), False),
    ]  # fmt: skip


def _of(m: Material, part: str, whole: str, heading: str, some: int, every: int) -> Any:
    """``24 of 37``, counted live where both tables have rows."""
    a, b = m.span(part, heading), m.span(whole, heading)
    text = f"{some} of {every}"
    return Formula(f'=COUNTA({a})&" of "&COUNTA({b})', text) if a and b else text


def _missing(m: Material) -> list[tuple[str | Link, Any, bool]]:
    """The gaps in demand that cost most, each leading to its row."""
    gaps = list(islice(demand_gaps(m.case, m.plan), MOST_GAPS))
    top, column = xl_cell_to_rowcol(m.places["gaps"])
    return [
        (Link("Shortfalls", f"{g.country}: {g.capability}, {g.level}, {g.percent:.0f} % met", cell(top + i, column)),
         f"{g.share:.1%}", False)
        for i, g in enumerate(gaps)
    ] or [("All demand is met in full", "", False)]  # fmt: skip


def _changes(m: Material) -> list[tuple[str | Link, Any, bool]]:
    f = m.figures
    if f.changed_weeks is None:
        return [("No last plan given", "nothing to compare", False)]
    return [
        ("Rotations carried over (under way)", f"{len(m.case.underway)}", False),
        ("Element- and set-weeks elsewhere", f"{f.changed_weeks:,}", False),
        ("Exercises and upgrades changed", f"{f.changed_events:,}", False),
    ]


def _links(page: Page, sheets: Sequence[tuple[str, str]]) -> None:
    """The other sheets and what they show, in two columns."""
    _heading(page, LEFT, ["Where to look", *[""] * (len(WIDTHS) - 1)])
    half = -(-len(sheets) // 2)
    for i, (name, text) in enumerate(sheets):
        col, row = (LEFT, page.row + i) if i < half else (RIGHT, page.row + i - half)
        put(page.sheet, row, col, Link(name, name), page.style("link"))
        put(page.sheet, row, col + 1, text, page.style("label"))
    page.row += half
