"""Numbers, dates and words as people type them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from optimizer.quantities import Calendar
from optimizer.workbook.dates import text_date
from optimizer.workbook.numbers import Unreadable, number
from optimizer.workbook.reading.fields import week
from optimizer.workbook.words import distance, nearest


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 000,50", "1000.5"),
        ("1\u00a0000,50", "1000.5"),
        ("1\u202f000", "1000"),
        ("1.000,50", "1000.5"),
        ("1,000.50", "1000.5"),
        ("1,000,000", "1000000"),
        ("1.000.000", "1000000"),
        ("1'000", "1000"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("12,5", "12.5"),
        ("1234,567", "1234.567"),
        ("12 %", "0.12"),
        ("1e-05", "0.00001"),
        ("−5", "-5"),
        (".5", "0.5"),
    ],
)
def test_numbers(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["1,000", "1.000", "-2.125", "999,999"])
def test_numbers_that_could_be_two(text):
    with pytest.raises(Unreadable, match="ambiguous-number"):
        number(text)


@pytest.mark.parametrize("text", ["ten", "1.2.3", "1,00,000", "1 00", "12 weeks", "(5)", "--5", "nan", "1,000,50"])
def test_what_is_no_number(text):
    with pytest.raises(Unreadable, match="not-number"):
        number(text)


@pytest.mark.parametrize(
    "text",
    ["2017-10-02", "2017/10/2", "2 Oct 2017", "2-October-2017", "Oct 2, 2017", "2.10.2017", "2017-10-02T00:00:00"],
)
def test_dates(text):
    assert text_date(text) == date(2017, 10, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("01/02/2017", "ambiguous-date"),
        ("1-2-2017", "ambiguous-date"),
        ("01/02/03", "year-short"),
        ("2 Oct 17", "year-short"),
        ("31/02/2017", "not-date"),
        ("2 Foo 2017", "not-date"),
        ("next week", "not-date"),
        ("1617-10-02", "date-far"),
    ],
)
def test_what_is_no_date(text, code):
    with pytest.raises(Unreadable, match=code):
        text_date(text)


def test_dates_that_can_be_only_one():
    assert text_date("13/02/2017") == text_date("02/13/2017") == date(2017, 2, 13)
    assert text_date("05/05/2017") == date(2017, 5, 5)


@pytest.mark.parametrize(
    ("word", "known", "guess"),
    [
        ("aromr", ["armor", "fires"], "armor"),
        ("ARMOR ", ["armor"], "armor"),
        ("EE_TAPA3", ["EE_TAPA1", "EE_TAPA2"], None),  # two as near
        ("EX", ["EE", "LV"], None),  # too short to tell
        ("helicopter", ["armor", "fires"], None),
        ("Lenght", ["Length", "Last length"], "Length"),
        ("x", [], None),
    ],
)
def test_nearest(word, known, guess):
    assert nearest(word, known) == guess


def test_distance():
    assert [distance(a, b) for a, b in (("", "ab"), ("ab", "ba"), ("abc", "abd"), ("abc", "abc"))] == [2, 1, 1, 0]


MONDAY, WEDNESDAY, SUNDAY = date(2017, 10, 9), date(2017, 10, 11), date(2017, 10, 15)


@pytest.mark.parametrize(
    ("rule", "weeks"),  # of the Monday, Wednesday and Sunday of week 1
    [
        ("first-whole", (1, 2, 2)),
        ("last-whole", (1, 1, 2)),
        ("first-touched", (1, 1, 1)),
        ("last-touched", (2, 2, 2)),
        ("start", (1, 1, 1)),
        ("monday", (1, 1, 1)),
    ],
)
def test_dates_to_weeks(rule, weeks):
    calendar = Calendar(date(2017, 10, 2), 52)
    assert tuple(week(calendar, day, rule) for day in (MONDAY, WEDNESDAY, SUNDAY)) == weeks
