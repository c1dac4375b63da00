"""Kill ``solve`` at many moments: ``python -m tests.cli.kills [--kills N] [--seed N]``.

Half of the kills fall anywhere in a run, half after it has said that it writes. Where a plan stood before, it must
then stand there unchanged or the new one whole; where none stood, none or the new one whole; and nothing else that
anybody could take for a plan. Now and then the command is run again, and must end as if nothing had been.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import openpyxl

from optimizer.domain import Plan
from optimizer.workbook.reader import read_for_verifying
from optimizer.workbook.sheets.seal import edited

TEACHING = Path(__file__).parents[2] / "inputs" / "teaching.xlsx"
LITTER = ".optimizer-"  # how files begin that are not finished: hidden, and no name of a plan
AGAIN = 10  # kills between runs that are let go on


def command(book: Path, target: Path) -> list[str]:
    words = ("solve", book, "-o", target, "--engine", "linear", "--effort", "quick")
    return [sys.executable, "-m", "optimizer", *map(str, words)]


def started(book: Path, target: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(command(book, target), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def writes(running: subprocess.Popen[str]) -> None:
    """Wait until a run says that it writes its plan."""
    assert running.stderr is not None
    assert any("· write" in line for line in running.stderr)


def done(book: Path, target: Path) -> tuple[float, float]:
    """Seconds that an undisturbed run takes, and those of them after it has said that it writes."""
    began, running = time.monotonic(), started(book, target)
    writes(running)
    said = time.monotonic()
    running.communicate()
    assert running.returncode == 0
    return time.monotonic() - began, time.monotonic() - said


def killed(book: Path, target: Path, after: float, writing: bool) -> bool:
    """Kill a run as the system would after so many seconds, counted from when it says that it writes if asked for;
    whether it had ended before."""
    running = started(book, target)
    if writing:
        writes(running)
    time.sleep(after)
    over = running.poll() is not None
    running.kill()
    running.communicate()
    return over


def poorer(folder: Path) -> Path:
    """The teaching case with less money: its plan is another one."""
    book = openpyxl.load_workbook(TEACHING)
    row = next(r for r in book["Settings"].iter_rows(max_col=2) if r[0].value == "Total cap")
    row[1].value = 9.5
    path = folder / "poorer.xlsx"
    book.save(path)
    return path


def stands(target: Path, old: bytes | None, new: Plan) -> str:
    """What stands at the target; an ``AssertionError`` for anything but the old file or the new plan, whole."""
    if not target.exists():
        assert old is None
        return "nothing"
    if target.read_bytes() == old:
        return "old"
    assert not edited(target), "the file is not as the program writes it"
    assert read_for_verifying(target)[1] == new
    return "new"


def kills(folder: Path, count: int, seed: int = 1) -> Counter[str]:
    """Kill at ``count`` moments; how often what stood there then, runs that had ended, unfinished files left."""
    before, clean = folder / "before.xlsx", folder / "clean.xlsx"
    done(poorer(folder), before)
    done(TEACHING, clean)
    length, writing = done(TEACHING, clean)
    old, new = before.read_bytes(), read_for_verifying(clean)[1]
    assert read_for_verifying(before)[1] != new
    r, found = Random(seed), Counter[str]()
    for n in range(count):
        there = folder / f"k{n}"
        there.mkdir()
        target, stood = there / "plan.xlsx", old if n % 2 else None
        if stood is not None:
            target.write_bytes(stood)
        late = n % 4 < 2
        over = killed(TEACHING, target, (writing if late else length) * r.random(), late)
        found[f"{stands(target, stood, new)} there" + (", ended before" if over else "")] += 1
        others = [p for p in there.iterdir() if p != target]
        assert all(p.name.startswith(LITTER) for p in others), others
        found["unfinished, hidden"] += len(others)
        if n % AGAIN == AGAIN - 1:
            done(TEACHING, target)
            assert stands(target, None, new) == "new"
            found["run again"] += 1
        print(f"killed {n + 1} times", dict(found), flush=True)
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=50)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        kills(Path(folder), given.kills, given.seed)
    return 0


if __name__ == "__main__":
    sys.exit(main())
