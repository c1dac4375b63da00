"""Rule set-custody: custody of sets."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.set_custody.check import check

RULE = Rule(
    id="set-custody",
    title="Custody of sets",
    statement=(
        "A set is held by at most one element at a time, of the type it equips, where it stands, from "
        "draw through departure plus reset, outside maintenance and once it is available."
    ),
    maths=(
        "∀q,t: |{holds [aₑ, dₑ + reset) over t}| ≤ 1; set type(e) = type(q); place(q, t) = site(e); "
        "¬maintenance(q, t); aₑ ≥ available(q)"
    ),
    source="Prepositioned stock is issued, returned and reset before the next issue (public record)",
    kept=Kept.construction,
    search=(
        "A set is drawn only in weeks in which it stands at the site, free of holders, resets and maintenance, from "
        "the week that history leaves it free on; past the end for no longer than it may stand there."
    ),
    check=check,
)
