"""Acceptance and cooling of the search: simulated annealing.

    a move that changes the score by Δ is kept with probability  min(1, exp(Δ / θ))
    move i of n is made at temperature                           θ(i) = hot · (cold / hot)^(i / n)

θ is in score points. The rule of acceptance is from Metropolis, Rosenbluth, Rosenbluth, Teller and Teller (Equation of
state calculations by fast computing machines, J. Chem. Phys. 21, 1953), cooling it geometrically while one searches
from Kirkpatrick, Gelatt and Vecchi (Optimization by simulated annealing, Science 220, 1983).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Words
from optimizer.engines.lagrangian.kernels.chance import uniform
from optimizer.engines.lagrangian.kernels.jit import kernel


@kernel
def temperature(hot: float, cold: float, i: int, n: int) -> float:
    """θ(i) of ``n`` moves."""
    return hot * (cold / hot) ** (i / n)


@kernel
def accepts(rng: Words, now: float, after: float, heat: float) -> bool:
    """Whether a move from score ``now`` to ``after`` is kept at temperature ``heat``. Δ ≥ θ ln u, u uniform in (0, 1],
    is as likely as above, and what breaks a state (``after`` of −∞) is never kept."""
    return after >= now + heat * np.log(1.0 - uniform(rng))


def stretches(hot: float, cold: float, n: int) -> Iterator[tuple[float, float]]:
    """The temperatures between which each of ``n`` equal stretches of a descent falls."""
    fall = (cold / hot) ** (1 / n)
    for k in range(n):
        yield hot * fall**k, hot * fall ** (k + 1)
