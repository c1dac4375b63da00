"""Rule exercise-window: windows of exercises."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.exercise_window.check import check

RULE = Rule(
    id="exercise-window",
    title="Windows of exercises",
    statement=(
        "An exercise is held at most once, at one of its hosts, inside its start window and the plan, "
        "while the host's range is open; exercises of one group keep their spacing and mandatory ones are"
        " held."
    ),
    maths=(
        "max(earliest, 0) ≤ w ≤ min(latest, T − weeks); no range closure over [w, w + weeks); w' − (w + "
        "weeks) ≥ max(spacing, spacing') in a group; mandatory ⇒ held"
    ),
    source="Fixed national windows and black-outs of host ranges (public record)",
    kept=Kept.construction,
    search=(
        "Exercises start only in the weeks of rosters.start_weeks at hosts whose range is open, apart from their group."
    ),
    check=check,
)
