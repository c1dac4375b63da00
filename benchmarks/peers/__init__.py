"""Off-the-shelf models of the whole problem, each written the way an experienced user of its tool would."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass, field

from optimizer.domain import Case, Plan

PEERS = {
    "pulp-highs": ("benchmarks.peers.mip", "HiGHS"),
    "pulp-cbc": ("benchmarks.peers.mip", "CBC"),
    "cp-sat": ("benchmarks.peers.cpsat", ""),
    "timefold": ("benchmarks.peers.timefold", ""),
}


class Unsupported(Exception):
    """The case uses a feature this peer's model leaves out."""


@dataclass
class Answer:
    """What a peer found. ``plans`` are its incumbents as (seconds, plan), ``bounds`` its upper bounds as
    (seconds, bound), both in order; ``built`` seconds went into building the model; ``status`` in its own words."""

    status: str = "no answer"
    built: float = 0.0
    plans: list[tuple[float, Plan]] = field(default_factory=list)
    bounds: list[tuple[float, float]] = field(default_factory=list)
    size: dict[str, int] = field(default_factory=dict)


Clock = Callable[[], float]


def solve(peer: str, case: Case, limit: float, clock: Clock) -> Answer:
    """Let a peer solve a case until ``limit`` seconds by ``clock`` (which runs since before the model is built).

    Raises Unsupported.
    """
    module, variant = PEERS[peer]
    answer: Answer = importlib.import_module(module).solve(case, limit, clock, variant)
    return answer
