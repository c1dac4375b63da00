"""The machine at its worst, for real: no room left, no right to write, the process killed; nothing is half written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from optimizer.workbook.sheets.files import land
from tests.workbook.books import book
from tests.workbook.output.answers import answer, full_case, full_plan

posix = pytest.mark.skipif(os.name == "nt", reason="limits, users and signals of POSIX")

# as much of a real answer as fits under the limit on the size of a file, which a full disk looks like
ROOM = """
import resource, signal, sys
from pathlib import Path
from optimizer.errors import WorkbookError
from optimizer.workbook.sheets.files import land
from tests.workbook.output.answers import answer, full_case, full_plan
room, path = int(sys.argv[1]), Path(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
case, plan = full_case(), full_plan()
resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
try:
    print(answer(path, case, plan))
except WorkbookError as e:
    print(e)
    sys.exit(9)
"""
USER = """
import os, sys
from pathlib import Path
from optimizer.errors import WorkbookError
from optimizer.workbook.sheets.files import check_target, land
os.chdir("/")
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    sys.exit(f"landed at {check_target(Path(sys.argv[1]))}")
except WorkbookError as e:
    print(e)
"""


def write_on(path: Path, whole: bytes) -> None:
    """Put the same bytes there over and over, each time in many pieces."""

    def write(target: Path) -> None:
        with target.open("wb", buffering=0) as out:
            for at in range(0, len(whole), 64):
                out.write(whole[at : at + 64])

    while True:
        land(path, write)


def run(code: str, *args: object) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", code, *map(str, args)]
    return subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)


@posix
@pytest.mark.parametrize("room", [1000, 20_000])
def test_a_disk_that_fills_up_leaves_what_was_there_and_a_sentence(tmp_path: Path, room: int) -> None:
    """Every write beyond the limit fails with the system's own error, wherever the answer is put; both a limit that the
    first sheet meets and one that the finished workbook (some 60 kB) does."""
    path = tmp_path / "plan.xlsx"
    path.write_bytes(before := b"the plan of last week")
    done = run(ROOM, room, path)
    assert done.returncode == 9, done.stderr
    assert "cannot be written: File too large; nothing was written there" in done.stdout
    assert "Traceback" not in done.stderr
    assert {p.name: p.read_bytes() for p in tmp_path.iterdir()} == {"plan.xlsx": before}


@posix
def test_with_room_enough_the_same_program_writes_it(tmp_path: Path) -> None:
    done = run(ROOM, 50_000_000, tmp_path / "plan.xlsx")
    assert (done.returncode, done.stdout.strip()) == (0, str(tmp_path / "plan.xlsx"))


@posix
def test_a_folder_one_may_not_write_to_is_said_at_once(tmp_path: Path) -> None:
    """As a user without rights: whoever is root may write anywhere, so the child gives that up first."""
    folder = tmp_path / "theirs"
    folder.mkdir()
    folder.chmod(0o555)
    above = [p for p in (tmp_path, *tmp_path.parents) if p.stat().st_uid == os.getuid() and p != Path("/")]
    modes = {p: p.stat().st_mode for p in above}
    for p, mode in modes.items():  # reachable for that user, or it is another error
        p.chmod(mode | 0o055)
    try:
        done = run(USER, folder / "plan.xlsx")
    finally:
        for p, mode in modes.items():
            p.chmod(mode)
    assert (done.returncode, done.stderr) == (0, "")
    assert "theirs cannot be written to: Permission denied" in done.stdout
    assert list(folder.iterdir()) == []


@posix
def test_killed_at_fifty_moments_of_writing_a_workbook(tmp_path: Path) -> None:
    """SIGKILL each time, of a fork that writes an answer over and over in small pieces: the file is always whole."""
    path = tmp_path / "plan.xlsx"
    whole, torn = answer(path, full_case(), full_plan()).read_bytes(), 0
    for moment in range(50):
        child = os.fork()
        if child == 0:
            write_on(path, whole)
        time.sleep(0.001 + 0.003 * moment)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert path.read_bytes() == whole
        left = [p for p in tmp_path.iterdir() if p != path]
        torn += bool(left)
        for p in left:
            assert p.name.startswith(".optimizer-")  # never under a name that anybody would open
            p.unlink()
    assert torn > 10  # moments in the midst of it


@posix
def test_a_pipe_is_no_workbook_to_read(tmp_path: Path) -> None:
    """It cannot be read twice; said as what it is, not as a damaged file."""
    words = [sys.executable, "-m", "optimizer", "check", "/dev/stdin"]
    sent = book(tmp_path / "a.xlsx").read_bytes()
    done = subprocess.run(words, input=sent, capture_output=True, timeout=120, check=False)
    assert done.returncode == 3
    assert b"is a pipe or a device, not a file: save the workbook first" in done.stderr + done.stdout
    assert b"Traceback" not in done.stderr
