"""What Office Open XML asks of a workbook, as far as it can be told without Excel."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from python_calamine import CalamineWorkbook

from optimizer.domain import Case, Plan
from optimizer.workbook.reader import read_for_verifying
from tests.workbook.output.answers import answer, full_case, full_plan
from tests.workbook.output.test_formulas import POSTURE, hostile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def monstrous() -> Case:
    """Names nobody should type: endless, with control characters, escapes and markup."""
    case = hostile()
    names = ["x" * 40_000, "a\x07b\x0bc", "_x0041_", "<&>\"'", "\ufffe\u0301"]
    units = tuple(replace(u, name=n) for u, n in zip(case.units, names, strict=False))
    sites = tuple(replace(s, name=n) for s, n in zip(case.sites, names[2:], strict=False))
    return replace(case, units=units, sites=(*sites, *case.sites[len(sites) :]))


CASES = {
    "plain": lambda: (full_case(), full_plan()),
    "monstrous": lambda: (monstrous(), full_plan()),
    "posture": lambda: read_for_verifying(POSTURE),
}


@pytest.fixture(scope="module", params=CASES)
def made(request, tmp_path_factory) -> tuple[Path, Case, Plan]:
    case, plan = CASES[request.param]()
    return answer(tmp_path_factory.mktemp("format") / "a.xlsx", case, plan), case, plan


@pytest.fixture(scope="module")
def parts(made) -> dict[str, ElementTree.Element]:
    """Every part of the package, parsed: a part that is not well formed fails here."""
    with zipfile.ZipFile(made[0]) as package:
        assert package.testzip() is None
        assert max(Counter(package.namelist()).values()) == 1
        assert not any(ILLEGAL.search(package.read(n).decode()) for n in package.namelist())
        return {n: ElementTree.fromstring(package.read(n)) for n in package.namelist()}


def sheets(parts) -> dict[str, ElementTree.Element]:
    """Worksheets by title."""
    targets = {r.get("Id"): r.get("Target") for r in parts["xl/_rels/workbook.xml.rels"]}
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    return {s.get("name"): parts["xl/" + targets[s.get(key)]] for s in parts["xl/workbook.xml"].find(f"{MAIN}sheets")}


def test_every_part_is_declared_and_every_relation_lands(parts):
    declared = {x.get("PartName") for x in parts["[Content_Types].xml"]} | {
        x.get("Extension") for x in parts["[Content_Types].xml"]
    }
    for name in parts:
        if name != "[Content_Types].xml":
            assert f"/{name}" in declared or name.rpartition(".")[2] in declared, name
        if name.endswith(".rels"):
            folder = PurePosixPath(name).parent.parent
            for r in parts[name]:
                if r.get("TargetMode") == "External":
                    pytest.fail(f"{name} leads outside: {r.get('Target')}")
                target = r.get("Target").split("#")[0]
                path = PurePosixPath(target.lstrip("/")) if target.startswith("/") else folder / target
                flat: list[str] = []
                for step in path.parts:
                    flat = flat[:-1] if step == ".." else [*flat, step]
                assert "/".join(flat) in parts, (name, target)


def test_sheet_names_are_few_short_and_different(parts):
    names = list(sheets(parts))
    assert len({n.casefold() for n in names}) == len(names)
    assert all(0 < len(n) <= 31 and not re.search(r"[\[\]:*?/\\]", n) and n.strip("'") == n for n in names)


def test_cells_stand_in_order_once_each(parts):
    styles = len(parts["xl/styles.xml"].find(f"{MAIN}cellXfs"))
    assert styles < 4_000
    strings = len(parts["xl/sharedStrings.xml"])
    for title, sheet in sheets(parts).items():
        last = (0, 0)
        for c in sheet.iter(f"{MAIN}c"):
            column, row, *_ = range_boundaries(c.get("r"))
            assert (row, column) > last, (title, c.get("r"))
            last = row, column
            assert int(c.get("s", 0)) < styles
            if c.get("t") == "s":
                assert int(c.find(f"{MAIN}v").text) < strings
            formula = c.find(f"{MAIN}f")
            if formula is not None:
                assert len(formula.text) <= 8_192
                assert set(re.findall(r"'([^']+)'!", re.sub(r'"[^"]*"', "", formula.text))) <= set(sheets(parts))
                assert c.find(f"{MAIN}v") is not None


def test_texts_are_as_long_as_cells_can_hold(parts):
    for item in parts["xl/sharedStrings.xml"]:
        assert len("".join(t.text or "" for t in item.iter(f"{MAIN}t"))) <= 32_767


def test_links_lead_to_cells_that_are_there(parts):
    pages, count = sheets(parts), 0
    for title, sheet in pages.items():
        links = list(sheet.iter(f"{MAIN}hyperlink"))
        assert len(links) < 65_530
        assert len({x.get("ref") for x in links}) == len(links)
        for link in links:
            target, at = re.fullmatch(r"'([^']+)'!([A-Z]+\d+)", link.get("location")).groups()
            filled = {c.get("r") for c in pages[target].iter(f"{MAIN}c")}
            assert at in filled, (title, link.get("ref"), link.get("location"))
            assert len(link.get("tooltip", "")) <= 255
            count += 1
    assert count > 40


def test_merged_cells_do_not_overlap(parts):
    for title, sheet in sheets(parts).items():
        taken: set[tuple[int, int]] = set()
        for merged in sheet.iter(f"{MAIN}mergeCell"):
            a, b, c, d = range_boundaries(merged.get("ref"))
            area = {(x, y) for x in range(a, c + 1) for y in range(b, d + 1)}
            assert not area & taken, title
            taken |= area


def test_names_are_unique_and_print_titles_are_set(parts):
    names = [(n.get("name"), n.get("localSheetId")) for n in parts["xl/workbook.xml"].iter(f"{MAIN}definedName")]
    assert len(set(names)) == len(names)
    pages = list(sheets(parts))
    titled = {pages[int(i)] for name, i in names if name == "_xlnm.Print_Titles"}
    short = {"Summary", "Money", "Shortfalls", "Hand-over", "Checks", "Run", "Bound"}  # Bound: without a certificate
    assert titled >= set(pages) - short


def test_every_sheet_prints_fitted_to_its_width(parts):
    for title, sheet in sheets(parts).items():
        assert sheet.find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr").get("fitToPage") == "1", title
        setup = sheet.find(f"{MAIN}pageSetup")
        one_page = setup.get("fitToWidth", "1") == "1"
        assert one_page or title not in ("Summary", "Money", "Shortfalls", "Checks", "Run", "Supply"), title
    assert sheets(parts)["Summary"].find(f"{MAIN}pageSetup").get("fitToHeight", "1") == "1"


def test_other_readers_see_the_same_cells(made):
    ours, theirs = openpyxl.load_workbook(made[0], data_only=True), CalamineWorkbook.from_path(str(made[0]))
    assert theirs.sheet_names == ours.sheetnames
    for title in ("Summary", "Plan rotations", "Money", "Checks"):
        numbers = [c for row in ours[title].values for c in row if isinstance(c, int | float)]
        found = [c for row in theirs.get_sheet_by_name(title).to_python() for c in row if isinstance(c, int | float)]
        assert len(numbers) == len(found) > 0
        assert found == pytest.approx(numbers)
