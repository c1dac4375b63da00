"""Pictures of a workbook to fill in, of a plan's workbook and of its page for the README, into docs/pictures.

    python scripts/pictures.py [PLAN.xlsx]        (make pictures)

Sheets go through LibreOffice and pdftoppm, the page through Chromium; all three must be installed.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from PIL import Image, ImageChops

from optimizer.workflow import report

ROOT = Path(__file__).parent.parent
OUT = ROOT / "docs" / "pictures"
TEACHING = ROOT / "inputs" / "teaching.xlsx"
INPUTS = {"Units": ("inputs.png", 110)}
FOOT = 0.93  # of the height of a page, under which its footer stands
SHEETS = {  # sheet: (file, dots per inch)
    "Summary": ("summary.png", 120),
    "Timeline by unit": ("timeline.png", 90),
    "People": ("people.png", 90),
    "Movements": ("movements.png", 90),
    "Load": ("load.png", 90),
    "Coverage": ("coverage.png", 90),
    "Money": ("money.png", 110),
    "Shortfalls": ("shortfalls.png", 90),
    "Checks": ("checks.png", 110),
}
SCREEN, PHONE = (1000, 1780), (390, 1500)  # width and height of the page's pictures
COLOURS = 256  # of a picture, the commonest: flat colours stay as they are, and files are small
EDGE = 8  # pixels of white kept around a picture
FRAME = '<body style="margin:0"><iframe src="{page}" style="width:{0}px;height:{1}px;border:0"></iframe></body>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("plan", type=Path, nargs="?", default=ROOT / "outputs" / "fy2017_plan.xlsx")
    plan = parser.parse_args().plan
    if not plan.exists():
        sys.exit(f"there is no {plan}: make a plan first (make optimize)")
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        of_sheets(TEACHING, INPUTS, folder)
        of_sheets(plan, SHEETS, folder)
        of_page(plan, folder)
    total = sum(p.stat().st_size for p in OUT.glob("*.png"))
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT.relative_to(ROOT)}, {total / 1000:.0f} kB")


def of_sheets(book: Path, sheets: Mapping[str, tuple[str, int]], folder: Path) -> None:
    """The first page of each of some sheets, as it prints, without its footer and what is empty above it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(tool("soffice", "libreoffice"), "--headless", profile, "--convert-to", "pdf", "--outdir", folder, book)
    paper = folder / f"{book.stem}.pdf"
    pages = run(tool("pdftotext"), "-layout", paper, "-").split("\f")
    for sheet, (file, dots) in sheets.items():
        number = next(n for n, text in enumerate(pages, 1) if footer(text).startswith(sheet))
        run(tool("pdftoppm"), "-png", "-r", dots, "-f", number, "-l", number, "-singlefile", paper, folder / "page")
        page = Image.open(folder / "page.png")
        save(page.crop((0, 0, page.width, int(FOOT * page.height))), file)


def footer(page: str) -> str:
    """The last line of a printed page: it begins with the sheet's name."""
    lines = page.strip().splitlines()
    return lines[-1].strip() if lines else ""


def of_page(plan: Path, folder: Path) -> None:
    """The page on a screen and on a telephone."""
    _, page = report(plan, folder / "page.html")
    phone = folder / "phone.html"
    phone.write_text(FRAME.format(*PHONE, page=page.name), encoding="utf-8")
    for source, (width, height), file in ((page, SCREEN, "report.png"), (phone, PHONE, "report-phone.png")):
        shot = folder / "shot.png"
        run(
            tool("chromium", "chromium-browser", "google-chrome"), "--headless=new", "--no-sandbox", "--disable-gpu",
            "--hide-scrollbars", f"--window-size={max(width, 600)},{height}", f"--screenshot={shot}", source.as_uri(),
        )  # fmt: skip
        save(Image.open(shot).crop((0, 0, width, height)), file)


def save(picture: Image.Image, file: str) -> None:
    """Without its white margins, in its commonest colours."""
    flat = picture.convert("RGB")
    box = ImageChops.difference(flat, Image.new("RGB", flat.size, "white")).getbbox()
    if box:
        right, bottom = min(box[2] + EDGE, flat.width), min(box[3] + EDGE, flat.height)
        flat = flat.crop((max(box[0] - EDGE, 0), max(box[1] - EDGE, 0), right, bottom))
    common = sorted(flat.getcolors(flat.width * flat.height), reverse=True)[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in common for part in colour])
    flat.quantize(palette=palette, dither=Image.Dither.NONE).save(OUT / file, optimize=True)


def tool(*names: str) -> str:
    """The first of some programs that is installed."""
    found = next((path for n in names if (path := shutil.which(n))), None)
    return found or sys.exit(f"{names[0]} is not installed")


def run(*words: object) -> str:
    """What a program printed."""
    return subprocess.run([str(w) for w in words], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
