"""The sheet in which a planner asks a plan questions, and where answers stand."""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT, UPGRADE
from optimizer.workbook.schema.kinds import Column, Sheet
from optimizer.workbook.schema.places import LOCK_SHEETS

WHY_NOT, WITHOUT = "why not", "what if not"
KINDS = (UNIT, EXERCISE, SET, DRAW, UPGRADE, DEMAND)

ASK = Sheet(
    "Ask",
    "a question of the plan",
    (
        Column("Ask", "choice", "Of what the plan does not do, or of what it does.", "ask", choices=(WHY_NOT, WITHOUT),
               default=WHY_NOT),
        Column("Kind", "choice", "What it is about: draw asks for a set to be used, demand for one to be met.", "kind",
               required=True, choices=KINDS),
        Column("Subject", "id", "Its id; of demand the country.", "subject", required=True,
               offers=tuple(LOCK_SHEETS.values())),
        Column("Place", "ref", "A site or a country.", "place", refs=("Sites", "Countries"), blank="anywhere"),
        Column("From", "date", "First day; of an exercise or upgrade: of its start.", "start", blank="at any time",
               week="first-touched"),
        Column("To", "date", "Last day.", "end", blank="one week", week="last-touched"),
        Column("Capability", "ref", "Of demand.", "capability", refs=("Capabilities",)),
        Column("Level", "ref", "Of demand: up to which level.", "level", refs=("Levels",)),
    ),
    key=("Kind", "Subject"),
    group="ask",
    help="Ask here, then: optimizer answer PLAN -o OUT. The answers stand beside the questions.",
)  # fmt: skip
FOUND, PROVEN, STAYS = "Costs at most (found)", "Costs at least (proven)", "Stays while (plans found)"
BLOCKS = "What blocks it as things stand"
ANSWERS = ("Understood as", "Answer", FOUND, PROVEN, "What gives way", "What blocks it", STAYS)


@dataclass(frozen=True)
class Listed:
    """A sheet of answers that the program draws: its name and the headings of its tables."""

    name: str
    columns: tuple[str, ...]


WHY = Listed("Why", ("Question", "Kind", "Subject", FOUND, PROVEN, "Answer", "What gives way",
                     BLOCKS, STAYS))  # fmt: skip
