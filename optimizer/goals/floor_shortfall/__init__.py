"""Goal floor-shortfall: presence below floors."""

from optimizer.goals.floor_shortfall.score import score
from optimizer.rules.base import Goal, Kept

GOAL = Goal(
    id="floor-shortfall",
    title="Presence below floors",
    statement="A price for each person-week below a country's presence floor.",
    maths="− price Σ_{c,t} max(0, floor(c) − people(c, t))",
    kept=Kept.price,
    search="People missing by country and week cost their price as people come and go.",
    score=score,
)
