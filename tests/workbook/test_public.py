"""What public bug reports say goes wrong with workbooks elsewhere: here nothing may be lost or bent in silence."""

from __future__ import annotations

import pytest

from optimizer.workbook.faults import FAULT, NOTE, WARNING
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.reader import read_case, read_for_solving
from optimizer.workflow import check
from tests.workbook.books import SOUND, book, edit, findings
from tests.workbook.corpus import CLEAN, Refused
from tests.workbook.corpus_public import CASES, READ, dates
from tests.workbook.test_corpus import judge


@pytest.mark.parametrize("name", CASES)
def test_case(tmp_path, name):
    make, expected = CASES[name]
    if not name.startswith("header ") or expected is CLEAN:
        judge(tmp_path, make, expected)
        return
    found = [f for f in check(make(tmp_path))[1] if f.severity == FAULT]
    ((code, sheet),) = expected.places
    assert code in {f.code for f in found if f.sheet == sheet}, found
    assert not any(f.code == "column-extra" for f in findings(tmp_path / "a.xlsx"))


def test_most_of_them_read_like_the_sound_workbook():
    assert len(CASES) > 70
    assert sum(expected is CLEAN for _, expected in CASES.values()) > 45
    assert not any(isinstance(expected, Refused) for _, expected in CASES.values())
    assert sum(map(len, READ.values())) > 20


# day meant: 2017-12-20, a Wednesday of week 11; the week before is the one wrongly closed where a day is cut
@pytest.mark.parametrize(
    ("shift", "said", "severity"),
    [
        (0.0, None, None),
        (1e-9, None, None),  # noise of a calculation
        (-1e-9, None, None),
        (-43 / 86400, "date-rounded", WARNING),  # 23:59:17 of the day before, as some exports write midnight
        (30 / 86400, None, None),  # half a minute past midnight is that day
        (5 / 24, "date-clock", WARNING),  # midnight in New York
        (-1 / 24, "date-late", FAULT),  # midnight in Berlin, one hour before
        (-8 / 24, "date-late", FAULT),  # midnight in Shanghai
        (-60 / 86400, "date-late", FAULT),  # 23:59: the end of a day, or its last minute
        (-1 / 86400, "date-late", FAULT),  # 23:59:59 likewise
    ],
)
def test_a_time_of_day_is_never_cut_in_silence(tmp_path, shift, said, severity):
    found = [f for f in findings(dates(tmp_path, shift)) if f.cell == "B2" and f.sheet == "Closures"]
    assert [(f.code, f.severity) for f in found] == ([] if said is None else [(said, severity)])
    if severity != FAULT:
        assert read_for_solving(tmp_path / "a.xlsx").closures[0].start == 11


def test_a_total_row_adds_no_scenario_and_no_site(tmp_path):
    case = read_for_solving(CASES["total row of a table: Scenarios"][0](tmp_path))
    assert [s.id for s in case.scenarios] == ["corridor", "worst"]
    case = read_for_solving(CASES["total row of a table: Sites"][0](tmp_path))
    assert [s.id for s in case.sites] == ["TAPA", "ADAZI", "DEPOT"]


def test_a_header_with_a_unit_gives_its_figures(tmp_path):
    for sheet, text, read in (("Countries", "Presence floor (people)", lambda c: c.country["EE"].floor),):
        path = edit(book(tmp_path / "a.xlsx"), lambda wb, s=sheet, t=text: wb[s].cell(1, 4, t))
        assert read(read_for_solving(path)) == 150


def test_notes_of_rows_left_out_are_notes(tmp_path):
    reading = read_case(CASES["total as a plain row"][0](tmp_path))
    assert [(f.code, f.severity) for f in reading.remarks] == [("row-total", NOTE)]


def test_a_unit_in_a_header_survives_packing_and_an_empty_column_of_the_plain_name_does_not_hide_it(tmp_path):
    """As in a template, whose own column stays empty beside the one that came with the figures."""
    tables = dict(SOUND)
    tables["Countries"] = [{"Country": r["Country"], "Presence floor (people)": "90"} for r in SOUND["Countries"]]
    assert read_for_solving(write_input(tables, tmp_path / "a.xlsx")).country["EE"].floor == 90
    tables["Countries"] = [r | {"Presence floor": ""} for r in tables["Countries"]]
    found = findings(write_input(tables, tmp_path / "b.xlsx"))
    assert [(f.code, f.severity) for f in found if f.sheet == "Countries"] == [("column-twice", FAULT)]
