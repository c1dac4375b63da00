"""Every bad or odd workbook of the corpus gives what is stated, soon, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from optimizer.errors import FaultsFound, WorkbookError
from optimizer.workbook.faults import stops
from optimizer.workbook.reader import read_for_solving
from optimizer.workbook.schema import CHOICES, GUIDE
from optimizer.workflow import Wishes, check, solve
from tests.workbook.books import edit, needs_office, resaved
from tests.workbook.corpus import CASES, CLEAN, OFFICE_CASES, Refused

SECONDS, BYTES = 10, 1 << 30


def test_the_corpus_is_large():
    assert len(CASES) + len(OFFICE_CASES) >= 60


@pytest.mark.parametrize("name", CASES)
def test_case(tmp_path, capsys, name):
    judge(tmp_path, *CASES[name])
    assert capsys.readouterr() == ("", "")  # nothing but what the program says itself


@needs_office
def test_cases_of_libreoffice(tmp_path):
    """All in one, so that the program starts once for each format; the cases' own guides and lists are left out."""
    sources = {}
    for i, (make, kind, _) in enumerate(OFFICE_CASES.values()):
        (tmp_path / str(i)).mkdir()
        path = edit(make(tmp_path / str(i)), _without_lists)
        sources.setdefault(kind, []).append(path.rename(tmp_path / f"{kind}{i}.xlsx"))
    for kind, paths in sources.items():
        resaved(paths, kind, tmp_path / "saved")
    for i, (name, (_, kind, expected)) in enumerate(OFFICE_CASES.items()):
        saved = tmp_path / "saved" / f"{kind}{i}.{kind}"
        print(name)  # shown where one fails
        judge(tmp_path / str(i), lambda folder, file=saved: Path(shutil.copy(file, folder / "a.xlsx")), expected)


def _without_lists(wb):
    for name in {GUIDE, CHOICES} & {*wb.sheetnames}:
        wb.remove(wb[name])


def judge(tmp_path, make, expected):
    path = make(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    started = time.monotonic()
    if isinstance(expected, Refused):
        with pytest.raises(WorkbookError) as refused:
            check(path)
        assert not isinstance(refused.value, FaultsFound)
        assert expected.reason in str(refused.value)
        refused_or_faulty = True
    else:
        _, findings = check(path)
        found = {(f.code, f"{f.sheet}!{f.cell}" if f.cell else f.sheet) for f in findings}
        assert found >= expected.places, found
        assert not expected.alone or found == expected.places
        assert all(f.problem for f in findings)
        refused_or_faulty = stops(findings)
        if expected is CLEAN:
            case = read_for_solving(path)
            assert {u.id for u in case.units} == {"A", "B", "C"}
            assert case.windows_of["A"][0].start == 1
            assert (case.site["TAPA"].places, case.upgrades[0].cost) == (600, 7_000_000)
    if refused_or_faulty:
        with pytest.raises(WorkbookError):
            solve(path, tmp_path / "plan.xlsx", Wishes("linear"))
    assert time.monotonic() - started < SECONDS
    assert sorted(tmp_path.rglob("*")) == before


HEAVY = ("zip bomb", "blank formatted to the last row and column", "a novel in a cell", "entities of entities")


# A process inherits the peak of the one it is forked from, here a test worker of any size: a small one stands between.
WATCH = """
import os, subprocess, sys
run = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(run.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="asks the operating system for the memory of one process")
@pytest.mark.parametrize("name", HEAVY)
def test_memory_stays_small(tmp_path, name):
    path = CASES[name][0](tmp_path)
    command = [sys.executable, "-c", WATCH, sys.executable, "-m", "optimizer", "check", path]
    watched = subprocess.run(command, capture_output=True, text=True, check=True)
    code, peak = map(int, watched.stdout.split())
    assert code == (3 if isinstance(CASES[name][1], Refused) else 0)
    assert "Traceback" not in watched.stderr
    assert 10e6 < peak * (1 if sys.platform == "darwin" else 1024) < BYTES
