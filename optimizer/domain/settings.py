"""What the planner sets once for the whole case: time, prices, credits, switches."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from optimizer.quantities import Calendar

PAPER = {"paper": True}  # said on printed pages, no part of the planning question


@dataclass(frozen=True)
class Settings:
    """Names, horizon, switches and the prices of the objective (score points each)."""

    name: str
    calendar: Calendar
    release: int  # the week in which orders may first go out (usually negative)
    money_unit: str = "USD million"
    coverage_price: float = 1.0  # per weighted point-week
    floor_price: float = 0.05  # per person-week below a presence floor
    floor_hard: bool = False
    over_length_price: float = 2.0  # per unit-week beyond the standard length
    cost_price: float = 0.001  # trace: per whole unit of money
    worst_country_price: float = 0.0  # per percentage point of the least covered country
    worst_scenario_weight: int = 0  # milli: share of coverage judged by the worst scenario
    weigh_scenarios: bool = False
    set_credit: int = 150  # milli: worth of a stored, ready, undrawn set
    credit_present: int = 1000  # milli
    credit_bands: tuple[tuple[int, int], ...] = ((3000, 800), (10000, 500), (30000, 200))
    # (milli-days, milli-credit), ascending days
    transfer_limit: int = 100  # milli: share of a line's year that may move to other lines
    total_cap: int | None = None  # money, whole plan
    founding_act: bool = False
    founding_act_weeks: int = 52  # longest rotation of one unit while the switch is on
    turnaround: bool = False  # whoever left the theatre is brought in again only after the mode's lead weeks
    look_past_end: bool = False  # sets held over the end are judged past it
    replan: bool = False
    frozen_weeks: int = 0
    change_price: float = 0.0  # per element-week or set-week that differs from the last plan
    least_gain: int = 5  # milli: share of its score for which a plan that still holds is changed
    change_gain: int = 50  # milli: share of an element-week's worth that a changed one has to gain
    change_price_event: float = 0.0  # per exercise or upgrade that differs from the last plan
    line_rotation: str = "presence"
    line_exercise: str = "exercises"
    line_set: str = "prepositioning"
    line_upgrade: str = "infrastructure"
    effort: str = "standard"
    seed: int = 1
    marking: str | None = field(default=None, metadata=PAPER)
    as_of: date | None = field(default=None, metadata=PAPER)
    prepared: str | None = field(default=None, metadata=PAPER)
    approved: str | None = field(default=None, metadata=PAPER)
    last_name: str | None = field(default=None, metadata=PAPER)  # what the last plan is called
