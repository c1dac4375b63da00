"""Ctrl-C: once asks the engine to stop and keeps its best plan, twice leaves at once."""

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

T = TypeVar("T")
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
        """Take Ctrl-C over, and give it back afterwards."""
        before = signal.signal(signal.SIGINT, self._pressed)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)


def aside(work: Callable[[], T]) -> T:
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
    if errors:
        raise errors[0]
    return results[0]
