"""Rule turnaround: time to be brought in again."""

from optimizer.rules.base import Kept, Rule
from optimizer.rules.turnaround.check import check

RULE = Rule(
    id="turnaround",
    title="Time to be brought in again",
    statement=(
        "With the switch on, an element that left the theatre, at the end of a rotation or of a deployment "
        "for an exercise, is brought in from home again no sooner than the lead weeks of its mode later."
    ),
    maths="a' ≥ d + lead(type(e), m') for successive postings and deployments [a, d), [a', d') of e by modes m, m'",
    source="Units that ship home need as long to come back as any other: lead times in the Unit types sheet",
    kept=Kept.construction,
    search=(
        "Nobody is brought in before the lead weeks since it last left are over, nor stays in theatre so long that it "
        "could not be brought in again as it is planned to be."
    ),
    check=check,
)
