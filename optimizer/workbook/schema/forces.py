"""Sheets about what can be sent: types, units, elements, sets, exercises.

In one file, for it is one table of data: their columns refer to each other.
"""

from __future__ import annotations

from optimizer.domain.exercises import ORIGINS
from optimizer.domain.forces import MODES, MOVEMENTS
from optimizer.domain.places import ECHELONS
from optimizer.workbook.schema.kinds import Column, Sheet

MODE_WORDS = {m: m.capitalize() for m in MODES}  # the word a mode's columns begin with
_TERMS = {
    "sea": "by sea with its own equipment",
    "air": "by air, light or with its own",
    "set": "falling in on a prepositioned set",
}


def _terms(mode: str) -> tuple[Column, ...]:
    word, how = MODE_WORDS[mode], _TERMS[mode]
    return (
        Column(
            f"{word} lead",
            "int",
            f"Weeks from order to arrival {how}.",
            f"{mode}.lead_weeks",
            "weeks",
            blank="mode not offered",
            low=0,
            usual=78,
        ),
        Column(
            f"{word} RSOI",
            "int",
            "Weeks from arrival until it counts (reception, staging, onward movement, integration).",
            f"{mode}.rsoi_weeks",
            "weeks",
            default="0",
            low=0,
            usual=12,
        ),
        Column(f"{word} cost", "money", "Cost there and back.", f"{mode}.cost", "money", default="0", low=0),
    )


UNIT_TYPES = Sheet(
    "Unit types",
    "a kind of unit or element",
    (
        Column("Type", "id", "Short name.", "id", required=True),
        Column("Name", "text", "Full name.", "name", blank="the id"),
        Column("Echelon", "choice", "Its size.", "echelon", default="company", choices=ECHELONS),
        Column(
            "Main capability",
            "ref",
            "The capability it serves in exercises.",
            "main_capability",
            required=True,
            refs=("Capabilities",),
        ),
        Column("Movement", "choice", "How it moves by land.", "movement", default="wheeled", choices=MOVEMENTS),
        Column("People", "int", "People in it.", "people", "people", required=True, low=0, usual=8_000),
        Column("Brigades", "decimal", "Brigade-equivalents.", "brigades", "brigades", default="0", low=0, usual=2),
        Column(
            "Points {}",
            "decimal",
            "Points of this capability when ready.",
            unit="points",
            default="0",
            low=0,
            usual=50,
            family="Capabilities",
        ),
        *(c for m in MODES for c in _terms(m)),
        Column("Set type", "id", "The type of set it can fall in on.", "set_type", blank="none"),
        Column("Week cost", "money", "Upkeep per week deployed.", "week_cost", "money", default="0", low=0),
        Column("Shortest rotation", "int", "Least weeks of a rotation.", "rotation_min", "weeks", required=True, low=1),
        Column("Standard rotation", "int", "Usual weeks; longer has a price.", "rotation_std", "weeks", required=True),
        Column(
            "Longest rotation", "int", "Most weeks of a rotation.", "rotation_max", "weeks", required=True, usual=104
        ),
        Column(
            "Dwell ratio",
            "decimal",
            "Weeks at home per week deployed.",
            "dwell_ratio",
            "ratio",
            default="2",
            low=0,
            usual=5,
        ),
        Column(
            "Exercise load",
            "decimal",
            "Most of its weeks on rotation that an element may spend in exercises.",
            "exercise_load",
            "0 to 1",
            blank="no limit",
            low=0,
            high=1,
        ),
        Column(
            "Stagger",
            "int",
            "Weeks by which its elements may arrive later or leave earlier than the unit.",
            "stagger",
            "weeks",
            default="0",
            low=0,
        ),
    ),
    key=("Type",),
    example="ARM_COY | Armored company | company | armor | heavy | 120 | 0.1 | 1 "
    "| 8 | 2 | 3 | | | | 4 | 1 | 1.2 | ARM_COY_SET | 0.1 | 12 | 39 | 48 | 1 | | 0",
    required=True,
    may_be_empty=True,
    help="A unit's own type gives its rotation lengths, dwell and stagger; its elements' types give points, people, "
    "modes and costs. May be without rows where sets alone are planned.",
)

UNITS = Sheet(
    "Units",
    "what is ordered to deploy",
    (
        Column("Unit", "id", "Short name.", "id", required=True),
        Column("Name", "text", "Full name.", "name", blank="the id"),
        Column("Type", "ref", "Its type.", "type", required=True, refs=("Unit types",)),
        Column("Home", "text", "Where it lives.", "home", blank="home"),
        Column(
            "Last return",
            "date",
            "Day it came home from its last rotation.",
            "last_return",
            blank="by the last plan, else no rotation to rest from",
            week="first-whole",
        ),
        Column("Last length", "int", "Weeks of that rotation.", "last_weeks", "weeks", default="0", low=0, usual=104),
    ),
    key=("Unit",),
    example="A-1-68AR | A Company, 1-68 Armor | ARM_COY | Fort Carson | 2016-12-16 | 26",
    required=True,
    may_be_empty=True,
    help="May be without rows where sets alone are planned.",
)

ELEMENTS = Sheet(
    "Elements",
    "a part of a unit that can be based apart",
    (
        Column("Element", "id", "Short name.", "id", required=True),
        Column("Unit", "ref", "The unit it belongs to.", "unit", required=True, refs=("Units",)),
        Column(
            "Type",
            "ref",
            "Its own type, which gives its points, people, modes and costs.",
            "type",
            required=True,
            refs=("Unit types",),
        ),
        Column("Optional", "bool", "Yes: it may stay home.", "optional", default="no"),
    ),
    key=("Element",),
    example="A-1-68AR-TM | A-1-68AR | ARM_COY | no",
    help="A unit without rows is one element with the unit's id and type.",
)

AVAILABILITY = Sheet(
    "Availability",
    "a time in which a unit may be away",
    (
        Column("Unit", "ref", "The unit.", "unit", required=True, refs=("Units",)),
        Column("From", "date", "First day.", "start", blank="the plan's start", week="first-whole"),
        Column("To", "date", "Last day.", "end", blank="a year beyond the plan", week="last-whole"),
    ),
    key=("Unit", "From"),
    example="A-1-68AR | 2017-10-02 | 2018-12-30",
    help="A unit without rows is available throughout the plan and a year (52 weeks) beyond.",
)

SETS = Sheet(
    "Sets",
    "a prepositioned set of equipment",
    (
        Column("Set", "id", "Short name.", "id", required=True),
        Column("Name", "text", "Full name.", "name", blank="the id"),
        Column("Set type", "id", "Whom it equips: the set type of a unit type.", "set_type", required=True),
        Column(
            "Worth like",
            "ref",
            "Stored, it is worth the points of this unit type.",
            refs=("Unit types",),
            blank="as the Worth columns say",
        ),
        Column("Share", "decimal", "Share of those points.", unit="share", default="1", low=0, usual=1),
        Column(
            "Worth {}",
            "decimal",
            "Points of this capability while stored, in place of Worth like.",
            unit="points",
            blank="as Worth like says, else 0",
            low=0,
            family="Capabilities",
        ),
        Column("Slots", "decimal", "Room it takes.", "slots", "slots", default="1", low=0, usual=20),
        Column("Start site", "ref", "Where it stands first.", "start_site", refs=("Sites",), blank="the plan chooses"),
        Column("Available", "date", "Day it is there.", "available", blank="the plan's start", week="first-whole"),
        Column("Draw weeks", "int", "Weeks to draw it.", "draw_weeks", "weeks", default="1", low=0, usual=12),
        Column(
            "Reset weeks", "int", "Weeks to reset it after use.", "reset_weeks", "weeks", default="0", low=0, usual=52
        ),
        Column(
            "Maintenance every", "int", "Most weeks between blocks; 0 = none.", "interval", "weeks", default="0", low=0
        ),
        Column("Maintenance weeks", "int", "Length of a block.", "maintenance_weeks", "weeks", default="0", low=0),
        Column(
            "Last maintenance",
            "date",
            "Day its last block ended.",
            "last_maintenance",
            blank="by the last plan, else the plan's start, or when it is available if later",
            week="start",
        ),
        Column("Week cost", "money", "Upkeep per week.", "week_cost", "money", default="0", low=0),
        Column("Move cost", "money", "Cost of each move.", "move_cost", "money", default="0", low=0),
    ),
    key=("Set",),
    example="APS_TAPA | Company set at Tapa | ARM_COY_SET | ARM_COY | 1 | "
    "| 1 | EE_TAPA | 2017-10-02 | 1 | 2 | 52 | 4 | 2017-08-07 | 0.02 | 0.5",
)

SET_HOLDINGS = Sheet(
    "Set holdings",
    "where a set may stand, and when",
    (
        Column("Set", "ref", "The set.", "set_id", required=True, refs=("Sets",)),
        Column("Site", "ref", "Where it may stand.", "site", required=True, refs=("Sites",)),
        Column("From", "date", "First day.", "start", blank="the plan's start", week="first-whole"),
        Column("To", "date", "Last day.", "end", blank="the plan's end", week="last-whole"),
    ),
    key=("Set", "Site", "From"),
    example="APS_TAPA | EE_TAPA | 2017-10-02 | 2018-09-30",
    help="A set without rows may stand at any site with slots enough.",
)

EXERCISES = Sheet(
    "Exercises",
    "an exercise that may be held once",
    (
        Column("Exercise", "id", "Short name.", "id", required=True),
        Column("Name", "text", "Full name.", "name", blank="the id"),
        Column("Earliest start", "date", "First start.", "earliest", blank="the plan's start", week="start"),
        Column("Latest start", "date", "Last start.", "latest", blank="as late as it fits", week="start"),
        Column("Weeks", "int", "How long it lasts.", "weeks", "weeks", required=True, low=1, usual=26),
        Column("Echelon", "choice", "What its range must support.", "echelon", default="none", choices=ECHELONS),
        Column("Value", "price", "Score if it is held.", "value", "score", default="0"),
        Column("Cost", "money", "Fixed cost.", "cost", "money", default="0", low=0),
        Column("Mandatory", "bool", "Yes: it must be held.", "mandatory", default="no"),
        Column("Group", "id", "Name of a group; exercises of one group keep apart.", "group", blank="none"),
        Column("Spacing", "int", "Weeks between those of a group.", "spacing", "weeks", default="0", low=0),
        Column("Every", "int", "Years from one to the next.", "every", "years", blank="held once", low=1, usual=6),
        Column("Last held", "date", "Day it last began.", "last_held", blank="not known", week="start"),
    ),
    key=("Exercise",),
    example="SPRING_STORM | Spring Storm | 2018-05-07 | 2018-05-21 | 2 | company | 10 | 0.5 | no | SPRING | 2 "
    "| 1 | 2017-05-08",
)

EXERCISE_HOSTS = Sheet(
    "Exercise hosts",
    "a site at which an exercise may be held",
    (
        Column("Exercise", "ref", "The exercise.", "exercise", required=True, refs=("Exercises",)),
        Column("Site", "ref", "The host site.", "site", required=True, refs=("Sites",)),
        Column("Cost", "money", "Extra cost there.", "cost", "money", default="0", low=0),
    ),
    key=("Exercise", "Site"),
    example="SPRING_STORM | EE_TAPA | 0.1",
)

EXERCISE_NEEDS = Sheet(
    "Exercise needs",
    "who must take part",
    (
        Column("Exercise", "ref", "The exercise.", "exercise", required=True, refs=("Exercises",)),
        Column("Need", "id", "Short name within the exercise.", "id", required=True),
        Column(
            "What",
            "ref",
            "A unit type, or a capability: any element with it as main capability.",
            "what",
            required=True,
            refs=("Unit types", "Capabilities"),
        ),
        Column("Count", "int", "Elements needed.", "count", "elements", default="1", low=1, usual=50),
        Column("Origin", "choice", "Where they come from.", "origin", default="either", choices=ORIGINS),
        Column(
            "Max days",
            "decimal",
            "Most travel days from their base, for those in theatre.",
            "max_days",
            "days",
            blank="any distance",
            low=0,
            usual=60,
        ),
    ),
    key=("Exercise", "Need"),
    example="SPRING_STORM | tanks | armor | 1 | either | 5",
)
