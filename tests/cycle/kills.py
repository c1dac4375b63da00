"""Kill ``cycle`` and ``sign-off`` at many moments, start many at once: ``python -m tests.cycle.kills [--kills N]``.

After each kill the command is run again; what lies there must then be, byte for byte, what an undisturbed run makes,
nothing half written, and no signed year changed.
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

from tests.cycle.books import FAST, news, tiny

KEPT = ("input.xlsx", "plan.xlsx", "compare.xlsx", "report.html", "manifest.json")


def command(*args: object) -> list[str]:
    return [sys.executable, "-m", "optimizer", *map(str, args)]


def done(*args: object) -> int:
    return subprocess.run(command(*args), capture_output=True, timeout=900).returncode


def files(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in KEPT if (folder / name).exists()}


def killed(after: float, *args: object) -> None:
    """Start a command and kill it, as the system would, after so many seconds."""
    running = subprocess.Popen(command(*args), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(after)
    running.kill()
    running.wait()


def kills(folder: Path, count: int, seed: int = 1) -> Counter[str]:
    """Kill at ``count`` moments spread over a run; returns how far the runs had come."""
    book, more = tiny(folder / "b.xlsx"), news(folder / "n.xlsx", 2019)
    clean = folder / "clean"
    plan = ("cycle", 2018, "--from", book, *FAST)
    assert done(*plan, "--root", clean) == 0
    want = files(clean / "2018")
    began = time.monotonic()
    assert done(*plan, "--root", folder / "again") == 0
    length = time.monotonic() - began
    assert files(folder / "again" / "2018") == want
    r, found = Random(seed), Counter[str]()
    for n in range(count):
        root = folder / f"k{n}"
        killed(length * r.random(), *plan, "--root", root)
        found[f"{len(files(root / '2018'))} files"] += 1
        assert done(*plan, "--root", root) == 0
        assert files(root / "2018") == want, n
        assert not list((root / "2018").glob(".optimizer-*")), n
        print(f"killed {n + 1} times", dict(found), flush=True)
    assert done("sign-off", 2018, "--by", "Ann", "--root", clean) == 0
    signed = files(clean / "2018")
    for n in range(max(1, count // 10)):
        root = folder / f"k{n}"
        killed(r.random() * 3, "sign-off", 2018, "--by", "Ann", "--root", root)
        assert done("sign-off", 2018, "--by", "Ann", "--root", root) == 0
        found["sign-offs"] += 1
        killed(length * r.random(), "cycle", 2019, "--updates", more, "--root", clean, *FAST)
        assert files(clean / "2018") == signed
    return found


def at_once(folder: Path, count: int) -> Counter[int]:
    """Start ``count`` runs together; returns how often each exit code came."""
    book = tiny(folder / "b.xlsx")
    args = command("cycle", 2018, "--from", book, "--root", folder / "crowd", *FAST)
    running = [subprocess.Popen(args, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(count)]
    return Counter(p.wait() for p in running)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=100)
    options.add_argument("--crowd", type=int, default=20)
    given = options.parse_args()
    with TemporaryDirectory() as folder:
        print(dict(kills(Path(folder), given.kills)))
        codes = at_once(Path(folder), given.crowd)
        print(dict(codes))
        assert set(codes) <= {0, 8}
        assert codes[0] >= 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
