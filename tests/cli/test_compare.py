"""``compare``: one JSON object, by meaning and not by spelling, and a workbook on request."""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from dataclasses import replace
from datetime import date

from python_calamine import CalamineWorkbook

from optimizer.verify import verify
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.reader import read_case
from tests.cli.conftest import Said
from tests.workbook.books import PLAN, SOUND


def run(*args):
    said = Said(*args, "--json")
    return said.code, said.json


def test_two_spellings_of_one_case_do_not_differ(tmp_path):
    other = deepcopy(SOUND)
    other["Sites"].reverse()
    other["Upgrades"][0]["Cost"] = "7,0"
    other["Exercises"][1]["Mandatory"] = "YES"
    other["Demand"][0]["From"] = date(2017, 10, 2)  # what the blank means
    other["Closures"][0]["To"] = date(2018, 1, 7)  # a later day of the week that counts anyway
    a, b = write_input(SOUND, tmp_path / "a.xlsx"), write_input(other, tmp_path / "b.xlsx")
    code, said = run("compare", a, b)
    assert (code, said["rows"], said["decisions"], said["figures"]) == (0, [], [], [])


def test_rows_added_gone_and_changed_are_told_apart(tmp_path):
    other = deepcopy(SOUND)
    other["Units"][1]["Home"] = "Fort Bliss"
    other["Set holdings"].pop()
    other["Budget"].append({"Fiscal year": 2019, "Line": "presence", "Amount": 5})
    other["Availability"][0]["From"] = "2017-11-06"
    a, b = write_input(SOUND, tmp_path / "a.xlsx"), write_input(other, tmp_path / "b.xlsx")
    _, said = run("compare", a, b)
    told = {(r["sheet"], r["change"], r["column"]): (r["before"], r["after"]) for r in said["rows"]}
    assert told.pop(("Units", "changed", "Home")) == ("home", "Fort Bliss")
    assert told.pop(("Availability", "changed", "From")) == ("2017-10-09", "2017-11-06")  # first whole weeks
    assert {key[:2] for key in told} == {("Set holdings", "gone"), ("Budget", "added")}


def test_rotations_under_way_are_so_in_inputs_too(tmp_path):
    """A has been out since before day one in both; that one arrives earlier than the plan is no breach of its rules."""
    later = deepcopy(SOUND | PLAN)
    later["Plan exercises"][0]["Start"] = "2018-02-12"
    books = [write_input(t, tmp_path / f"{i}.xlsx") for i, t in enumerate((SOUND | PLAN, later))]
    code, said = run("compare", *books)
    figures = {f["name"]: f["values"] for f in said["figures"]}
    reading = read_case(books[0])
    typed = replace(
        reading.case, locks=reading.case.locks[: len(SOUND["Locks"])]
    )  # what Lock cells say is no rule here
    found = verify(typed, reading.plan)
    assert code == 0
    assert typed.underway
    assert (figures["breaches"]["0"], figures["score"]["0"]) == (len(found.breaches), found.score)
    code, merged = run("merge", *books, "-o", tmp_path / "m.xlsx")
    effects = {e["name"]: (e["score"], e["breaches"]) for e in merged["merged"]["effects"]}
    assert effects["merged"] == effects["1"]


def test_it_comes_as_a_workbook_and_never_over_one_of_the_books(tmp_path):
    a = write_input(SOUND, tmp_path / "a.xlsx")
    code, said = run("compare", a, a, "-o", tmp_path / "c.xlsx")
    assert code == 0
    assert CalamineWorkbook.from_path(said["output"]).sheet_names == ["Summary", "Compare", "Rows"]
    assert run("compare", a, a, "-o", a)[0] == 2
    assert run("compare", a)[0] == 2


def test_a_fault_says_in_which_book_it_is(tmp_path):
    other = deepcopy(SOUND)
    other["Units"][0]["Type"] = "TANKS"
    a, b = write_input(SOUND, tmp_path / "a.xlsx"), write_input(other, tmp_path / "b.xlsx")
    code, said = run("compare", a, b)
    assert code == 3
    assert said["faults"][0]["problem"].startswith("in b.xlsx: ")


def test_the_command_stands_by_itself(tmp_path):
    """In a process of its own, where nothing has been imported before in another order."""
    book = write_input(SOUND, tmp_path / "a.xlsx")
    for command in (("compare", book, book), ("merge", book, book, "-o", tmp_path / "m.xlsx")):
        done = subprocess.run(
            [sys.executable, "-m", "optimizer", *map(str, command)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
