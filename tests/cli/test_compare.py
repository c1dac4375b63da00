"""``compare``: one JSON object, by meaning and not by spelling, and a workbook on request."""

from __future__ import annotations

import subprocess
import sys
from copy import deepcopy
from datetime import date

from python_calamine import CalamineWorkbook

from optimizer.workbook.forms.template import write_input
from tests.cli.conftest import Said
from tests.workbook.books import SOUND


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
