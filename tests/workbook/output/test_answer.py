"""What the answer workbook holds, and that it is the same every time."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from optimizer import __version__
from optimizer.domain import EMPTY_PLAN, Country, Demand
from optimizer.report import figures
from optimizer.report.adding import Bench
from optimizer.report.answers import EXERCISE, Answer, Blocked
from optimizer.verify import verify
from optimizer.workbook import labels
from optimizer.workbook.output import Made, content_hash, write_plan
from optimizer.workbook.output.why import sections
from optimizer.workbook.schema import CHOICES, INPUT_SHEETS, LAST_SHEETS, PLAN_SHEETS
from tests import build
from tests.workbook.output.answers import answer, full_case, full_plan, outcome


def text_of(sheet) -> str:
    return "\n".join(str(c) for row in sheet.iter_rows(values_only=True) for c in row if c is not None)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory):
    return openpyxl.load_workbook(
        answer(tmp_path_factory.mktemp("out") / "a.xlsx", full_case(), full_plan(), Finished="noon"), data_only=True
    )


def test_every_sheet_is_there(book) -> None:
    names = [s.name for s in PLAN_SHEETS], [s.name for s in INPUT_SHEETS], [s.name for s in LAST_SHEETS]
    assert book.sheetnames == ["Summary", *names[0], *labels.ANSWERS[1:], "Ask", *names[1], *names[2], CHOICES]


def test_without_a_last_plan_there_are_no_last_sheets(tmp_path: Path) -> None:
    case = replace(full_case(), last=EMPTY_PLAN)
    names = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", case, full_plan())).sheetnames
    assert not [n for n in names if n.startswith("Last")]


def test_the_summary_says_it_in_words(book) -> None:
    text = text_of(book["Summary"])
    assert "Stopped when the work of effort “standard” was done. A better plan may exist, by 10.00% at most." in text
    assert "0 broken" in text
    assert "1 of 2" in text  # exercises held
    assert "13 country-weeks below, most in Poland" in text
    links = {
        c.hyperlink.location.split("!")[0].strip("'") for r in book["Summary"].iter_rows() for c in r if c.hyperlink
    }
    assert links >= {"Plan rotations", "Coverage", "Money", "Checks", "Run"}


def test_optimal_and_unbounded_plans_are_called_so(tmp_path: Path) -> None:
    case, plan = full_case(), full_plan()
    v = verify(case, plan)
    for n, (changes, words) in enumerate(
        [
            ({"status": "optimal", "bound": v.score}, "Proven best"),
            ({"bound": None}, "No bound is proven"),
            ({"stop_reason": "interrupted", "repeatable": False}, "Interrupted by hand"),
        ]
    ):
        made = write_plan(tmp_path / f"{n}.xlsx", case, plan, outcome(case, plan, **changes), v, figures(case, plan, v))
        assert words in text_of(openpyxl.load_workbook(made, data_only=True)["Summary"])


def test_a_broken_rule_cannot_be_overlooked(tmp_path: Path) -> None:
    case, plan = full_case(), replace(full_plan(), maintenance=())
    sheets = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", case, plan), data_only=True)
    assert verify(case, plan).breaches
    assert "NO" in [c.value for row in sheets["Summary"].iter_rows() for c in row]
    assert "BROKEN" in text_of(sheets["Checks"])
    assert all(b.text in text_of(sheets["Checks"]) for b in verify(case, plan).breaches)


def test_checks_list_every_rule_and_every_term(book) -> None:
    verdict, rows = verify(full_case(), full_plan()), list(book["Checks"].iter_rows(values_only=True))
    told = {r[0]: r for r in rows if r[0]}
    for f in verdict.findings:
        assert told[f.rule][2:4] == (f.tested, 0)
    for term, value in verdict.terms.items():
        assert told[term][2] == pytest.approx(value)
    assert told["Score, re-added"][2] == pytest.approx(verdict.score)
    assert told["Difference"][2] == pytest.approx(0)
    assert told["Bound above score by"][2] == pytest.approx(0.1 * verdict.score)


def test_shortfalls_say_how_much(book) -> None:
    rows = list(book["Shortfalls"].iter_rows(values_only=True))
    floor = [r for r in rows if r[0] == "Poland" and isinstance(r[4], int | float) and r[4] == 90]
    # nobody in Poland in weeks 0-2 and 10-19: 3 and 10 weeks × 90; U3 (120) and U1 (180) hold it between
    assert [(r[3], r[5], r[6]) for r in floor] == [(10, 0, 900), (3, 0, 270)]
    assert [r[0] for r in rows if r[0] in ("X1", "X2")] == ["X2"]
    gaps = [r for r in rows if r[1] in ("Armour", "Fires")]
    assert gaps
    assert sum(r[9] for r in gaps) == pytest.approx(1.0)


def test_shortfalls_say_why(book, tmp_path: Path) -> None:
    """By what adding it would break, or in the words of the answer to a question of it."""
    rows = [r for r in book["Shortfalls"].iter_rows(values_only=True, max_col=13) if r[0] is not None]
    heads = [r for r in rows if r[12] == "Why"]
    assert [r[0] for r in heads] == ["Country", "Exercise", "Country"]  # no unit stays at home
    assert {"Wanted, on average", "There, on average", "Worst week", "Wanted then", "There then"} < set(heads[2])
    case, plan = full_case(), full_plan()
    told = {r[0]: r[12] for r in rows}
    assert told["X2"] == Bench(case, plan).exercises["X2"].why
    assert {r[12] for r in rows if r[4] == 90} == {"every unit goes"}
    assert all(r[12] for r in rows if r[1] in ("Armour", "Fires"))
    asked = Answer(
        EXERCISE, True, "X2", None, None, None, "Why not?", 1.5, None, (), (Blocked("budget", (), "too dear"),)
    )
    path, verdict = tmp_path / "a.xlsx", verify(case, plan)
    write_plan(
        path, case, plan, outcome(case, plan), verdict, figures(case, plan, verdict), Made(why=sections([asked]))
    )
    again = {r[0]: r[12] for r in openpyxl.load_workbook(path)["Shortfalls"].iter_rows(values_only=True, max_col=13)}
    assert again["X2"] == f"{asked.sentence} In the way: budget: too dear"
    fewer = replace(plan, rotations=plan.rotations[:2])  # U3 stays at home
    bench = Bench(case, fewer)
    ids = {r[0]: r for r in openpyxl.load_workbook(answer(path, case, fewer))["Shortfalls"].iter_rows(values_only=True)}
    assert ids["U3"][12] == bench.units["U3"].why
    assert (ids["U3"][6], ids["U3"][7]) == (120, 1)


def test_nothing_need_be_computed_when_it_is_opened_and_the_program_names_itself(tmp_path: Path) -> None:
    path = answer(tmp_path / "a.xlsx", full_case(), full_plan())
    with zipfile.ZipFile(path) as parts:
        setup = re.search(r"<calcPr[^>]*>", parts.read("xl/workbook.xml").decode())
    assert setup is not None
    assert "fullCalcOnLoad" not in setup[0]
    facts = dict(openpyxl.load_workbook(path)["Run"].iter_rows(max_col=2, values_only=True))
    assert facts["Version of optimizer"] == __version__


def test_plan_rows_tell_what_follows(book) -> None:
    rows = list(book["Plan rotations"].iter_rows(values_only=True))
    row = dict(zip(rows[0], next(r for r in rows if r[2] == "U1a"), strict=True))
    assert (row["Weeks"], row["People"], row["Country"], row["Under way"]) == (5, 100, "PL", None)
    assert row["Cost, USD million"] == pytest.approx(1.5)
    assert f"{row['Ready from']:%Y-%m-%d}" == "2017-10-30"  # a week to draw the set
    under = dict(zip(rows[0], next(r for r in rows if r[2] == "U2a"), strict=True))
    assert under["Under way"] == "yes"


def test_timelines_name_places_marks_and_moves(book) -> None:
    units, sites = text_of(book["Timeline by unit"]), text_of(book["Timeline by site"])
    assert "POZ · air" in units
    assert "X1" in units
    assert "→" in sites  # the week on the road
    assert "Not used in this plan (1)" in sites


def test_run_sheet_and_properties(book) -> None:
    told = {r[0]: r[1] for r in book["Run"].iter_rows(min_row=5, values_only=True)}
    whole = content_hash(full_case(), full_plan())
    assert told["Content hash of inputs and plan"] == whole
    assert (told["Seed"], told["Finished"]) == (1, "noon")
    properties = {p.name: p.value for p in book.custom_doc_props.props}
    assert properties["Content hash of inputs and plan"] == whole
    assert properties["Engine"] == "search"


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    case, plan = full_case(), full_plan()
    one, two = answer(tmp_path / "a.xlsx", case, plan), answer(tmp_path / "b.xlsx", full_case(), full_plan())
    assert one.read_bytes() == two.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx"]


def test_an_empty_plan_of_a_bare_case_can_be_written(tmp_path: Path) -> None:
    case = build.case(units={})
    made = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", case, EMPTY_PLAN), data_only=True)
    counts = {r[0]: r[7] for r in made["Summary"].iter_rows(max_col=8, values_only=True)}
    assert (counts["Rotations"], counts["Element-weeks in the plan"]) == (0, 0)


def test_many_countries_show_the_least_covered_in_detail(tmp_path: Path) -> None:
    countries = tuple(Country(f"C{n}", f"Country {n}", 1.0) for n in range(200))
    wants = tuple(Demand(c.id, "armour", "full", 0, 52, 1000) for c in countries)
    sites = tuple(replace(s, country=None) for s in build.SITES)
    case = build.case(52, countries=countries, demands=wants, sites=sites)
    made = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", case, EMPTY_PLAN), read_only=True, data_only=True)
    assert "In detail: the 192 least covered of 200 countries" in text_of(made["Coverage"])
    assert "The 12 least covered of 200." in text_of(made["Summary"])


def follow(book, sheet: str, at: str) -> tuple[str, str]:
    """Where the jump on a cell leads."""
    target, _, cell = book[sheet][at].hyperlink.location.rpartition("!")
    return target.strip("'"), cell


def test_a_figure_on_the_summary_can_be_followed_down_to_its_rows(tmp_path: Path) -> None:
    """Percent of the lowest level met in Poland, from the Summary to the rows of Plan rotations."""
    path = answer(tmp_path / "a.xlsx", full_case(), full_plan())
    live, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    summary = live["Summary"]
    at = next(r[1].coordinate for r in summary.iter_rows(max_col=5) if r[0].value == "Poland")
    sheet, cell = follow(live, "Summary", at)
    assert (sheet, live[sheet][cell].value[:9]) == ("Coverage", "=100*SUM(")
    assert cached[sheet][cell].value == pytest.approx(cached["Summary"][at].value)
    # the plan's percentage is over a row of weighted points, each a formula over supply and demand of a week
    met = re.search(r"SUM\(([A-Z]+)(\d+):", live[sheet][cell].value)
    points = live[sheet][f"{met[1]}{met[2]}"].value
    assert points.startswith("='Countries'!$C$2*('Capabilities'!$C$2*MIN(")
    supply = re.search(r"MIN\(([A-Z]+\d+),", points)[1]
    assert live[sheet][supply].value.startswith("=SUMIFS(Supply!$H$5:")
    # which adds up rows that name the element, the site and the weeks
    rows = [r for r in cached["Supply"].iter_rows(min_row=5, values_only=True) if r[:2] == ("PL", "armour")]
    assert {r[2] for r in rows if r[3] == "on rotation"} <= {
        r[2] for r in cached["Plan rotations"].iter_rows(min_row=2, values_only=True)
    }
    assert any(r[2] == "U1a" for r in rows)


def test_every_tile_of_the_summary_leads_somewhere(tmp_path: Path) -> None:
    path = answer(tmp_path / "a.xlsx", full_case(), full_plan())
    live, cached = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    heads = {c.value: c for row in live["Summary"].iter_rows(max_row=6) for c in row if isinstance(c.value, str)}
    for tile in ("Score", "Proven bound", "Spent"):
        at = live["Summary"].cell(heads[tile].row + 1, heads[tile].column).coordinate
        sheet, cell = follow(live, "Summary", at)
        assert cached[sheet][cell].value == pytest.approx(cached["Summary"][at].value), tile


def test_the_gaps_on_the_summary_lead_to_their_rows(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", full_case(), full_plan()), data_only=True)
    links = [c for row in book["Summary"].iter_rows(max_col=1) for c in row if c.value and "% met" in str(c.value)]
    assert links
    for link in links:
        sheet, cell = follow(book, "Summary", link.coordinate)
        country, rest = link.value.split(": ")
        row = book[sheet][cell].row
        assert (book[sheet].cell(row, 1).value, book[sheet].cell(row, 2).value) == (country, rest.split(", ")[0])


def test_more_sources_than_a_sheet_should_hold_are_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("optimizer.workbook.sheets.material.MOST_SOURCES", 3)
    path = answer(tmp_path / "a.xlsx", full_case(), full_plan())
    book = openpyxl.load_workbook(path)
    assert "not listed" in book["Supply"]["A2"].value
    assert book["Supply"].max_row <= 5
    assert not [c for row in book["Coverage"].iter_rows() for c in row if "SUMIFS" in str(c.value)]
