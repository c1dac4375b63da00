"""Merging files: own columns, sheets and comments, the yellow Choose that merge and solve obey, LibreOffice."""

from __future__ import annotations

from copy import deepcopy
from pathlib import Path
from random import Random

import openpyxl
import pytest

from optimizer.domain.canonical import content_hash
from optimizer.errors import FaultsFound
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.merge.merge import merge
from optimizer.workbook.merge.read import read_content
from optimizer.workbook.merge.write import write_merged
from optimizer.workbook.reader import read_case
from tests.cli.conftest import Said
from tests.workbook.books import PLAN, SOUND, Tables, needs_office, resaved
from tests.workbook.merge.edits import base, copy_of, edits
from tests.workbook.merge.model import lines


def books(tmp_path: Path, *changes) -> list[Path]:
    """The sound workbook, and copies of it each changed by a function."""
    out = [write_input(SOUND, tmp_path / "base.xlsx")]
    for i, change in enumerate(changes):
        tables: Tables = deepcopy(SOUND)
        change(tables)
        out.append(write_input(tables, tmp_path / f"copy{i}.xlsx"))
    return out


def run(*args):
    said = Said(*args, "--json")
    return said.code, said.json


def places(n: int):
    def change(tables: Tables) -> None:
        tables["Sites"][0]["Places"] = n

    return change


def chosen(path: Path, word: str, row: int = 3) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Conflicts"]
    column = next(c.column for c in sheet[2] if c.value == "Choose")
    sheet.cell(row, column).value = word
    book.save(path)


def test_an_open_conflict_stops_merge_and_solve_until_somebody_chooses(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files = books(tmp_path, places(700), places(800))
    out = tmp_path / "m.xlsx"
    code, said = run("merge", *files, "-o", out)
    assert (code, said["status"]) == (3, "conflicts")
    assert said["conflicts"] == [
        {"sheet": "Sites", "row": "TAPA", "column": "Places", "base": "600",
         "versions": {"copy0": "700", "copy1": "800"}, "chosen": None}
    ]  # fmt: skip
    code, said = run("solve", out)
    assert code == 3
    assert [f["code"] for f in said["faults"] if f["severity"] == "fault"] == ["conflict-open"]
    chosen(out, "copy1")
    assert read_case(out).case.site["TAPA"].places == 800  # obeyed by whoever reads it
    code, said = run("merge", *files, "-o", out)
    assert (code, said["status"], said["conflicts"][0]["chosen"]) == (0, "merged", "copy1")
    assert read_case(out).case.site["TAPA"].places == 800
    assert run("merge", *files, "-o", out)[0] == 0  # and again


def test_a_word_that_is_no_version_is_a_fault(tmp_path):
    files = books(tmp_path, places(700), places(800))
    run("merge", *files, "-o", tmp_path / "m.xlsx")
    chosen(tmp_path / "m.xlsx", "copy7")
    with pytest.raises(FaultsFound) as found:
        read_case(tmp_path / "m.xlsx")
    assert [f.code for f in found.value.faults if f.severity == "fault"] == ["conflict-choice"]


def test_edits_typed_into_the_merged_book_are_not_merged_over(tmp_path):
    files = books(tmp_path, places(700), places(800))
    out = tmp_path / "m.xlsx"
    run("merge", *files, "-o", out)
    book = openpyxl.load_workbook(out)
    book["Units"]["D3"].value = "Fort Drum"
    book.save(out)
    code, said = run("merge", *files, "-o", out)
    assert code == 2
    assert "edited besides its Conflicts sheet" in said["error"]
    assert run("merge", *files, "-o", files[1])[0] == 2


def test_a_deleted_row_that_another_edits_goes_or_stays_as_chosen(tmp_path):
    files = books(tmp_path, lambda t: t["Locks"].pop(), lambda t: t["Locks"][-1].update(Price="9"))
    for word, there in (("copy0", False), ("copy1", True), ("base", True)):
        out = tmp_path / f"out_{word}.xlsx"
        assert run("merge", *files, "-o", out)[0] == 3
        chosen(out, word)
        locks = {lock.id: lock.price for lock in read_case(out).case.locks}
        assert ("L2" in locks) == there
        assert not there or locks["L2"] == 9.0
        assert run("merge", *files, "-o", out)[0] == 0
        assert {lock.id: lock.price for lock in read_case(out).case.locks} == locks


def test_a_chosen_name_is_followed_by_solve_and_by_merge_alike(tmp_path):
    def renamed(new: str):
        def change(tables: Tables) -> None:
            for rows in tables.values():
                for r in rows:
                    for h, v in r.items():
                        if v == "ADAZI":
                            r[h] = new

        return change

    files = books(tmp_path, renamed("ADAZI_1"), renamed("ADAZI_2"))
    out = tmp_path / "m.xlsx"
    _, said = run("merge", *files, "-o", out)
    assert [(c["sheet"], c["row"], c["column"]) for c in said["conflicts"]] == [("Sites", "ADAZI", "Site")]
    chosen(out, "copy0")
    obeyed = read_case(out).case
    assert "ADAZI_1" in obeyed.site
    assert run("merge", *files, "-o", out)[0] == 0
    assert content_hash(read_case(out).case) == content_hash(obeyed) == content_hash(read_case(files[1]).case)


def test_own_columns_sheets_and_comments_come_through(tmp_path):
    first = write_input({**SOUND, "Notes": [{"A": "one", "B": 2}]}, tmp_path / "base.xlsx")
    paths = []
    for i, (person, text) in enumerate((("Kim", "seen"), ("Lee", "done"))):
        book = openpyxl.load_workbook(first)
        units = book["Units"]
        column = units.max_column + 1
        units.cell(1, column).value = "POC"
        units.cell(2 + i, column).value = person
        units.cell(2 + i, 2).comment = openpyxl.comments.Comment(f"ask {person}", "me")
        book["Notes"].cell(5, 1 + i).value = text
        book.save(tmp_path / f"c{i}.xlsx")
        paths.append(tmp_path / f"c{i}.xlsx")
    out = tmp_path / "m.xlsx"
    assert run("merge", first, *paths, "-o", out)[0] == 0
    book = openpyxl.load_workbook(out)
    heads = [c.value for c in book["Units"][1]]
    assert [book["Units"].cell(r, heads.index("POC") + 1).value for r in (2, 3)] == ["Kim", "Lee"]
    assert [book["Units"].cell(r, 2).comment.text for r in (2, 3)] == ["ask Kim", "ask Lee"]
    notes = book["Notes"]
    assert [notes["A2"].value, notes["B2"].value, notes["A5"].value, notes["B5"].value] == ["one", 2, "seen", "done"]


def test_what_each_copy_does_to_the_plan_in_the_books_is_told(tmp_path):
    files = []
    for i, home in enumerate(("", "2018-02-12", "2018-02-26")):
        tables = deepcopy({**SOUND, **PLAN})
        if home:
            tables["Plan exercises"][0]["Start"] = home
        files.append(write_input(tables, tmp_path / f"p{i}.xlsx"))
    _, said = run("merge", *files[:2], "-o", tmp_path / "m.xlsx")
    effects = {e["name"]: e for e in said["merged"]["effects"]}
    assert set(effects) == {"base", "p1", "merged"}
    assert effects["merged"]["score"] == effects["p1"]["score"]
    assert effects["base"]["breaches"] is not None
    assert said["merged"]["copies"]["p1"] == {"cells": 1, "added": 0, "gone": 0, "renamed": 0}


def test_what_comes_out_is_refused_where_it_makes_no_sense_and_says_where(tmp_path):
    # one deletes an exercise with all that is its own, and leaves a need behind
    files = books(tmp_path, lambda t: (t["Exercises"].pop(), t["Exercise hosts"].pop(), t["Exercise hosts"].pop()))
    code, said = run("merge", *files, "-o", tmp_path / "m.xlsx")
    assert (code, said["status"]) == (3, "faults")
    assert [f["sheet"] for f in said["merged"]["faults"]] == ["Exercise needs"]


@pytest.mark.parametrize("seed", range(4))
def test_files_say_the_same_as_what_was_merged_in_memory(tmp_path, seed):
    r = Random(seed)
    copies = [copy_of(edits(name, r), r) for name in ("ann", "bob", "cem")]
    result = merge(base(), copies)
    path = write_merged(result, [c.name for c in copies], tmp_path / "m.xlsx")
    again = read_content(path, "base", base().calendar)
    assert lines(again) == lines(result.content)


@needs_office
def test_copies_saved_by_libreoffice_merge_as_their_originals(tmp_path):
    r = Random(11)
    copies = [copy_of(edits(name, r, 6), r) for name in ("ann", "bob")]
    made = [write_merged(merge(c, []), [], tmp_path / f"{c.name}.xlsx") for c in (base(), *copies)]
    files = resaved(made, "xlsx", tmp_path / "office")
    read = [read_content(f, n, base().calendar) for f, n in zip(files, ("base", "ann", "bob"), strict=True)]
    got, want = merge(read[0], read[1:]), merge(base(), copies)
    assert lines(got.content) == lines(want.content)
    assert [c.at for c in got.conflicts] == [c.at for c in want.conflicts]


def test_a_choice_about_a_row_that_somebody_took_out_since_is_a_fault(tmp_path):
    files = books(tmp_path, lambda t: t["Locks"][0].update(Price="8"), lambda t: t["Locks"][0].update(Price="9"))
    out = tmp_path / "m.xlsx"
    run("merge", *files, "-o", out)
    chosen(out, "copy1")
    book = openpyxl.load_workbook(out)
    book["Locks"].delete_rows(2)
    book.save(out)
    with pytest.raises(FaultsFound) as found:
        read_case(out)
    assert [f.code for f in found.value.faults if f.severity == "fault"] == ["conflict-lost"]
