"""What the planner typed (``Case``) and what was decided (``Plan``): frozen, typed, solver-free."""

from optimizer.domain.case import Case
from optimizer.domain.exercises import Exercise, Host, Need
from optimizer.domain.forces import Element, Holding, Mode, PrepoSet, Unit, UnitType, Window
from optimizer.domain.places import Closure, Country, Leg, Reach, Site, Upgrade
from optimizer.domain.plan import (
    EMPTY_PLAN,
    Maintenance,
    Participant,
    Plan,
    Posting,
    Purchase,
    Rotation,
    Run,
    Stay,
)
from optimizer.domain.settings import Settings
from optimizer.domain.wants import Budget, Capability, Demand, Level, Lock, Scenario

__all__ = [
    "EMPTY_PLAN",
    "Budget",
    "Capability",
    "Case",
    "Closure",
    "Country",
    "Demand",
    "Element",
    "Exercise",
    "Holding",
    "Host",
    "Leg",
    "Level",
    "Lock",
    "Maintenance",
    "Mode",
    "Need",
    "Participant",
    "Plan",
    "Posting",
    "PrepoSet",
    "Purchase",
    "Reach",
    "Rotation",
    "Run",
    "Scenario",
    "Settings",
    "Site",
    "Stay",
    "Unit",
    "UnitType",
    "Upgrade",
    "Window",
]
