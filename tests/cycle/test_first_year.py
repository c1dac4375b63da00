"""The first year is planned beyond its end like any other: what has no dates goes on, dates stay, money is assumed."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from optimizer.errors import UsageError
from optimizer.workbook.forms.template import write_input
from optimizer.workflow.drafting import Order, draft
from tests.cli.conftest import Said
from tests.cycle.books import FAST, first
from tests.workbook.books import table


def change(tables) -> None:
    """A set that costs more in a year than its line has; rows with the plan's end typed, or no dates at all."""
    tables["Sets"][0]["Week cost"] = "0.25"
    tables["Exercises"][1] |= {"Mandatory": "yes", "Latest start": ""}
    tables["Demand"] = table(
        "Country|Capability|From|To|Points assure|Points full",
        *("EE|armor|2017-10-02|2018-09-30|1|2", "LV|fires||2018-03-07|0.5|", "EE|fires|||1|"),
    )
    tables["Set holdings"] = table(
        "Set|Site|From|To", "S1|TAPA|2017-10-02|2018-09-30", "S1|DEPOT|2018-01-03|2018-05-01", "S2|DEPOT||"
    )
    tables["Locks"] = table("Lock|Rule|Kind|Subject|Place|Exercise|From|To|Price", "L1|prefer|unit|B|LV||||1",
                            "L2|forbid|exercise|X1|||||")  # fmt: skip


def drafted(tmp_path: Path, look_ahead: int = 20, more=change):
    book = first(tmp_path / "b.xlsx", more)
    return draft(Order(2018, tmp_path / "cycles", book, look_ahead=look_ahead), None)[0]


def column(content, sheet: str, header: str) -> list:
    found = [r.raw.get(header) for r in content.tables[sheet]]
    return [x.date() if isinstance(x, datetime) else x for x in found]


def test_money_beyond_the_year_is_assumed_by_the_week_and_never_below_the_upkeep_of_sets(tmp_path):
    budget = drafted(tmp_path).tables["Budget"]
    found = {r.values["Line"]: r.values["Amount"] for r in budget if r.values["Fiscal year"] == 2019}
    # 20 of 52 weeks of 100, 20 and 9; two sets: 20 weeks of 0.25 are 5, more than 20/52 of 10
    assert found == {"presence": Decimal("38.462"), "exercises": Decimal("7.692"), "prepositioning": Decimal("5.0"),
                     "infrastructure": Decimal("3.462")}  # fmt: skip
    assert [r.raw.get("Q1 ceiling") for r in budget if r.values["Fiscal year"] == 2019] == [None] * 4


def test_rows_without_an_end_go_on_and_dates_stay(tmp_path):
    content = drafted(tmp_path)
    assert next(r.values["Value"] for r in content.tables["Settings"] if r.values["Name"] == "Weeks") == 72
    assert column(content, "Demand", "To") == [None, date(2018, 3, 7), None]
    assert column(content, "Set holdings", "To") == [None, date(2018, 5, 1), None]


def test_what_has_to_be_in_the_year_is_not_put_off(tmp_path):
    content = drafted(tmp_path)
    # X2 takes two weeks: to end by Sunday 30 September it begins by the 17th
    assert column(content, "Exercises", "Latest start")[1] == date(2018, 9, 17)
    assert column(content, "Locks", "To") == [date(2018, 9, 30), None]


def test_nothing_changes_without_a_look_ahead_nor_in_a_book_that_reaches_as_far(tmp_path):
    as_it_is = drafted(tmp_path, 0)
    assert column(as_it_is, "Demand", "To") == [date(2018, 9, 30), date(2018, 3, 7), None]
    assert {r.values["Fiscal year"] for r in as_it_is.tables["Budget"]} == {2018}

    def longer(tables) -> None:
        change(tables)
        next(r for r in tables["Settings"] if r["Name"] == "Weeks")["Value"] = "80"

    assert column(drafted(tmp_path, 20, longer), "Locks", "To") == [None, None]


def test_a_cap_of_the_whole_plan_says_nothing_of_weeks_beyond(tmp_path):
    def capped(tables) -> None:
        tables["Settings"].append({"Name": "Total cap", "Value": "90"})

    with pytest.raises(UsageError, match=r"total cap .* --look-ahead 0"):
        drafted(tmp_path, more=capped)
    assert drafted(tmp_path, 0, capped)
    book, news = first(tmp_path / "c.xlsx", change), write_input({"Settings": table("Name|Value", "Total cap|90")},
                                                                  tmp_path / "n.xlsx")  # fmt: skip
    with pytest.raises(UsageError, match="total cap"):  # the news may bring it
        draft(Order(2018, tmp_path / "cycles", book, news, look_ahead=20), None)


def test_the_first_year_is_signed_to_its_end_alone(tmp_path):
    said = Said("cycle", 2018, "--from", first(tmp_path / "b.xlsx"), "--root", tmp_path / "c", *FAST, "--json")
    assert said.code == 0
    from optimizer.cycle import manifest

    made = manifest.read(tmp_path / "c" / "2018")
    assert (made.weeks, made.signed_weeks) == (60, 52)
