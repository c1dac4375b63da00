"""The drawings' own arithmetic."""

from __future__ import annotations

from itertools import combinations
from math import dist
from random import Random

import numpy as np

from optimizer.domain import Site, Window
from optimizer.page.burn import nice
from optimizer.page.canvas import Canvas, fit, wide
from optimizer.page.outlines import owners, shapes
from optimizer.page.schedule import closed
from optimizer.page.shares import ALL, NOTHING, band
from optimizer.page.stands import fullest_week, stands
from optimizer.page.theatre import apart, freest
from tests import build
from tests.workbook.output.answers import full_case, full_plan


def test_badges_part_until_none_overlap():
    random = Random(5)
    for _ in range(20):
        spots = [(random.uniform(40, 60), random.uniform(40, 60)) for _ in range(12)] + [(50.0, 50.0)] * 3
        moved = apart(spots, 14.0, 400, 400)
        assert min(dist(a, b) for a, b in combinations(moved, 2)) > 13.0
        assert all(7 <= x <= 393 and 7 <= y <= 393 for x, y in moved)


def test_badges_far_enough_apart_stay():
    spots = [(50.0, 50.0), (100.0, 50.0), (300.0, 200.0)]
    assert apart(spots, 14.0, 400, 400) == spots


def test_names_of_countries_avoid_badges():
    square = np.array([(0, 0), (100, 0), (100, 100), (0, 100)], dtype=float)
    assert freest(square, [], 10) == (50, 50)
    x, y = freest(square, [(50.0, 50.0)], 10)
    assert max(abs(x - 50) - 10, abs(y - 50)) > 10


def test_an_outline_belongs_to_the_demand_area_whose_sites_lie_in_it():
    sites = [Site("A", "Poznań", "PL", lat=52.4, lon=16.9), Site("B", "Vilnius", "LT", lat=54.7, lon=25.3),
             Site("C", "Berlin", None, lat=52.5, lon=13.4), Site("D", "nowhere", "PL")]  # fmt: skip
    assert owners(sites) == {"Poland": "PL", "Lithuania": "LT"}


def test_outlines_lie_where_they_should():
    boxes = {s.name: np.vstack(s.rings) for s in shapes()}
    for name, lon, lat in (("Estonia", (21, 29), (57, 60)), ("Bulgaria", (22, 29), (41, 45))):
        west, south = boxes[name].min(axis=0)
        east, north = boxes[name].max(axis=0)
        assert lon[0] < west < east < lon[1], name
        assert lat[0] < south < north < lat[1], name


def test_text_is_cut_to_its_room():
    assert fit("Grafenwöhr", 500) == "Grafenwöhr"
    short = fit("Drawsko Pomorskie Land Forces Training Centre", 80)
    assert short.endswith("…")
    assert wide(short) <= 80
    assert fit("Grafenwöhr", 5) == ""


def test_weeks_outside_every_window_are_closed():
    case = build.case(20, windows=(Window("U1", 3, 9), Window("U1", 7, 12), Window("U1", 15, 99)))
    assert closed(case, "U1") == [(0, 3), (12, 15)]
    assert closed(build.case(20, windows=()), "U1") == [(0, 20)]


def test_the_fullest_week():
    # U2 there in weeks 0-1, U1 in 3-7, U3 in 6-9 and in the exercise: most people in week 6, when both are there
    assert fullest_week(stands(full_case(), full_plan())) == 6


def test_colours_of_shares():
    assert [band(x) for x in (0.0, 99.96, 100.0)] == [NOTHING, ALL, ALL]
    assert len({band(x) for x in (1, 30, 60, 90)}) == 4


def test_axes_end_at_round_figures():
    for most in (0.3, 1, 7.4, 99, 100, 973.6, 1024):
        assert most <= nice(most) <= 2 * most
    assert nice(0) == 1.0


def test_a_drawing_escapes_its_text():
    canvas = Canvas("t", 'a "title" & more', 100, 20)
    canvas.text(0, 10, "<b> & $x$")
    assert "&lt;b&gt; &amp; $x$" in canvas.svg()
    assert "a &quot;title&quot; &amp; more" in canvas.svg()
