"""What cannot be, part by part: each conflict worked out by hand, with the rows that must be named, no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.conflicts import conflicts
from optimizer.domain import Case, Closure, Holding, Lock, Window
from optimizer.domain.reasons import Reason
from tests.build import case, exercise, plan, rot, setting, standing, tweak, upgrade


def line(name: str, rule: str, kind: str, subject: str, place: str | None = None, start=None, end=None) -> Lock:
    return Lock(name, rule, kind, subject, place, start=start, end=end)


def found(c: Case, *locks: Lock) -> list[tuple[set[str], str]]:
    """(rows as Sheet!key, rule) of each reason."""
    return [({f"{p.sheet}!{p.key or p.column}" for p in r.rows}, r.rule) for r in conflicts(replace(c, locks=locks))]


ONE = case(12, units={"U1": "TANK"})
MUST = line("M", "must", "unit", "U1", "POZ", 4, 6)


def test_nothing_is_said_of_what_can_be() -> None:
    assert found(ONE, MUST) == []
    assert found(ONE, MUST, line("F", "forbid", "unit", "U1", "POZ", 0, 3)) == []


def test_must_against_forbid_names_both_and_nothing_else() -> None:
    """In week 5 the unit has to be at POZ and nobody of it may be in PL, where POZ lies."""
    assert found(ONE, MUST, line("F", "forbid", "element", "U1a", "PL", 5, 7)) == [({"Locks!M", "Locks!F"}, "locks")]


def test_a_forbidden_week_between_two_demanded_ones_needs_the_rest() -> None:
    """Weeks 3 and 5 at POZ, week 4 at home: two rotations, and after the first no rest of a week is possible."""
    a, b = line("A", "must", "unit", "U1", "POZ", 3, 4), line("B", "must", "unit", "U1", "POZ", 5, 6)
    gap = line("G", "forbid", "unit", "U1", None, 4, 5)
    rested = tweak(ONE, "unit_types", "TANK", dwell_ratio=2000, rotation_min=1)
    assert found(rested, a, b, gap) == [({"Locks!A", "Locks!B", "Locks!G", "Unit types!TANK"}, "dwell")]
    assert found(tweak(rested, "unit_types", "TANK", dwell_ratio=1000), a, b, gap) == []


def test_the_way_back_into_theatre_takes_the_lead_weeks() -> None:
    """Week 3 at POZ, weeks 4 to 6 at home, week 7 at POZ: gone from week 4, brought in by sea four weeks later, in
    week 8, where whoever left is brought in after the lead weeks only; on a set, two weeks are enough."""
    c = tweak(ONE, "unit_types", "TANK", dwell_ratio=0, rotation_min=1)
    a, b = line("A", "must", "unit", "U1", "POZ", 3, 4), line("B", "must", "unit", "U1", "POZ", 7, 8)
    gap = line("G", "forbid", "unit", "U1", None, 4, 7)
    assert found(c, a, b, gap) == []
    ((rows, rule),) = found(setting(c, turnaround=True), a, b, gap)
    assert rule == "turnaround"
    assert rows == {"Locks!A", "Locks!B", "Locks!G", "Settings!turnaround", "Unit types!TANK"}
    stored = case(12, units={"U1": "TANK"}, sets={"S1": {}}, settings={"turnaround": True})
    assert found(tweak(stored, "unit_types", "TANK", dwell_ratio=0, rotation_min=1), a, b, gap) == []
    assert found(setting(c, turnaround=True), a, replace(b, start=8, end=9), replace(gap, end=8)) == []


def test_two_places_in_one_week_need_no_other_row() -> None:
    assert found(ONE, MUST, line("N", "must", "unit", "U1", "RUK", 5, 7)) == [({"Locks!M", "Locks!N"}, "locks")]


def test_windows_leads_rest_and_lengths_are_named_one_by_one() -> None:
    early = replace(ONE, windows=(Window("U1", 0, 5),))
    assert found(early, MUST) == [({"Locks!M", "Availability!U1"}, "availability")]
    late = setting(ONE, release=5)  # and a lead of two weeks by sea: week 7 at the soonest
    ((rows, rule),) = found(late, MUST)
    assert rule == "availability"
    assert rows == {"Locks!M", "Unit types!TANK", "Settings!release"}
    tired = tweak(ONE, "units", "U1", last_return=0, last_weeks=9)
    assert found(tired, MUST) == [({"Locks!M", "Units!U1"}, "dwell")]
    short = tweak(ONE, "unit_types", "TANK", rotation_max=3)
    long = line("M", "must", "unit", "U1", "POZ", 2, 8)
    rows, rule = found(short, long)[0]
    assert {"Locks!M", "Unit types!TANK"} == rows


def test_the_date_until_which_a_unit_rests_is_told() -> None:
    """Back in week 0 after nine weeks; ratio 1: until week 9, the Monday nine weeks after 2 October 2017."""
    tired = replace(tweak(ONE, "units", "U1", last_return=0, last_weeks=9), locks=(MUST,))
    (reason,) = conflicts(tired)
    assert "rests until 2017-12-04" in reason.text
    assert reason.weeks == (4, 6)


def test_beds_upgrades_and_closures() -> None:
    full = tweak(ONE, "sites", "POZ", places=10, handover_places=10)
    rows, rule = found(full, MUST)[0]
    assert (rows, rule) == ({"Locks!M", "Sites!POZ"}, "site-capacity")
    built = replace(full, upgrades=(upgrade("B1", 12, site="POZ", weeks=2, places=500, handover_places=500),))
    assert found(built, MUST) == []
    shut = replace(ONE, closures=(Closure("POZ", 5, 6, "places", 0),))
    assert found(shut, MUST)[0][1] == "site-capacity"


def test_a_brigade_too_large_for_a_country_and_two_units_too_many_for_it() -> None:
    people = {t.id: t.people for t in ONE.unit_types}["TANK"]
    small = replace(ONE, sites=tuple(replace(s, places=people, handover_places=people) for s in ONE.sites))
    big = case(12, units={"U1": "TANK TANK TANK", "U2": "TANK", "U3": "TANK"}, sites=small.sites)
    sites = [s.id for s in big.sites if s.country == "LT"]
    rows, rule = found(big, line("M", "must", "unit", "U1", "LT", 4, 8))[0]
    assert rule == "site-capacity"
    assert rows == {"Locks!M", *(f"Sites!{s}" for s in sites)}
    a, b = (line(n, "must", "unit", u, "RUK", 4, 8) for n, u in (("A", "U2"), ("B", "U3")))
    assert found(big, a, b) == [({"Locks!A", "Locks!B", "Sites!RUK"}, "site-capacity")]


def test_a_rotation_under_way_stays_and_is_rested_from() -> None:
    out = replace(ONE, last=plan(rot("U1", -4, 3, "U1a POZ sea")))
    at_home = line("F", "forbid", "unit", "U1", None, 1, 2)
    rows, _ = found(out, at_home)[0]
    assert rows == {"Locks!F", "Plan rotations!U1a"}
    rows, _ = found(out, MUST)[0]  # until week 3 + 7 of rest
    assert {"Locks!M", "Plan rotations!U1a"} <= rows


def test_frozen_weeks_against_a_line() -> None:
    """Nobody is out in the frozen weeks of the last plan."""
    frozen = setting(ONE, replan=True, frozen_weeks=5)
    assert found(frozen, MUST) == [({"Locks!M", "Settings!frozen_weeks"}, "locks")]


SETS = case(12, units={"U1": "TANK"}, sets={"S1": {"start_site": "POZ"}})


def test_a_set_where_it_may_not_stand_and_in_two_places() -> None:
    poland = replace(SETS, holdings=tuple(h for h in SETS.holdings if h.site in ("POZ", "DRA")))
    rows, rule = found(poland, line("M", "must", "set", "S1", "LT", 3, 6))[0]
    assert (rows, rule) == ({"Locks!M", "Set holdings!S1"}, "set-location")
    a, b = line("A", "must", "set", "S1", "POZ", 3, 5), line("B", "must", "set", "S1", "DRA", 4, 6)
    assert found(SETS, a, b) == [({"Locks!A", "Locks!B"}, "locks")]


def test_a_set_that_is_held_while_it_falls_due_for_maintenance() -> None:
    """Held until week 6 by a rotation under way (and its reset), due by week 4."""
    q = {"start_site": "POZ", "interval": 5, "maintenance_weeks": 1, "last_maintenance": -1}
    c = case(12, units={"U1": "TANK"}, sets={"S1": q})
    c = replace(c, last=plan(rot("U1", -4, 6, "U1a POZ set:S1"), *standing(c)))
    ((rows, rule),) = found(c)
    assert rows == {"Plan rotations!U1a", "Sets!S1"}
    assert rule in ("set-custody", "set-maintenance")
    assert found(tweak(c, "sets", "S1", interval=20)) == []


def test_a_set_without_a_holding_row_in_the_weeks_wanted() -> None:
    c = replace(SETS, holdings=(Holding("S1", "POZ", 0, 12), Holding("S1", "RUK", 0, 3)))
    rows, _ = found(c, line("M", "must", "set", "S1", "RUK", 3, 6))[0]
    assert {"Locks!M", "Set holdings!S1"} <= rows


EVENTS = case(12, units={"U1": "TANK"}, exercises={"X1": {"earliest": 3, "latest": 5}}, upgrades={"B1": {}})


@pytest.mark.parametrize(
    ("locks", "rows"),
    [
        ([line("M", "must", "exercise", "X1", None, 7, 9)], {"Locks!M", "Exercises!X1"}),
        ([line("M", "must", "exercise", "X1", "RUK")], {"Locks!M", "Exercise hosts!X1"}),
        ([line("M", "must", "exercise", "X1", None, 0, 5), line("N", "must", "exercise", "X1", None, 5, 9)],
         {"Locks!M", "Locks!N"}),
        ([line("M", "must", "upgrade", "B1", None, 3, 5), line("F", "forbid", "upgrade", "B1", None, 0, 6)],
         {"Locks!M", "Locks!F"}),
    ],
)  # fmt: skip
def test_events_out_of_their_windows_hosts_and_each_others_way(locks: list[Lock], rows: set[str]) -> None:
    hosts = exercise("X1", 12, earliest=3, latest=5).hosts
    c = EVENTS if all(h.site != "RUK" for h in hosts) else replace(EVENTS, exercises=EVENTS.exercises)
    assert rows in [r for r, _ in found(c, *locks)]


def test_a_mandatory_exercise_that_is_forbidden() -> None:
    c = tweak(EVENTS, "exercises", "X1", mandatory=True)
    assert ({"Locks!F", "Exercises!X1"}, "exercise-window") in found(c, line("F", "forbid", "exercise", "X1"))


def test_participants_of_another_kind_and_too_many() -> None:
    def join(name: str, rule: str, who: str) -> Lock:
        return Lock(name, rule, "participant", who, exercise="X1")

    c = case(12, units={"U1": "TANK", "U2": "TANK", "U3": "ART"}, exercises={"X1": {}})
    need = c.exercises[0].needs[0]
    assert need.count == 1
    wrong = [u for u, e in (("U1a", "TANK"), ("U3a", "ART")) if need.what not in (e, c.types[e].main_capability)]
    for who in wrong:
        assert ({"Locks!M", "Exercise needs!X1 N1"}, "exercise-needs") in found(c, join("M", "must", who))
    right = "U1a" if "U3a" in wrong else "U3a"
    assert found(c, join("M", "must", right)) == []
    both = found(c, join("M", "must", right), join("F", "forbid", right))
    assert ({"Locks!M", "Locks!F"}, "locks") in both


def test_a_reason_reads_as_a_sentence() -> None:
    c = replace(ONE, locks=(MUST, line("F", "forbid", "element", "U1a", "PL", 5, 7)))
    (reason,) = conflicts(c)
    assert isinstance(reason, Reason)
    assert reason.text == (
        "U1: these cannot all hold: lock M wants unit U1 in POZ in the weeks of 2017-10-30 to 2017-11-06; "
        "lock F forbids element U1a in PL in the weeks of 2017-11-06 to 2017-11-13."
    )


@pytest.mark.parametrize("available", [6, 400])
def test_a_set_is_nowhere_before_it_is_available(available: int) -> None:
    """Wanted in weeks 4 and 5, there from week 6 on, or only long after the plan."""
    late = tweak(case(12, units={"U1": "TANK"}, sets={"S1": {}}), "sets", "S1", available=available)
    lock = line("M", "must", "set", "S1", "POZ", 4, 6)
    assert found(late, lock) == [({"Locks!M", "Sets!S1"}, "set-location")]


def test_an_exercise_that_needs_more_than_there_are() -> None:
    """Two tank companies wanted, one in the force; nobody minds while it need not be held."""
    c = case(12, units={"U1": "TANK", "U2": "ART"}, exercises={"X1": {}})
    c = tweak(c, "exercises", "X1", needs=(replace(c.exercises[0].needs[0], count=2),))
    assert found(c) == []
    must = line("M", "must", "exercise", "X1")
    assert found(c, must) == [({"Locks!M", "Exercise needs!X1 N1"}, "exercise-needs")]
    assert found(tweak(c, "exercises", "X1", mandatory=True)) == [
        ({"Exercises!X1", "Exercise needs!X1 N1"}, "exercise-needs")
    ]


def test_a_hard_floor_above_the_beds_the_cap_and_the_force() -> None:
    """RUK holds 600, the cap is what is typed, and one tank company and one battery are 180 people."""
    c = case(12, units={"U1": "TANK", "U2": "ART"}, settings={"floor_hard": True})
    many = replace(c, unit_types=tuple(replace(t, people=10 * t.people) for t in c.unit_types))
    assert found(tweak(many, "countries", "LT", floor=600)) == []
    assert found(tweak(many, "countries", "LT", floor=601)) == [({"Countries!LT", "Sites!RUK"}, "presence-floor")]
    capped = tweak(many, "countries", "LT", floor=500, handover_cap=400)
    assert found(capped) == [({"Countries!LT"}, "presence-floor")]
    assert found(tweak(c, "countries", "LT", floor=181)) == [({"Countries!LT"}, "presence-floor")]
    assert found(setting(tweak(c, "countries", "LT", floor=181), floor_hard=False)) == []
    shut = replace(tweak(many, "countries", "LT", floor=300), closures=(Closure("RUK", 5, 6, "places", 200),))
    assert found(shut) == [({"Countries!LT", "Closures!RUK"}, "presence-floor")]
