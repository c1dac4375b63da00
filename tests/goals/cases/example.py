"""What a worked example of a term of the score is."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.domain import Case, Plan


@dataclass(frozen=True)
class Example:
    """A case, a complete plan and the signed contribution of one goal to its score."""

    goal: str
    name: str
    case: Case
    plan: Plan
    score: float
