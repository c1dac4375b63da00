"""The plan sheets: what an output writes and the next input reads."""

from __future__ import annotations

from optimizer.domain.forces import MODES
from optimizer.workbook.schema.kinds import Column, Sheet

ACTIVITIES = ("stored", "maintenance")
KEEPS = ("must", "forbid")
PLAN, LAST = "Plan", "Last"
_WEEK_AFTER = "Monday of the first week no longer included."


def _lock(what: str) -> Column:
    return Column("Lock", "choice", f"For the next plan: must or forbid {what}.", choices=KEEPS, blank="free")


def _forces(prefix: str) -> tuple[Sheet, ...]:
    """What units and sets do."""
    group = prefix.lower()
    return (
        Sheet(
            f"{prefix} rotations",
            "one element's posting in a rotation",
            (
                Column("Rotation", "id", "Joins the postings of one rotation.", required=True),
                Column("Unit", "ref", "The unit.", "unit", required=True, refs=("Units",)),
                Column("Element", "ref", "The element.", "element", required=True, refs=("Elements",)),
                Column("Site", "ref", "Where it is based.", "site", required=True, refs=("Sites",)),
                Column("Mode", "choice", "How it came.", "mode", required=True, choices=MODES),
                Column("Set", "ref", "The set it drew.", "set_id", refs=("Sets",), blank="none"),
                Column("Arrive", "date", "Monday of its first week.", "arrive", required=True, week="monday"),
                Column("Depart", "date", _WEEK_AFTER, "depart", required=True, week="monday"),
                _lock("this element at this site in these weeks"),
            ),
            key=("Rotation", "Element"),
            group=group,
            help="The rotation lasts from the earliest arrival to the latest departure of its rows.",
        ),
        Sheet(
            f"{prefix} sets",
            "a time in which a set stands somewhere, or is in maintenance",
            (
                Column("Set", "ref", "The set.", "set_id", required=True, refs=("Sets",)),
                Column("Activity", "choice", "stored or maintenance.", required=True, choices=ACTIVITIES),
                Column("Site", "ref", "Where.", "site", refs=("Sites",), blank="where it stands"),
                Column("From", "date", "Monday of its first week.", "start", required=True, week="monday"),
                Column("Until", "date", _WEEK_AFTER, "end", required=True, week="monday"),
                _lock("the set at this site in these weeks"),
            ),
            key=("Set", "Activity", "From"),
            group=group,
        ),
    )


def _events(prefix: str) -> tuple[Sheet, ...]:
    """Exercises with those who take part, and purchases."""
    group = prefix.lower()
    return (
        Sheet(
            f"{prefix} exercises",
            "an exercise that is held",
            (
                Column("Exercise", "ref", "The exercise.", "exercise", required=True, refs=("Exercises",)),
                Column("Site", "ref", "The host site.", "site", required=True, refs=("Sites",)),
                Column("Start", "date", "Monday of its first week.", "start", required=True, week="monday"),
                _lock("this exercise there in that week"),
            ),
            key=("Exercise",),
            group=group,
        ),
        Sheet(
            f"{prefix} participants",
            "an element that serves a need of an exercise",
            (
                Column("Exercise", "ref", "The exercise.", "exercise", required=True, refs=(f"{prefix} exercises",)),
                Column("Need", "id", "The need, as in Exercise needs.", "need", required=True),
                Column("Element", "ref", "The element.", "element", required=True, refs=("Elements",)),
                Column("Mode", "choice", "How it is brought in.", "mode", choices=MODES, blank="already in theatre"),
                Column("Set", "ref", "The set it draws.", "set_id", refs=("Sets",), blank="none"),
                _lock("that the element takes part"),
            ),
            key=("Exercise", "Need", "Element"),
            group=group,
        ),
        Sheet(
            f"{prefix} upgrades",
            "an upgrade that is bought",
            (
                Column("Upgrade", "ref", "The upgrade.", "upgrade", required=True, refs=("Upgrades",)),
                Column("Start", "date", "Monday of the week building starts.", "start", required=True, week="monday"),
                _lock("buying it in that week"),
            ),
            key=("Upgrade",),
            group=group,
        ),
    )


PLAN_SHEETS = _forces(PLAN) + _events(PLAN)
LAST_SHEETS = _forces(LAST) + _events(LAST)
