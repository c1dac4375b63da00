"""Rule budget: money."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.budget.check import check

RULE = Rule(
    id="budget",
    title="Money",
    statement=(
        "Spend on each line stays within its money of the fiscal year, up to the transfer limit between "
        "lines, within quarter ceilings and the total cap, and within the rate of a continuing "
        "resolution."
    ),
    maths=(
        "∀ year: ∃ 0 ≤ outₗ ≤ τBₗ, inₗ ≥ 0, Σin = Σout: sₗ ≤ Bₗ + inₗ − outₗ; ∀ quarter: sₗ ≤ ceiling; Σs"
        " ≤ total cap; resolution: no purchase in [0, n), sₗ ≤ r Lₗ n / 52"
    ),
    source=(
        "One-year appropriations by line, quarterly apportionment, transfer limits, continuing "
        "resolutions (public record)"
    ),
    kept=Kept.capacity,
    search=(
        "Spend is counted by line and week, and nothing is added that lines, transfers, quarters, the total cap (each "
        "times the smallest factor of the scenarios) or any of the resolutions cannot pay."
    ),
    check=check,
)
