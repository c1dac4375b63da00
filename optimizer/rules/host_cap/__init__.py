"""Rule host-cap: caps of host countries."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.host_cap.check import check

RULE = Rule(
    id="host-cap",
    title="Caps of host countries",
    statement=(
        "In no week are more people in a country than its caps allow; with the founding-act switch on, "
        "neither more brigade-equivalents, nor is a rotation longer than the stated weeks."
    ),
    maths=(
        "∀c,t: Σ settled ≤ cap; Σ all ≤ hand-over cap; switch on: Σ brigades ≤ brigade cap, d − a ≤ founding-act weeks"
    ),
    source=("Host-nation access agreements; NATO-Russia Founding Act of 1997 read as a policy switch (public record)"),
    kept=Kept.capacity,
    search=("People and brigades are counted by country and week, and nobody is housed beyond the room that is left."),
    check=check,
)
