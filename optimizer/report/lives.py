"""What each element does in a plan."""

from __future__ import annotations

from dataclasses import dataclass, field

from optimizer.domain import Case, Plan, Posting, Run
from optimizer.domain.presence import Deployment, deployments


@dataclass
class Life:
    """What one element does in a plan."""

    postings: list[Posting] = field(default_factory=list)
    flown: list[Deployment] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def weeks(self, case: Case) -> int:
        """Weeks on rotation inside the plan."""
        return sum(max(0, min(p.depart, case.weeks) - max(p.arrive, 0)) for p in self.postings)


def lives_of(case: Case, plan: Plan) -> dict[str, Life]:
    """By element, its postings, exercise deployments and exercises."""
    lives: dict[str, Life] = {}
    for r in plan.rotations:
        for p in r.postings:
            lives.setdefault(p.element, Life()).postings.append(p)
    for d in deployments(case, plan):
        lives.setdefault(d.element, Life()).flown.append(d)
    for run in plan.runs:
        for who in run.participants:
            lives.setdefault(who.element, Life()).runs.append(run)
    return lives
