"""whatif, ask, explain and answer through the command, on a plan in a workbook."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from optimizer.cli.exits import Exit
from optimizer.workbook.output.ask import UNTOLD
from optimizer.workbook.schema.asking import ANSWERS, ASK
from tests.build import budget, case, rot
from tests.build import plan as plan_of
from tests.cli.conftest import Said
from tests.workbook.output.answers import answer, full_case, full_plan

DAY = datetime(2017, 11, 6)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return answer(tmp_path / "plan.xlsx", full_case(), full_plan())


def ask(path: Path, *rows: dict[str, object]) -> Path:
    """Type questions into the Ask sheet."""
    book = openpyxl.load_workbook(path)
    heads = {c.value: c.column for c in book[ASK.name][1]}
    for n, row in enumerate(rows, 2):
        for heading, value in row.items():
            book[ASK.name].cell(n, heads[heading]).value = value
    out = path.with_name("asked.xlsx")
    book.save(out)
    return out


def test_a_question_in_words(plan: Path) -> None:
    done = Said("ask", plan, "without", "unit", "U3", "--json", "-q")
    assert done.code == Exit.DONE
    one = done.json["answers"][0]
    assert {
        "kind",
        "subject",
        "place",
        "from",
        "to",
        "found",
        "proven",
        "displaces",
        "blocked_by",
        "impossible",
    } <= set(one)
    assert (one["kind"], one["subject"], one["wish"]) == ("unit", "U3", False)
    assert Said("ask", plan, "why not unit U77").code == Exit.USAGE


def test_the_ask_sheet_is_answered_beside_its_questions(plan: Path, tmp_path: Path) -> None:
    asked = ask(plan, {"Ask": "what if not", "Kind": "unit", "Subject": "U3"}, {"Kind": "exercise", "Subject": "X1"})
    done = Said("answer", asked, "-o", tmp_path / "told.xlsx", "-q")
    assert done.code == Exit.DONE
    sheet = openpyxl.load_workbook(tmp_path / "told.xlsx")[ASK.name]
    heads = {c.value: c.column for c in sheet[1]}
    assert set(ANSWERS) <= set(heads)
    assert [sheet.cell(r, heads["Subject"]).value for r in (2, 3)] == ["U3", "X1"]
    assert all(sheet.cell(r, heads["Answer"]).value for r in (2, 3))
    assert Said("verify", tmp_path / "told.xlsx").code == Said("verify", plan).code


def test_questions_travel_to_the_next_plan_without_their_answers(plan: Path, tmp_path: Path) -> None:
    """A new plan is another plan: what is asked still is, what was answered no longer holds."""
    rows = {"Ask": "what if not", "Kind": "unit", "Subject": "U3"}, {"Kind": "unit", "Subject": "U1", "From": DAY}
    asked = ask(plan, *rows)
    assert Said("answer", asked, "-o", tmp_path / "told.xlsx", "-q").code == Exit.DONE
    solved = Said("solve", tmp_path / "told.xlsx", "-o", tmp_path / "new.xlsx", "--time-limit", "3", "-q")
    assert solved.code in (Exit.DONE, Exit.STOPPED)  # any plan will do
    before, after = (openpyxl.load_workbook(tmp_path / n)[ASK.name] for n in ("told.xlsx", "new.xlsx"))
    typed, told = len(ASK.columns), len(ANSWERS)
    own = [[c.value for c in row[:typed]] for row in after.iter_rows(min_row=2, max_row=3)]
    assert own == [[c.value for c in row[:typed]] for row in before.iter_rows(min_row=2, max_row=3)]
    assert [row[2] for row in own] == ["U3", "U1"]
    assert after.cell(3, 5).is_date
    for row in after.iter_rows(min_row=2, max_row=3, min_col=typed + 1, max_col=typed + told, values_only=True):
        assert row == (None, UNTOLD, *[None] * (told - 2))
    again = Said("answer", tmp_path / "new.xlsx", "-o", tmp_path / "again.xlsx", "--json", "-q")
    assert [a["subject"] for a in again.json["answers"]] == ["U3", "U1"]


def test_what_cannot_be_asked_is_told_at_its_cell(plan: Path, tmp_path: Path) -> None:
    asked = ask(plan, {"Kind": "unit", "Subject": "U77"}, {"Kind": "demand", "Subject": "PL"})
    done = Said("answer", asked, "-o", tmp_path / "told.xlsx", "--json", "-q")
    assert done.code == Exit.FAULTS
    assert {f["cell"] for f in done.json["faults"] if f["severity"] == "fault"} >= {"C2"}
    assert not (tmp_path / "told.xlsx").exists()
    assert Said("answer", plan, "-o", tmp_path / "told.xlsx").code == Exit.USAGE  # nothing is asked


def shown(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def test_explain_fills_the_why_sheet_and_each_keeps_what_the_other_wrote(plan: Path, tmp_path: Path) -> None:
    """As long as plan and inputs are the same, and the question is: a row that asks something else has no answer."""
    rows = {"Ask": "what if not", "Kind": "unit", "Subject": "U3"}, {"Kind": "exercise", "Subject": "X1"}
    told, both = tmp_path / "told.xlsx", tmp_path / "both.xlsx"
    assert Said("answer", ask(plan, *rows), "-o", told, "-q").code == Exit.DONE
    done = Said("explain", told, "-o", both, "--json", "-q")
    assert done.code == Exit.DONE
    assert done.json["answers"]
    assert {a["answer"] for a in done.json["answers"]} <= {str(v) for row in shown(both, "Why") for v in row}
    assert shown(both, ASK.name) == shown(told, ASK.name)
    changed = ask(both, {"Ask": "what if not", "Kind": "unit", "Subject": "U1"})
    assert Said("refresh", changed, "-o", tmp_path / "redrawn.xlsx").code == Exit.DONE
    assert shown(tmp_path / "redrawn.xlsx", "Why") == shown(both, "Why")
    first, second = shown(tmp_path / "redrawn.xlsx", ASK.name)[1:3]
    assert UNTOLD in first
    assert second == shown(told, ASK.name)[2]
    again = Said("answer", both, "-o", tmp_path / "again.xlsx", "-q")
    assert again.code == Exit.DONE
    assert shown(tmp_path / "again.xlsx", "Why") == shown(both, "Why")
    assert Said("verify", tmp_path / "again.xlsx").code == Exit.DONE
    book = openpyxl.load_workbook(both)
    book["Countries"].cell(2, next(c.column for c in book["Countries"][1] if c.value == "Weight")).value = 7
    book.save(tmp_path / "edited.xlsx")
    assert Said("answer", tmp_path / "edited.xlsx", "-o", tmp_path / "other.xlsx", "-q").code == Exit.DONE
    assert "Why" not in openpyxl.load_workbook(tmp_path / "other.xlsx").sheetnames


def test_a_better_plan_that_a_question_meets_is_told_of_and_adopted(tmp_path: Path) -> None:
    """There is money for both units and one is left at home."""
    made = case(12, units={"U1": "TANK", "U2": "TANK"}, sets={}, exercises={}, budgets=(budget(50),))
    poor, best = answer(tmp_path / "poor.xlsx", made, plan_of(rot("U1", 4, 8, "U1a POZ sea"))), tmp_path / "best.xlsx"
    told = Said("ask", poor, "why not unit U2", "--json", "-q")
    assert told.json["better"]["score"] > told.json["score"]
    assert told.json["better"]["output"] is None
    assert "--adopt" in Said("ask", poor, "why not unit U2", "-q").out
    done = Said("ask", poor, "why not unit U2", "--adopt", best, "--json", "-q")
    assert done.json["better"] == {**told.json["better"], "output": str(best)}
    checked = Said("verify", best, "--json")
    assert checked.code == Exit.DONE
    assert checked.json["score"] == pytest.approx(done.json["better"]["score"])
    assert checked.json["certificate"]["certified"] >= checked.json["score"] - 1e-6
    none = Said("ask", best, "without unit U2", "--adopt", tmp_path / "none.xlsx", "--json", "-q")
    assert none.json["better"] is None
    assert not (tmp_path / "none.xlsx").exists()
    assert Said("explain", best, "-o", tmp_path / "x.xlsx", "--adopt", tmp_path / "x.xlsx").code == Exit.USAGE


def test_whatif_of_a_copy_nobody_edited(plan: Path) -> None:
    done = Said("whatif", plan, plan, "--json", "-q")
    assert done.code == Exit.DONE
    assert done.json["score_before"] == done.json["score_kept"] <= done.json["score"] <= done.json["ceiling"] + 1e-6
