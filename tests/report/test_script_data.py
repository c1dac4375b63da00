"""What the page hands its script says the same as the page: weeks of the map, facets of rows, another plan."""

from __future__ import annotations

import json
import re
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from optimizer.domain import EMPTY_PLAN, Case, Purchase, Upgrade
from optimizer.domain.presence import people, places
from optimizer.errors import UsageError
from optimizer.page import Judged, page
from optimizer.page.facets import Facets
from optimizer.page.stands import radius, stands
from optimizer.report.before import Other
from optimizer.verify import verify
from optimizer.workflow import report
from tests.report.test_page import Outline, drawn
from tests.workbook.output.answers import full_case, full_plan


def placed() -> Case:
    """The full case with sites on the map."""
    case = full_case()
    return replace(case, sites=tuple(replace(s, lat=52.0 + i, lon=16.0 + 2 * i) for i, s in enumerate(case.sites)))


def data_of(text: str) -> dict:
    return json.loads(Outline(text).scripts[0][1])


def test_runs_unfold_to_the_people_and_places_of_every_week():
    case, plan = placed(), full_plan()
    data = data_of(drawn(case))
    got = np.zeros((2, len(case.sites), case.weeks), dtype=int)
    for i, site in enumerate(data["sites"]):
        ends = [run[0] for run in site["runs"][1:]] + [case.weeks]
        assert site["runs"][0][0] == 0
        for run, end in zip(site["runs"], ends, strict=True):
            got[:, i, run[0] : end] = np.array(run[1:3])[:, None]
    assert (got[0] == people(case, plan)[1]).all()
    assert (got[1] == places(case, plan)[0]).all()
    assert got[0].any()
    assert len(data["weeks"]) == case.weeks


def test_the_page_of_a_week_and_the_data_of_that_week_agree():
    case, plan = placed(), full_plan()
    for week in (0, 3, 8, 15):
        told = re.findall(r"<title>(\d+ [^<]*people, places[^<]*)</title>", drawn(case, plan, week))
        there = [s for s in stands(case, plan)[week] if s.people]
        assert len(told) == 2 * len(there), week  # the wide and the narrow map


def test_places_are_those_after_upgrades():
    """POZ gets 30 more places two weeks after the order of week 4: from week 6 on."""
    case, plan = full_case(), full_plan()
    case = replace(case, upgrades=(*case.upgrades, Upgrade("X9", "POZ", 0, 2, 0, 9, places=30)))
    plan = replace(plan, purchases=(*plan.purchases, Purchase("X9", 4)))
    site = next(i for i, s in enumerate(case.sites) if s.id == "POZ")
    before, after = (stands(case, plan)[w][site].places for w in (5, 6))
    plain = [stands(case, full_plan())[w][site].places for w in (5, 6)]
    assert (before, after) == (plain[0], plain[1] + 30)


def test_room_for_handover_is_told_where_places_do_not_do():
    some = stands(full_case(), full_plan())[6][0]
    assert replace(some, people=1120, places=1000, handover=1300).room == "1,000 (hand-over 1,300)"
    assert replace(some, people=900, places=1000, handover=1300).room == "1,000"
    assert replace(some, people=0, places=0).room == ""


def test_areas_of_circles_go_with_people():
    assert radius(400, 400, 26.0) == 26.0
    assert radius(100, 400, 26.0) == 13.0
    assert radius(0, 400, 26.0) == 0.0
    assert radius(1, 40_000, 26.0) == 2.5


def test_facets_of_a_unit_are_its_sites_itself_and_what_it_can_do():
    case, plan = full_case(), full_plan()
    facets = Facets(case, plan)
    for n, unit in enumerate(case.units):
        found = facets.unit(unit.id).split()
        assert f"u{n}" in found
        sites = {p.site for r in plan.rotations if r.unit == unit.id for p in r.postings}
        assert {
            f"c{i}" for i, c in enumerate(case.countries) if any(case.site[s].country == c.id for s in sites)
        } <= set(found)
    letters = {letter for letter, _, _ in facets.choices}
    assert letters == {"c", "u", "k"}


def test_every_row_asks_for_facets_that_can_be_chosen():
    text = drawn(placed())
    chosen = set(re.findall(r'<option value="([cuk]\d+)"', text))
    asked = {f for row in re.findall(r'data-f="([^"]*)"', text) for f in row.split()}
    asked |= {
        f for rows in re.findall(r'data-rows="([^"]*)"', text) for r in rows.split(";") for f in r.split(",")[2].split()
    }
    assert asked - {"*"} <= chosen
    assert len(asked) > 5


def test_another_plan_stands_beside_it():
    """Against nothing at all every decision is new; against itself every one is kept and no figure differs."""
    case, plan = full_case(), full_plan()
    verdict = verify(case, plan)
    bare = Outline(page(case, plan, Judged(verdict), other=Other("nothing", case, EMPTY_PLAN))).text
    count = sum(map(len, (plan.rotations, plan.stays, plan.maintenance, plan.runs, plan.purchases)))
    assert f"0 kept, 0 moved, {count} new, 0 dropped" in bare
    assert "Against nothing" in bare
    same = page(case, plan, Judged(verdict), other=Other("itself", case, plan))
    assert f"{count} kept, 0 moved, 0 new, 0 dropped" in Outline(same).text
    part = same[same.index('id="against"') : same.index('id="coverage"')]
    rows = re.findall(r'<td class="n">([^<]*)</td><td class="n">([^<]*)</td><td class="n">([^<]*)</td></tr>', part)
    assert len(rows) > 10
    assert all(before == after and more == "" for before, after, more in rows)
    assert re.search(r"</span> Poland, \w+</td>", part)


def test_a_workbook_without_a_plan_cannot_stand_beside_one(tmp_path):
    inputs = Path(__file__).parents[2] / "inputs"
    with pytest.raises(UsageError, match="holds no plan: nothing is decided"):
        report(inputs / "posture_2016.xlsx", tmp_path / "page.html", against=inputs / "teaching.xlsx")
    assert not list(tmp_path.iterdir())


def test_a_moved_rotation_is_told_with_both_its_dates():
    case, plan = full_case(), full_plan()
    first = max(plan.rotations)
    later = replace(
        first, depart=first.depart - 1, postings=tuple(replace(p, depart=p.depart - 1) for p in first.postings)
    )
    moved = replace(plan, rotations=tuple(later if r == first else r for r in plan.rotations))
    text = Outline(page(case, moved, Judged(verify(case, moved)), other=Other("before", case, plan))).text
    assert "1 moved, 0 new, 0 dropped" in text
    assert "1 week shorter" in text


@pytest.mark.parametrize("name", ["Task force 🦅", "ཀ་ཁ་ག", "\U00012000\U00012001"])
def test_signs_that_no_font_here_has_do_not_warn(name):
    case = placed()
    case = replace(case, units=tuple(replace(u, name=f"{name} {u.id}") for u in case.units),
                   sites=tuple(replace(s, name=f"{name} {s.id}") for s in case.sites))  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert name in drawn(case)
