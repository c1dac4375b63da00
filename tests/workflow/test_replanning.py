"""A plan in force, replanned from workbooks: what stands, what is said of each change, and what the answer tells."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Said
from tests.cycle.books import first
from tests.engines.lagrangian.brief import brief


def shocked(tables) -> None:
    """Unit A may stay a month less at the end, and Tapa's beds are closed for two months."""
    tables["Availability"][0]["To"] = "2018-05-06"
    tables["Closures"].append(
        {"Place": "TAPA", "From": "2018-02-01", "To": "2018-03-31", "Closes": "places", "Left": "0"}
    )


@pytest.fixture(scope="module", autouse=True)
def soon():
    """Any plan will do here."""
    with brief(moves=2_000):
        yield


@pytest.fixture(scope="module")
def books(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("replan")
    book = first(folder / "b.xlsx")
    first(folder / "n.xlsx", shocked)
    fast = ("--engine", "lagrangian", "--effort", "quick")
    assert Said("solve", book, "-o", folder / "p.xlsx", *fast, "--json").code == 0
    said = Said("replan", folder / "p.xlsx", "--with", folder / "n.xlsx", "--freeze", "2017-11-01", "--curve",
                "--effort", "quick", "-o", folder / "r.xlsx", "--json")  # fmt: skip
    assert said.code == 0, said.out
    (folder / "said.json").write_text(said.out, encoding="utf-8")
    return folder


def test_each_change_has_a_reason_and_forced_ones_their_rows(books):
    import json

    said = json.loads((books / "said.json").read_text(encoding="utf-8"))
    made = said["changes"]["list"]
    assert made
    assert said["changes"]["element_weeks"] + said["changes"]["events"] > 0
    for x in made:
        assert x["how"] in ("forced", "follows", "gains")
        assert (x["how"] == "gains") == (x["rule"] is None)
        assert x["how"] != "gains" or x["gain"] > 0
    forced = [x for x in made if x["how"] == "forced"]
    assert forced
    assert {row.partition("!")[0] for x in forced for row in x["rows"]} <= {"Availability", "Closures", "Sites"}
    points = said["curve"]["points"]
    assert [p["score"] for p in points] == sorted(p["score"] for p in points)
    assert all(p["score"] <= p["ceiling"] + 1e-6 for p in points)


def test_the_answer_verifies_stands_frozen_and_has_a_compare_sheet(books):
    assert Said("verify", books / "r.xlsx", "--json").code == 0
    book = openpyxl.load_workbook(books / "r.xlsx")
    assert "Compare" in book.sheetnames
    settings = {r[0].value: r[1].value for r in book["Settings"].iter_rows(min_row=2) if r[0].value}
    assert str(settings["Replan"]).lower() in ("yes", "true")
    assert settings["Frozen weeks"] == 5  # weeks of 2 October to 30 October began before the day
    text = [str(c.value) for row in book["Compare"].iter_rows() for c in row if c.value]
    assert any(t.startswith("forced by ") for t in text)


def test_nothing_changed_changes_nothing(books):
    said = Said("replan", books / "p.xlsx", "--effort", "quick", "-o", books / "same.xlsx", "--json")
    assert said.code == 0
    assert said.json["changes"] == {"element_weeks": 0, "events": 0, "list": []}


def test_what_was_proven_once_is_not_asked_for_again(books):
    """The first run takes many steps; short ones that ask again prove no less, though by themselves they would."""
    quick = ("--effort", "quick", "-o", books / "again.xlsx", "--json")
    fresh = ("solve", books / "b.xlsx", "--engine", "lagrangian")
    with brief(beside=400):
        long = Said(*fresh, *quick[:2], "-o", books / "l.xlsx", "--json")
    assert Said(*fresh, *quick).json["bound"] > long.json["bound"] + 0.1
    for again in (("solve", books / "l.xlsx", "--engine", "lagrangian"), ("replan", books / "l.xlsx")):
        said = Said(*again, *quick)
        assert said.code == 0, said.out
        assert said.json["bound"] <= long.json["bound"] + 0.011
        assert Said("verify", books / "again.xlsx", "--json").json["certificate"]["certified"] <= said.json["bound"]


def test_what_the_inputs_no_longer_know_is_left_out_with_a_warning(books):
    def gone(tables):
        for sheet in ("Units", "Elements", "Availability"):
            tables[sheet] = [r for r in tables[sheet] if r["Unit"] != "C"]
        tables["Locks"] = [r for r in tables["Locks"] if r["Subject"] != "C"]
        tables["Exercise needs"] = [r for r in tables["Exercise needs"] if r["What"] != "fires"]
        for row in tables["Exercises"]:
            row["Mandatory"] = "no"

    new = first(books / "g.xlsx", gone)
    said = Said("replan", books / "p.xlsx", "--with", new, "--effort", "quick", "-o", books / "gone.xlsx", "--json")
    assert said.code == 0, said.out
    left = [w for w in said.json["warnings"] if w["code"] == "plan-left"]
    assert "C" in {w["read"] for w in left}
    dropped = [x for x in said.json["changes"]["list"] if x["subject"] == "C"]
    assert all((x["change"], x["how"]) == ("dropped", "forced") for x in dropped)
    assert dropped


def test_days_outside_the_plan_and_books_without_one_are_refused(books):
    for day in ("2017-10-02", "2019-01-07"):
        said = Said("replan", books / "p.xlsx", "--freeze", day, "-o", books / "x.xlsx", "--json")
        assert (said.code, "outside the plan" in said.json["error"]) == (2, True)
    said = Said("replan", books / "b.xlsx", "-o", books / "x.xlsx", "--json")
    assert (said.code, "holds no plan" in said.json["error"]) == (2, True)
    assert not (books / "x.xlsx").exists()


def test_locks_on_the_plan_sheets_of_the_new_inputs_are_not_used_and_said(books):
    locked = openpyxl.load_workbook(books / "p.xlsx")
    sheet = locked["Plan rotations"]
    column = next(c.column for row in sheet.iter_rows() for c in row if c.value == "Lock")
    head = next(c.row for row in sheet.iter_rows() for c in row if c.value == "Lock")
    sheet.cell(head + 1, column).value = "must"
    locked.save(books / "locked.xlsx")
    said = Said(
        "replan",
        books / "p.xlsx",
        "--with",
        books / "locked.xlsx",
        "--effort",
        "quick",
        "-o",
        books / "l.xlsx",
        "--json",
    )
    assert said.code == 0, said.out
    assert [w["sheet"] for w in said.json["warnings"] if w["code"] == "lock-unused"] == ["Plan rotations"]
