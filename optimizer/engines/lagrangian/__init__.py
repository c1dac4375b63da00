"""The engine for real cases: compiled search for plans beside a Lagrangian bound.

A plan comes from ruin-and-recreate in which a unit's whole stay (weeks, bases, modes,
sets) is one best response to the rest; the bound from the dual of the same problem with
its linking rules priced. Both run side by side on two cores, and the dual's price of
money guides the search. Work is counted in steps, not seconds, so that the same case,
seed and versions give the same plan; only a wall-clock stop breaks that.
"""

from __future__ import annotations

from optimizer.domain import Case
from optimizer.domain.outcome import Options, Outcome

__all__ = ["solve"]


def solve(case: Case, options: Options) -> Outcome:
    """Solve ``case``; see ``Outcome`` for what is claimed."""
    from optimizer.engines.lagrangian.driver import run  # numba is heavy: import when needed

    return run(case, options)
