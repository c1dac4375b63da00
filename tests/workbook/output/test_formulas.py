"""Live formulas show what they compute: caches stripped, recalculated elsewhere, compared."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest

from optimizer.domain import Case, Country, Plan
from optimizer.verify import verify
from optimizer.workbook.output import content_hash
from optimizer.workbook.reader import read_for_verifying
from optimizer.workbook.schema import CHOICES
from optimizer.workflow import audit
from tests import build
from tests.workbook.books import needs_office, resaved
from tests.workbook.output.answers import answer, full_case, full_plan

POSTURE = Path(__file__).parents[3] / "inputs" / "posture_2016.xlsx"
LIVE = {
    "Summary",
    "Plan rotations",
    "Plan sets",
    "Coverage",
    "Supply",
    "Money",
    "Postings",
    "Shortfalls",
    "Checks",
    "People",
    "Load",
}
TOKENS = re.compile(
    r"""\s*("(?:[^"]|"")*"|'[A-Z][a-z]+(?:\ [a-z]+)*'!|[A-Z][a-z]+!|\$?[A-Z]{1,3}\$?\d+|\$[A-Z]{1,3}|\d+(?:\.\d+)?
    |(?:SUM|SUMIFS|SUMPRODUCT|SUBTOTAL|COUNTIF|COUNTA|IF|AND|ABS|MIN|MAX|ROUND|AVERAGE)\(|<>|<=|>=|[-+*/()=<>,:&])""",
    re.VERBOSE,
)
CELL = re.compile(r"(<c\b[^>]*?)( t=\"str\")?(>)(<f>.*?</f>)<v>.*?</v>")


def hostile() -> Case:
    """The full case with names that look like formulas, comparisons, links and wildcards."""
    case = full_case(line_rotation="=presence", line_exercise=">exercises")
    names = {"presence": "=presence", "exercises": ">exercises"}
    budgets = tuple(replace(b, line=names.get(b.line, b.line)) for b in case.budgets)
    countries = (replace(case.countries[0], name="+cmd|' /C calc'!A1"), Country("LT", "http://example.org/x", 2.0))
    units = (replace(case.units[0], name='=HYPERLINK("http://example.org","x")'), *case.units[1:])
    sites = (replace(case.sites[0], name="@SUM(1)"), replace(case.sites[1], name="-2+3"), *case.sites[2:])
    settings = replace(case.settings, name="=1+1")
    return replace(case, settings=settings, budgets=budgets, countries=countries, units=units, sites=sites)


def stripped(source: Path, target: Path) -> int:
    """A copy of the workbook without any cached formula value; returns how many were there."""
    count = 0
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename.startswith("xl/worksheets/sheet"):
                text, n = CELL.subn(r"\1\3\4", data.decode())
                data, count = text.encode(), count + n
            new.writestr(item, data)
    return count


def formulas(path: Path) -> dict[tuple[str, str], str]:
    """The text of every formula by sheet and cell."""
    book = openpyxl.load_workbook(path)
    return {(s.title, c.coordinate): c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "f"}


def values(path: Path, cells: dict[tuple[str, str], str]) -> dict[tuple[str, str], object]:
    book = openpyxl.load_workbook(path, data_only=True)
    return {(sheet, at): book[sheet][at].value for sheet, at in cells}


@dataclass(frozen=True)
class Twice:
    """An answer as written, and as LibreOffice saved it after computing every formula itself."""

    case: Case
    plan: Plan
    written: Path
    saved: Path


def through_libreoffice(folder: Path) -> dict[str, Twice]:
    """Two answers, their formulas' values removed, opened and saved; the posture is the real case."""
    bare, again, out = folder / "bare", folder / "again", {}
    bare.mkdir()
    cases = {"hostile": (hostile(), full_plan()), "posture": read_for_verifying(POSTURE)}
    for name, (case, plan) in cases.items():
        written = answer(folder / f"{name}.xlsx", case, plan)
        assert stripped(written, bare / written.name) == len(formulas(written)) > 200
        out[name] = Twice(case, plan, written, again / written.name)
    resaved([bare / x.written.name for x in out.values()], "xlsx", again)
    return out


@needs_office
def test_another_program_computes_the_same_values_and_keeps_the_plan(tmp_path: Path) -> None:
    for made in through_libreoffice(tmp_path).values():
        every_formula_has_the_same_value(made)
        it_is_the_same_plan(made)
        the_sheets_add_up_to_the_score(made)


def every_formula_has_the_same_value(made: Twice) -> None:
    cells = formulas(made.written)
    assert {sheet for sheet, _ in cells} >= LIVE
    cached, found = values(made.written, cells), values(made.saved, cells)
    assert {at: (cells[at], cached[at], found[at]) for at in cells if not agree(cached[at], found[at])} == {}


def it_is_the_same_plan(made: Twice) -> None:
    found = audit(made.saved)
    assert found.plan == made.plan
    assert content_hash(found.case, found.plan) == content_hash(made.case, made.plan)
    assert found.verdict == verify(made.case, made.plan)
    assert found.wrong == ()
    assert found.claimed > 20


def the_sheets_add_up_to_the_score(made: Twice) -> None:
    rows = {r[0]: r for r in openpyxl.load_workbook(made.saved, data_only=True)["Checks"].values}
    assert rows["Recomputed and sheets"][3] == "all agree"
    for term, value in verify(made.case, made.plan).terms.items():
        assert rows[term][3] == pytest.approx(value, rel=1e-9, abs=1e-9), term
    beside = [text for (sheet, at), text in formulas(made.written).items() if sheet == "Checks" and at[0] == "D"]
    # preferences, plan changes and a floor that is held have no rows to come from
    assert sum(bool(re.fullmatch(r"=C\d+", text)) for text in beside) <= 3


def agree(a: object, b: object) -> bool:
    if isinstance(a, int | float) and isinstance(b, int | float):
        return abs(a - b) <= 1e-9 * max(1.0, abs(a))
    return (a or "") == (b or "")


def test_text_stays_text(tmp_path: Path) -> None:
    case = hostile()
    path = answer(tmp_path / "a.xlsx", case, full_plan(), **{"=Host": "=2+2", "link": "https://example.org"})
    book = openpyxl.load_workbook(path)
    for at, text in formulas(path).items():  # nothing but our functions, addresses and quoted names
        assert at[0] == CHOICES or TOKENS.sub("", text) == "", at
    said = {c.value: c.data_type for s in book for row in s.iter_rows() for c in row if isinstance(c.value, str)}
    names = [case.settings.name, case.units[0].name, *(x.name for x in (*case.countries, *case.sites[:2]))]
    for name in (*names, "=Host", "=2+2", "=presence"):
        assert said[name] == "s", name
    assert [
        c.hyperlink.target for s in book for row in s.iter_rows() for c in row if c.hyperlink and c.hyperlink.target
    ] == []


def test_figures_on_the_money_sheet_are_the_ledgers(tmp_path: Path) -> None:
    case, plan = full_case(), full_plan()
    book = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", case, plan), data_only=True)
    rows = {r[0].value: [c.value for c in r[1:7]] for r in book["Money"].iter_rows(min_row=6, max_row=10)}
    # presence: U1a 1.0 and U1b 4.0 to deploy, U3a 1.0; weeks 2 × .05 + 5 × (.1 + .05) + 4 × .05
    assert rows["presence"] == [2018, 40, None, 40, pytest.approx(6.0 + 0.1 + 0.75 + 0.2), pytest.approx(40 - 7.05)]
    # the set: 20 weeks × .01 and a move of .5
    assert rows["prepositioning"][4] == pytest.approx(0.7)
    # an exercise of 1 at POZ, where the host costs nothing
    assert rows["exercises"][4] == pytest.approx(1.0)
    assert rows["infrastructure"][4] == pytest.approx(2.0)
    assert rows["All lines"] == [2018, 70, None, 70, pytest.approx(10.75), pytest.approx(59.25)]


def test_percentages_of_coverage(tmp_path: Path) -> None:
    # one TANK ready from week 1 to 4 at POZ: 1 point of armour where PL wants 1 (assure) and 2 (full)
    case = build.case(8, units={"U1": "TANK"}, sets={"S1": {"worth": {}}}, legs=())
    plan = build.plan(build.rot("U1", 0, 4, "U1a POZ set:S1"), *build.standing(case))
    sheet = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", case, plan), data_only=True)["Coverage"]
    rows = list(sheet.iter_rows(values_only=True))
    start = next(i for i, r in enumerate(rows) if r[0] == "Armour · percent of demand met") + 1
    found = {(r[0], r[1]): [r[2], *r[3:11]] for r in rows[start : start + 4]}
    assert found["Poland", "assure"] == pytest.approx([37.5, 0, 100, 100, 100, 0, 0, 0, 0])
    assert found["Poland", "full"] == pytest.approx([18.75, 0, 50, 50, 50, 0, 0, 0, 0])
    assert found["Lithuania", "full"] == pytest.approx([0] * 9)
