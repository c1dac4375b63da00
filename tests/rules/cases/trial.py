"""What a conformance case is."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.domain import Case, Plan

Expected = tuple[int | None, tuple[str, ...], float]  # week, parties, size


@dataclass(frozen=True)
class Trial:
    """A case, a complete plan and exactly the breaches of one rule in it.

    ``considered`` is false where the plan contains something no engine ever weighs up (a mode
    not offered, a site that is no host): a reading may then have no such decision at all.
    """

    rule: str
    name: str
    case: Case
    plan: Plan
    expected: tuple[Expected, ...] = ()
    considered: bool = True
