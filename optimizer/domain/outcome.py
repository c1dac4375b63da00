"""What an engine is asked and what it answers: status, stop reason, score, bound."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from optimizer.domain import Case, Plan
from optimizer.domain.certificate import Certificate
from optimizer.domain.reasons import Reason
from optimizer.quantities import gap

EFFORTS = ("quick", "standard", "thorough")


class Status(StrEnum):
    """What is known of a case after a run."""

    optimal = "optimal"  # a plan, and proof that none scores more (up to ``quantities.same``)
    feasible = "feasible"  # a plan
    infeasible = "infeasible"  # proof that no plan holds the rules
    unknown = "unknown"  # neither a plan nor a proof


class StopReason(StrEnum):
    """Why a run ended."""

    proven = "proven"
    gap = "gap"  # what is left between score and bound is what the engine may leave
    effort = "effort"  # the deterministic work is done
    time_limit = "time limit"
    interrupted = "interrupted"


@dataclass(frozen=True)
class Progress:
    """One report under way: seconds since the start, best plan's score, best bound, and the plan itself
    where the engine hands it out."""

    seconds: float
    stage: str
    score: float | None
    bound: float | None
    plan: Plan | None = None


QUICK = 5.0  # seconds that a proof is checked for even if the run was ended by hand
CHECKED = 2_500  # numbers that are checked in a second on large cases, about
CHECKED_SMALL = 2e9  # the same on small ones, times elements and weeks squared: what pricing all lives once takes
PATIENCE = 0.04  # share of a time limit that the check may take after it


class Stopped(Exception):
    """The user or the clock ended a piece of work before it had a result."""


def _silent(_: Progress) -> None:
    return None


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Options:
    """How to solve. ``effort`` sets deterministic work limits; ``time_limit`` (seconds) is a
    safety stop on top (a plan stopped by it is not repeatable). ``stopped`` is asked often
    and returns true once the user interrupts. ``progress`` receives reports. ``start`` is a plan
    of this very case that holds every rule: an engine begins from it and answers with no worse one. ``proof``: of this
    case or another, multipliers that the lagrangian engine's bound sets out from. ``change_price``:
    score points that the lagrangian engine's search wants for each week and event changed from the last plan, beyond
    what the case itself prices; scores and bounds are without them."""

    effort: str = "standard"
    time_limit: float | None = None
    seed: int = 1
    workers: int = 2
    progress: Callable[[Progress], None] = _silent
    stopped: Callable[[], bool] = _never
    started: float = field(default_factory=time.monotonic)
    start: Plan | None = None
    proof: Certificate | None = None
    change_price: float = 0.0

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

    @property
    def cut_short(self) -> StopReason:
        """Why a run that had to stop did."""
        return StopReason.interrupted if self.stopped() else StopReason.time_limit

    def checkable(self, case: Case) -> int:
        """Numbers of a proof whose check one may still wait for once a run was cut short: some seconds' worth, and
        under a time limit what takes a twenty-fifth of it."""
        share = 0.0 if self.stopped() or self.time_limit is None else PATIENCE * self.time_limit
        lives = max(len(case.elements), 1) * case.weeks**2
        return int(max(QUICK, share) * max(CHECKED, CHECKED_SMALL / lives))


@dataclass(frozen=True)
class Outcome:
    """An engine's claim.

    ``bound`` is an upper bound on any plan's score (``None`` if none is proven). ``reasons``: when
    infeasible, what cannot be met together (engines leave them to ``insight.infeasible``). ``refused``: plans
    that the engine made and the check did not let pass, by rule; a fault of the engine, though not of the answer.
    ``certificate``: the proof of a bound that anybody can check, perhaps of a larger one; ``unproven``: why not.
    ``moves``: of a search, how often each kind of move was tried and how often it was kept.
    """

    engine: str
    status: Status
    stop_reason: StopReason
    plan: Plan | None = None
    score: float | None = None
    bound: float | None = None
    seconds: float = 0.0
    seed: int = 1
    effort: str = "standard"
    repeatable: bool = True
    reasons: tuple[Reason, ...] = ()
    trail: tuple[Progress, ...] = ()
    refused: Mapping[str, int] = field(default_factory=dict)
    certificate: Certificate | None = None
    unproven: str = ""
    moves: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @property
    def gap(self) -> float | None:
        """What a plan might score more, as a share; see ``quantities.gap``."""
        return gap(self.score, self.bound)
