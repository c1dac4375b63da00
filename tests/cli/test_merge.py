"""merge --ceiling: what no plan can exceed with each copy's edits, as whatif proves it for one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from optimizer.cli.exits import Exit
from optimizer.workbook.forms.template import write_input
from tests.cli.conftest import Said
from tests.engines.lagrangian.brief import brief
from tests.workbook.books import PLAN, SOUND


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A plan with the proof of its bound."""
    folder = tmp_path_factory.mktemp("merge")
    book, out = write_input(SOUND, folder / "input.xlsx"), folder / "plan.xlsx"
    with brief():
        done = Said("solve", book, "-o", out, "--engine", "lagrangian", "--effort", "quick", "-q", "--json")
    assert done.code == Exit.DONE
    return out


def edited(base: Path, name: str, change: Callable[[Any], None]) -> Path:
    book = openpyxl.load_workbook(base)
    change(book)
    out = base.with_name(f"{name}.xlsx")
    book.save(out)
    return out


def amounts(line: str, amount: float) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        heads = {c.value: c.column for c in book["Budget"][1]}
        for row in book["Budget"].iter_rows(min_row=2):
            if row[heads["Line"] - 1].value == line:
                row[heads["Amount"] - 1].value = amount

    return change


def test_each_copy_has_the_ceiling_that_whatif_proves_for_it(base: Path, tmp_path: Path) -> None:
    """Less money for presence lowers it; the merged workbook has both edits, so its ceiling is no higher than that of
    the copy that only takes away."""
    poor = edited(base, "poor", amounts("presence", 1))
    rich = edited(base, "rich", amounts("infrastructure", 500))
    done = Said("merge", base, poor, rich, "-o", tmp_path / "m.xlsx", "--ceiling", "--json")
    assert done.code == Exit.DONE
    effects = {e["name"]: e for e in done.json["merged"]["effects"]}
    for name, book in (("base", base), ("poor", poor), ("rich", rich), ("merged", tmp_path / "m.xlsx")):
        alone = Said("whatif", base, book, "--ceiling", "--json", "-q").json
        assert effects[name]["ceiling"] == pytest.approx(alone["ceiling"], abs=1e-6), name
        assert not effects[name]["impossible"]
    assert effects["base"]["score"] <= effects["base"]["ceiling"] + 1e-6
    assert effects["poor"]["ceiling"] < effects["base"]["ceiling"] - 1


def test_a_copy_that_leaves_no_plan_is_told_as_such(base: Path, tmp_path: Path) -> None:
    """The sets cost their upkeep whatever is decided, here more than there is."""

    def dear(book: Any) -> None:
        column = next(c.column for c in book["Sets"][1] if c.value == "Week cost")
        book["Sets"].cell(2, column).value = 9000

    broke = edited(base, "broke", dear)
    done = Said("merge", base, broke, "-o", tmp_path / "m.xlsx", "--ceiling", "--json")
    effects = {e["name"]: e for e in done.json["merged"]["effects"]}
    assert {n: (e["impossible"], e["ceiling"] is None) for n, e in effects.items()} == {
        "base": (False, False), "broke": (True, True), "merged": (True, True),
    }  # fmt: skip
    assert Said("check", broke).code == Exit.FAULTS
    shown = Said("merge", base, broke, "-o", tmp_path / "n.xlsx", "--ceiling")
    assert "no plan above (proven)" in (shown.out + shown.err).replace("\n", " ")


def test_a_workbook_without_a_proof_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    book = write_input({**SOUND, **PLAN}, tmp_path / "b.xlsx")
    done = Said("merge", book, book, "-o", tmp_path / "m.xlsx", "--ceiling")
    assert done.code == Exit.USAGE
    assert "carries no proof" in done.err
    assert not (tmp_path / "m.xlsx").exists()


def test_without_being_asked_nothing_is_proven(base: Path, tmp_path: Path) -> None:
    done = Said("merge", base, base, "-o", tmp_path / "m.xlsx", "--json")
    assert {(e["ceiling"], e["impossible"]) for e in done.json["merged"]["effects"]} == {(None, False)}
