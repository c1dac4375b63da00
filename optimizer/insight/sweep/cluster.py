"""Workers of a Dask cluster: any machines that have this program and can reach the scheduler."""

from __future__ import annotations

import contextlib
import importlib
import uuid
from collections import Counter
from concurrent.futures import CancelledError, Future
from functools import partial
from types import TracebackType
from typing import Any

from optimizer.errors import EngineError, UsageError
from optimizer.insight.sweep.run import Loss, Task, Work
from optimizer.versions import versions

REACH = 20.0  # seconds to reach the scheduler


class Cluster:
    """The cluster behind a scheduler at ``address``. The scheduler itself hands a task whose worker died to another;
    each beginning is told to us, so that it is known what was done twice."""

    def __init__(self, address: str):
        try:
            self._dask = importlib.import_module("distributed")
        except ImportError as error:
            raise UsageError("a cluster needs Dask: install this program with its extra [cluster]") from error
        try:
            self._client = self._dask.Client(address, timeout=REACH, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise UsageError(f"no scheduler answers at '{address}'") from error
        self._topic = f"sweep-{uuid.uuid4().hex}"
        self._begun: Counter[str] = Counter()
        try:
            self._check()
            self._client.subscribe_topic(self._topic, self._hear)
        except BaseException:
            self._client.close()
            raise

    def _check(self) -> None:
        """``UsageError`` unless there are workers, all with this very program."""
        try:
            told = self._client.run(versions)
        except Exception as error:
            raise UsageError(f"the workers cannot run this program: {type(error).__name__}: {error}") from error
        if not told:
            raise UsageError("the cluster has no workers")
        own = versions()
        for worker, theirs in told.items():  # the same everywhere, or plans differ by where they were made
            for name in own.keys() | theirs.keys():
                if theirs.get(name) != own.get(name):
                    raise UsageError(f"worker {worker} has {name} {theirs.get(name)}, here it is {own.get(name)}")

    def _hear(self, event: tuple[Any, str]) -> None:
        self._begun[event[1]] += 1

    def slots(self) -> int:
        if self._client.status != "running":
            raise EngineError("the scheduler is gone; the results so far are kept, and the same command goes on")
        try:
            return sum(self._client.nthreads().values())
        except (OSError, TimeoutError):
            return 0

    def submit(self, work: Work, task: Task) -> Future[dict[str, Any]]:
        mine: Future[dict[str, Any]] = Future()
        theirs = self._client.submit(_told, self._topic, task.key, work, task.payload(), pure=False)
        theirs.add_done_callback(partial(_settle, mine))
        return mine

    def loss(self, error: BaseException) -> Loss | None:
        dead = (self._dask.KilledWorker, CancelledError)
        return Loss.task if isinstance(error, dead) else None

    def repeated(self) -> int:
        return sum(n - 1 for n in self._begun.values())

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            self._client.close()


def _settle(mine: Future[dict[str, Any]], theirs: Any) -> None:
    """Take over what came of a task. It is let go of at once: a result that the cluster still has to keep is worked
    out again when the worker that keeps it dies."""
    try:
        error = CancelledError() if theirs.cancelled() else theirs.exception()
        if error is None:
            mine.set_result(theirs.result())
        else:
            mine.set_exception(error)
    except (OSError, TimeoutError, RuntimeError) as lost:  # the connection ended meanwhile
        mine.set_exception(EngineError(f"the cluster cannot be reached any more: {lost}"))
    finally:
        theirs.release()


def _told(topic: str, key: str, work: Work, payload: bytes) -> dict[str, Any]:
    """Do the work on a worker, and say that it begins."""
    from distributed import get_worker

    get_worker().log_event(topic, key)
    return work(payload)
