"""Exercises with their participants, and purchases: start literals over hosts and weeks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from optimizer.domain import Case, Exercise, Need, Participant, Plan
from optimizer.domain.presence import rsoi_weeks
from optimizer.engines.cpsat.candidates import Candidates
from optimizer.engines.cpsat.logic import Lit, Logic
from optimizer.engines.cpsat.rotations import Post

Start = tuple[str, int]  # host site and week


@dataclass(eq=False)
class Part:
    """A possible participant. ``takes``: it takes part and the exercise starts so. ``visits``,
    for those from theatre: it does so during this post."""

    run: Held
    who: Participant
    on: Lit
    early: int  # weeks it arrives before the start when it comes from home
    takes: dict[Start, Lit]
    visits: dict[tuple[Post, Start], Lit] = field(default_factory=dict)


@dataclass(eq=False)
class Held:
    """An exercise that may be held, once; at most one of ``at`` holds."""

    exercise: Exercise
    at: dict[Start, Lit]
    parts: list[Part] = field(default_factory=list)

    @property
    def on(self) -> Lit:
        """1 if it is held: an expression."""
        return sum(self.at.values())


class Events:
    """Builds runs and purchases."""

    def __init__(self, case: Case, logic: Logic, candidates: Candidates):
        self.case, self.logic, self.candidates = case, logic, candidates
        self.runs: list[Held] = []
        for x in case.exercises:
            told = [r for r in candidates.plan.runs if r.exercise == x.id]
            copies = 1 if candidates.on("exercise-window") else max(1, len(told))
            self.runs.extend(self._run(x, k, Plan(runs=tuple(told[k : k + 1]))) for k in range(copies))
        self.purchases = {u.id: self._purchase(u.id) for u in case.upgrades}

    def _run(self, x: Exercise, k: int, told: Plan) -> Held:
        starts = dict.fromkeys(self.candidates.starts(x))
        if not self.candidates.on("exercise-window"):
            starts |= dict.fromkeys((r.site, r.start) for r in told.runs)
        run = Held(x, {at: self.logic.boolean(f"{x.id}.{k} {at}") for at in starts})
        self.logic.model.add_at_most_one(run.at.values())
        wanted = Counter(self.candidates.participants(x)) | Counter(p for r in told.runs for p in r.participants)
        for who, n in wanted.items():
            for _ in range(n):
                self._part(run, who, self.logic.boolean(f"{x.id} {who}"))
        return run

    def _part(self, run: Held, who: Participant, on: Lit) -> None:
        kind = self.case.element_type(who.element)
        early = 0 if who.mode is None else rsoi_weeks(self.case, kind, who.mode, who.set_id)
        takes = self.logic.share(on, run.at, f"{run.exercise.id} {who.element}")
        run.parts.append(Part(run, who, on, early, takes))

    def need(self, part: Part) -> Need | None:
        """The need the part is for; ``None`` if it is one of another exercise."""
        return next((n for n in part.run.exercise.needs if n.id == part.who.need), None)

    def _purchase(self, upgrade: str) -> dict[int, Lit]:
        u = self.case.upgrade[upgrade]
        weeks, before = set(range(self.case.weeks)), self.case.bought.get(upgrade)
        if before is not None and self.candidates.on("upgrades"):
            return {before: self.logic.boolean(f"{upgrade} {before}")}
        if self.candidates.on("upgrades"):
            weeks = {w for w in weeks if u.earliest <= w <= u.latest}
        else:
            weeks |= {b.start for b in self.candidates.plan.purchases if b.upgrade == upgrade}
        return {w: self.logic.boolean(f"{upgrade} {w}") for w in sorted(weeks)}
