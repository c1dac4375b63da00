"""Supply: who counts for which country, when and why; the rows behind every point on the Coverage sheet."""

from __future__ import annotations

from math import isclose

from optimizer.domain import Case
from optimizer.quantities import MICRO, MILLI
from optimizer.workbook.sheets.material import MOST_SOURCES, Material, cell
from optimizer.workbook.sheets.page import A3, Column, Formula, Link, first_page_only, put

NAME = "Supply"
COLUMNS = (
    Column("Country", 10),
    Column("Capability", 14),
    Column("Who or what", 20),
    Column("Why", 34),
    Column("Site", 14),
    Column("Points", 9, ("cell", "number")),
    Column("Credit", 9, ("cell", "number")),
    Column("Counts", 10, ("cell", "number")),
    Column("From", 12, ("cell", "date")),
    Column("Until", 12, ("cell", "date")),
    Column("Weeks", 8, ("cell", "count")),
    Column("Point-weeks", 12, ("cell", "number")),
    Column("Unit or set", 44),  # names last: formulas and filters go by the ids
    Column("Place", 44),
)
FIRST = 4  # row of the table's body, 0-based


def write(m: Material) -> None:
    """One row per stretch of weeks, country and capability, with the point-weeks of the rows shown."""
    found = m.sources or []
    note = (
        "One row: what somebody or something adds to one country’s supply from one day to another. "
        "Points × credit for nearness = what counts."
        if m.sources is not None
        else f"More than {MOST_SOURCES:,} rows: not listed here, and supply on the Coverage sheet is plain numbers."
    )
    page = m.page(NAME, "Supply", note, [c.width for c in COLUMNS], paper=A3)
    put(page.sheet, 2, 2, Link("Coverage", "← Coverage"), page.style("link"))
    last = max(FIRST + len(found) - 1, FIRST)
    whole = sum(s.counts * (s.stretch.end - s.stretch.start) for s in found) / MICRO
    put(page.sheet, 2, 9, "Point-weeks of the rows shown", page.style("label", align="right"))
    put(page.sheet, 2, 11, Formula(f"=SUBTOTAL(109,{cell(FIRST, 11)}:{cell(last, 11)})", whole),
        page.style("total", "number"))  # fmt: skip
    rows = []
    for row, s in enumerate(found, FIRST):
        x, counts = s.stretch, s.counts / MICRO
        credit = s.credit / MILLI
        if s.counts != s.points * s.credit:  # a stored set
            credit *= m.case.settings.set_credit / MILLI
        exact = isclose(s.points / MILLI * credit, counts, rel_tol=1e-9)  # else cut to whole micro-points
        value = Formula(f"={cell(row, 5)}*{cell(row, 6)}", counts) if exact else counts
        weeks = x.end - x.start
        rows.append((
            s.country, s.capability, x.who, x.why, x.site, s.points / MILLI, credit, value, m.day(x.start),
            m.day(x.end), Formula(f"=({cell(row, 9)}-{cell(row, 8)})/7", weeks),
            Formula(f"={cell(row, 7)}*{cell(row, 10)}", counts * weeks), _name(m.case, x.who), m.case.site[x.site].name,
        ))  # fmt: skip
    page.table(COLUMNS, rows, named="Supply")
    first_page_only(page, len(COLUMNS), last)
    page.sheet.freeze_panes(FIRST, 3)
    page.sheet.repeat_rows(FIRST - 1)


def _name(case: Case, who: str) -> str:
    """What an element's unit, or a set, is called."""
    return case.prepo[who].name if who in case.prepo else case.unit[case.element[who].unit].name


def sums(m: Material, country: str, capability: str, day: str) -> str:
    """The formula that adds up what counts for a country and a capability on the Monday in cell ``day``."""
    end = FIRST + max(len(m.sources or ()), 1)

    def span(column: str) -> str:
        return f"{NAME}!${column}${FIRST + 1}:${column}${end}"

    return (
        f"=SUMIFS({span('H')},{span('A')},{literal(country)},{span('B')},{literal(capability)},"
        f'{span("I")},"<="&{day},{span("J")},">"&{day})'
    )


def literal(name: str) -> str:
    """A name as a criterion that only it meets: no comparison, no wildcards."""
    safe = "".join(f"~{x}" if x in "~*?" else x for x in name).replace('"', '""')
    return f'"={safe}"'
