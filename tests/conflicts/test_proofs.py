"""Whatever is called impossible is so for the linear program too, which knows none of this; and little is missed."""

from __future__ import annotations

from dataclasses import replace

from optimizer.conflicts import conflicts
from optimizer.domain.outcome import Options
from optimizer.engines import linear
from tests.agreement.generator import generated
from tests.conflicts.chance import locked

CASES = 120


def test_no_conflict_is_invented_and_few_are_missed() -> None:
    """Random lines on tiny random cases. Of the cases that lines alone make impossible six in seven are named
    (the rest need money or a seat of somebody else), and both kinds are there in number."""
    possible, named, missed = 0, 0, 0
    for seed in range(CASES):
        c = locked(seed)
        found = conflicts(c)
        holds = linear.feasible(c, Options(workers=1))
        assert holds is not None
        assert not (holds and found), f"seed {seed}: {found}"
        if holds:
            possible += 1
        elif linear.feasible(replace(c, locks=()), Options(workers=1)):
            named, missed = named + bool(found), missed + (not found)
    for seed in range(CASES):  # every switch of the model on somewhere
        c = generated(seed)
        assert not (conflicts(c) and linear.feasible(c, Options(workers=1))), f"seed {seed}"
    assert possible > CASES // 4
    assert named > CASES // 4
    assert named >= 5 * missed


def test_every_row_of_a_reason_is_needed() -> None:
    """Taking any line that is named away ends that reason: it is never told again with the rest of its rows."""
    tried = 0
    for seed in range(60):
        c = locked(seed)
        for reason in conflicts(c):
            for row in (p for p in reason.rows if p.sheet == "Locks"):
                rest = conflicts(replace(c, locks=tuple(k for k in c.locks if k.id != row.key)))
                assert not any(set(r.rows) <= set(reason.rows) - {row} and r.parties == reason.parties for r in rest)
                tried += 1
    assert tried > 30
