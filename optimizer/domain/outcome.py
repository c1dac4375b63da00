"""What an engine is asked and what it answers: status, stop reason, score, bound."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from optimizer.domain import Plan

EFFORTS = ("quick", "standard", "thorough")


@dataclass(frozen=True)
class Progress:
    """One report under way: seconds since the start, best plan's score, best bound, and the plan itself
    where the engine hands it out."""

    seconds: float
    stage: str
    score: float | None
    bound: float | None
    plan: Plan | None = None


def _silent(_: Progress) -> None:
    return None


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Options:
    """How to solve. ``effort`` sets deterministic work limits; ``time_limit`` (seconds) is a
    safety stop on top (a plan stopped by it is not repeatable). ``stopped`` is asked often
    and returns true once the user interrupts. ``progress`` receives reports. ``start`` is a plan
    of this very case that holds every rule: an engine begins from it and answers with no worse one."""

    effort: str = "standard"
    time_limit: float | None = None
    seed: int = 1
    workers: int = 2
    progress: Callable[[Progress], None] = _silent
    stopped: Callable[[], bool] = _never
    started: float = field(default_factory=time.monotonic)
    start: Plan | None = None

    @property
    def elapsed(self) -> float:
        return time.monotonic() - self.started

    @property
    def time_left(self) -> float:
        """Seconds until the time limit; infinite without one."""
        return float("inf") if self.time_limit is None else self.time_limit - self.elapsed

    @property
    def must_stop(self) -> bool:
        return self.stopped() or self.time_left <= 0


@dataclass(frozen=True)
class Outcome:
    """An engine's claim.

    ``status``: ``optimal`` (score = bound up to 1e-6 relative), ``feasible``, ``infeasible`` (proven), ``unknown``
    (neither a plan nor a proof). ``stop_reason``: ``proven``, ``gap`` (target gap reached), ``effort``
    (deterministic work done), ``time limit``, ``interrupted``. ``bound`` is an upper bound on any plan's
    score (``None`` if none is proven). ``reasons``: when infeasible, plain sentences naming rules and parties.
    """

    engine: str
    status: str
    stop_reason: str
    plan: Plan | None = None
    score: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    seed: int = 1
    effort: str = "standard"
    repeatable: bool = True
    reasons: tuple[str, ...] = ()
    trail: tuple[Progress, ...] = ()

    @property
    def gap(self) -> float | None:
        """(bound − score) / |score|; ``None`` without both."""
        if self.score is None or self.bound is None:
            return None
        return max(0.0, self.bound - self.score) / max(abs(self.score), 1e-9)
