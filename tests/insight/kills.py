"""Kill workers of a real sweep: ``python -m tests.insight.kills [--solves N] [--kills N] [--jobs N] [--cluster]``.

The same sweep of a synthetic case of size S is done undisturbed and with workers killed over their work; both must
give the same table, and exactly what the killed were at must have been begun again.
"""

from __future__ import annotations

import argparse
import os
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from optimizer.report.sweeps import Sweep, rows
from optimizer.workflow import sweeping
from optimizer.workflow.generating import generate
from tests.insight.clusters import cluster
from tests.insight.killing import Killer
from tests.insight.spoilt import FOLDER, solved


def disturbed(folder: Path, solves: int, kills: int, jobs: int, on_cluster: bool, engine: str) -> tuple[Sweep, int]:
    """A sweep of so many solves into a new store, and how many workers died over their work."""
    marks = folder / "marks"
    marks.mkdir(parents=True)
    os.environ[FOLDER] = str(marks)
    book = generate(folder / "S.xlsx", "S", {}, 1)
    with ExitStack() as stack:
        address = stack.enter_context(cluster(folder, jobs)) if on_cluster else None
        asked = sweeping.Sweeping(("budget=0.8:1.2:0.1",), solves // 5, engine, "quick", None,
                                  None if on_cluster else jobs, address)  # fmt: skip
        killer = Killer(marks, kills, 0.5)
        killer.start()
        found, _ = sweeping.sweep(book, asked, folder / "store", lambda p: print(p.stage, end="\r", flush=True))
        killer.over.set()
        killer.join()
    return found, killer.killed


def main() -> None:
    """Run both and compare."""
    options = argparse.ArgumentParser()
    options.add_argument("--solves", type=int, default=300)
    options.add_argument("--kills", type=int, default=30)
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--engine", default="auto")
    options.add_argument("--cluster", action="store_true")
    o = options.parse_args()
    sweeping.answer = solved
    with TemporaryDirectory() as name:
        began = time.monotonic()
        calm, none = disturbed(Path(name) / "calm", o.solves, 0, o.jobs, o.cluster, o.engine)
        print(f"\nundisturbed: {len(calm.results)} results, {calm.repeated} repeated, {time.monotonic() - began:.0f} s")
        assert (none, calm.repeated, calm.complete) == (0, 0, True)
        began = time.monotonic()
        found, killed = disturbed(Path(name) / "killed", o.solves, o.kills, o.jobs, o.cluster, o.engine)
        print(f"\n{killed} workers killed: {len(found.results)} results, {found.repeated} repeated, "
              f"{time.monotonic() - began:.0f} s; same table: {rows(found) == rows(calm)}")  # fmt: skip
        assert killed == found.repeated
        assert rows(found) == rows(calm)


if __name__ == "__main__":  # not when a worker imports this module
    main()
