"""Files land whole or not at all, never over somebody's work; a plan is kept somewhere when its place fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from optimizer.errors import Unwritable, WorkbookError
from optimizer.workbook.sheets.files import check_target, land, why_elsewhere
from optimizer.workbook.sheets.seal import OPEN, SEAL, edited
from optimizer.workflow import Wishes, solve
from tests.workbook.books import book

posix = pytest.mark.skipif(os.name == "nt", reason="links and devices of POSIX")


def make(text: str):
    """A writer of a small sealed workbook."""

    def write(path: Path) -> None:
        with xlsxwriter.Workbook(str(path), {"in_memory": True}) as made:
            made.set_properties({"created": datetime(2000, 1, 1)})  # or it holds the second it was made in
            made.add_worksheet().write_string(0, 0, text)
            made.set_custom_property(SEAL, OPEN, "text")

    return write


def told(path: Path) -> str:
    return openpyxl.load_workbook(path).active["A1"].value


def test_what_the_program_wrote_is_replaced_and_the_same_bytes_again(tmp_path):
    path = tmp_path / "plan.xlsx"
    assert land(path, make("one"), precious=True) == path
    before = path.read_bytes()
    assert not edited(path)
    assert land(path, make("one"), precious=True) == path
    assert path.read_bytes() == before
    assert land(path, make("two"), precious=True) == path
    assert (told(path), sorted(p.name for p in tmp_path.iterdir())) == ("two", ["plan.xlsx"])


def test_what_somebody_edited_stays(tmp_path):
    """Saved again by another program, touched inside, or nothing of ours at all: the plan goes beside it."""
    path = land(tmp_path / "plan.xlsx", make("mine"), precious=True)
    work = openpyxl.load_workbook(path)
    work.active["B1"] = "a day's work"
    work.save(path)
    assert edited(path)
    landed = land(path, make("new"), precious=True)
    assert landed.name == "plan (2).xlsx"
    assert "changed since the program wrote it" in why_elsewhere(path, landed)
    assert openpyxl.load_workbook(path).active["B1"].value == "a day's work"
    assert land(path, make("newer"), precious=True) == landed  # the copy is the program's own again
    path.write_bytes(b"something else")
    assert land(path, make("new"), precious=True) == landed
    assert path.read_bytes() == b"something else"


def test_a_part_changed_inside_breaks_the_seal(tmp_path):
    path = land(tmp_path / "plan.xlsx", make("mine"), precious=True)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/note.xml", "<a/>")
    assert edited(path)


def test_a_folder_is_refused_before_work_begins(tmp_path):
    for path in (tmp_path, tmp_path / "x.xlsx"):
        path.mkdir(exist_ok=True)
        with pytest.raises(WorkbookError, match="is a folder"):
            check_target(path)
        with pytest.raises(Unwritable, match="is a folder"):
            solve(book(tmp_path / "in.xlsx"), path, Wishes("linear"))
    (tmp_path / "file").write_text("")
    with pytest.raises(WorkbookError, match="cannot be written to"):
        check_target(tmp_path / "file" / "plan.xlsx")


@posix
def test_devices_are_refused_and_links_followed(tmp_path):
    link, target = tmp_path / "latest.xlsx", tmp_path / "kept" / "plan.xlsx"
    target.parent.mkdir()
    link.symlink_to(target)
    assert land(link, make("one"), precious=True) == target
    assert link.is_symlink()
    assert told(link) == "one"
    assert why_elsewhere(link, target) == ""
    os.mkfifo(tmp_path / "pipe.xlsx")
    (tmp_path / "null.xlsx").symlink_to("/dev/null")
    for name in ("pipe.xlsx", "null.xlsx"):
        with pytest.raises(WorkbookError, match="is a device or a pipe"):
            check_target(tmp_path / name)
    assert Path("/dev/null").is_char_device()


def full(path: Path) -> None:
    path.write_bytes(b"half")
    raise FileCreateError(OSError(28, "No space left on device"))


def test_no_room_is_a_sentence_and_leaves_nothing(tmp_path):
    (tmp_path / "plan.xlsx").write_bytes(b"before")
    with pytest.raises(WorkbookError, match="No space left on device; nothing was written there"):
        land(tmp_path / "plan.xlsx", full)
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"before"]


def test_no_room_keeps_a_plan_elsewhere(tmp_path, monkeypatch):
    """The first folder has none; the current one has."""
    there, here = tmp_path / "there", tmp_path / "here"
    for folder in (there, here):
        folder.mkdir()
    monkeypatch.chdir(here)

    def write(path: Path) -> None:
        (full if path.parent == there else make("kept"))(path)

    landed = land(there / "plan.xlsx", write, precious=True)
    assert (landed, told(landed)) == (here / "plan.xlsx", "kept")
    assert list(there.iterdir()) == []
    assert "kept elsewhere" in why_elsewhere(there / "plan.xlsx", landed)


SLOW = """
import sys, time
from pathlib import Path
from optimizer.workbook.sheets import files
def write(path):
    with path.open("wb") as out:
        for n in range(200):
            out.write(bytes([n % 256]) * 5000)
            time.sleep(0.001)
print("go", flush=True)
while True:
    files.land(Path(sys.argv[1]), write)
"""


@posix
def test_killed_at_fifty_moments_while_writing(tmp_path):
    """Whenever the process is killed, the file there is whole: the one before or the one after, never half of one."""
    path = tmp_path / "plan.bin"
    path.write_bytes(whole := b"".join(bytes([n % 256]) * 5000 for n in range(200)))
    halves = 0
    run = subprocess.Popen([sys.executable, "-c", SLOW, path], stdout=subprocess.PIPE)
    run.stdout.readline()
    for moment in range(50):
        time.sleep(0.002 + 0.007 * moment)
        os.kill(run.pid, signal.SIGKILL if moment % 10 == 9 else signal.SIGSTOP)
        if moment % 10 == 9:
            run.wait()
            run.stdout.close()
            run = subprocess.Popen([sys.executable, "-c", SLOW, path], stdout=subprocess.PIPE)
            run.stdout.readline()
        halves += any(0 < p.stat().st_size < len(whole) for p in tmp_path.iterdir() if p != path)
        assert path.read_bytes() == whole
        if moment % 10 != 9:
            os.kill(run.pid, signal.SIGCONT)
    run.kill()
    run.wait()
    run.stdout.close()
    assert halves > 10  # most of the moments lay in the midst of writing
