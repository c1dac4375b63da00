"""Tasks done by many processes, any of which may die: its task is done again, nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from optimizer.errors import EngineError

TRIES = 4  # times that a task is begun before it is given up: it may be what kills its process
NOBODY = 60.0  # seconds without any worker after which a sweep ends
LOOK = 0.5  # seconds between looks at whether to stop

Work = Callable[[bytes], dict[str, Any]]


@dataclass(frozen=True)
class Task:
    """``payload`` makes what a worker is sent; it is asked for when the task begins, and again when it is repeated."""

    key: str
    payload: Callable[[], bytes]


@dataclass(frozen=True)
class Done:
    """What came of a task: its result, or ``None`` if ``TRIES`` processes died over it."""

    key: str
    result: dict[str, Any] | None


class Loss(StrEnum):
    """What the death of a process cost."""

    task = "task"  # the one it was at
    nothing = "nothing"  # it had not begun


class Workers(Protocol):
    """Processes here or elsewhere."""

    def slots(self) -> int:
        """How many tasks may be under way at once, as of now."""

    def submit(self, work: Work, task: Task) -> Future[dict[str, Any]]:
        """Begin a task."""

    def loss(self, error: BaseException) -> Loss | None:
        """What was lost where an error says that the process died; ``None`` if the task itself failed."""

    def repeated(self) -> int:
        """How many tasks have been begun again because a process died over them."""


def run(
    workers: Workers, work: Work, tasks: Iterable[Task], stopped: Callable[[], bool] = lambda: False
) -> Iterator[Done]:
    """Each task's result as it comes, in no order. No more tasks are handed out than there are ``slots``, so that a
    death costs what was being done and nothing that waits. Ends early, without the tasks under way, once ``stopped``.

    What a task raises is raised; ``EngineError`` where for a minute there was nobody to work.
    """
    waiting, tries = list(tasks)[::-1], dict[str, int]()
    busy: dict[Future[dict[str, Any]], Task] = {}
    seen = time.monotonic()
    while waiting or busy:
        if stopped():
            return
        slots = workers.slots()
        seen = time.monotonic() if slots else seen
        if time.monotonic() - seen > NOBODY:
            raise EngineError("there is no worker left; the results so far are kept, and the same command goes on")
        while waiting and len(busy) < slots:
            task = waiting.pop()
            tries[task.key] = tries.get(task.key, 0) + 1
            busy[workers.submit(work, task)] = task
        if not busy:
            time.sleep(LOOK)
            continue
        ended, _ = wait(busy, timeout=LOOK, return_when=FIRST_COMPLETED)
        for future in ended:
            task = busy.pop(future)
            error = CancelledError() if future.cancelled() else future.exception()
            if error is None:
                yield Done(task.key, future.result())
                continue
            match workers.loss(error):
                case None:
                    raise error
                case Loss.nothing:
                    tries[task.key] -= 1
            if tries[task.key] < TRIES:
                waiting.append(task)
            else:
                yield Done(task.key, None)
