"""Sweeps of a tiny workbook: every combination once, kept, gone on with, and shown the same however it was done."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import openpyxl
import pytest

from optimizer.domain import Lock, Scenario
from optimizer.errors import UsageError
from optimizer.insight.sweep.axes import at, axis_of, budgeted
from optimizer.insight.sweep.store import Store
from optimizer.quantities import MONEY
from optimizer.report.sweeps import Cell, Result, Sweep, rows
from optimizer.workflow.generating import write_case
from optimizer.workflow.sweeping import Sweeping, sweep, write
from tests import tiny
from tests.cli.conftest import Said

POOR = Scenario("POOR", "Half the money", budget_factor=500)
LOST = Scenario("LOST", "The set is lost", lost_sets=frozenset({"S1"}))
MUST = ("scenario=all", "budget=0:1:0.5")


def case(**more):
    rows = (tiny.budget(40), tiny.budget(10, "prepositioning", quarters=(None, 4 * MONEY, None, None)))
    return tiny.case(8, sets={"S1": {}}, budgets=rows, scenarios=(POOR, LOST), **more)


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return write_case(case(), tmp_path_factory.mktemp("sweep") / "tiny.xlsx")


def test_ranges_meet_their_ends_and_say_each_value_once():
    values = axis_of("budget=0.8:1.2:0.05,1,2", case()).values
    assert values == ("0.8", "0.85", "0.9", "0.95", "1", "1.05", "1.1", "1.15", "1.2", "2")
    assert axis_of("budget.presence = 1:2:0.4", case()).values == ("1", "1.4", "1.8")
    assert axis_of("scenario=all", case()).values == ("none", "POOR", "LOST")
    assert axis_of("scenario=LOST,none", case()).values == ("LOST", "none")


@pytest.mark.parametrize(
    "text",
    [
        "budget", "budget=", "budget=a", "budget=-1", "budget=1:2", "budget=2:1:0.1", "budget=1:2:0", "budget=nan",
        "budget=0:1e9:1", "budget.tanks=1", "scenario=NOPE", "colour=1", "total-cap=inf", "=3",
    ],
)  # fmt: skip
def test_what_cannot_be_varied_is_a_sentence(text):
    with pytest.raises(UsageError):
        axis_of(text, case())


def test_a_budget_without_money_rows_cannot_be_varied():
    with pytest.raises(UsageError, match="limits no money"):
        axis_of("budget=1,2", replace(case(), budgets=()))


def test_money_is_multiplied_by_line_and_quarter_and_rounded_down():
    third = budgeted(case(), Fraction(1, 3))
    assert [b.amount for b in third.budgets] == [40 * MONEY // 3, 10 * MONEY // 3]
    assert third.budgets[1].quarters == (None, 4 * MONEY // 3, None, None)
    assert budgeted(case(), Fraction(1, 3), "presence").budgets[1] == case().budgets[1]
    capped = tiny.setting(case(), total_cap=7 * MONEY)
    assert budgeted(capped, Fraction(2)).settings.total_cap == 14 * MONEY
    assert budgeted(capped, Fraction(2), "presence").settings.total_cap == 7 * MONEY
    both = at(capped, {"scenario": "POOR", "budget": "0.5", "total-cap": "3"})
    assert (both.budgets[0].amount, both.settings.total_cap, both.under) == (10 * MONEY, 3 * MONEY, "POOR")


def test_each_combination_is_solved_once_and_kept(book, tmp_path):
    asked = Sweeping(MUST, engine="linear", jobs=1)
    folder = tmp_path / "kept"
    found, read = sweep(book, asked, folder)
    assert found.complete
    assert (found.kept, found.repeated, len(found.results)) == (0, 0, 9)
    assert len(list(folder.iterdir())) == 9
    score = {tuple(r.values.values()): r.score for r in found.results}
    poor = [r for r in found.results if r.values["budget"] == "0" and r.values["scenario"] != "LOST"]
    assert {r.status for r in poor} == {"infeasible"}  # where a set stands it costs money
    assert all(r.reasons for r in poor)
    assert {r.status for r in found.results if r not in poor} == {"optimal"}
    assert score["LOST", "0"] < score["LOST", "1"]
    assert score["POOR", "1"] == pytest.approx(score["none", "0.5"])  # half the money either way
    assert score["LOST", "1"] < score["none", "1"]  # a set earns coverage by standing there
    # a file spoilt and a file gone are done again; the rest is taken as it is; the table is the same
    spoilt, gone = sorted(folder.iterdir())[:2]
    spoilt.write_text(spoilt.read_text()[:40])
    gone.unlink()
    again, _ = sweep(book, asked, folder)
    assert (again.kept, again.repeated) == (7, 0)
    assert rows(again) == rows(found)
    # ended early it has what is done, and goes on with the rest
    elsewhere, seen = tmp_path / "slowly", []
    part, _ = sweep(book, asked, elsewhere, seen.append, lambda: len(seen) >= 2)
    assert not part.complete
    assert 2 <= len(part.results) < 9
    whole, _ = sweep(book, asked, elsewhere)
    assert whole.kept == len(part.results)
    assert rows(whole) == rows(found)
    # drawn: the figures of the table are in the workbook, and heat maps of the best score and the bound
    sheets = openpyxl.load_workbook(write(found, read, tmp_path / "out.xlsx"), data_only=True)
    body = [[c.value for c in row[:4]] for row in sheets["Results"].iter_rows(min_row=5, max_row=13)]
    assert body == [[*r.values.values(), r.seed, r.status] for r in found.results]
    texts = {c.value for row in sheets["Summary"].iter_rows() for c in row if isinstance(c.value, str)}
    assert {"Best score found", "Proven bound"} <= texts
    assert "Spread over seeds" not in texts  # of one seed
    numbers = [c.value for row in sheets["Summary"].iter_rows() for c in row if isinstance(c.value, int | float)]
    assert len(numbers) == 2 * 9 - 2 * 2  # best and bound; none where there is no plan
    best = found.best.score
    assert max(numbers) == pytest.approx(best)


def test_heat_maps_know_what_seeds_say_together(tmp_path):
    def result(factor, seed, score, bound, status="feasible"):
        return Result(f"{factor}{seed}", {"budget": factor}, seed, status, score=score, bound=bound)

    results = (result("1", 1, 5.0, 9.0), result("1", 2, 6.5, 9.5), result("2", 1, None, None, "infeasible"))
    found = Sweep({"budget": ("1", "2")}, (1, 2), results)
    assert found.cell({"budget": "1"}) == Cell(6.5, 1.5, 9.0, 0, "feasible")
    assert found.cell({"budget": "2"}) == Cell(None, None, None, 1, "infeasible")
    assert found.best == results[1]
    sheet = openpyxl.load_workbook(write(found, case(), tmp_path / "s.xlsx"))["Summary"]
    shown = [[c.value for c in row[:2]] for row in sheet.iter_rows()]
    assert [line[1] for line in shown if line[0] == "2"] == ["infeasible"] * 3
    assert [line[1] for line in shown if line[0] == "1"] == [6.5, 9.0, 1.5]


def test_a_contradiction_is_a_result_of_its_own(tmp_path):
    stay = Lock("L1", "must", "set", "S1", "POZ", start=0, end=2)
    book = write_case(case(locks=(stay,)), tmp_path / "l.xlsx")
    found, _ = sweep(book, Sweeping(("scenario=all",), engine="linear", jobs=1), tmp_path / "kept")
    assert [r.status for r in found.results] == ["optimal", "optimal", "failed"]
    assert "loses set S1" in found.results[2].error


def test_a_spoilt_store_is_absent_and_a_file_is_no_store(tmp_path):
    store = Store(tmp_path / "s")
    store.put("k", {"score": 1.5})
    assert store.get("k") == {"key": "k", "score": 1.5}
    store.path("k").rename(store.path("other"))
    assert store.get("other") is None  # it says that it is another
    assert store.get("k") is None
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="no folder"):
        Store(tmp_path / "file")


def test_the_command_prints_one_object(book, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = Said("sweep", book, "--over", "budget=0.5,1", "--engine", "linear", "--json", "-q")
    assert said.code == 0
    told = json.loads(said.out)
    assert (told["status"], told["schema"], told["kept"], told["repeated"]) == ("ok", 1, 0, 0)
    assert [r["values"] for r in told["results"]] == [{"budget": "0.5"}, {"budget": "1"}]
    assert all(r["bound"] >= r["score"] - 1e-6 for r in told["results"])
    assert (tmp_path / told["output"]).exists()
    assert len(list((tmp_path / "outputs" / "tiny_sweep").glob("*.json"))) == 2
    assert Said("sweep", book, "--jobs", "1", "--cluster", "tcp://x:1").code == 2
    assert Said("sweep", book, "--over", "budget=1", "--over", "budget=2").code == 2
    assert Said("sweep", book, "-o", book).code == 2


def test_a_name_with_dots_stays_whole(book, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    dotted = tmp_path / "plan.v2.xlsx"
    dotted.write_bytes(book.read_bytes())
    assert Said("sweep", dotted, "--over", "budget=1", "--engine", "linear", "-q").code == 0
    assert (tmp_path / "outputs" / "plan.v2_sweep.xlsx").exists()
