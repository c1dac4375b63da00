"""Progress on stderr: one live line on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf
from types import TracebackType
from typing import TYPE_CHECKING

from optimizer.cli.interrupt import FOR_A_PLAN, PATIENCE, Interrupt
from optimizer.quantities import figure, gap, same

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status
    from rich.text import Text

    from optimizer.domain.outcome import Progress

PLAIN_EVERY = 5.0  # seconds between plain lines that only say the score rose


class Clock:
    """The live line: what was reported last, its time going on until the next report; asked for at every frame."""

    def __init__(self, now: Callable[[], float] = time.monotonic):
        self._now, self._began = now, now()
        self._last: tuple[Progress, float] | None = None

    def tell(self, report: Progress) -> None:
        """Go on from a report."""
        self._last = report, self._now()

    def __rich__(self) -> Text:
        from rich.text import Text

        now = self._now()
        if self._last is None:
            return Text(f"{now - self._began:6.1f} s · reading")
        report, at = self._last
        return Text(line(replace(report, seconds=report.seconds + now - at)))


class Reporter:
    """Receives ``Progress`` from any thread. The first plan and each new stage are always shown."""

    def __init__(self, console: Console, quiet: bool):
        self.console, self.quiet = console, quiet
        self._status: Status | None = None
        self._clock = Clock()
        self._lock = threading.Lock()
        self._stage, self._planned, self._shown_at = "", False, 0.0
        self._told = self._given = -inf  # scores told of, and those whose plan was handed out

    def __enter__(self) -> Reporter:
        if not self.quiet and self.console.is_terminal:
            self._status = self.console.status(self._clock)
            self._status.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        if self._status is not None:
            with contextlib.suppress(OSError):
                self._status.stop()
            self._status = None

    def say(self, text: str) -> None:
        """A line that stays; a terminal that has gone away (SIGHUP) stops nobody."""
        if not self.quiet:
            with contextlib.suppress(OSError):
                self.console.print(text, markup=False, highlight=False)

    def patience(self) -> float:
        """Seconds to wait for an engine that should stop: more where it owes a plan that it told of."""
        return FOR_A_PLAN if self._told > self._given else PATIENCE

    def __call__(self, report: Progress) -> None:
        if report.score is not None:
            self._told = max(self._told, report.score)
            self._given = max(self._given, report.score) if report.plan is not None else self._given
        if self.quiet:
            return
        with self._lock:
            first = report.score is not None and not self._planned
            news = first or report.stage != self._stage
            self._clock.tell(report)
            if news or (self._status is None and report.seconds - self._shown_at >= PLAIN_EVERY):
                self.say(("first plan: " if first else "") + line(report))
                self._shown_at = report.seconds
            self._stage, self._planned = report.stage, self._planned or first


@contextlib.contextmanager
def listening(quiet: bool, stopping: str | None = None) -> Iterator[tuple[Reporter, Interrupt]]:
    """Report on stderr and take Ctrl-C over while a story is told; ``stopping`` is said at the first Ctrl-C instead
    of the usual words."""
    from optimizer.cli import screen

    with Reporter(screen.stderr(), quiet) as reporter:
        interrupt = Interrupt(lambda usual: reporter.say(usual if stopping is None else stopping))
        with interrupt.listening():
            yield reporter, interrupt


def line(report: Progress) -> str:
    """``12.3 s · search · plan 807.2 · bound 1 102.0 · gap 36.5 %``."""
    parts = [f"{report.seconds:6.1f} s", report.stage]
    if report.score is not None:
        parts.append(f"plan {figure(report.score, 1)}")
    if report.bound is not None:
        parts.append(f"bound {figure(report.bound, 1)}")
    if (share := gap(report.score, report.bound)) is not None and not same(report.score or 0.0, 0.0):
        parts.append(f"gap {share:.1%}")
    return " · ".join(parts)
