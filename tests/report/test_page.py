"""The page holds the plan's figures, needs nothing beside itself, and is the same every time."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from optimizer.domain import EMPTY_PLAN, Case, Plan
from optimizer.page import Judged, page
from optimizer.page.tables import coverage
from optimizer.verify import Mismatch, verify
from tests import build
from tests.workbook.output.answers import full_case, full_plan
from tests.workbook.output.test_formulas import hostile

VOID = {"meta", "input"}


class Outline(HTMLParser):
    """Ids, links, fetched addresses and text of a page; tags must close in order."""

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.tags: set[str] = set()
        self.said: list[str] = []
        self.scripts: list[tuple[dict, str]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        if tag == "script":
            self.scripts.append((dict(attrs), ""))
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            if tag == "a" and name == "href":
                self.links.append(value)
            elif name in ("src", "srcset", "href", "xlink:href", "data", "poster", "action") or "url(" in (value or ""):
                self.fetched.append(value)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_data(self, data):
        if self.open and self.open[-1] == "script":
            self.scripts[-1] = (self.scripts[-1][0], self.scripts[-1][1] + data)
        elif "style" not in self.open:
            self.said.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.said).split())


def drawn(case: Case | None = None, plan: Plan | None = None, week: int | None = None, **judged) -> str:
    case, plan = case or full_case(), full_plan() if plan is None else plan
    return page(case, plan, Judged(verify(case, plan), **judged), week)


def test_every_part_is_there_and_every_link_lands():
    found = Outline(drawn(claimed=12, bound=99.0))
    parts = ["coverage", "map", "units", "rotations", "sets", "exercises", "heat", "money", "shortfalls", "limits"]
    assert [x for x in found.ids if x in parts] == parts
    assert [x.lstrip("#") for x in found.links] == parts
    assert len(found.ids) == len(set(found.ids))


def test_figures_are_the_verdicts():
    case, plan = full_case(), full_plan()
    verdict = verify(case, plan)
    text = Outline(drawn(claimed=12, bound=verdict.score * 1.1)).text
    assert f"{verdict.score:,.2f}" in text
    assert "10.00 %" in text
    assert f"{verdict.tested:,} conditions tested, 0 broken" in text
    assert "all 12 figures that the workbook claims were found again" in text
    for level, share in verdict.tally.coverage.items():
        assert f"{share:.1f} %" in text, level
    assert "1 of 2" in text  # exercises held
    # U2 comes home in week 2, U1 goes in week 3: Poland is below its floor in weeks 0-2 and from week 10 on
    assert "Presence floors not held (2)" in text
    assert "Not held (1) Exercise Could start" in text


def test_exercises_of_one_name_are_told_apart_by_their_ids():
    case = full_case()
    same = replace(case, exercises=tuple(replace(x, name="Eagle") for x in case.exercises))
    text = Outline(drawn(same)).text
    assert "Eagle (X1)" in text
    assert "Eagle (X2)" in text  # the one not held
    assert "(X1)" not in Outline(drawn()).text


def test_weeks_below_floors_are_a_figure_wherever_a_floor_is_asked_for():
    """Poland is below its 90 people in weeks 0 to 2 and 10 to 19; Lithuania asks for none, then for more than
    ever come."""
    case = full_case()
    wanted = {0: ("13", ""), 10_000: ("33", "20")}
    for floor, (everywhere, lithuania) in wanted.items():
        asked = replace(case, countries=(case.countries[0], replace(case.countries[1], floor=floor)))
        rows = re.findall(r"<tr[^>]*><td>(.*?)</tr>", drawn(asked).split('id="coverage"')[1].split("</table>")[0])
        told = {r.split("<")[0].strip(): re.findall(r'<td class="n[^>]*>([^<]*)</td>', r)[-1] for r in rows}
        assert told == {"All countries": everywhere, "Poland": "13", "Lithuania": lithuania}
    held = verify(case, full_plan())
    held = replace(held, tally=replace(held.tally, floor_shortfall={}))
    assert [row.below for row in coverage(case, held)] == [0, 0, None]


def test_nothing_is_fetched_and_one_script_may_run():
    """The policy names the script by its hash, worked out again here; the other block is data and cannot run."""
    for text in (drawn(), drawn(hostile())):
        found = Outline(text)
        assert found.fetched == []
        (kind, data), (plain, script) = found.scripts
        assert kind == {"type": "application/json", "id": "stands"}
        assert json.loads(data)["weeks"]
        assert plain == {}
        allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)[1].split("; ") == [
            "default-src 'none'", "style-src 'unsafe-inline'", f"script-src 'sha256-{allowed}'", "base-uri 'none'",
            "form-action 'none'"]  # fmt: skip
        assert not {"link", "img", "iframe", "object", "embed", "image", "use"} & found.tags
        assert "@import" not in text
        assert not re.search(r"<[^>]*\son\w+=", text)
        assert not re.search(r"fetch\(|XMLHttp|import\(|https?://(?!www\.w3\.org/2000/svg)|eval|innerHTML", script)


def test_names_stay_text():
    case = full_case()
    nasty = '<script>alert("x")</script> & $x_2$'
    units = tuple(replace(u, name=nasty) for u in case.units)
    found = Outline(drawn(replace(case, units=units, settings=replace(case.settings, name=nasty))))
    assert len(found.scripts) == 2
    assert nasty in found.text
    assert nasty in json.loads(found.scripts[0][1])["words"][-1]


def test_a_plan_that_fails_is_called_so():
    case, plan = full_case(), replace(full_plan(), maintenance=())
    breaches = verify(case, plan).breaches
    assert breaches
    text = Outline(drawn(case, plan)).text
    assert "Verified NO" in text
    assert "This plan does not pass the check" in text
    assert all(b.text in text for b in breaches)


def test_a_wrong_claim_is_shown_with_what_was_found():
    text = Outline(drawn(claimed=3, wrong=[Mismatch("Summary: score", 123.25, 99.5)])).text
    assert "Verified NO" in text
    assert "1 of the 3 figures that the workbook claims are not what the plan gives" in text
    assert "Summary: score 123.25 99.5" in text


def test_the_map_shows_the_week_asked_for():
    # U3 (120 people) is at POZ in weeks 6-9; nobody is anywhere in week 15
    case = replace(full_case(), sites=tuple(
        replace(s, lat=52.0 + i, lon=16.0 + 2 * i) for i, s in enumerate(full_case().sites)))  # fmt: skip
    busy, empty = Outline(drawn(case, week=8)).text, Outline(drawn(case, week=15)).text
    assert "Week of 27 Nov 2017: " in busy
    assert "0 people at 0 sites" in empty
    assert "the one with the most people present" in Outline(drawn(case)).text


def test_without_coordinates_there_is_no_map_but_the_table():
    text = drawn()
    assert 'aria-label="Map' not in text
    assert "Who is there" in text


def test_an_empty_plan_of_a_bare_case_can_be_drawn():
    text = Outline(drawn(build.case(units={}), EMPTY_PLAN)).text
    assert "0 rotations, 0 element-weeks" in text


def test_two_years_are_drawn():
    case = build.case(104)
    assert "Money" in Outline(drawn(case, build.plan(*build.standing(case)))).text


SCRIPT = """
import sys
from tests.report.test_page import drawn
sys.stdout.buffer.write(drawn(claimed=1, bound=50.0).encode())
"""


def test_the_same_plan_gives_the_same_bytes_in_every_process():
    pages = []
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo" if seed == "1" else "UTC"}
        run = [sys.executable, "-c", SCRIPT]
        pages.append(
            subprocess.run(run, env=env, check=True, capture_output=True, cwd=Path(__file__).parents[2]).stdout
        )
    assert pages[0] == pages[1]
    assert len(pages[0]) > 20_000


def test_drawings_carry_no_names_that_could_clash():
    text = drawn()
    svgs = re.findall(r"<svg.*?</svg>", text, re.S)
    assert len(svgs) > 10
    assert not any(re.search(r"\bid=|url\(|xmlns|<style|<metadata", s) for s in svgs)


def test_every_bar_says_what_it_is_without_scripts():
    text = drawn()
    told = re.findall(r"<title>([^<]*)</title></rect>", text)
    assert any(t.startswith("U1: U1a in X1 at POZ") for t in told)
    assert any("U2a · RUK · air" in t for t in told)
    assert any(re.match(r"Poland, Armour assure: \d+", t) for t in told)
    assert len(told) > 30
