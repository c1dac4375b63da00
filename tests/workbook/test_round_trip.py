"""Tables → workbook → case, workbook → folder → workbook, the marked-up copy, the documentation."""

from __future__ import annotations

import time
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from optimizer.domain import Mode, Scenario
from optimizer.domain.canonical import content_hash
from optimizer.errors import FaultsFound
from optimizer.workbook import docs
from optimizer.workbook.forms.folder import pack, unpack
from optimizer.workbook.forms.markup import markup
from optimizer.workbook.forms.template import write_input
from optimizer.workbook.output.inputs import tables_of
from optimizer.workbook.reader import read_case, read_for_solving, read_for_verifying
from optimizer.workbook.schema import BY_NAME, INPUT_SHEETS, KINDS, SETTINGS, SHEETS, WEEKS
from optimizer.workbook.sheets import files
from tests import build
from tests.workbook.books import PLAN, SOUND, book, findings, found, rewrite, spoil, table

ROOT = Path(__file__).parents[2]


def written(case, plan, path):
    """The workbook that holds a case and a plan."""
    tables = tables_of(case, plan)
    rows = {n: [dict(zip([c.header for c in t.columns], r, strict=True)) for r in t.rows] for n, t in tables.items()}
    return write_input(rows, path)


def differing(a, b):
    return [f.name for f in fields(a) if getattr(a, f.name) != getattr(b, f.name)]


def test_case_to_workbook_to_case(tmp_path):
    case = build.case(
        weeks=12,
        units={"U1": "TANK ART?", "U2": "TANK"},
        sets={"S1": {}},
        exercises={"X1": {"value": 5.0}},
        settings={"total_cap": 12_500_000, "credit_bands": ((2500, 900), (9000, 125)), "floor_hard": True},
        scenarios=(Scenario("bad", "bad luck", 250, late_units=frozenset(("U1", "U2")), late_weeks=3),),
    )
    assert not differing(read_for_solving(written(case, None, tmp_path / "a.xlsx")), case)


def test_everything_the_sound_workbook_says(tmp_path):
    """Hand-worked readings of the sound tables."""
    reading = read_case(book(tmp_path / "a.xlsx", planned=True))
    case = reading.case
    assert (case.settings.name, case.weeks, case.settings.release) == ("Test", 52, -25)
    assert case.types["GUNS"].modes == {"sea": Mode(8, 1, 3_000_000)}
    assert case.types["TANK"].points == {"armor": 1000}
    assert case.unit["A"].last_return == -30
    assert [(e.id, e.unit, e.type, e.optional) for e in case.elements] == [
        ("A1", "A", "TANK", False),
        ("A2", "A", "GUNS", True),
        ("B", "B", "TANK", False),
        ("C", "C", "GUNS", False),
    ]
    assert [(w.unit, w.start, w.end) for w in case.windows] == [("A", 1, 38), ("B", 0, 104), ("C", 0, 104)]
    assert case.prepo["S1"].worth == {"armor": 500}
    assert case.prepo["S1"].last_maintenance == -16
    assert [(h.set_id, h.site, h.start, h.end) for h in case.holdings] == [
        ("S1", "TAPA", 0, 52),
        ("S1", "DEPOT", 14, 30),
        ("S2", "TAPA", 0, 52),
        ("S2", "ADAZI", 0, 52),
        ("S2", "DEPOT", 0, 52),
    ]
    assert [(x.earliest, x.latest) for x in case.exercises] == [(30, 35), (17, 21)]
    assert [(d.level, d.start, d.end, d.points) for d in case.demands] == [
        ("assure", 0, 52, 1000),
        ("full", 0, 52, 2500),
        ("assure", 0, 23, 500),
        ("full", 34, 39, 4000),
    ]
    assert (case.site["ADAZI"].handover_places, case.upgrades[0].handover_places) == (500, 200)
    assert (case.legs[1].days_heavy, case.legs[2].routes) == (1000, frozenset(("sea", "baltic")))
    assert case.budgets[0].quarters == (40_000_000, None, None, None)
    assert (case.closures[0].start, case.closures[0].end) == (11, 14)
    # the plan sheets: one rotation under way, and Lock cells clipped to the plan
    assert [(r.unit, r.arrive, r.depart) for r in case.underway] == [("A", -8, 31)]
    assert reading.plan == case.last
    locks = {(x.rule, x.kind, x.subject, x.start, x.end) for x in case.locks[2:]}
    assert locks == {
        ("must", "element", "A2", 0, 30),
        ("must", "element", "B", 13, 52),
        ("forbid", "set", "S2", 0, 52),
        ("must", "exercise", "X2", 18, 19),
        ("must", "participant", "A2", None, None),
        ("forbid", "upgrade", "U1", 5, 6),
    }
    verified, plan = read_for_verifying(tmp_path / "a.xlsx")
    assert plan == case.last
    assert verified.last == case.last
    assert len(verified.locks) == 2


def test_plan_and_last_plan_round_trip(tmp_path):
    case, plan = read_for_verifying(book(tmp_path / "a.xlsx", planned=True))
    case = replace(case, last=replace(plan, runs=()))
    again, plan_again = read_for_verifying(written(case, plan, tmp_path / "b.xlsx"))
    assert plan_again == plan
    assert again.last == case.last.tidy()
    assert content_hash(again, plan_again) == content_hash(case, plan)


def test_locks_made_twice_from_the_same_cells_keep_apart(tmp_path):
    case = read_for_solving(book(tmp_path / "a.xlsx", planned=True))
    rows = SOUND["Locks"] + table("Lock|Rule|Kind|Subject", "Plan upgrades row 2|must|upgrade|U1")
    again = read_for_solving(write_input(SOUND | PLAN | {"Locks": rows}, tmp_path / "b.xlsx"))
    ids = [x.id for x in again.locks]
    assert len(set(ids)) == len(ids) == len(case.locks) + 1


def test_same_tables_same_bytes(tmp_path):
    a, b = (write_input(SOUND, tmp_path / n) for n in ("a.xlsx", "b.xlsx"))
    assert a.read_bytes() == b.read_bytes()


def test_unpack_and_pack(tmp_path):
    path = book(tmp_path / "a.xlsx", planned=True)
    csvs = unpack(path, tmp_path / "folder")
    assert {p.stem for p in csvs} == {s.name for s in SHEETS if s.group not in ("last", "merge", "ask")}
    again = pack(tmp_path / "folder", tmp_path / "b.xlsx")
    assert content_hash(*read_for_verifying(again)) == content_hash(*read_for_verifying(path))
    unpack(again, tmp_path / "again")
    for file in csvs:
        assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()


def test_text_stays_text(tmp_path):
    rows = [dict(r, Name=n) for r, n in zip(SOUND["Sites"], ("=1+1", "@home", "https://example.org"), strict=True)]
    path = write_input(SOUND | {"Sites": rows}, tmp_path / "a.xlsx")
    assert [s.name for s in read_for_solving(path).sites] == ["=1+1", "@home", "https://example.org"]


def test_ids_that_look_like_numbers_stay_as_typed(tmp_path):
    rows = [*SOUND["Reach"], {"Site": "007", "Country": "LV", "Credit": "0.5"}]
    sites = [*SOUND["Sites"], {"Site": "007"}]
    case = read_for_solving(write_input(SOUND | {"Sites": sites, "Reach": rows}, tmp_path / "a.xlsx"))
    assert case.reach[-1].site == "007"


def test_a_capability_may_be_called_like_a_column(tmp_path):
    """A column of a family never overrides another field of its row."""
    swap = {"armor": "people"}
    tables = {
        n: [{h.replace("armor", "people"): swap.get(v, v) for h, v in r.items()} for r in rows]
        for n, rows in SOUND.items()
    }
    case = read_for_solving(write_input(tables, tmp_path / "a.xlsx"))
    assert case.types["TANK"].people == 150
    assert case.types["TANK"].points == {"people": 1000}


def test_the_empty_template_asks_for_what_is_needed(tmp_path):
    path = write_input({}, tmp_path / "a.xlsx")
    wb = openpyxl.load_workbook(path)
    assert wb.sheetnames == ["Read me", *(s.name for s in INPUT_SHEETS), "Choices"]
    assert wb["Sites"]["A1"].comment.text.startswith("Short name")
    assert {s.name for s in INPUT_SHEETS if s.required} == {f.sheet for f in findings(path) if f.severity == "fault"}


def test_markup(tmp_path):
    path = book(tmp_path / "a.xlsx")
    places = spoil(path, ("Sites", "Places", 2, "ten"), ("Units", "Type", 3, None), ("Sets", "Set type", 3, "X"))
    before = path.read_bytes()
    faults = findings(path)
    wb = openpyxl.load_workbook(markup(path, faults, tmp_path / "out" / "a faults.xlsx"))
    assert path.read_bytes() == before
    page = wb["Faults"]
    assert page["A1"].value == "a.xlsx: 2 faults, 1 warning"
    rows = list(page.iter_rows(min_row=5, values_only=True))
    assert [r[0] for r in rows] == [f.where for f in faults]
    links = {page.cell(i, 1).hyperlink.location for i in range(5, len(faults) + 5)}
    assert links >= {"'{}'!{}".format(*p.split("!")) for p in places}
    for place in places:
        sheet, cell = place.split("!")
        colours = {"Sets": "FCE9C2"}
        assert wb[sheet][cell].fill.fgColor.rgb == "FF" + colours.get(sheet, "F8C9B8")
        assert wb[sheet][cell].comment
    assert wb["Sites"]["D2"].value == "ten"
    assert wb["Availability"]["B2"].value == datetime(2017, 10, 4)


def test_markup_of_a_workbook_that_has_a_title_twice(tmp_path):
    path = book(tmp_path / "a.xlsx")
    rewrite(path, "xl/workbook.xml", lambda xml: xml.replace(b'name="Reach"', b'name="Travel"'))
    faults = findings(path)
    assert ("sheet-twice", "Travel") in found(path)
    names = openpyxl.load_workbook(markup(path, faults, tmp_path / "out.xlsx")).sheetnames
    assert {"Faults", "Travel", "Travel (2)"} <= set(names)


def test_a_target_that_is_open_elsewhere_gets_a_number(tmp_path, monkeypatch):
    moved = files.os.replace

    def locked(source, target):
        if Path(target).name == "a.xlsx":
            raise PermissionError
        moved(source, target)

    monkeypatch.setattr(files.os, "replace", locked)
    assert write_input(SOUND, tmp_path / "a.xlsx").name == "a (2).xlsx"
    assert [p.name for p in tmp_path.iterdir()] == ["a (2).xlsx"]


def test_documentation_is_current():
    assert (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8") == docs.page()


def test_schema_is_sound():
    """Kinds, rules, references and families name things that exist; headers are unique."""
    for sheet in SHEETS:
        headers = [c.header for c in sheet.columns]
        assert len(set(headers)) == len(headers)
        assert set(sheet.key) <= set(headers)
        for c in sheet.columns:
            assert c.kind in KINDS
            assert c.week in (WEEKS if c.kind == "date" else ("",))
            assert {*c.refs, *filter(None, (c.family,))} <= set(BY_NAME)
            assert bool(c.choices) == (c.kind == "choice")
            assert bool(c.refs) == (c.kind in ("ref", "refs"))
    assert len({s.attribute for s in SETTINGS}) == len(SETTINGS)


def test_every_field_of_the_settings_has_a_row():
    case = build.case()
    named = {s.attribute for s in SETTINGS}
    assert {f.name for f in fields(case.settings)} - {"calendar"} <= named
    for s in SETTINGS:
        default = {f.name: f.default for f in fields(case.settings)}.get(s.attribute)
        if isinstance(default, str):
            assert s.default == default


def test_hash_depends_on_content_alone(tmp_path):
    one = read_for_solving(book(tmp_path / "a.xlsx"))
    turned = {n: rows[::-1] if n not in ("Levels",) else rows for n, rows in SOUND.items()}
    two = read_for_solving(write_input(turned, tmp_path / "b.xlsx"))
    assert content_hash(one) == content_hash(two)
    assert content_hash(one) != content_hash(replace(one, levels=one.levels[::-1]))
    assert content_hash(one) != content_hash(replace(one, reach=()))


def test_ten_thousand_rows_in_five_seconds(tmp_path):
    sites = [{"Site": f"S{i:04}", "Country": "EE" if i % 2 else "LV", "Places": 100, "Slots": 1} for i in range(3000)]
    units = [{"Unit": f"U{i:04}", "Type": "TANK"} for i in range(3000)]
    windows = [{"Unit": f"U{i:04}", "From": "2017-10-02", "To": "2018-09-30"} for i in range(3000)]
    demand = [
        {"Country": "EE", "Capability": "armor", "From": f"2017-10-{1 + i % 30:02}", "To": f"20{18 + i // 30}-11-01"}
        | {"Points assure": 1, "Points full": 2.5}
        for i in range(1000)
    ]
    tables = SOUND | {
        "Sites": SOUND["Sites"] + sites,
        "Units": SOUND["Units"] + units,
        "Availability": windows,
        "Demand": demand,
    }
    path = write_input(tables, tmp_path / "a.xlsx")
    start = time.process_time()
    case = read_for_solving(path)
    assert time.process_time() - start < 5
    assert len(case.sites) + len(case.units) + len(case.windows) + len(demand) > 10_000


def test_faults_carry_everything(tmp_path):
    path = book(tmp_path / "a.xlsx")
    spoil(path, ("Sites", "Places", 2, "ten"))
    with pytest.raises(FaultsFound) as e:
        read_for_solving(path)
    assert str(e.value) == "1 fault(s) in the workbook"


def test_remarks_are_kept_beside_the_rows(tmp_path):
    rows = [dict(r, Source="survey", Note=3) for r in SOUND["Reach"]]
    path = write_input(SOUND | {"Reach": rows}, tmp_path / "a.xlsx")
    spoil(path, ("Reach", "Confidence", 2, "#N/A"))
    row = read_case(path).tables.rows("Reach")[0]
    assert (row["Source"], row["Confidence"], row["Note"]) == ("survey", "#N/A", "3")
