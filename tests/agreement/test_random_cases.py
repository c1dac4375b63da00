"""Linear and constraint program prove the same of 250 random tiny cases, and the lagrangian engine claims
nothing against them. The long run is ``python -m tests.agreement.long``."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest

from optimizer.domain.outcome import Options
from tests.agreement.generator import KINDS, RULES, generated
from tests.agreement.jury import Verdict, judge
from tests.agreement.switches import SWITCHES, switches_of
from tests.engines.lagrangian.brief import brief

BATCHES, SIZE, SEARCHED = 5, 50, 12  # of each batch so many also by the lagrangian engine


case_of = cache(generated)


def judged(batch: int) -> dict[int, Verdict]:
    """The verdicts by seed."""
    first, search = 10_000 + batch * SIZE, Options("quick", workers=1)
    seeds = range(first, first + SIZE)
    with brief():
        return {seed: judge(case_of(seed), search if seed - first < SEARCHED else None) for seed in seeds}


@pytest.mark.parametrize("batch", range(BATCHES))
def test_nothing_is_claimed_that_cannot_be_true(batch: int) -> None:
    """Same optimum or both infeasible, plans that hold every rule, score what is said and may be done by the search,
    bounds above. Most cases have a plan, some have none."""
    verdicts = judged(batch)
    assert {seed: v.faults for seed, v in verdicts.items() if v.faults} == {}
    found = Counter(v.best is not None for v in verdicts.values())
    assert found[True] >= SIZE // 2
    assert found[False] >= 3


def test_every_switch_is_on_somewhere() -> None:
    """In a hundredth of the cases at least, every kind of lock at least once."""
    on = Counter(name for n in range(BATCHES * SIZE) for name in switches_of(case_of(10_000 + n)))
    locks = {f"lock {rule} {kind}" for rule in RULES for kind in KINDS}
    assert {name: on[name] for name in SWITCHES if on[name] < (1 if name in locks else BATCHES * SIZE // 100)} == {}
