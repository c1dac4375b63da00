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

    def weeks_brought(self, case: Case) -> int:
        """Weeks inside the plan for which it was brought in for exercises, those of arriving included."""
        return sum(max(0, min(d.depart, case.weeks) - max(d.arrive, 0)) for d in self.flown)

    def weeks_exercising(self, case: Case) -> int:
        """Weeks of exercises it takes part in."""
        return sum(case.exercise[x.exercise].weeks for x in self.runs)

    def sites(self) -> tuple[str, ...]:
        """Where it is, on rotation and for exercises, each once, in the order of time."""
        seen = [(p.arrive, p.site) for p in self.postings] + [(x.start, x.site) for x in self.runs]
        return tuple(dict.fromkeys(site for _, site in sorted(seen)))


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
