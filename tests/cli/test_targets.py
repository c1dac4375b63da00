"""Where answers go, what is said of it, and the shape of every JSON object."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import INPUTS, Said, put

TEACHING = INPUTS / "teaching.xlsx"
DOCS = Path(__file__).parents[2] / "docs" / "json.md"


@pytest.fixture(scope="module")
def solved(tmp_path_factory):
    path = tmp_path_factory.mktemp("solved") / "plan.xlsx"
    assert Said("solve", TEACHING, "-o", path, "--engine", "cpsat", "-q").code == 0
    return path


@pytest.mark.parametrize("name", ["plan.pdf", "plan", "plan.csv", "-"])
def test_a_plan_is_a_workbook_by_name(optimizer, name, tmp_path):
    said = optimizer("solve", TEACHING, "-o", name)
    assert said.code == 2
    assert "ends in .xlsx" in said.err
    assert not (tmp_path / name).exists()


def test_a_folder_is_no_target_and_nothing_is_solved_for_it(optimizer, tmp_path):
    (tmp_path / "plans").mkdir()
    said = optimizer("solve", TEACHING, "-o", "plans")
    assert said.code == 2
    assert "is a folder" in said.err
    assert "first plan" not in said.err


def test_every_command_says_alike_that_a_file_cannot_be_put_there(optimizer, solved, tmp_path):
    (tmp_path / "file").write_text("")
    (tmp_path / "pages.html").mkdir()
    into = tmp_path / "file"
    for words in (
        ("report", solved, "-o", tmp_path / "pages.html"),
        ("report", solved, "-o", into / "page.html"),
        ("template", into / "new.xlsx"),
        ("check", TEACHING, "--markup", into / "marked.xlsx"),
        ("export", solved, "--movements", into / "m.csv"),
        ("solve", TEACHING, "-o", into / "plan.xlsx"),
    ):
        said = optimizer(*words)
        assert said.code == 2, words
        assert "is a folder" in said.err or "cannot be written to" in said.err, words


def test_an_edited_answer_is_never_overwritten(optimizer, solved, tmp_path):
    path = tmp_path / "plan.xlsx"
    path.write_bytes(solved.read_bytes())
    work = openpyxl.load_workbook(path)
    work["Plan rotations"]["Z1"] = "POC"
    work.save(path)
    before = path.read_bytes()
    said = optimizer("solve", TEACHING, "-o", path, "--engine", "cpsat", "--json")
    assert (said.code, Path(said.json["output"]).name) == (0, "plan (2).xlsx")
    assert "changed since the program wrote it" in said.json["elsewhere"]
    assert path.read_bytes() == before
    again = optimizer("solve", TEACHING, "-o", tmp_path / "plan (2).xlsx", "--engine", "cpsat", "--json")
    assert again.json["elsewhere"] is None


def test_solve_prints_what_check_warns_of(optimizer, edited):
    book = edited(lambda b: put(b, "Sites", "Places", 2, 10**6))
    warned = [f for f in optimizer("check", book, "--json").json["faults"] if f["severity"] == "warning"]
    assert warned
    said = optimizer("solve", book, "--engine", "cpsat", "-o", "p.xlsx", "--json")
    assert said.json["warnings"] == warned
    assert "unusually large" in optimizer("solve", book, "--engine", "cpsat", "-o", "p.xlsx").err
    run = openpyxl.load_workbook("p.xlsx" if Path("p.xlsx").exists() else said.json["output"])["Run"]
    assert any("unusually large" in str(c.value) for row in run.iter_rows() for c in row)


def test_check_takes_several(optimizer, tmp_path):
    (tmp_path / "no.xlsx").write_text("a;b\n1;2\n")
    said = optimizer("check", TEACHING, "no.xlsx", "--json")
    assert (said.code, said.json["status"]) == (3, "faults")
    assert [b["status"] for b in said.json["books"]] == ["ok", "faults"]
    assert optimizer("check", TEACHING, TEACHING, "--markup", "m.xlsx").code == 2


def test_a_path_longer_than_any_file_has_is_a_sentence(optimizer):
    for command in ("check", "solve", "verify"):
        said = optimizer(command, "x" * 5000 + ".xlsx")
        assert said.code == 2
        assert "Traceback" not in said.err + said.out


def test_every_json_object_has_its_schema_and_documented_fields(optimizer, solved):
    text = DOCS.read_text(encoding="utf-8")
    solve = ("solve", TEACHING, "--engine", "cpsat", "-o", "s.xlsx")
    for words in (
        solve,
        ("check", TEACHING),
        ("verify", solved),
        ("explain", TEACHING),
        ("schema",),
        ("check", "no.xlsx"),
    ):
        record = json.loads(optimizer(*words, "--json").out)
        assert record["schema"] == 1
        assert all(f"`{field}`" in text for field in record), [f for f in record if f"`{f}`" not in text]


def test_the_examples_are_there_wherever_the_program_runs(optimizer, tmp_path):
    assert optimizer("template", tmp_path / "mine.xlsx", "--from", "teaching").code == 0
    wrong = optimizer("template", tmp_path / "other.xlsx", "--from", "teachin")
    assert wrong.code == 2
    assert "did you mean teaching?" in wrong.err


def test_warnings_of_libraries_are_not_shown(solved, tmp_path):
    """A name with signs that the page's font lacks: the library that draws says so, with paths of its own source."""
    path, work = tmp_path / "plan.xlsx", openpyxl.load_workbook(solved)
    put(work, "Countries", "Name", 2, "Estonia \U0001f984\u4e2d")
    put(work, "Units", "Name", 2, "Brigade \U0001f984\u4e2d")
    work.save(path)
    run = [sys.executable, "-m", "optimizer", "report", str(path), "-o", str(tmp_path / "page.html")]
    done = subprocess.run(run, capture_output=True, text=True)
    assert (tmp_path / "page.html").exists(), done.stderr
    assert "Warning" not in done.stderr
    assert "missing" not in done.stderr
