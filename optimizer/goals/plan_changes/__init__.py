"""Goal plan-changes: changes against the last plan."""

from optimizer.goals.plan_changes.score import score
from optimizer.rules.base import Goal, Kept

GOAL = Goal(
    id="plan-changes",
    title="Changes against the last plan",
    statement=(
        "When replanning, a price for each element-week or set-week at another place than in the last "
        "plan and for each exercise or upgrade placed or timed differently."
    ),
    maths=("− price |{(x, t): site(x, t) ≠ last site(x, t)}| − event price |{i: (host, start) ≠ last (host, start)}|"),
    kept=Kept.price,
    search="Each week or event as in the last plan brings what a change would cost.",
    score=score,
)
