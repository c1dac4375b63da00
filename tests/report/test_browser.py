"""The page in a real browser: on a telephone, on a screen, on paper."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from optimizer.workflow import report

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
POSTURE = Path(__file__).parents[2] / "inputs" / "posture_2016.xlsx"
FRAME = """<!DOCTYPE html><meta charset="utf-8"><iframe style="width:{width}px;height:800px;border:0" srcdoc="{page}">
</iframe><p id="found"></p><script>
onload = () => {{
  const d = document.querySelector("iframe").contentDocument, e = d.documentElement;
  const spread = [...d.querySelectorAll("body *")].filter(x => !x.closest(".scroll > *") && !x.closest("svg *")
    && x.getBoundingClientRect().right > e.clientWidth + 0.5).length;
  const seen = [...d.querySelectorAll("svg")].filter(x => x.getBoundingClientRect().width > 0);
  const small = seen.filter(x => x.getBoundingClientRect().width > e.clientWidth).length;
  document.getElementById("found").textContent = [e.clientWidth, e.scrollWidth, spread, seen.length, small].join(" ");
}};
</script>"""

pytestmark = pytest.mark.skipif(BROWSER is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    return report(POSTURE, tmp_path_factory.mktemp("page") / "posture.html")[1]


def browse(folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    run = [str(BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}"]
    return subprocess.run([*run, *args], capture_output=True, text=True, timeout=120, check=True)


def test_nothing_is_complained_about(made, tmp_path):
    said = browse(tmp_path, "--enable-logging=stderr", "--dump-dom", made.as_uri())
    assert "CONSOLE" not in said.stderr
    assert said.stdout.count("<svg") == made.read_text(encoding="utf-8").count("<svg") > 20


def test_complaints_would_be_heard(tmp_path):
    page = tmp_path / "bad.html"
    page.write_text('<meta http-equiv="Content-Security-Policy" content="default-src \'none\'"><img src="x.png">')
    assert "CONSOLE" in browse(tmp_path, "--enable-logging=stderr", "--dump-dom", page.as_uri()).stderr


def measured(folder: Path, page: str, width: int) -> list[int]:
    """Width of the window and of the page in it, elements that stick out, pictures seen, pictures too wide."""
    frame = folder / "frame.html"
    frame.write_text(FRAME.format(width=width, page=html.escape(page)), encoding="utf-8")
    told = browse(folder, "--window-size=1400,900", "--dump-dom", frame.as_uri()).stdout
    found = re.search(r'<p id="found">([\d ]+)</p>', told)
    assert found, told[-500:]
    return [int(x) for x in found[1].split()]


@pytest.mark.parametrize("width", [390, 768, 1280])
def test_nothing_sticks_out(made, tmp_path, width):
    inner, needed, spread, pictures, small = measured(tmp_path, made.read_text(encoding="utf-8"), width)
    assert needed <= inner <= width
    assert (spread, small) == (0, 0)
    assert pictures > 15


def test_what_sticks_out_would_be_seen(made, tmp_path):
    page = made.read_text(encoding="utf-8").replace("<main>", '<main><p style="width:500px">wide</p>')
    inner, needed, spread, *_ = measured(tmp_path, page, 390)
    assert needed > inner
    assert spread > 0


def test_it_prints_on_a_few_upright_pages(made, tmp_path):
    paper = tmp_path / "page.pdf"
    browse(tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={paper}", made.as_uri())
    data = paper.read_bytes()
    assert data.startswith(b"%PDF")
    assert 5 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 16
