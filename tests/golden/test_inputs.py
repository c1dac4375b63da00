"""The shipped workbooks: complete, without faults, every row with its source, and built the same every time."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from optimizer.domain import Case
from optimizer.domain.network import days_between, move_weeks
from optimizer.workbook.reader import Reading, read_case
from optimizer.workbook.schema import BY_NAME

ROOT = Path(__file__).resolve().parents[2]
BOOKS = ("fy2017", "fy2016", "posture_2016", "teaching")
REAL = ("fy2017", "fy2016")


def reading(name: str) -> Reading:
    return read_case(ROOT / "inputs" / f"{name}.xlsx", verifying=name == "posture_2016")


@pytest.fixture(scope="module", params=REAL)
def case(request: pytest.FixtureRequest) -> Case:
    return reading(request.param).case


@pytest.mark.parametrize("name", BOOKS)
def test_read_without_a_remark(name: str) -> None:
    assert reading(name).remarks == ()


@pytest.mark.parametrize("name", BOOKS)
def test_every_row_says_where_it_comes_from(name: str) -> None:
    silent, rows = [], 0
    book = openpyxl.load_workbook(ROOT / "inputs" / f"{name}.xlsx", read_only=True)
    for sheet in book.worksheets:
        if sheet.title not in BY_NAME or sheet.title == "Settings":
            continue
        header, *lines = sheet.iter_rows(values_only=True)
        for n, line in enumerate(lines, 2):
            row = dict(zip(header, line, strict=True))
            if any(v not in (None, "") for v in line):
                rows += 1
                if not (row["Source"] and row["Confidence"]):
                    silent.append(f"{sheet.title}:{n}")
    assert silent == []
    assert rows > (30 if name == "teaching" else 1_000)


def test_every_row_of_the_data_says_where_it_comes_from() -> None:
    files = [f for f in sorted((ROOT / "data").rglob("*.csv")) if f.stem != "Settings"]
    assert len(files) > 40
    silent = []
    for file in files:
        with file.open(encoding="utf-8", newline="") as lines:
            for n, row in enumerate(csv.DictReader(lines), 2):
                told = {k.lower(): v for k, v in row.items()}
                from_record = file.stem == "editions"  # each edition names a row of the record
                if not (told.get("confidence") and (told.get("source") or from_record)):
                    silent.append(f"{file.name}:{n}")
    assert silent == []


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "build_inputs.py", tmp_path], check=True, capture_output=True)
    for name in BOOKS:
        assert (tmp_path / f"{name}.xlsx").read_bytes() == (ROOT / "inputs" / f"{name}.xlsx").read_bytes(), name


def test_counts(case: Case) -> None:
    assert case.weeks == 52
    assert case.calendar.start == date(2016, 10, 3)
    assert {c.id for c in case.countries} == {"EE", "LV", "LT", "PL", "RO", "BG"}
    assert (len(case.capabilities), len(case.levels), len(case.sets), len(case.legs)) == (7, 3, 12, 642)
    assert len([s for s in case.sites if s.country]) == 22
    assert len([s for s in case.sites if not s.country and s.places == 0]) == 5
    assert len(case.units) >= 25
    assert len(case.elements) >= 80
    assert len(case.exercises) == 37
    assert len(case.underway) == 6
    assert sum(c.weight for c in case.countries) == pytest.approx(100)
    assert sum(k.weight for k in case.capabilities) == pytest.approx(1)


def test_a_brigade_is_worth_its_parts(case: Case) -> None:
    """The elements of a split unit add up to the points of its own type, so nothing counts twice."""
    for unit in case.units:
        kind, parts = case.types[unit.type], case.elements_of[unit.id]
        total: Counter[str] = Counter()
        for e in parts:
            total.update({k: p for k, p in case.types[e.type].points.items() if p})
        assert dict(total) == {k: p for k, p in kind.points.items() if p}, unit.id


def test_sets_fit_where_they_stand(case: Case) -> None:
    stored: Counter[str] = Counter()
    for s in case.sets:
        if s.available < case.weeks:
            assert s.start_site is not None
            stored[s.start_site] += s.slots
    assert all(case.site[s].slots >= n for s, n in stored.items())
    late = [s.id for s in case.sets if s.available >= case.weeks]
    assert late == ["APS2_POW"]


def test_calendar_weeks_became_dates(case: Case) -> None:
    x = case.exercise
    assert (x["SILVER_ARROW"].earliest, x["SILVER_ARROW"].latest) == (0, 2)  # weeks 40 to 42 of 2016
    assert (x["SABER_STRIKE"].earliest, x["SABER_STRIKE"].latest) == (33, 36)  # weeks 21 to 24 of 2017
    assert x["NAMEJS"].latest + x["NAMEJS"].weeks == 52  # its window runs past the plan
    surge = {(d.start, d.end) for d in case.demands if d.start > 0}
    assert surge == {(47, 51)}  # weeks 35 to 38 of 2017
    assert {(c.start, c.end) for c in case.closures if c.place == "EE"} == {(11, 13), (25, 27), (37, 38)}


def test_every_exercise_has_a_host_that_supports_it(case: Case) -> None:
    rank = {"none": 0, "company": 1, "battalion": 2, "brigade": 3}
    for x in case.exercises:
        best = max(rank[case.site[h.site].range_echelon] for h in x.hosts)
        assert best >= rank[x.echelon], x.id
        assert x.needs, x.id
        assert x.earliest <= x.latest, x.id


def test_closing_the_corridor_cuts_the_baltic_states_off_by_land(case: Case) -> None:
    at = {s.id: i for i, s in enumerate(case.sites)}
    pair = at["PL_ORZYSZ"], at["LT_RUKLA"]
    opened, closed = (days_between(case, "heavy", frozenset(r))[pair] for r in ((), ("suwalki",)))
    assert (opened, closed) == (3_500, 7_500)  # the way round goes by sea
    assert days_between(case, "heavy", frozenset(("suwalki", "baltic_sea")))[pair] > 10**9
    assert (move_weeks(case) >= 0).all()


def test_upkeep_of_sets_is_affordable_in_every_quarter(case: Case) -> None:
    """Sets cost whatever is planned, so their line must hold them even at nine tenths of it."""
    line = next(b for b in case.budgets if b.line == "prepositioning")
    spend: Counter[int] = Counter()
    for s in case.sets:
        for w in range(max(s.available, 0), case.weeks):
            spend[case.calendar.fiscal(w)[1]] += s.week_cost
    assert sum(spend.values()) <= 0.9 * line.amount
    for q, ceiling in enumerate(line.quarters, 1):
        assert ceiling is not None
        assert spend[q] <= 0.9 * ceiling


def test_the_two_years_differ_in_money_only() -> None:
    rich, poor = (reading(n).tables.by_name for n in REAL)
    differing = {n for n in rich if [r.values for r in rich[n].rows] != [r.values for r in poor[n].rows]}
    assert differing <= {"Settings", "Budget"}
    assert "Budget" in differing
