"""A case as a model: definitions, every rule, every goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from optimizer.domain import Case, Plan
from optimizer.engines.linear import structure
from optimizer.engines.linear.encode import encode, strangers
from optimizer.engines.linear.model import Model
from optimizer.engines.linear.stopping import Stop
from optimizer.engines.linear.universe import admitted, filters, universe
from optimizer.goals import GOALS
from optimizer.goals import reading as goal_reading
from optimizer.rosters import lenient
from optimizer.rules import RULES, reading
from optimizer.rules.rows import Space


def _never() -> bool:
    return False


def model_of(case: Case, stop: Stop = _never) -> Model:
    """The whole problem. Building asks ``stop`` all the time and raises ``Stopped`` once it says so."""
    return _filled(Model(universe(case, stop), stop=stop), RULES, GOALS)


def rules_of(case: Case, stop: Stop = _never) -> Model:
    """The question alone whether any plan holds the rules: no goal, every answer as good."""
    return _filled(Model(universe(case, stop), stop=stop), RULES, ())


def row_counts(case: Case) -> dict[str, int]:
    """How many rows each rule has in the model of the case; filters leave none."""
    counted = Counter(model_of(case).owner)
    return {rule: counted[rule] for rule in RULES}


def model_of_plan(case: Case, plan: Plan, rules: Iterable[str] = (), goals: Iterable[str] = ()) -> Model | None:
    """A model with the plan fixed and only some rules and goals posted.

    ``None`` if the plan holds a decision that one of the rules does not even admit. It has a
    solution exactly if the plan holds the rules, and its best score is the plan's.
    """
    active, easy = frozenset(rules), lenient(case, plan)
    values = encode(plan)
    values |= dict.fromkeys(strangers(plan, {e.id: e.unit for e in case.elements}), 1.0)
    by = filters(active)
    if not all(admitted(case, key, by) for key in values):
        return None
    departs = [d for r in plan.rotations for d in (r.depart, *(p.depart for p in r.postings))]
    until = max([case.weeks, *departs]) + 1
    keys = [key for key in values if key[0] != "at"]
    model = Model(Space(easy, keys, active, until, made_of_plan=True))
    model.fix(values)
    return _filled(model, active, goals)


def _filled(model: Model, rules: Iterable[str], goals: Iterable[str]) -> Model:
    model.post("definition", structure.rows(model.space))
    for rule in rules:
        rows = getattr(reading(rule, "linear"), "rows", None)
        if rows is not None:
            model.post(rule, rows(model.space))
    rooms = {goal: goal_reading(goal, "linear") for goal in goals}
    wanted = dict.fromkeys(base for g, room in rooms.items() for base in (*getattr(room, "BUILDS_ON", ()), g))
    for goal in wanted:
        room = goal_reading(goal, "linear")
        if hasattr(room, "rows"):
            model.post(goal, room.rows(model.space))
    for room in rooms.values():
        model.reward(*room.objective(model.space))
    return model
