"""Goal worst-country: worst country."""

from optimizer.goals.worst_country.score import score
from optimizer.rules.base import Goal, Kept

GOAL = Goal(
    id="worst-country",
    title="Worst country",
    statement="A price per percentage point of full demand covered in the least covered country.",
    maths="price × 100 × min_c value(c) / full value(c) over countries with demand, as planned",
    kept=Kept.price,
    search="The least share is computed where whole plans are scored.",
    score=score,
)
