"""Workers on this machine: a process for each slot, begun anew when it dies."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any

from pebble import ProcessExpired, ProcessPool

from optimizer.insight.sweep.run import Loss, Task, Work

FRESH = 100  # tasks after which a process is replaced, so that what it holds on to does not grow


class Processes:
    """``jobs`` processes. Each has a pool of its own, for a pool whose only idle process dies is of no more use: then
    its slot gets a new one, and the others do not notice."""

    def __init__(self, jobs: int):
        self._context = multiprocessing.get_context("spawn")  # the same everywhere, and safe beside threads
        self._pools = [self._pool() for _ in range(jobs)]
        self._at: list[Future[Any] | None] = [None] * jobs
        self._repeated = 0

    def _pool(self) -> ProcessPool:
        return ProcessPool(1, max_tasks=FRESH, context=self._context)

    def slots(self) -> int:
        return len(self._pools)

    def submit(self, work: Work, task: Task) -> Future[dict[str, Any]]:
        slot = next(i for i, future in enumerate(self._at) if future is None or future.done())
        try:
            future = self._pools[slot].schedule(work, args=(task.payload(),))
        except RuntimeError:  # its process died while it had nothing to do
            self._pools[slot] = self._pool()
            future = self._pools[slot].schedule(work, args=(task.payload(),))
        self._at[slot] = future
        return future

    def loss(self, error: BaseException) -> Loss | None:
        if isinstance(error, ProcessExpired):
            self._repeated += 1
            return Loss.task
        return Loss.nothing if isinstance(error, BrokenProcessPool) else None

    def repeated(self) -> int:
        return self._repeated

    def __enter__(self) -> Processes:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        for pool in self._pools:
            pool.stop()
        for pool in self._pools:
            pool.join()
