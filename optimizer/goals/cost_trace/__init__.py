"""Goal cost-trace: trace of cost."""

from optimizer.goals.cost_trace.score import score
from optimizer.rules.base import Goal, Kept

GOAL = Goal(
    id="cost-trace",
    title="Trace of cost",
    statement="A small price on money spent, to prefer the cheaper of equal plans.",
    maths="− price Σ spend",
    kept=Kept.price,
    search="Each sum spent costs its trace.",
    score=score,
)
