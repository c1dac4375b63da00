"""``verify``, ``score``, ``check``, ``explain`` and the commands about workbooks."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest

from tests.cli.conftest import INPUTS, Said, put, setting
from tests.workbook.output.test_proof import answered, edited, lower

TEACHING = INPUTS / "teaching.xlsx"


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    """A plan of the teaching case as the program wrote it."""
    path = tmp_path_factory.mktemp("solved") / "plan.xlsx"
    assert Said("solve", TEACHING, "-o", path, "--engine", "cpsat", "-q").code == 0
    return path


def tampered(solved, tmp_path, edit):
    """The plan after somebody edited it. Saving this way drops cached formula values, as some programs do."""
    book = openpyxl.load_workbook(solved)
    edit(book)
    path = tmp_path / "tampered.xlsx"
    book.save(path)
    return path


def labelled(page, label, down, right):
    """The cell beside or below the first cell that reads ``label``."""
    at = next(c for row in page.iter_rows() for c in row if c.value == label)
    return page.cell(at.row + down, at.column + right)


def test_a_written_plan_verifies_with_all_its_claims(optimizer, solved):
    said = optimizer("verify", solved, "--json")
    found = said.json
    assert said.code == 0
    assert (found["status"], found["breaches"], found["claims"]["wrong"]) == ("verified", [], [])
    assert found["claims"]["compared"] >= 20
    assert found["bound"] == pytest.approx(found["score"], rel=1e-5)
    assert found["tested"] > 100


def test_verify_on_screen_says_that_all_was_found_again(optimizer, solved):
    said = optimizer("verify", solved)
    assert said.code == 0
    assert "were found again" in said.out


@pytest.mark.parametrize(
    ("sheet", "label", "down", "right", "value", "wrong"),
    [
        ("Summary", "Score", 1, 0, 99.0, "score"),
        ("Summary", "Proven bound", 1, 0, 1.0, "bound"),
        ("Summary", "Verified", 1, 0, "NO", "verified"),
        ("Summary", "Spent", 1, 0, 1.0, "spent"),
        ("Summary", "All countries", 0, 1, 99.9, "coverage assure"),
        ("Summary", "Northland", 0, 1, 99.9, "country_coverage NORTH"),
        ("Checks", "coverage", 0, 2, 1e4, "terms coverage"),
        ("Checks", "Score the engine claims", 0, 2, 1e4, "score"),
        ("Run", "Score", 0, 1, 99.0, "score"),
        ("Settings", "Floor price", 0, 1, 0.5, "terms floor-shortfall"),
        ("Settings", "Plan name", 0, 1, "Another name", "content hash"),
    ],
)
def test_a_changed_figure_is_found_out(optimizer, solved, tmp_path, sheet, label, down, right, value, wrong):
    def edit(book):
        labelled(book[sheet], label, down, right).value = value

    said = optimizer("verify", tampered(solved, tmp_path, edit), "--json")
    assert said.code == 6
    assert any(wrong in w["what"] for w in said.json["claims"]["wrong"])


def crowd(book):
    """Everybody is based where there is room for 100."""
    for row in range(2, book["Plan rotations"].max_row + 1):
        put(book, "Plan rotations", "Site", row, "LAKE")


def test_a_plan_that_breaks_rules_fails_verify_and_is_only_reported_by_score(optimizer, solved, tmp_path):
    book = tampered(solved, tmp_path, crowd)
    said = optimizer("verify", book, "--json")
    assert said.code == 6
    assert said.json["status"] == "not verified"
    assert {"locks", "site-capacity"} <= {b["rule"] for b in said.json["breaches"]}
    reported = optimizer("score", book)
    assert reported.code == 0
    assert "breach" in reported.out
    assert "site-capacity" in reported.out


def test_score_knows_a_plan_without_claims(optimizer):
    said = optimizer("score", INPUTS / "posture_2016.xlsx", "--json")
    assert said.code == 0
    assert said.json["breaches"] == []
    assert said.json["exercises_held"] > 0
    assert "claims" not in said.json


def test_a_workbook_without_a_plan_is_a_fault(optimizer, edited):
    said = optimizer("score", edited(lambda b: b.remove(b["Plan rotations"])), "--json")
    assert said.code == 3


def test_check_finds_nothing_in_the_shipped_workbooks(optimizer):
    for book in (
        b for b in INPUTS.glob("*.xlsx") if not b.name.startswith("news_")
    ):  # those are no cases by themselves
        said = optimizer("check", book, "--json")
        assert (said.code, said.json["status"]) == (0, "ok"), book.name
        loud = [f for f in said.json["faults"] if f["severity"] != "note"]
        if book.name == "executed_fy2019.xlsx":  # its sets of companies stood in store: nobody who could draw them came
            assert [f["read"] for f in loud] == ["ARM_COY_TM"]
        else:
            assert not loud, book.name


def test_check_marks_the_faults_in_a_copy(optimizer, edited, tmp_path):
    book = edited(lambda b: setting(b, "Weeks", "a dozen"))
    before = book.read_bytes()
    said = optimizer("check", book, "--markup", tmp_path / "marked.xlsx")
    assert said.code == 3
    faults = openpyxl.load_workbook(tmp_path / "marked.xlsx")["Faults"]
    assert any("B4" in str(row[0].value) for row in faults.iter_rows())
    assert book.read_bytes() == before


def test_a_file_that_is_no_workbook_is_a_fault(optimizer, tmp_path):
    (tmp_path / "plan.xlsx").write_text("a;b\n1;2\n")
    said = optimizer("check", "plan.xlsx", "--json")
    assert said.code == 3
    assert said.json["faults"][0]["cell"] is None


def test_explain_prints_every_rule_with_its_rows(optimizer):
    from optimizer.goals import GOALS
    from optimizer.rules import RULES

    said = optimizer("explain", "--model", TEACHING, "--json")
    assert said.code == 0
    parts = {p["id"]: p for p in said.json["model"]}
    assert list(parts) == [*RULES, *GOALS]
    assert parts["site-capacity"]["rows"] > 0
    assert parts["dwell"]["statement"] in optimizer("explain", "--model", TEACHING).out
    short = optimizer("explain", TEACHING, "--json")
    assert (short.code, short.json["case"]["weeks"]) == (0, 12)


def test_schema_lists_every_sheet_in_both_forms(optimizer):
    from optimizer.workbook.schema import SHEETS

    found = optimizer("schema", "--json").json
    assert [s["name"] for s in found["sheets"]] == [s.name for s in SHEETS]
    assert "Over-length price" in optimizer("schema").out


def test_unpack_and_pack_give_the_same_plan_back(optimizer, solved, tmp_path):
    assert optimizer("unpack", TEACHING, "folder").code == 0
    assert optimizer("pack", "folder", "again.xlsx").code == 0
    first, again = (optimizer("solve", b, "--engine", "cpsat", "--json") for b in (TEACHING, "again.xlsx"))
    assert first.json["score"] == again.json["score"]


def test_the_template_is_a_workbook_whose_blanks_are_faults(optimizer):
    assert optimizer("template", "new.xlsx").code == 0
    said = optimizer("check", "new.xlsx", "--json")
    assert said.code == 3
    assert "Start must be filled" in json.dumps(said.json)


def test_an_output_is_a_valid_next_input(optimizer, solved, tmp_path):
    shutil.copy(solved, tmp_path / "next.xlsx")
    said = optimizer("check", "next.xlsx", "--json")
    assert (said.code, said.json["status"]) == (0, "ok")


@pytest.mark.parametrize("command", ["check", "pack"])
def test_a_workbook_is_called_one(optimizer, edited, tmp_path, command):
    source = edited(lambda b: None)
    said = (
        optimizer("check", source, "--markup", tmp_path / "marked.csv")
        if command == "check"
        else optimizer("pack", tmp_path, tmp_path / "book.csv")
    )
    assert said.code == 2
    assert "ends in .xlsx" in said.err
    assert not list(tmp_path.glob("*.csv"))


def test_a_template_is_filled_and_moved(optimizer, edited, tmp_path):
    said = optimizer("template", tmp_path / "new.xlsx", "--from", edited(lambda b: None), "--year", "2031")
    assert said.code == 0, said.err
    assert optimizer("check", tmp_path / "new.xlsx").code == 0
    assert optimizer("template", tmp_path / "new.xlsx").code == 2
    assert optimizer("template", tmp_path / "other.xlsx", "--from", "nowhere").code == 2


def test_the_proof_of_the_bound_is_checked(optimizer, tmp_path):
    """What claims a billionth of a point more than is proven is refused."""
    book = answered(tmp_path / "proven.xlsx")
    said = optimizer("verify", book, "--json")
    told = said.json["certificate"]
    assert (said.code, told["why"]) == (0, None)
    assert told["claimed"] == told["certified"] == said.json["bound"]
    assert told["seconds"] > 0
    assert "bound re-proved from the inputs" in optimizer("verify", book).out
    said = optimizer("verify", edited(book, lower(1)), "--json")
    assert said.code == 6
    assert said.json["certificate"]["claimed"] < said.json["certificate"]["certified"]
