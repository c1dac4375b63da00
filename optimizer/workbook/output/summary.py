"""Summary: the plan on one printed page that somebody can sign, with links to everything behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from optimizer.quantities import figure
from optimizer.report.before import Other
from optimizer.report.room import room_label
from optimizer.report.spending import money
from optimizer.workbook import labels
from optimizer.workbook.output import summary_decisions, summary_figures
from optimizer.workbook.output.bound import certified_of, reproved, unproved_of
from optimizer.workbook.output.summary_grid import LEFT, RIGHT, WIDTHS, heading
from optimizer.workbook.schema import SHEETS as TABLES
from optimizer.workbook.sheets.charts import Line, Span, line_chart
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import HOME, Link, Page, put

CHART_ROWS = 14
WIDE = 1048  # pixels of a chart across the page
HEIGHT = 15.0  # of a row, in points
STOPPED = {
    "proven": "Proven best: no plan can score more.",
    "gap": "Stopped at the wanted gap.",
    "effort": "Stopped when the work of effort “{effort}” was done.",
    "time limit": "Stopped by the time limit: not exactly repeatable.",
    "interrupted": "Interrupted by hand: the best verified plan so far.",
    "by hand": "Made or changed by hand.",
}
SHEETS = {
    "Plan rotations": "who goes where, when and how",
    "Plan sets": "where the prepositioned sets stand",
    "Plan exercises": "what is held, where and when",
    "Plan participants": "who takes part",
    "Plan upgrades": "what is bought",
    "Timeline by unit": "each unit's year",
    "Timeline by site": "each site's year",
    "People": "how many people, by country and week",
    "Movements": "every movement, one a row",
    "Load": "weeks away and in exercises, by element",
    "Coverage": "percent of demand, week by week",
    "Supply": "who counts where, and why",
    "Money": "spending against ceilings",
    "Postings": "where each figure comes from",
    "Shortfalls": "what is not met, by how much",
    "Hand-over": "what the next year inherits",
    "Checks": "every rule and term, recomputed",
    "Bound": "the proof of the bound",
    "Why": "what is left out, what each decision is worth",
    "Run": "versions, seed, hashes",
    "Ask": "questions to the plan, answered by optimizer answer",
}


def status_in_words(m: Material) -> str:
    """The engine's status and stop reason as a planner would say it."""
    if m.claim.status == "optimal":
        far = certified_of(m) if unproved_of(m) is not None else None
        return STOPPED["proven"] + ("" if far is None else f" (The engine's own proof; {figure(far)} is re-proved.)")
    said = STOPPED.get(m.claim.stop_reason, m.claim.stop_reason).format(effort=m.claim.effort)
    if m.claim.bound is None:
        return f"{said} No bound is proven: nobody knows how much better a plan could be."
    left = room_label(m.verdict.score, m.claim.bound)
    return f"{said} A better plan may exist, by {left if isinstance(left, str) else f'{left:.2%}'} at most."


def begin(m: Material) -> Page:
    """The sheet itself, first in the workbook; ``fill`` it when the others stand."""
    s, weeks = m.case.settings, m.case.weeks
    parts = [m.period(0, weeks), f"{weeks} weeks", f"money in {s.money_unit}"]
    parts += [f"under scenario {m.case.under}"] if m.case.under else []
    parts += [f"made from {m.source}"] if m.source else []
    parts += [f"as of {s.as_of:%d %b %Y}"] if s.as_of else []
    page = m.page(HOME, s.name, " · ".join([*parts, f"optimizer {m.version}"]), WIDTHS)
    page.sheet.activate()
    page.sheet.set_portrait()
    return page


def fill(
    page: Page, m: Material, charted: Sequence[Line], days: Span, sheets: Sequence[str], other: Other | None = None
) -> None:
    """What was decided, what is not done, figures, a block to be signed; below the printed page, links to ``sheets``.

    ``charted`` lines run over ``days``; ``other`` is the plan to compare with, if there is one.
    """
    page.row = 2
    page.sheet.set_default_row(HEIGHT)
    put(page.sheet, 0, len(WIDTHS) - 1, m.marking or None, page.style("title", font_size=10, align="right"))
    _tiles(page, m)
    summary_decisions.write(page, m)
    top = page.row
    summary_figures.countries(page, m)
    summary_figures.counts(page, m)
    left, page.row = page.row, top
    summary_figures.spending(page, m)
    summary_figures.against(page, m, other)
    summary_figures.tight(page, m)
    page.row = max(page.row, left)
    _chart(page, m, charted, days)
    _signed(page, m)
    page.sheet.fit_to_pages(1, 1)
    page.sheet.center_horizontally()
    page.sheet.print_area(0, 0, page.row - 1, len(WIDTHS) - 1)
    page.row += 1
    _links(page, sheets)


def _tiles(page: Page, m: Material) -> None:
    """Score, bound, gap and verdict in large figures, the status in a sentence."""
    left, ok = room_label(m.verdict.score, m.claim.bound), m.verdict.ok
    tested = f"{m.verdict.tested:,} conditions tested, {len(m.verdict.breaches):,} broken"
    score = Link(labels.CHECKS, m.verdict.score, m.places["score"])
    bound = "none" if m.claim.bound is None else Link(labels.CHECKS, m.claim.bound, m.places["bound"])
    spent = Link("Money", money(m.verdict.spent), m.places["spent"].rpartition("!")[2])
    tiles: list[tuple[int, str, Any, tuple[str, ...], str | Link]] = [
        (0, labels.SCORE, score, ("score",), "re-added from the plan"),
        (2, labels.PROVEN_BOUND, bound, ("score",), reproved(m)),
        (6, labels.GAP, left, ("percent_fine",), "of better, at most"),
        (9, labels.VERIFIED, "yes" if ok else "NO", ("good" if ok else "bad",),
         Link(labels.CHECKS, tested, m.places["rules"])),
        (12, labels.SPENT, spent, ("money",), m.case.settings.money_unit),
    ]  # fmt: skip
    page.sheet.set_row(page.row + 2, 24)
    for col, label, value, looks, note in tiles:
        put(page.sheet, page.row + 1, col, label, page.style("label"))
        big = page.style(*looks, "big", align="left")
        if col not in (0, RIGHT):  # a large figure must not read ###
            page.sheet.merge_range(page.row + 2, col, page.row + 2, col + 2, "", big)
        put(page.sheet, page.row + 2, col, value, big)
        put(page.sheet, page.row + 3, col, note, page.style("note"))
    put(page.sheet, page.row + 4, 0, status_in_words(m), page.style(bold=True, font_size=10))
    page.sheet.set_row(page.row + 4, 20)
    page.row += 5


def _chart(page: Page, m: Material, charted: Sequence[Line], days: Span) -> None:
    chart = line_chart(m.book, "Percent of weighted demand met, all countries", days, charted, top=100)
    chart.set_size({"width": WIDE, "height": int(CHART_ROWS * HEIGHT * 4 / 3) - 8})
    page.sheet.insert_chart(page.row, LEFT, chart, {"object_position": 2, "x_offset": 2, "y_offset": 2})
    page.row += CHART_ROWS


def _signed(page: Page, m: Material) -> None:
    """Who prepared and who approved it, with room for a name, a signature and a date."""
    s = m.case.settings
    page.sheet.set_row(page.row, 22)
    for col, what, name in ((LEFT, "Prepared by", s.prepared), (RIGHT, "Approved by", s.approved)):
        for at in range(col, col + (8 if col == LEFT else 6)):
            put(page.sheet, page.row, at, None, page.style(bottom=1))
        put(page.sheet, page.row, col, f"{what}: {name or ''}", page.style("strong", bottom=1))
        put(page.sheet, page.row + 1, col, "name, signature, date", page.style("note", font_size=7))
    page.row += 2


def _links(page: Page, sheets: Sequence[str]) -> None:
    """Every other sheet and what it shows."""
    heading(page, LEFT, ["Where to look", *[""] * (len(WIDTHS) - 1)])
    told = SHEETS | {t.name: t.row for t in TABLES if t.group == "input"}
    for n in sheets:
        told.setdefault(n, "the plan before this one" if n.startswith("Last ") else "your own sheet")
    rows = [(n, told[n]) for n in sheets if n != HOME]
    half = -(-len(rows) // 2)
    for i, (name, text) in enumerate(rows):
        col, row = (LEFT, page.row + i) if i < half else (RIGHT, page.row + i - half)
        put(page.sheet, row, col, Link(name, name), page.style("link"))
        put(page.sheet, row, col + 1, text, page.style("label"))
    page.row += half
