"""The page in a real browser: on a telephone, on a screen, on paper."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from optimizer import page as page_room
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


def plain(text: str) -> str:
    """Letters and signs without tags and blanks."""
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", text)))


def headed(page: str) -> list[str]:
    """Each heading with the sentence or the legend that stands right under it."""
    return [plain(m[0]) for m in re.finditer(r"<h([23])\b[^>]*>.*?</h\1>(\s*<p class=\"(quiet|keys)\">.*?</p>)?", page)]


def alone(folder: Path, page: str) -> list[tuple[str, bool]]:
    """The headings found on paper, and whether nothing of what they head stands on their page."""
    source, paper = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    browse(folder, "--no-pdf-header-footer", f"--print-to-pdf={paper}", source.as_uri())
    told = subprocess.run(["pdftotext", "-raw", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    pages = [plain(html.escape(x)) for x in told.split("\f")]
    return [(h, x.endswith(h)) for h in headed(page) for x in pages if h in x]


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_no_heading_stands_alone_at_the_foot_of_a_printed_page(made, tmp_path):
    found = alone(tmp_path, made.read_text(encoding="utf-8"))
    assert len(found) > 12
    assert [h for h, left in found if left] == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler is not installed")
def test_headings_that_would_stand_alone_are_kept_with_what_they_head(tmp_path):
    """Forty parts of ever other heights, with the page's looks and without the rule that holds them together."""
    parts = "".join(
        f'<h2>Part {n:02d}</h2>\n<p class="quiet">What is seen, {n:02d}.</p>\n'
        f'<svg viewBox="0 0 100 {40 + 37 * n % 53}"><text x="5" y="30">picture {n:02d}</text></svg>' for n in range(40)
    )  # fmt: skip
    style = (Path(page_room.__file__).parent / "report.css").read_text(encoding="utf-8")
    page = f'<!DOCTYPE html><meta charset="utf-8"><style>{style}</style><main>{parts}</main>'
    held, loose = alone(tmp_path, page), alone(tmp_path, page.replace("break-after:avoid", ""))
    assert len(held) == 40
    assert not any(left for _, left in held)
    assert any(left for _, left in loose) or len(loose) < 40  # the sentence was parted from its heading
