"""What was over before day one is read from the Plan sheets and goes on from workbook to workbook."""

from __future__ import annotations

from dataclasses import replace

from optimizer.domain.history import past
from optimizer.rules import Breach
from optimizer.verify import verify
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.merge.merge import merge
from optimizer.workbook.merge.read import read_content
from optimizer.workbook.merge.write import write_merged
from optimizer.workbook.reader import read_case
from tests.workbook.books import PLAN, SOUND, table
from tests.workbook.test_round_trip import written

HEAD = "Rotation|Unit|Element|Site|Mode|Set|Arrive|Depart|Lock"
BEFORE = {
    "Plan rotations": [*PLAN["Plan rotations"], *table(HEAD, "R0|C|C|TAPA|sea||2017-01-02|2017-09-04|")],
    "Plan exercises": [*PLAN["Plan exercises"], *table("Exercise|Site|Start|Lock", "X1|TAPA|2017-09-04|")],
}


def test_history_in_the_plan_sheets(tmp_path):
    """C was away for 35 weeks until 4 September, four before day one; X1 was held then, before its window."""
    path = write_input(SOUND | PLAN | BEFORE, tmp_path / "a.xlsx")
    solving, verifying = read_case(path), read_case(path, verifying=True)
    for case in (solving.case, verifying.case):
        assert case.returned["C"] == (-4, 35)
        assert [(r.exercise, r.start) for r in case.past_runs] == [("X1", -4)]
        assert not case.held_before
    for reading in (solving, verifying):
        assert {r.unit for r in reading.plan.rotations} == {"A", "B"}
        assert [r.exercise for r in reading.plan.runs] == ["X2"]


def test_an_input_says_in_its_plan_what_is_under_way_and_an_answer_in_its_last_plan(tmp_path):
    """A is out since eight weeks before day one: an input may say so of itself. An answer that did not find A under
    way has brought it in before its first week."""
    first = read_case(write_input(SOUND | PLAN, tmp_path / "a.xlsx"), verifying=True)
    assert [(r.unit, r.arrive, r.depart) for r in first.case.underway] == [("A", -8, 31)]
    assert _before(first) == []
    tables = SOUND | PLAN | {"Run": [{"What": "drawn"}]}
    second = read_case(write_input(tables, tmp_path / "b.xlsx"), verifying=True)
    assert second.plan == first.plan
    assert second.case.underway == ()
    assert _before(second)


def _before(reading) -> list[Breach]:
    """Breaches of who arrives when, by A."""
    found = verify(reading.case, reading.plan).breaches
    return [b for b in found if b.rule == "availability" and set(b.parties) & {"A", "A1", "A2"}]


def test_history_goes_on(tmp_path):
    """Planned anew, the last plan's history stands in the Last sheets, and is read from there in turn."""
    first = read_case(write_input(SOUND | PLAN | BEFORE, tmp_path / "a.xlsx"))
    second = read_case(written(first.case, first.plan, tmp_path / "b.xlsx"))
    third = read_case(written(second.case, replace(second.plan, runs=()), tmp_path / "c.xlsx"))
    assert past(third.case.last) == past(second.case.last) == past(first.case.last)
    assert third.case.returned == first.case.returned


def test_history_comes_through_a_merge(tmp_path):
    """What stands in the Last sheets alone is in the merged workbook as well."""
    first = read_case(write_input(SOUND | PLAN | BEFORE, tmp_path / "a.xlsx"))
    answer = written(first.case, first.plan, tmp_path / "b.xlsx")
    result = merge(read_content(answer, "base"), [read_content(answer, "copy")])
    merged = read_case(write_merged(result, ["copy"], tmp_path / "m.xlsx"))
    assert past(merged.case.last) == past(read_case(answer).case.last) == past(first.case.last)
    assert past(merged.case.last).rotations
