"""Exercise value on runs."""

from __future__ import annotations

from optimizer.rules.rows import Space, Terms


def objective(space: Space) -> tuple[Terms, float]:
    """The value of an exercise on each of its possible runs."""
    return {("run", x.id, s, w): x.value for x in space.case.exercises for s, w in space.runs[x.id]}, 0.0
