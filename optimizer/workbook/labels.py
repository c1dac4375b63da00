"""The words under which figures stand on the sheets of an answer: writers put them there, claims are found by them."""

from __future__ import annotations

from optimizer.report.spending import ALL

SUMMARY, CHECKS, RUN, PROOF = "Summary", "Checks", "Run", "Bound"
CLAIMING = (SUMMARY, CHECKS, RUN)  # sheets that state figures of the plan

# tiles of the Summary: a figure stands under its word
SCORE, PROVEN_BOUND, GAP, VERIFIED, SPENT = "Score", "Proven bound", "Gap", "Verified", "Spent"
# tables of the Summary
COVERAGE, ALL_COUNTRIES = "Coverage, % of demand", "All countries"
MONEY, ALL_LINES = "Money", ALL
# lines of Checks and Run: a figure stands beside its word
READDED, CLAIMED, UPPER = "Score, re-added", "Score the engine claims", "Proven upper bound"
REPROVED, UNPROVED = "Bound re-proved from the inputs", "Bound of the engine, not re-proved"
PROOF_TITLES = ("Leaf", "Kind", "Ids", "Numbers")  # columns of the Bound sheet, by which its proof is found again
BOUND = "Bound"
INPUT_HASH, CONTENT_HASH = "Content hash of inputs", "Content hash of inputs and plan"

# sheets of an answer that are neither inputs nor plans
ANSWERS = (
    SUMMARY,
    "Timeline by unit",
    "Timeline by site",
    "People",
    "Movements",
    "Load",
    "Coverage",
    "Supply",
    "Money",
    "Postings",
    "Shortfalls",
    "Hand-over",
    CHECKS,
    PROOF,
    RUN,
)
# every sheet that the program draws from the rest: stale after any edit, never a planner's own
DRAWN = frozenset((*ANSWERS, "Compare", "Rows", "Why", "Stress", "Worth", "Faults"))

_BESIDE = frozenset(
    (
        *("Country", "Element type", "People", "Ready from", "Weeks", "Weeks in plan", "Over standard", "Under way"),
        *("Worth", "Breaks", "Set type", "Drawn by", "Name", "Ends before", "Value", "Participants", "Brought in"),
        "Visitors in the field",
        *("Mandatory", "Exercise name", "Held at", "Starts", "Comes from", "Travel days", "Brought in on", "At site"),
        *("Usable from", "Adds places", "Adds hand-over places", "Adds slots", "Range then"),
        *("Flown in", "Flown in on"),  # of earlier versions
    )
)


def derived(heading: str) -> bool:
    """Whether a column of a plan sheet is one that the program draws beside it, computed from the row."""
    return heading in _BESIDE or heading.startswith(("Cost, ", "Worth per "))
