"""The page somebody signs: decisions, money that adds up, a marking that the planner chose; names that last."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from optimizer.domain import Lock
from optimizer.quantities import MONEY
from optimizer.report import figures
from optimizer.verify import verify
from optimizer.workbook import labels
from optimizer.workbook.naming import TICKED, rotation_names
from optimizer.workbook.output import Made, content_hash, write_plan
from optimizer.workbook.reader import read_case, read_for_solving, read_for_verifying
from tests import build
from tests.workbook.output.answers import answer, full_case, full_plan, outcome


def cells(path: Path, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))


def text(rows: list[tuple[object, ...]]) -> str:
    return "\n".join(str(c) for row in rows for c in row if c is not None)


def test_the_summary_says_who_goes_where_when_and_at_what_cost(tmp_path: Path) -> None:
    rows = cells(answer(tmp_path / "a.xlsx", full_case(), full_plan()), labels.SUMMARY)
    head = next(i for i, r in enumerate(rows) if r[0] == "The plan: who")
    lines = rows[head + 1 : head + 8]
    told = {str(r[0]): r for r in lines}
    tanks = told["U1 (2 elements)"]
    assert (tanks[9], f"{tanks[11]:%Y-%m-%d}", f"{tanks[12]:%Y-%m-%d}", tanks[13]) == (
        "Home, air + set", "2017-10-23", "2017-11-27", 5,
    )  # fmt: skip
    assert tanks[14] == pytest.approx(5.75)
    assert told["U2"][9] == "already there"
    assert sum(r[14] for r in lines[:-1] if isinstance(r[14], int | float)) == pytest.approx(10.75)
    assert (lines[-1][0], lines[-1][14]) == ("All of it, USD million", pytest.approx(10.75))


def test_money_moved_is_shown_and_no_line_ends_below_nothing(tmp_path: Path) -> None:
    """Presence spends 7.05 of 6.5: 0.55 come from the tenth that exercises may give of 10."""
    case = full_case()
    budgets = tuple(
        replace(b, amount=6_500_000, quarters=(None,) * 4) if b.line == "presence" else b for b in case.budgets
    )
    case = replace(case, budgets=budgets)
    path = answer(tmp_path / "a.xlsx", case, full_plan())
    assert verify(case, full_plan()).ok
    rows = cells(path, labels.SUMMARY)
    head = next(i for i, r in enumerate(rows) if r[9] == labels.MONEY)
    assert rows[head][10:15] == ("Ceiling", "Moved", "Available", "Spent", "Left")
    lines = {str(r[9]): r[10:15] for r in rows[head + 1 : head + 6]}
    assert lines["presence"] == pytest.approx((6.5, 0.55, 7.05, 7.05, 0))
    assert lines["exercises"] == pytest.approx((10, -0.55, 9.45, 1, 8.45))
    assert all(r[4] >= 0 for r in lines.values())
    assert "0.6 moved from exercises to presence, of 1.0 it may give" in text(rows)
    money = {r[0]: r for r in cells(path, "Money")[5:10]}
    assert money["presence"][2:7] == pytest.approx((6.5, 0.55, 7.05, 7.05, 0))
    found = verify(*read_for_verifying(path))
    assert found.spend_by_line["presence"] == 7.05 * MONEY


def test_pages_carry_the_marking_that_the_planner_chose_and_no_other(tmp_path: Path) -> None:
    case = full_case()
    bare = openpyxl.load_workbook(answer(tmp_path / "a.xlsx", case, full_plan()))
    marked = replace(
        case, settings=replace(case.settings, marking="R&D use only", prepared="Lt. Rat", as_of=date(2017, 9, 1))
    )
    book = openpyxl.load_workbook(answer(tmp_path / "b.xlsx", marked, full_plan()))
    for sheet in bare:
        said = f"{sheet.oddHeader.center.text} {sheet.oddFooter.center.text}"
        assert "nclassified" not in said
        assert "otional" not in said
    for sheet in book:
        assert "R&&D use only" in (sheet.oddHeader.center.text or ""), sheet.title
        assert "R&&D use only" in (sheet.oddFooter.center.text or ""), sheet.title
    said = text(cells(tmp_path / "b.xlsx", labels.SUMMARY))
    assert "Prepared by: Lt. Rat" in said
    assert "as of 01 Sep 2017" in said
    got, _ = read_for_verifying(tmp_path / "b.xlsx")
    assert got.settings == marked.settings


def test_a_plan_is_compared_only_with_one_that_says_something_of_its_weeks(tmp_path: Path) -> None:
    case, plan = full_case(), full_plan()
    assert "Against" not in text(cells(answer(tmp_path / "a.xlsx", case, plan), labels.SUMMARY))
    before = replace(plan, rotations=plan.rotations[1:], runs=())
    known = replace(case, last=before, settings=replace(case.settings, last_name="Spring draft"))
    rows = cells(answer(tmp_path / "b.xlsx", known, plan), labels.SUMMARY)
    head = next(i for i, r in enumerate(rows) if r[9] == "Against Spring draft")
    held = next(r for r in rows[head:] if r[9] == "Exercises held")
    assert held[12:15] == (0, 1, 1)
    spent = next(r for r in rows[head:] if r[9] == "Spent")
    assert spent[12:15] == pytest.approx(
        (verify(known, before).spent / MONEY, 10.75, 10.75 - verify(known, before).spent / MONEY)
    )


def test_rotations_keep_their_names() -> None:
    plan = full_plan()
    first = rotation_names(plan, ())
    assert sorted(first.values()) == ["R001", "R002", "R003"]
    spans = [(name, (r.unit, r.arrive, r.depart)) for r, name in first.items()]
    # one dropped, one moved by two weeks, one new: the others keep theirs, and no number is used again
    u1, u2, u3 = (next(r for r in plan.rotations if r.unit == u) for u in ("U1", "U2", "U3"))
    later = build.plan(replace(u1, arrive=5, depart=10), u3, build.rot("U2", 12, 14, "U2a RUK air"))
    names = {r.unit: n for r, n in rotation_names(later, spans).items()}
    assert names == {"U1": first[u1], "U3": first[u3], "U2": "R004"}
    assert first[u2] not in names.values()


def round_trip(path: Path, out: Path, plan=None) -> Path:
    """Read to be solved, answered with the same plan (or another), written with what was read."""
    reading = read_case(path)
    plan = plan or reading.plan
    v = verify(reading.case, plan)
    assert v.ok, v.breaches
    return write_plan(
        out,
        reading.case,
        plan,
        outcome(reading.case, plan),
        v,
        figures(reading.case, plan, v),
        Made(reading.tables, path, as_typed=True),
    )


def tick(path: Path, sheet: str, row: int, rule: str | None) -> None:
    book = openpyxl.load_workbook(path)
    column = next(c.column for c in book[sheet][1] if c.value == "Lock")
    book[sheet].cell(row, column).value = rule
    book.save(path)


def test_a_lock_cell_stays_with_its_row_and_locks_do_not_multiply(tmp_path: Path) -> None:
    path = answer(tmp_path / "0.xlsx", full_case(), full_plan())
    tick(path, "Plan rotations", 3, "must")
    element = openpyxl.load_workbook(path)["Plan rotations"].cell(3, 3).value
    hashes = []
    for n in range(1, 4):
        path = round_trip(path, tmp_path / f"{n}.xlsx")
        rows = cells(path, "Plan rotations")
        at = rows[0].index("Lock")
        assert [(r[2], r[at]) for r in rows[1:] if r[at]] == [(element, "must")]
        names = [str(r[0]) for r in cells(path, "Locks")[1:] if r[0]]
        assert [x for x in names if x.startswith(TICKED)] == [f"{TICKED}rotations {rows[2][0]} {element}"]
        hashes.append(content_hash(read_for_solving(path)))
    assert len(set(hashes)) == 1
    tick(path, "Plan rotations", 3, None)  # and what is taken away is gone
    assert [x.id for x in read_for_solving(path).locks] == ["L1"]


def test_a_forbidden_row_stays_forbidden_when_it_is_gone(tmp_path: Path) -> None:
    path = answer(tmp_path / "0.xlsx", full_case(), full_plan())
    rows = cells(path, "Plan rotations")
    row = next(i for i, r in enumerate(rows) if r[2] == "U3a")
    tick(path, "Plan rotations", row + 1, "forbid")
    less = replace(full_plan(), rotations=tuple(r for r in full_plan().rotations if r.unit != "U3"))
    for n in (1, 2):
        path = round_trip(path, tmp_path / f"{n}.xlsx", less)
        locks = {x.id: x for x in read_for_solving(path).locks}
        assert set(locks) == {"L1", f"{TICKED}rotations {rows[row][0]} U3a"}
        assert locks[f"{TICKED}rotations {rows[row][0]} U3a"] == Lock(
            f"{TICKED}rotations {rows[row][0]} U3a", "forbid", "element", "U3a", "POZ", start=6, end=10
        )
