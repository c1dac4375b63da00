"""The lower half of the Summary: countries, money, counts, the plan before, what limits it most."""

from __future__ import annotations

from typing import Any

from optimizer.report.before import Beside, Other, beside
from optimizer.report.colours import BAND, PAPER, heat
from optimizer.report.headcount import Headcount, headcounts
from optimizer.report.movements import visitors
from optimizer.report.spending import lines_of, postings
from optimizer.report.transfers import in_words, lines_by_year, transfers
from optimizer.report.utilisation import SITES, SPENDING, UNITS, limits
from optimizer.rosters import must_be_held
from optimizer.workbook import labels
from optimizer.workbook.output.coverage_rows import EVERYONE
from optimizer.workbook.output.postings import Sums
from optimizer.workbook.output.summary_grid import LEFT, RIGHT, heading, pairs
from optimizer.workbook.output.terms import over_length
from optimizer.workbook.sheets.material import Material, cell, on
from optimizer.workbook.sheets.page import Formula, Link, Page, put

MOST_COUNTRIES = 12
MOST_LEVELS = 4
MOST_LIMITS = 5
MOST_MOVES = 6
TELLING = 0.8  # share of a ceiling from which it is worth naming
TOPICS = {SPENDING: "Money", SITES: "Timeline by site", UNITS: "Timeline by unit"}
MOVED, AVAILABLE, LEFT_OVER = "Moved", "Available", "Left"


def countries(page: Page, m: Material) -> None:
    """Percent of weighted demand by country and level, coloured as in the heat map; people, and own soil."""
    levels, tally = [x.id for x in m.case.levels][:MOST_LEVELS], m.verdict.tally
    names = [*levels, *[""] * (MOST_LEVELS - len(levels)), "People", "Peak", "Own soil"]
    heading(page, LEFT, [labels.COVERAGE, *names])
    there = {h.country: h for h in headcounts(m.case, m.plan)}
    shown = [c for c in m.case.countries if c.id in there and (there[c.id].peak or _wanted(tally, c.id))]
    shown.sort(key=lambda c: tally.value_covered.get(c.id, 100.0))
    kept = {c.id for c in shown[:MOST_COUNTRIES]}
    _country(page, m, (EVERYONE, labels.ALL_COUNTRIES), tally.coverage, None, "total")
    for j, c in enumerate(m.case.countries):
        if c.id in kept:
            _country(page, m, (j, c.name), tally.country_coverage[c.id], there[c.id], "cell")
    if len(shown) > len(kept):
        put(page.sheet, page.row, LEFT, f"The {len(kept)} least covered of {len(shown)}.", page.style("note"))
        page.row += 1
    said = "People: on average, and in the fullest week. Own soil: part of what counts that stands in the country."
    put(page.sheet, page.row, LEFT, said, page.style("note", font_size=7))
    page.row += 2


def _wanted(tally: Any, country: str) -> bool:
    return any(v is not None for v in tally.country_coverage[country].values())


def _country(page: Page, m: Material, who: tuple[int, str], shares: Any, people: Headcount | None, base: str) -> None:
    j, name = who
    levels = [x.id for x in m.case.levels][:MOST_LEVELS]
    put(page.sheet, page.row, LEFT, name, page.style(base))
    for col in range(MOST_LEVELS):
        share = shares[levels[col]] if col < len(levels) else None
        fill = {} if share is None else {"bg_color": heat(share / 100), "font_color": PAPER if share > 85 else BAND}
        figure = None if share is None else Link("Coverage", share, m.places[f"coverage {col} {j}"])
        put(page.sheet, page.row, LEFT + 1 + col, figure, page.style(base, "tenth", **fill))
    own = None if people is None else people.own
    values: list[tuple[Any, str]] = [(None, "whole"), (None, "whole"), (None, "percent_whole")]
    at = m.places.get("people" if people is None else f"people {people.country}")
    if at is not None:  # the row of the People sheet: country, average, peak, fullest week, own soil
        average, peak = m.present[at]
        figures = ((average, "B", "whole"), (peak, "C", "whole"), (own, "E", "percent_whole"))
        values = [
            (None if v is None else Link("People", v / 100 if column == "E" else v, f"{column}{at[1:]}"), look)
            for v, column, look in figures
        ]
    for col, (value, look) in enumerate(values, LEFT + 1 + MOST_LEVELS):
        put(page.sheet, page.row, col, value, page.style(base, look))
    page.row += 1


def spending(page: Page, m: Material) -> None:
    """Per line over the whole plan: ceiling, what transfers move, available, spent, left; then each transfer."""
    posted, years = postings(m.case, m.plan), m.case.calendar.fiscal_years
    given, moves = lines_by_year(m.case, m.verdict.spend_by_year), transfers(m.case, m.verdict.spend_by_year)
    sums = Sums(posted)
    heading(page, RIGHT, [labels.MONEY, "Ceiling", MOVED, AVAILABLE, labels.SPENT, LEFT_OVER])
    first = page.row
    for line in lines_of(m.case, posted):
        own = [(y, given[line, y]) for y in years if (line, y) in given]
        spent = sums(line=(cell(page.row, RIGHT), line))
        ceiling: Formula | None = None
        if own:
            rows = [m.places[f"line {line} {y}"] for y, _ in own]
            ceiling = Formula("=" + "+".join(on("Money", "C" + at[1:]) for at in rows), sum(x.ceiling for _, x in own))
        _line(page, line, (ceiling, sum(x.moved for _, x in own)), spent, "cell")
    if page.row > first:
        span = [f"{cell(first, RIGHT + i)}:{cell(page.row - 1, RIGHT + i)}" for i in range(6)]
        whole = Formula(f"=SUM({span[1]})", sum(x.ceiling for x in given.values())) if given else None
        _line(page, labels.ALL_LINES, (whole, 0.0), Formula(f"=SUM({span[4]})", sums.value()), "total")
    for t in moves[:MOST_MOVES]:
        put(page.sheet, page.row, RIGHT, in_words(t), page.style("note"))
        page.row += 1
    if len(moves) > MOST_MOVES:
        put(page.sheet, page.row, RIGHT, Link("Money", f"and {len(moves) - MOST_MOVES} more transfers"),
            page.style("link"))  # fmt: skip
        page.row += 1
    page.row += 1


def _line(page: Page, name: str, given: tuple[Formula | None, float], spent: Formula, base: str) -> None:
    ceiling, moved = given
    available: Formula | None = None
    left: Formula | None = None
    at = {i: cell(page.row, RIGHT + i) for i in range(1, 5)}
    if ceiling is not None:
        have = float(ceiling.value) + moved
        available = Formula(f"={at[1]}+{at[2]}", have)
        left = Formula(f"=ROUND({at[3]}-{at[4]},9)", round(have - float(spent.value), 9))
    looks = [(base,), (base, "money"), (base, "moved"), *[(base, "money")] * 2, (base, "left_over")]
    values = [name, ceiling, moved if ceiling is not None and moved else None, available, spent, left]
    page.line(values, looks, first=RIGHT)


def counts(page: Page, m: Material) -> None:
    """What is in the plan, what of it is missing."""
    f, case, guests = m.figures, m.case, visitors(m.case, m.plan)
    must = [x.id for x in case.exercises if must_be_held(case, x)]
    missed = len(set(must) - set(m.verdict.tally.held))
    floors = sum(f.floor_weeks.values())
    held = f"in {len(f.floor_weeks)} of {len(f.floor_weeks)} countries" if f.floor_weeks else "none asked"
    below = f"{floors:,} country-weeks below"
    if floors:
        below += f", most in {case.country[max(f.floor_weeks, key=lambda c: f.floor_weeks[c])].name}"
    weeks, over = m.span("Plan rotations", "Weeks in plan"), over_length(m)
    pairs(page, LEFT, "In figures", [
        (Link("Plan rotations", "Rotations"), f.rotations, False),
        (Link("Plan rotations", "Of them under way when the plan begins"), len(case.underway), False),
        (Link("Plan rotations", "Element-weeks in the plan"),
         Formula(f"=SUM({weeks})", f.element_weeks) if weeks else 0, False),
        (Link("Plan exercises", "Exercises held"),
         _of(m, "Plan exercises", "Exercises", "Exercise", f.exercises_held, f.exercises_offered,
             len(case.held_before)), False),
        (Link("Plan exercises", "Mandatory exercises held"), f"{len(must) - missed} of {len(must)}", missed > 0),
        (Link("Plan exercises", "Visitors who sleep in the field, at the largest"), max(guests.values(), default=0),
         False),
        (Link("Shortfalls", "Presence floors held", m.places["floors"]), below if floors else held, floors > 0),
        (Link("Plan rotations", "Weeks beyond standard length"),
         Formula(f"={over}", f.over_length_weeks) if over else 0, False),
        (Link("Plan upgrades", "Upgrades bought"),
         _of(m, "Plan upgrades", "Upgrades", "Upgrade", len(m.plan.purchases), len(case.upgrades)), False),
        *_changes(m),
    ])  # fmt: skip


def _of(m: Material, part: str, whole: str, heading: str, some: int, every: int, past: int = 0) -> Any:
    """``24 of 37``, counted live where both tables have rows; ``past`` rows of the whole are history."""
    a, b = m.span(part, heading), m.span(whole, heading)
    text = f"{some} of {every}"
    return Formula(f'=COUNTA({a})&" of "&COUNTA({b}){f"-{past}" if past else ""}', text) if a and b else text


def _changes(m: Material) -> list[tuple[str | Link, Any, bool]]:
    """How much differs from the plan in force: a figure that means something only while replanning."""
    f = m.figures
    if not m.case.settings.replan or f.changed_weeks is None:
        return []
    return [
        ("Element- and set-weeks changed against the plan in force", f.changed_weeks, False),
        ("Exercises and upgrades changed", f.changed_events, False),
    ]


def against(page: Page, m: Material, other: Other | None) -> None:
    """Before and after, where there is a plan to compare with that says anything of these weeks."""
    if other is None:
        return
    heading(page, RIGHT, [f"Against {other.name}", "", "", "Before", "After", "Difference"])
    for x in beside(m.case, m.plan, other):
        _before(page, x)
    page.row += 1


def _before(page: Page, x: Beside) -> None:
    look = {"percent": "tenth", "money": "money", "count": "whole"}[x.look]
    difference: Formula | None = None
    if x.before is not None and x.after is not None:
        difference = Formula(f"={cell(page.row, RIGHT + 4)}-{cell(page.row, RIGHT + 3)}", x.after - x.before)
    looks = [("cell",)] * 3 + [("cell", look)] * 2 + [("cell", "moved" if x.look != "count" else "moved_whole")]
    page.line([x.what, None, None, x.before, x.after, difference], looks, first=RIGHT)


def tight(page: Page, m: Material) -> None:
    """The ceilings that the plan comes nearest to."""
    found = [x for x in limits(m.case, m.plan, dict(m.verdict.spend)) if x.used >= TELLING][:MOST_LIMITS]
    rows: list[tuple[str | Link, Any, bool]] = [(Link(TOPICS[x.topic], x.text), x.used, False) for x in found]
    pairs(page, RIGHT, "Nearest their limits", rows or [("Nothing is near its limit", "", False)])
