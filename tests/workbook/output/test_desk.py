"""What a planner looks for in the sheets: room by week, visitors in the field, ways back, a printout of few pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from optimizer.domain import Case, Closure
from optimizer.report import figures
from optimizer.report.before import Other
from optimizer.report.colours import ACCENT, BEFORE, FULL
from optimizer.report.movements import visitors
from optimizer.verify import verify
from optimizer.workbook import labels
from optimizer.workbook.output import Made, write_plan
from optimizer.workbook.output.timeline_sites import overfull
from optimizer.workbook.output.timeline_units import LEFT, THIN
from optimizer.workbook.schema import INPUT_SHEETS, LAST_SHEETS, PLAN_SHEETS
from optimizer.workbook.sheets.page import PRINTED, ROWS_OF_A_PAGE
from tests import build
from tests.workbook.output.answers import answer, full_case, full_plan, outcome

SITE_ROWS = 4  # leading columns of the timeline: Site, What, Places; weeks from the fourth


def timeline(path: Path):
    return openpyxl.load_workbook(path, data_only=True)["Timeline by site"]


def row_of(sheet, name: str):
    return next(r for r in sheet.iter_rows() if str(r[0].value or "").strip() == name)


def week(row, w: int):
    return row[SITE_ROWS - 1 + w]


def fill(cell) -> str:
    return f"#{cell.fill.fgColor.rgb[-6:]}"


def test_places_are_those_of_the_week_after_upgrades_and_closures(tmp_path: Path) -> None:
    """Rukla: 400 places; B1, bought in week 4 and built in two, adds 300 from week 6; week 17 leaves 7 of them."""
    case = full_case()
    case = replace(case, closures=(Closure("RUK", 17, 18, "places", left=7),))
    sheet = timeline(answer(tmp_path / "a.xlsx", case, full_plan()))
    head = row_of(sheet, "Rukla")
    assert head[2].value == "7 to 700"
    below = next(sheet.iter_rows(min_row=head[0].row + 1, max_row=head[0].row + 1))
    assert (below[0].value.strip(), below[1].value) == ("places", "places, by week")
    assert {w: week(below, w).value for w in range(case.weeks) if week(below, w).value} == {
        0: "400",
        6: "700",
        17: "7",
        18: "700",
    }
    assert row_of(sheet, "Poznan")[2].value == 1000  # the same in every week: a figure, and no row more


@pytest.mark.parametrize(("hand_over", "colour", "holds"), [(160, FULL, True), (159, ACCENT, False)])
def test_full_beyond_its_places_is_red_only_where_hand_over_places_do_not_allow_it(
    tmp_path: Path, hand_over: int, colour: str, holds: bool
) -> None:
    """A battery of 80 is relieved by another in week 6, settled a week later, when the first is gone: 80 of 80 places
    are taken by settled people throughout, 160 people are there in week 6. One hand-over place less is a breach."""
    case = build.case(20, units={"U1": "ART", "U2": "ART"})
    sites = tuple(replace(s, places=80, handover_places=hand_over) if s.id == "POZ" else s for s in case.sites)
    case = replace(case, sites=sites)
    plan = build.plan(build.rot("U1", 1, 7, "U1a POZ air"), build.rot("U2", 6, 12, "U2a POZ air"))
    row = row_of(timeline(answer(tmp_path / "a.xlsx", case, plan)), "Poznan")
    assert [week(row, w).value for w in (0, 1, 6, 7, 12)] == [None, 100, 200, 100, None]
    assert fill(week(row, 6)) == colour
    assert fill(week(row, 7)) not in (FULL, ACCENT)
    assert (not [b for b in verify(case, plan).breaches if b.rule == "site-capacity"]) == holds
    assert [int(w) for w in np.flatnonzero(overfull(case, plan).any(axis=0))] == ([] if holds else [6])


def test_visitors_sleep_in_the_field_and_it_is_said_where_and_how_many(tmp_path: Path) -> None:
    """U1a is based at Poznan and exercises there: no visitor. Held elsewhere, its people are visitors."""
    case, plan = full_case(), full_plan()
    assert visitors(case, plan) == {"X1": 0}
    kind = case.element_type("U1a")
    moved = replace(plan, runs=(build.run("X1", "RUK", 5, "N1 U1a"),))
    assert visitors(case, moved) == {"X1": kind.people}
    book = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", case, moved), data_only=True)
    head, row = list(book["Plan exercises"].iter_rows(values_only=True))[:2]
    assert dict(zip(head, row, strict=True))["Visitors in the field"] == kind.people
    figures = {r[0]: r[7] for r in book[labels.SUMMARY].iter_rows(max_col=8, values_only=True) if r[0]}
    assert figures["Visitors who sleep in the field, at the largest"] == kind.people


def test_the_first_heading_of_every_table_leads_back_to_the_summary(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", full_case(), full_plan()))
    tables = [s.name for s in (*PLAN_SHEETS, *INPUT_SHEETS, *LAST_SHEETS)]
    for name in tables:
        first = book[name]["A1"]
        assert first.hyperlink is not None, name
        assert first.hyperlink.location.split("!")[0].strip("'") == labels.SUMMARY
        assert first.value
    others = [s for s in labels.ANSWERS if s != labels.SUMMARY]
    assert all(book[s]["A3"].hyperlink.location.startswith(f"'{labels.SUMMARY}'") for s in others)


@pytest.mark.parametrize("name", ["Supply", "Postings"])
def test_long_lists_print_their_first_page_and_say_so(tmp_path: Path, name: str) -> None:
    """A printout of the whole workbook is read, not weighed; whoever wants the list clears the print area."""
    case = build.case(52, units={f"U{n}": "INF" for n in range(30)})
    plan = build.plan(*(build.rot(f"U{n}", 1 + n % 8, 14 + n % 8, f"U{n}a POZ air") for n in range(30)))
    book = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", case, plan))
    sheet = book[name]
    assert sheet.max_row > ROWS_OF_A_PAGE
    assert str(sheet.print_area).endswith(f"${ROWS_OF_A_PAGE}")
    assert sheet["E3"].value == PRINTED
    short = openpyxl.load_workbook(answer(tmp_path / "b.xlsx", full_case(), full_plan()))
    assert short[name].max_row < ROWS_OF_A_PAGE
    assert not short[name].print_area


def test_where_units_were_in_the_plan_before_is_a_thin_line_under_them(tmp_path: Path) -> None:
    """U1 was to go in weeks 2 to 6 and goes in 4 to 8, U2 no longer goes; of the plan in a workbook that begins two
    weeks later the weeks are those of the same dates."""
    case = build.case(20, units={"U1": "ART", "U2": "ART"})
    plan = build.plan(build.rot("U1", 4, 8, "U1a POZ air"))
    was = build.plan(build.rot("U1", 2, 6, "U1a POZ air"), build.rot("U2", 10, 12, "U2a POZ air"))
    later = replace(
        case, settings=replace(case.settings, calendar=replace(case.calendar, start=case.calendar.monday(2)))
    )
    sooner = build.plan(build.rot("U1", 0, 4, "U1a POZ air"), build.rot("U2", 8, 10, "U2a POZ air"))

    def lines(case: Case, other: Other | None) -> dict[str, list[int]]:
        verdict, path = verify(case, plan), tmp_path / "a.xlsx"
        made = Made(other=other)
        write_plan(path, case, plan, outcome(case, plan), verdict, figures(case, plan, verdict), made)
        sheet = openpyxl.load_workbook(path)["Timeline by unit"]
        legend = [c.value for c in sheet[3] if c.value]
        assert any("thin line: in" in text for text in legend) == (other is not None or not case.last.empty)
        out, above = {}, None
        for row in sheet.iter_rows(min_row=7):
            if sheet.row_dimensions[row[0].row].height == THIN:
                out[above] = [i for i, c in enumerate(row[len(LEFT) :]) if fill(c) == BEFORE]
            above = row[0].value
        return out

    assert lines(case, None) == {}
    drawn = {"U1": [2, 3, 4, 5], "U2": [10, 11]}
    assert lines(replace(case, last=was), None) == drawn
    assert lines(case, Other("spring", case, was)) == drawn
    assert lines(case, Other("spring", later, sooner)) == drawn
