"""Goal coverage: coverage."""

from optimizer.goals.coverage.score import score
from optimizer.rules.base import Goal, Kept

GOAL = Goal(
    id="coverage",
    title="Coverage",
    statement=(
        "Demand covered week by week, level by level, weighted by country and capability; with scenarios "
        "weighed, its expected value mixed with its worst."
    ),
    maths=(
        "(1 − ω) Σ_s p_s C_s + ω min_s C_s; C_s = price Σ_{c,k,t} w_c w_k Σ_l v_l (min(supply, D_l) − "
        "min(supply, D_{l−1}))"
    ),
    kept=Kept.price,
    search=(
        "Every gain of points is added up area by area and week by week; of scenarios the expected "
        "share, the worst where whole plans are scored."
    ),
    score=score,
)
