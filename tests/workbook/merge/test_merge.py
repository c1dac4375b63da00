"""Merging, case by case: each with what must come out argued from what the people did."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from optimizer.workbook.merge.content import Content, Row
from optimizer.workbook.merge.merge import Result, merge
from tests.workbook.merge.edits import _full, base, named, put


def copy(name: str, *, put_: dict[tuple[str, str], dict[str, Any]] | None = None, gone: Any = (), add: Any = (),
         names: dict[tuple[str, str], str] | None = None) -> Content:  # fmt: skip
    """The base with cells set and rows deleted (by sheet and first key), rows added, ids renamed."""
    tables = dict(base().tables)
    for (sheet, key), cells in (put_ or {}).items():
        tables[sheet] = tuple(put(r, cells) if _first(sheet, r) == key else r for r in tables[sheet])
    for sheet, key in gone:
        tables[sheet] = tuple(r for r in tables[sheet] if _first(sheet, r) != key)
    for sheet, cells in add:
        tables[sheet] = (*tables[sheet], _full(sheet, Row(dict(cells), dict(cells))))
    return named(replace(base(), name=name, tables=tables), names or {})


def _first(sheet: str, row: Row) -> Any:
    from optimizer.workbook.schema import BY_NAME

    return row.values[BY_NAME[sheet].key[0]]


def row(result: Result, sheet: str, key: str) -> Row | None:
    return next((r for r in result.content.tables[sheet] if _first(sheet, r) == key), None)


def told(result: Result) -> list[tuple[str, str, str]]:
    return [c.at for c in result.conflicts]


# the four failures of the best kept table merge


def test_an_edit_of_a_row_that_another_deletes_is_a_conflict_and_kept() -> None:
    ann, bob = copy("ann", put_={("Units", "E"): {"Home": "Drum"}}), copy("bob", gone=[("Units", "E")])
    for order in ([ann, bob], [bob, ann]):
        got = merge(base(), order)
        assert told(got) == [("Units", "E", "(row)")]
        assert got.conflicts[0].versions == {"ann": "(kept)", "bob": "(deleted)"}
        assert row(got, "Units", "E").values["Home"] == "Drum"


def test_two_new_rows_of_one_id_are_one_row_with_conflicts_per_cell() -> None:
    new = {"Unit": "U4", "Name": "Fourth", "Type": "TANK"}
    got = merge(base(), [copy("ann", add=[("Units", new | {"Home": "Drum"})]),
                         copy("bob", add=[("Units", new | {"Home": "Polk"})])])  # fmt: skip
    assert told(got) == [("Units", "U4", "Home")]
    assert [r.values["Name"] for r in got.content.tables["Units"] if r.values["Unit"] == "U4"] == ["Fourth"]


def test_one_cell_changed_twice_keeps_the_base_and_never_becomes_text() -> None:
    got = merge(base(), [copy("ann", put_={("Sites", "RUKLA"): {"Places": 5}}),
                         copy("bob", put_={("Sites", "RUKLA"): {"Places": 6}})])  # fmt: skip
    assert told(got) == [("Sites", "RUKLA", "Places")]
    assert row(got, "Sites", "RUKLA").values["Places"] == 300
    assert (got.conflicts[0].base, dict(got.conflicts[0].versions)) == (300, {"ann": 5, "bob": 6})


# questions have no ids: each is its words


def test_questions_of_all_copies_come_through() -> None:
    def asked(name: str, *subjects: str) -> Content:
        rows = tuple(
            Row(cells, cells) for s in subjects for cells in [{"Ask": "why not", "Kind": "unit", "Subject": s}]
        )
        return replace(base(), name=name, tables={**base().tables, "Ask": rows})

    start = asked("base", "A", "B")
    got = merge(start, [asked("ann", "A", "B", "C", "D"), asked("bob", "B", "D")])
    assert told(got) == []
    assert sorted(r.values["Subject"] for r in got.content.tables["Ask"]) == ["B", "C", "D"]
    got = merge(start, [copy("cem", names={("Units", "B"): "BB"})])
    assert sorted(r.values["Subject"] for r in got.content.tables["Ask"]) == ["A", "BB"]


# the rest of the table of outcomes


def test_different_cells_of_one_row_are_both_taken() -> None:
    got = merge(base(), [copy("ann", put_={("Sites", "RUKLA"): {"Places": 5}}),
                         copy("bob", put_={("Sites", "RUKLA"): {"Slots": Decimal("2")}})])  # fmt: skip
    found = row(got, "Sites", "RUKLA")
    assert (got.conflicts, found.values["Places"], found.values["Slots"]) == ((), 5, Decimal(2))


def test_what_two_delete_is_gone_and_what_two_change_alike_is_changed_once() -> None:
    both = {"put_": {("Sites", "RUKLA"): {"Places": 5}}, "gone": [("Locks", "L1")]}
    got = merge(base(), [copy("ann", **both), copy("bob", **both)])
    assert (got.conflicts, row(got, "Locks", "L1"), row(got, "Sites", "RUKLA").values["Places"]) == ((), None, 5)


def test_a_new_name_is_followed_into_what_others_add() -> None:
    ann = copy("ann", names={("Sites", "RUKLA"): "LT_RUKLA"})
    bob = copy("bob", put_={("Sites", "RUKLA"): {"Places": 7}},
               add=[("Reach", {"Site": "RUKLA", "Country": "EE", "Credit": Decimal("0.4")})])  # fmt: skip
    got = merge(base(), [ann, bob])
    assert got.conflicts == ()
    assert row(got, "Sites", "LT_RUKLA").values["Places"] == 7
    assert row(got, "Reach", "LT_RUKLA").values["Credit"] == Decimal("0.4")
    assert row(got, "Sites", "RUKLA") is None


def test_a_capability_with_a_new_name_takes_its_columns_along() -> None:
    tables = dict(base().tables)

    def moved(r: Row) -> Row:
        values = {h.replace("armor", "tanks"): "tanks" if v == "armor" else v for h, v in r.values.items()}
        raw = {h.replace("armor", "tanks"): "tanks" if v == "armor" else v for h, v in r.raw.items()}
        return Row(values | ({"Name": "tanks"} if values.get("Name") == "armor" else {}), raw)

    for sheet in ("Capabilities", "Unit types", "Sets", "Demand", "Exercise needs"):
        tables[sheet] = tuple(moved(r) for r in tables[sheet])
    ann = replace(base(), name="ann", tables=tables)
    bob = copy("bob", put_={("Unit types", "TANK"): {"Points armor": Decimal(9)}})
    got = merge(base(), [ann, bob])
    assert got.conflicts == ()
    assert row(got, "Unit types", "TANK").values["Points tanks"] == Decimal(9)
    assert "Points armor" not in row(got, "Unit types", "TANK").raw


def test_two_new_names_for_one_thing_are_to_choose_and_the_choice_goes_everywhere() -> None:
    ann, bob = copy("ann", names={("Units", "E"): "ECHO"}), copy("bob", names={("Units", "E"): "E_COY"})
    got = merge(base(), [ann, bob])
    assert told(got) == [("Units", "E", "Unit")]
    after = merge(base(), [ann, bob], {("Units", "E", "Unit"): "bob"})
    assert row(after, "Units", "E_COY") is not None
    assert after.open == ()


def test_a_new_name_that_another_gives_to_something_else_is_to_choose() -> None:
    ann = copy("ann", names={("Units", "E"): "ECHO"})
    bob = copy("bob", add=[("Units", {"Unit": "ECHO", "Name": "Other", "Type": "TANK"})])
    got = merge(base(), [ann, bob])
    assert told(got) == [("Units", "E", "Unit")]


def test_a_name_for_what_another_deletes_is_to_choose() -> None:
    got = merge(base(), [copy("ann", names={("Units", "E"): "ECHO"}), copy("bob", gone=[("Units", "E")])])
    assert told(got) == [("Units", "ECHO", "(row)")]  # by the name it now has
    assert row(got, "Units", "ECHO") is not None


def test_an_id_used_again_for_another_thing_is_not_mixed_with_edits_of_the_old() -> None:
    other = {"Name": "Zulu", "Type": "TANK", "Home": "Polk", "POC": "Wu"}
    got = merge(
        base(), [copy("ann", put_={("Units", "D"): other}), copy("bob", put_={("Units", "D"): {"Home": "Hood"}})]
    )
    assert {c.column for c in got.conflicts} == {"Name", "Type", "Home", "POC"}
    assert row(got, "Units", "D").values["Name"] == "Delta"


def test_what_one_adds_and_needs_of_what_another_deletes_is_a_conflict_with_both() -> None:
    ann = copy("ann", gone=[("Sites", "RUKLA")])
    bob = copy("bob", add=[("Reach", {"Site": "RUKLA", "Country": "EE", "Credit": Decimal("0.4")})])
    got = merge(base(), [ann, bob])
    assert told(got) == [("Sites", "RUKLA", "(row)")]
    assert got.conflicts[0].versions == {"ann": "(deleted)", "bob": "(kept)"}
    assert row(got, "Sites", "RUKLA") is not None
    assert row(merge(base(), [ann, bob], {got.conflicts[0].at: "ann"}), "Sites", "RUKLA") is None


def test_a_date_moved_in_a_key_and_a_figure_changed_beside_it_are_one_row() -> None:
    when = next(r for r in base().tables["Demand"] if r.values["From"] == date(2017, 11, 6))
    tables = {**base().tables}
    tables["Demand"] = tuple(put(r, {"From": date(2017, 11, 20)}) if r is when else r for r in tables["Demand"])
    ann = replace(base(), name="ann", tables=tables)
    tables = {**base().tables}
    tables["Demand"] = tuple(put(r, {"Points assure": Decimal(6)}) if r is when else r for r in tables["Demand"])
    got = merge(base(), [ann, replace(base(), name="bob", tables=tables)])
    found = [r for r in got.content.tables["Demand"] if r.values["From"] == date(2017, 11, 20)]
    assert ([r.values["Points assure"] for r in found], got.conflicts) == ([Decimal(6)], ())
    assert len(got.content.tables["Demand"]) == len(base().tables["Demand"])


def test_a_tie_is_said() -> None:
    start = next(r for r in base().tables["Demand"] if r.values["From"] == date(2017, 11, 6))
    split = [put(start, {"From": date(2017, 10, 30)}), put(start, {"From": date(2017, 11, 13)})]
    rest = [r for r in base().tables["Demand"] if r is not start]
    got = merge(base(), [replace(base(), name="ann", tables={**base().tables, "Demand": (*rest, *split)})])
    assert any("Demand: LV | armor in ann" in n for n in got.notes)
    assert len(got.content.tables["Demand"]) == len(rest) + 2


def test_rotations_keep_their_numbers_and_new_ones_get_the_next() -> None:
    rows = base().tables["Plan rotations"]
    renumbered = [
        r.but(values={**r.values, "Rotation": {"R1": "R002", "R2": "R001"}[r.values["Rotation"]]}) for r in rows
    ]
    extra = {"Rotation": "R001", "Unit": "C", "Element": "C", "Site": "ADAZI", "Mode": "sea",
             "Arrive": date(2018, 3, 5), "Depart": date(2018, 7, 2)}  # fmt: skip
    new = _full("Plan rotations", Row({**extra, "Rotation": "R009"}, {**extra, "Rotation": "R009"}))
    ann = replace(base(), name="ann", tables={**base().tables, "Plan rotations": (*renumbered, new)})
    got = merge(base(), [ann])
    assert [r.values["Rotation"] for r in got.content.tables["Plan rotations"]] == ["R1", "R1", "R2", "R001"]


def test_a_copy_without_a_sheet_did_not_touch_it() -> None:
    part = {n: rows for n, rows in base().tables.items() if n != "Demand"}
    got = merge(base(), [replace(base(), name="ann", tables=part)])
    assert got.content.tables["Demand"] == base().tables["Demand"]
    assert "ann has no sheet Demand: taken as not touched" in got.notes


def test_levels_in_another_order_are_an_edit_and_two_orders_are_to_choose() -> None:
    turned = replace(base(), name="ann", tables={**base().tables, "Levels": base().tables["Levels"][::-1]})
    got = merge(base(), [turned])
    assert [r.values["Level"] for r in got.content.tables["Levels"]] == ["full", "assure"]
    assert got.conflicts == ()


def test_comments_and_own_columns_are_kept_and_merged() -> None:
    tables = {**base().tables}
    tables["Units"] = tuple(
        r.but(notes={"Home": "ask Riga"}) if r.values["Unit"] == "E" else r for r in tables["Units"]
    )
    ann = replace(base(), name="ann", tables=tables)
    tables = {**base().tables}
    tables["Units"] = tuple(
        put(r, {"POC": "Kim"}).but(notes={"Home": "ask Tapa"}) if r.values["Unit"] == "E" else r
        for r in tables["Units"]
    )
    got = merge(base(), [ann, replace(base(), name="bob", tables=tables)])
    found = row(got, "Units", "E")
    assert (found.values["POC"], found.notes["Home"]) == ("Kim", "ask Riga\nask Tapa")
    assert row(got, "Units", "D").values["POC"] == "Smith"
