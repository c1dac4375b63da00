"""What scripts add to the page, done in a real browser at three widths, with every complaint of its console heard.

The page stands in a frame of another page that acts like a reader: it chooses, drags, presses keys and reads what
became of it.
"""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest

from optimizer.workflow import report
from tests.report.test_browser import BROWSER, browse

pytestmark = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")
POSTURE = Path(__file__).parents[2] / "inputs" / "posture_2016.xlsx"
READER = """<!DOCTYPE html><meta charset="utf-8"><iframe style="width:{width}px;height:900px;border:0" srcdoc="{page}">
</iframe><p id="found"></p><script>
onload = () => {{
  const win = document.querySelector("iframe").contentWindow, d = win.document;
  const one = x => d.querySelector(x), all = x => [...d.querySelectorAll(x)];
  const seen = x => x.getBoundingClientRect().height > 0;
  const fire = (x, type) => x.dispatchEvent(new win.Event(type, {{bubbles: true}}));
  const press = (x, key) => x.dispatchEvent(new win.KeyboardEvent("keydown", {{key, bubbles: true, cancelable: true}}));
  document.getElementById("found").textContent = JSON.stringify((() => {{ {act} }})());
}};
</script>"""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("page")
    return report(POSTURE, folder / "posture.html", against=POSTURE)[1].read_text(encoding="utf-8")


def acted(folder: Path, page: str, width: int, act: str) -> tuple[dict, list[str]]:
    """What a reader's acts found, and what the console said meanwhile."""
    frame = folder / "reader.html"
    frame.write_text(READER.format(width=width, page=html.escape(page), act=act), encoding="utf-8")
    run = browse(folder, "--enable-logging=stderr", "--window-size=1400,1000", "--dump-dom", frame.as_uri())
    found = re.search(r'<p id="found">(.*?)</p>', run.stdout, re.S)
    heard = [x for x in run.stderr.splitlines() if "CONSOLE" in x]
    assert found, heard
    assert found[1], heard
    return json.loads(html.unescape(found[1])), heard


EVERYTHING = """
const out = {}, shape = () => all("#theatre svg").filter(seen).map(x => x.querySelector(".marks").outerHTML).join();
const rows = () => all("#standing tbody tr").map(x => x.textContent).join();
const week = one("#week"), start = shape() + rows();
week.value = Number(week.value); fire(week, "input"); out.same = start === shape() + rows();
week.value = 0; fire(week, "input"); out.first = one("#said").textContent; const first = shape() + rows();
out.moved = first !== start; out.value = week.getAttribute("aria-valuetext");
one("#later").click(); out.later = week.value; one("#fullest").click(); out.back = shape() + rows() === start;

const spots = all("#units ~ .wide .say rect, #units ~ .narrow .say rect").filter(seen);
spots[0].focus(); out.tip = one("#tip").textContent; out.hidden = one("#tip").hidden;
press(spots[0], "ArrowRight"); out.next = d.activeElement.getAttribute("aria-label");
press(d.activeElement, "ArrowDown"); out.down = d.activeElement.getAttribute("aria-label");
press(d.activeElement, "Escape"); out.gone = one("#tip").hidden;
const stops = x => x.querySelectorAll("[tabindex='0']").length;
out.stops = all("svg").filter(x => x.querySelector(".say")).every(x => stops(x) === 1);
out.titles = all("svg title").length; out.unnamed = all(".say rect").filter(x => !x.getAttribute("aria-label")).length;

const tall = () => all("svg[data-rows]").filter(seen).reduce((n, x) => n + x.viewBox.baseVal.height, 0);
const lines = () => all("tr[data-f]").filter(seen).length;
out.all = [lines(), tall()];
const country = one("select[name=c]"); country.selectedIndex = 3; fire(country, "change");
out.country = [lines(), tall()]; out.said = one("#kept").textContent;
const stray = x => !x.dataset.f.split(" ").includes(country.value);
out.strays = all("[data-by*=c] tr[data-f]").filter(seen).filter(stray).length;
out.strips = all("g.strips use").length;
const inside = x => {const b = x.ownerSVGElement.getBoundingClientRect(), r = x.getBoundingClientRect();
  return r.top >= b.top - 1 && r.bottom <= b.bottom + 1};
out.outside = all("svg[data-rows] .say rect").filter(seen).filter(x => !inside(x)).length;
const can = one("select[name=k]"); can.selectedIndex = 1; fire(can, "change"); out.both = [lines(), tall()];
one("#unfilter").click(); out.again = [lines(), tall()]; out.rest = all("g.strips, svg defs").length;
const e = d.documentElement; out.wide = [e.scrollWidth, e.clientWidth];
out.unlabelled = all("select, input, button").filter(seen)
  .filter(x => !x.labels?.length && !x.getAttribute("aria-label") && !x.textContent.trim()).length;
out.asked = win.performance.getEntriesByType("resource").length;
return out;
"""


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_slider_words_and_filters(made, tmp_path, width):
    found, heard = acted(tmp_path, made, width, EVERYTHING)
    assert heard == []
    assert found["asked"] == 0  # nothing was asked of any network
    # the slider: the script draws the week that stood there exactly as it was drawn without it, and others differently
    assert found["same"]
    assert found["moved"]
    assert found["back"]
    assert found["later"] == "1"
    assert found["first"].startswith("Week of ")
    assert found["value"].startswith("week of ")
    # words and keys
    assert found["tip"]
    assert not found["hidden"]
    assert found["next"] != found["tip"]
    assert found["down"] not in (found["next"], found["tip"])
    assert found["gone"]
    assert found["stops"]
    assert (found["titles"], found["unnamed"], found["unlabelled"]) == (0, 0, 0)
    # filters
    (lines, tall), (fewer, shorter), (least, lowest) = found["all"], found["country"], found["both"]
    assert lines > fewer > least
    assert tall > shorter > lowest
    assert (found["strays"], found["outside"]) == (0, 0)
    assert found["strips"] > 5
    assert found["said"].startswith("Shown: ")
    assert found["again"] == found["all"]
    assert found["rest"] == 0
    assert found["wide"][0] <= found["wide"][1]


def test_a_script_put_into_the_page_does_not_run(made, tmp_path):
    """Neither as an element, nor as an attribute, nor as the page's own script with one letter more."""
    look = 'return {ran: [win.ran1, win.ran2, win.ran3].map(String), live: !one("#filters").hidden};'
    for bad in ("<script>window.ran1 = 1</script>", '<details open ontoggle="window.ran2 = 1">x</details>'):
        found, heard = acted(tmp_path, made.replace("<main>", "<main>" + bad), 768, look)
        assert found == {"ran": ["undefined"] * 3, "live": True}
        assert any("Content Security Policy" in x for x in heard)
    changed = made.replace('"use strict";', '"use strict"; window.ran3 = 1;')
    found, heard = acted(tmp_path, changed, 768, look)
    assert found == {"ran": ["undefined"] * 3, "live": False}
    assert any("Content Security Policy" in x for x in heard)


def test_without_scripts_the_page_is_whole(made, tmp_path):
    """With the script refused, tools stay hidden, every section is there, and bars keep their titles."""
    page = made.replace("script-src 'sha256-", "script-src 'sha256-x")
    found, _ = acted(tmp_path, page, 1280, """
      return {tools: all("[data-live]").filter(seen).length, titles: all("svg title").length,
              parts: all("h2").filter(seen).length, maps: all("#theatre svg").filter(seen).length,
              rows: all("#standing tbody tr").filter(seen).length};""")  # fmt: skip
    assert found["tools"] == 0
    assert found["titles"] > 300
    assert found["parts"] >= 10
    assert (found["maps"], found["rows"] > 3) == (1, True)


def test_the_page_stays_small(made):
    assert len(made.encode()) < 1_000_000
