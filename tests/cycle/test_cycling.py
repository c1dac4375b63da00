"""Years planned one after the other as a planner would: asked, filled in, signed, glued, and found out when changed."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from optimizer.cycle import manifest
from optimizer.cycle.recurrence import base_id
from optimizer.errors import Busy
from optimizer.workbook.merge.read import read_content
from optimizer.workbook.reader import read_case
from optimizer.workbook.schema import INPUT_SHEETS
from optimizer.workflow.cycling import alone
from optimizer.workflow.drafting import INPUT, PLAN, Order, draft, with_edits
from tests.cli.conftest import Said
from tests.cycle.books import FAST, first, news, tiny


def run(*args):
    said = Said(*args, "--json")
    return said.code, said.json


@pytest.fixture(scope="module")
def two(tmp_path_factory) -> Path:
    """Two years planned and signed; the folder they lie in."""
    folder = tmp_path_factory.mktemp("years")
    root = folder / "cycles"
    code, said = run("cycle", 2018, "--from", first(folder / "b.xlsx"), "--root", root, *FAST)
    assert (code, said["cycle"], said["parent"]) == (0, "planned", None)
    assert run("sign-off", 2018, "--by", "Ann", "--note", "first", "--root", root)[0] == 0
    code, said = run("cycle", 2019, "--updates", news(folder / "n.xlsx", 2019), "--root", root, *FAST)
    assert (code, said["cycle"]) == (0, "planned")
    assert run("sign-off", 2019, "--by", "Bob", "--root", root)[0] == 0
    return root


def copy(root: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(root, tmp_path / "cycles"))


def test_a_year_has_its_files_and_the_manifest_names_them(two):
    made = manifest.read(two / "2019")
    assert sorted(made.files) == ["compare.xlsx", "input.xlsx", "plan.xlsx", "report.html"]
    # 30 September 2019 is a Monday of fiscal year 2019 still: that year has 53 weeks
    assert (made.start, made.weeks, made.signed_weeks) == ("2018-10-01", 61, 53)
    assert made.parent == manifest.hash_of(two / "2018")
    assert made.signed.by == "Bob"
    assert [json.loads(x)["stage"] for x in (two / "2019" / "log.jsonl").read_text().splitlines()][-1] == "manifest"


def test_the_years_as_one_hold_every_rule(two):
    code, said = run("verify", "--chain", "--root", two)
    assert (code, said["breaches"], said["weeks"]) == (0, [], 105)
    assert [(y["year"], y["signed"]["by"], y["wrong"]) for y in said["years"]] == [(2018, "Ann", []), (2019, "Bob", [])]


def test_what_runs_on_is_under_way_and_what_comes_again_has_its_year(two):
    old, new = (read_case(two / y / "input.xlsx").case for y in ("2018", "2019"))
    signed = read_case(two / "2018" / "plan.xlsx").case.last
    out = {(r.unit, r.arrive - 52, r.depart - 52) for r in signed.rotations if r.arrive < 52 < r.depart}
    assert {(r.unit, r.arrive, r.depart) for r in new.underway} == out
    assert {x.id for x in old.exercises} == {"X1", "X2"}
    held = {r.exercise for r in signed.runs}
    assert {x.id for x in new.exercises} >= {"X1@2019"}
    assert ("X2@2019" in {x.id for x in new.exercises}) == ("X2" not in held)  # every second year, unless left out
    assert [b.last_year for b in new.budgets if (b.year, b.line) == (2019, "presence")] == [100_000_000]
    assert new.calendar.start == date(2018, 10, 1)


def test_later_edits_of_a_signed_year_are_found_out(two, tmp_path):
    root = copy(two, tmp_path)
    book = openpyxl.load_workbook(root / "2018" / "plan.xlsx")
    book["Run"]["A40"].value = "x"
    book.save(root / "2018" / "plan.xlsx")
    code, said = run("verify", "--chain", "--root", root)
    assert code == 6
    assert said["years"][0]["wrong"] == ["plan.xlsx was changed after it was signed"]
    code, said = run("cycle", 2020, "--root", root, *FAST)
    assert code == 0 or "2019" in said.get("error", "") or said["status"] == "faults"  # 2019 itself is untouched
    shutil.rmtree(root / "2019")
    code, said = run("cycle", 2019, "--root", root, *FAST)
    assert (code, "changed after it was signed" in said["error"]) == (2, True)


def test_a_signed_year_is_never_touched_again(two, tmp_path):
    root = copy(two, tmp_path)
    before = {p.name: p.read_bytes() for p in (root / "2019").iterdir() if p.is_file()}
    code, said = run("cycle", 2019, "--root", root, *FAST)
    assert (code, said["cycle"]) == (0, "signed")
    assert run("sign-off", 2019, "--by", "Eve", "--root", root)[1]["signed"]["by"] == "Bob"
    assert {p.name: p.read_bytes() for p in (root / "2019").iterdir() if p.is_file()} == before


def test_what_only_people_know_is_asked_for_by_its_cells(two, tmp_path):
    root = copy(two, tmp_path)
    code, said = run("cycle", 2020, "--root", root, *FAST)
    faults = [f for f in said["faults"] if f["severity"] == "fault"]
    assert code == 3
    assert {f["sheet"] for f in faults} == {"Budget"}
    book = openpyxl.load_workbook(root / "2020" / "input.xlsx")
    asked = [[c.value for c in row] for row in book["To fill in"].iter_rows(min_row=2)]
    needed = [r[0] for r in asked if r[4] == "yes"]
    assert needed == [f"Budget!{f['cell']}" for f in faults]
    for cell in needed:
        book["Budget"][cell.partition("!")[2]].value = 50
    book.save(root / "2020" / "input.xlsx")  # filled in by hand, and kept
    code, said = run("cycle", 2020, "--root", root, *FAST)
    assert (code, said["cycle"]) == (0, "planned")
    assert {b.amount for b in read_case(root / "2020" / "input.xlsx").case.budgets} == {50_000_000}


def test_nothing_that_planners_put_into_input_or_plan_is_lost_in_the_next_year(two, tmp_path):
    """Without edits the answer adds nothing to the input it was made from; with them, all of them."""
    before, after = (read_content(two / "2019" / name, "x") for name in (INPUT, PLAN))
    for sheet in INPUT_SHEETS:
        assert with_edits(before, after).tables[sheet.name] == before.tables[sheet.name], sheet.name
    root = copy(two, tmp_path)
    book = openpyxl.load_workbook(root / "2019" / PLAN)
    book.create_sheet("Notes")["B2"] = "call Tapa"
    units, asked = book["Units"], book["Ask"]
    units.cell(1, units.max_column + 1).value = "POC"
    units.cell(2, units.max_column).value = "Jones"
    units["B2"].comment = openpyxl.comments.Comment("ask Kim", "me")
    where = {c.value: c.column for c in asked[1]}
    for line, day in ((2, None), (3, date(2018, 11, 5))):
        for head, value in (("Ask", "why not"), ("Kind", "unit"), ("Subject", "C"), ("From", day)):
            asked.cell(line, where[head]).value = value
    book["Countries"].cell(2, where_is(book["Countries"], "Presence floor")).value = 77
    book.save(root / "2019" / PLAN)
    content, _, _ = draft(Order(2020, root), manifest.read(root / "2019"))
    first = content.tables["Units"][0]
    assert content.sheets["Notes"] == {(2, 2): "call Tapa"}
    assert (first.values["POC"], list(first.notes.values())) == ("Jones", ["ask Kim"])
    assert [(r.values["Subject"], r.values["From"]) for r in content.tables["Ask"]] == [("C", None)]
    assert content.tables["Countries"][0].values["Presence floor"] == 77
    for there in (before, content):
        assert {base_id(r.values["Exercise"]) for r in there.tables["Exercises"]} == {"X1", "X2"}


def where_is(sheet, header: str) -> int:
    return next(c.column for c in sheet[1] if c.value == header)


def test_faults_of_the_news_are_told_where_they_stand_there(two, tmp_path):
    root = copy(two, tmp_path)
    wrong = news(tmp_path / "n.xlsx", 2020)
    book = openpyxl.load_workbook(wrong)
    book["Closures"]["A2"].value = "TAPPA"
    book.save(wrong)
    code, said = run("cycle", 2020, "--updates", wrong, "--root", root, *FAST)
    assert code == 3
    assert [f["problem"] for f in said["faults"] if f["severity"] == "fault"] == [
        "in n.xlsx, row 2 of Closures: not found in Sites or Countries"
    ]


def test_a_year_before_its_parent_is_signed_or_without_a_book_is_refused(two, tmp_path):
    root = tmp_path / "cycles"
    code, said = run("cycle", 2018, "--root", root, *FAST)
    assert (code, "--from BOOK" in said["error"]) == (2, True)
    assert not (root / "2018").exists()
    code, said = run("cycle", 2030, "--from", first(tmp_path / "b.xlsx"), "--root", root, *FAST)
    assert (code, "plans fiscal year 2018, not 2030" in said["error"]) == (2, True)
    assert run("sign-off", 2018, "--by", "Ann", "--root", root)[0] == 2
    assert run("verify", "--chain", "--root", root)[0] == 2


def test_a_plan_made_under_a_scenario_cannot_be_signed(tmp_path):
    def under(tables):
        tables["Settings"].append({"Name": "Under scenario", "Value": "corridor"})

    root = tmp_path / "cycles"
    run("cycle", 2018, "--from", first(tmp_path / "b.xlsx", under), "--root", root, *FAST)
    code, said = run("sign-off", 2018, "--by", "Ann", "--root", root)
    assert (code, "under scenario corridor" in said["error"]) == (2, True)


def test_a_second_run_says_that_another_is_at_work(two, tmp_path):
    root = copy(two, tmp_path)
    with alone(root):
        for command in (("cycle", 2020), ("sign-off", 2019, "--by", "Ann")):
            code, said = run(*command, "--root", root)
            assert (code, said["status"]) == (8, "busy")
        with pytest.raises(Busy), alone(root):
            pass


def test_nobody_has_to_be_sent_next_year_who_is_not_known_to_be_there(tmp_path):
    """X2 is mandatory every February; the only battery is there until June 2019. So X2@2019 has to be held, and
    X2@2020, which the look-ahead of 2019 reaches, is worth something and no more; the money is still open."""

    def until_june(tables):
        tables["Exercises"][0] |= {"Mandatory": "yes", "Every": 1}
        tables["Availability"] = [{"Unit": "C", "From": "2017-10-02", "To": "2019-06-30"}]
        tables["Demand"] = [{"Country": "LV", "Capability": "fires", "Points assure": "0.5"}]

    root = tmp_path / "cycles"
    assert run("cycle", 2018, "--from", tiny(tmp_path / "b.xlsx", until_june), "--root", root, *FAST)[0] == 0
    assert run("sign-off", 2018, "--by", "Ann", "--root", root)[0] == 0
    content, asked, _ = draft(Order(2019, root, look_ahead=30), manifest.read(root / "2018"))
    assert {r.values["Exercise"]: r.values["Mandatory"] for r in content.tables["Exercises"]} == {
        "X2@2019": True, "X2@2020": False
    }  # fmt: skip
    assert [a.row for a in asked if "nobody could be sent" in a.what] == ["X2@2020"]
