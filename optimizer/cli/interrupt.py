"""Ctrl-C: once asks the engine to stop and keeps its best plan, twice leaves at once. A request of the system to end
(SIGTERM) and a terminal that goes away (SIGHUP) count as one."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from optimizer.cli.exits import Exit
from optimizer.errors import Overran

T = TypeVar("T")
SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
PATIENCE = 2.0  # seconds an engine has to come to an end once it should stop
FOR_A_PLAN = 20.0  # the same where it told of a plan that it has not handed out yet
TOGETHER = 0.3  # seconds: signals this close are one Ctrl-C, passed on by a shell or a wrapper as well


class Interrupt:
    """Counts Ctrl-C while ``listening``; ``asked`` is what engines poll."""

    def __init__(self, say: Callable[[str], None]):
        self._event, self._say, self._at = threading.Event(), say, 0.0

    def asked(self) -> bool:
        """Whether the user pressed Ctrl-C."""
        return self._event.is_set()

    def _pressed(self, _signal: int, _frame: FrameType | None) -> None:
        before, self._at = self._at, time.monotonic()
        if self.asked() and self._at - before < TOGETHER:
            return
        if self.asked():
            sys.stderr.write("\nleft at once; nothing was written\n")
            sys.stderr.flush()
            os._exit(Exit.INTERRUPTED)
        self._event.set()
        self._say("stopping; the best plan so far will be checked and written (Ctrl-C again to leave at once)")

    @contextlib.contextmanager
    def listening(self) -> Iterator[None]:
        """Take Ctrl-C and its like over, and give them back afterwards; what is ignored (nohup) stays so."""
        found = [getattr(signal, name) for name in SIGNALS if hasattr(signal, name)]
        before = {s: signal.signal(s, self._pressed) for s in found if signal.getsignal(s) is not signal.SIG_IGN}
        try:
            yield
        finally:
            for s, handler in before.items():
                signal.signal(s, handler)


class Overrun:
    """Whether an engine that should have stopped (Ctrl-C, time limit) still has not, long after.

    Calling it raises ``Overran`` then; compiled code cannot be stopped from outside, so it is left behind.
    """

    def __init__(self, asked: Callable[[], bool], limit: float | None, patience: Callable[[], float]):
        self._asked, self._limit, self._patience = asked, limit, patience
        self._started, self._since = time.monotonic(), 0.0

    def __call__(self) -> None:
        now = time.monotonic()
        late = self._limit is not None and now - self._started > self._limit
        self._since = self._since or (now if late or self._asked() else 0.0)
        if self._since and now - self._since > self._patience():
            raise Overran("the engine did not stop in time and was left")


def aside(work: Callable[[], T], overrun: Callable[[], None] = lambda: None) -> T:
    """Run ``work`` in a second thread, so that Ctrl-C is heard while a solver is in compiled code."""
    results: list[T] = []
    errors: list[BaseException] = []

    def target() -> None:
        try:
            results.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=target, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(0.1)
        overrun()
    if errors:
        raise errors[0]
    return results[0]
