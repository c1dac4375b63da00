"""What each rotation is worth: what the score would lose if it alone were taken out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from optimizer.domain import Case, Plan, Rotation
from optimizer.domain.ledger import ledger
from optimizer.goals import score_all
from optimizer.report.spending import money

MOST = 400  # rotations beyond which every one would be scored for too long


@dataclass(frozen=True)
class Worth:
    """``lost`` score points without the rotation, its own cost counted; ``cost`` money inside the plan."""

    lost: float
    cost: float

    @property
    def per_money(self) -> float | None:
        """Points lost per unit of money saved; ``None`` for one that costs nothing inside the plan."""
        return self.lost / self.cost if self.cost > 0 else None


def worths(case: Case, plan: Plan) -> dict[Rotation, Worth] | None:
    """By rotation; ``None`` for plans of more than ``MOST`` rotations.

    Everything else stays as it is: exercises count as held even without their participants, sets stay where they
    are, nobody takes the place. The worths of several rotations therefore do not add up.
    """
    if len(plan.rotations) > MOST:
        return None
    whole, paid = sum(score_all(case, plan).values()), costs(case, plan)
    out = {}
    for r in plan.rotations:
        less = replace(plan, rotations=tuple(x for x in plan.rotations if x is not r))
        out[r] = Worth(whole - sum(score_all(case, less).values()), paid[r])
    return out


def costs(case: Case, plan: Plan) -> dict[Rotation, float]:
    """What each rotation costs inside the plan, its way and its upkeep."""
    at = {(p.element, w): i for i, r in enumerate(plan.rotations) for p in r.postings
          for w in range(max(p.arrive, 0), min(max(p.depart, p.arrive + 1), case.weeks))}  # fmt: skip
    sums = [0] * len(plan.rotations)
    for entry in ledger(case, plan):
        if entry.kind in ("deploy", "stay"):
            sums[at[entry.subject, entry.week]] += entry.amount
    return {r: money(amount) for r, amount in zip(plan.rotations, sums, strict=True)}
