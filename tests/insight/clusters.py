"""A real scheduler and real worker processes, for as long as a test takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).parents[2]


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[str]:
    """Start a scheduler and workers (each with a nanny, which replaces it when it dies); the scheduler's address."""
    said = folder / "scheduler.json"
    paths = os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])
    env = {**os.environ, "PYTHONPATH": paths, "DASK_DISTRIBUTED__LOGGING__DISTRIBUTED": "critical"}
    begun: list[subprocess.Popen[bytes]] = []

    def start(kind: str, *more: str) -> None:
        call = [
            sys.executable,
            "-m",
            f"distributed.cli.dask_{kind}",
            "--scheduler-file",
            str(said),
            "--no-dashboard",
            *more,
        ]
        begun.append(subprocess.Popen(call, env=env, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))

    start("scheduler", "--host", "127.0.0.1", "--port", "0")
    try:
        until = time.monotonic() + 60
        while not said.exists() and time.monotonic() < until:
            time.sleep(0.05)
        start("worker", "--nthreads", "1", "--nworkers", str(workers), "--host", "127.0.0.1")
        address = json.loads(said.read_text())["address"]
        from distributed import Client

        with Client(address, timeout=60, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=90)
        yield address
    finally:
        for process in reversed(begun):
            process.terminate()
        for process in begun:
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
