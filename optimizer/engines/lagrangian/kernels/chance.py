"""Random numbers for kernels: the state travels with the search, never with a thread.

Numba's own generator belongs to the thread that happens to run a kernel; a search handed from
one thread to another would not repeat itself. Source: Steele, Lea and Flood, Fast splittable
pseudorandom number generators (2014), the function known as splitmix64.
"""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.kernels.arrays import Bools, Ints, Words
from optimizer.engines.lagrangian.kernels.jit import kernel

STEP, FIRST, SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
A, B, C, D = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
UNIT = 1.0 / (1 << 53)


def generator(seed: int) -> np.ndarray:
    """The state of a generator: one word, changed by every draw."""
    return np.array([seed % (1 << 64)], dtype=np.uint64)


@kernel
def uniform(rng: Words) -> float:
    """A number in [0, 1). ``rng``: [1] the generator's state, changed by every draw; so below."""
    rng[0] += STEP
    z = rng[0]
    z = (z ^ (z >> A)) * FIRST
    z = (z ^ (z >> B)) * SECOND
    z = z ^ (z >> C)
    return (z >> D) * UNIT


@kernel
def below(rng: Words, n: int) -> int:
    """A whole number in [0, n); 0 if n is 0."""
    return int(uniform(rng) * n)


@kernel
def shuffle(rng: Words, values: Ints, n: int) -> None:
    """Put the first ``n`` of ``values`` into random order."""
    for i in range(n - 1, 0, -1):
        j = below(rng, i + 1)
        values[i], values[j] = values[j], values[i]


@kernel
def pick(rng: Words, mask: Bools) -> int:
    """The index of a random true entry, -1 if there is none."""
    found, at = 0, -1
    for i in range(mask.size):
        if mask[i]:
            found += 1
            if below(rng, found) == 0:
                at = i
    return at
