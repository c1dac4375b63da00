"""The decision space of one model: everything a rule or a goal may speak about.

It holds rotations, sets, exercises and purchases and answers what they mean in a week. Its
own constraints say only what the decisions are (see docs/model.md, Decisions); which of
them are allowed is for the rules' ``post`` functions.

In one file, for it is the one page of what the cp readings of rules and goals may ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from math import floor, log10
from typing import Any

from optimizer.domain import Case, Plan
from optimizer.domain.beyond import held_until
from optimizer.engines.cpsat.candidates import Candidates
from optimizer.engines.cpsat.events import Events, Held, Part, Start
from optimizer.engines.cpsat.logic import Lit, Logic
from optimizer.engines.cpsat.money import entries
from optimizer.engines.cpsat.rotations import Post, Rotations, Slot
from optimizer.engines.cpsat.sets import Block, Life, Sets
from optimizer.engines.cpsat.weekly import Weekly
from optimizer.rosters import lenient


class Space:
    """Decisions over a CP-SAT model.

    ``rules``: those that will be posted (they tighten the domains); ``told``: a plan the
    space must be able to represent.
    """

    def __init__(
        self,
        case: Case,
        model: Any,
        rules: frozenset[str],
        told: Plan | None = None,
        stop: Callable[[], bool] = lambda: False,
    ):
        told = told or Plan()
        self.offered = case.types  # before any leniency towards the plan told
        self.case = lenient(case, told)
        self.model, self.logic = model, Logic(model, stop)
        self.candidates = Candidates(self.case, rules, told)
        rotations = Rotations(self.case, self.logic, self.candidates)
        self.end = rotations.end
        self.slots_of: dict[str, list[Slot]] = rotations.slots
        self.weekly = Weekly(self.logic)
        events = Events(self.case, self.logic, self.candidates)
        self.runs: list[Held] = events.runs
        self.purchases: dict[str, dict[int, Lit]] = events.purchases
        sets = Sets(self.case, self.logic, self.candidates)
        self.lives: dict[str, Life] = sets.lives
        self.blocks: dict[str, list[Block]] = sets.blocks
        self.memo: dict[Any, Any] = {}
        self._visits()

    @property
    def weeks(self) -> range:
        return range(self.case.weeks)

    @cached_property
    def slots(self) -> list[Slot]:
        return [s for slots in self.slots_of.values() for s in slots]

    @cached_property
    def posts(self) -> list[Post]:
        return [p for s in self.slots for p in s.posts]

    @cached_property
    def posts_of(self) -> dict[str, list[Post]]:
        found: dict[str, list[Post]] = {e.id: [] for e in self.case.elements}
        for p in self.posts:
            found[p.element].append(p)
        return found

    @cached_property
    def parts(self) -> list[Part]:
        return [p for run in self.runs for p in run.parts]

    @cached_property
    def parts_of(self) -> dict[str, list[Part]]:
        found: dict[str, list[Part]] = {e.id: [] for e in self.case.elements}
        for p in self.parts:
            found[p.who.element].append(p)
        return found

    def _visits(self) -> None:
        """Those from theatre take part during one posting for which they are ready throughout."""
        for part in self.parts:
            if part.who.mode is not None:
                continue
            weeks = part.run.exercise.weeks
            for at, take in part.takes.items():
                visits = {}
                for p in self.posts_of[part.who.element]:
                    throughout = [self.weekly.ready(p, t) for t in range(at[1], at[1] + weeks) if t in self.weeks]
                    if any(isinstance(x, int) and not x for x in (take, *throughout)):
                        continue
                    if all(isinstance(x, int) for x in throughout) and len(self.posts_of[part.who.element]) == 1:
                        visits[p] = take
                        continue
                    visits[p] = self.logic.boolean(f"{part.run.exercise.id} {p.element} {at}")
                    for x in (take, *throughout):
                        self.model.add_implication(visits[p], x)
                self.model.add(sum(visits.values()) <= take)
                part.visits |= {(p, at): x for p, x in visits.items()}

    def length(self, p: Post) -> Any:
        """Weeks from arrival to departure of a post, 0 if it is absent."""
        if isinstance(p.arrive, int) and isinstance(p.depart, int):
            return p.depart - p.arrive
        key = ("length", id(p))
        if key not in self.memo:
            self.memo[key] = self.model.new_int_var(
                0, self.end - min(self.logic.domain(p.arrive)), f"{p.element} weeks"
            )
            self.model.add(self.memo[key] == p.depart - p.arrive)
        return self.memo[key]

    # -- who is where ---------------------------------------------------------------------

    def away(self, part: Part, t: int) -> Lit:
        """Whether a deployment from home is in theatre in week ``t``: an expression."""
        weeks = part.run.exercise.weeks
        return sum(x for (_, w), x in part.takes.items() if w - part.early <= t < w + weeks)

    def located(self, p: Post, t: int, late: int = 0, lost: frozenset[str] = frozenset()) -> dict[str, Lit]:
        """Where the post's element counts in week ``t``: its base, or the site of its exercise.

        Only from ``late`` weeks after it is ready, and not if it came on a set in ``lost``.
        """
        gone = self.logic.total(x for way, x in p.ways.items() if way.set_id in lost)
        key = ("located", id(p), t)
        if key not in self.memo:
            out = [(s, x) for (s, w), x, weeks in self._visits_of(p) if w <= t < w + weeks]
            where = self.weekly.based(p, t)
            if out:  # at the base unless out on an exercise
                at_base = self.weekly.ready(p, t) - sum(x for _, x in out)
                base = self.logic.share(at_base, self.weekly.based(p, t), f"{p.element} base {t}")
                sites = dict.fromkeys((*base, *(s for s, _ in out)))
                where = {s: self.logic.total([base.get(s, 0), *(x for o, x in out if o == s)]) for s in sites}
            self.memo[key] = where
        if not late and isinstance(gone, int) and not gone:
            return self.memo[key]
        counts = self.logic.both(self.weekly.ready(p, t, late), self.logic.no(gone))
        return self.logic.share(counts, self.memo[key], f"{p.element} late {t}")

    def _visits_of(self, p: Post) -> list[tuple[Start, Lit, int]]:
        """(start, literal, weeks) of the exercises the element may take part in during the post."""
        key = ("visits", id(p))
        if key not in self.memo:
            self.memo[key] = [
                (at, x, part.run.exercise.weeks)
                for part in self.parts_of[p.element]
                for (post, at), x in part.visits.items()
                if post is p
            ]
        return self.memo[key]

    def people(self, site: str, t: int, settled: bool) -> Any:
        """People settled (or present) at a site in week ``t``: an expression."""
        return self._people(settled, t).get(site, 0)

    def _people(self, settled: bool, t: int) -> dict[str, Any]:
        key = ("people", settled, t)
        if key not in self.memo:
            found: dict[str, list[Any]] = {}
            for p in self.posts:
                for s, x in (self.weekly.based(p, t) if settled else self.weekly.at(p, t)).items():
                    found.setdefault(s, []).append(p.kind.people * x)
            if not settled:
                for part in self.parts:
                    if part.who.mode is not None:
                        n, weeks = self.case.element_type(part.who.element).people, part.run.exercise.weeks
                        for (s, w), x in part.takes.items():
                            if w - part.early <= t < w + weeks:
                                found.setdefault(s, []).append(n * x)
            self.memo[key] = {s: sum(xs) for s, xs in found.items()}
        return self.memo[key]

    # -- sets and upgrades ----------------------------------------------------------------

    def holders(self, set_id: str, t: int) -> Iterator[tuple[str, str, Lit]]:
        """(element, site, literal) of everyone who may hold the set in week ``t``, reset included."""
        reset = self.case.prepo[set_id].reset_weeks
        for p in self.posts:
            for way, x in p.ways.items():
                if way.set_id == set_id:
                    gone = self.logic.no(self.logic.by(p.depart, t - reset))
                    yield p.element, way.site, self.logic.both(x, self.logic.by(p.arrive, t), gone)
        for part in self.parts:
            if part.who.set_id == set_id:
                for (s, w), x in part.takes.items():
                    if w - part.early <= t < w + part.run.exercise.weeks + reset:
                        yield part.who.element, s, x

    def overruns(self, set_id: str) -> Iterator[tuple[int, str, Lit]]:
        """(until, site, literal): if it holds, the set is held at the site at least until that week, past
        the end. What is under way is left out: see ``optimizer.domain.beyond``."""
        case, logic, end = self.case, self.logic, self.case.weeks
        if not case.settings.look_past_end:
            return
        for p in self.posts:
            for way, x in p.ways.items():
                if way.set_id != set_id:
                    continue
                new = logic.both(x, logic.no(p.slot.under))
                for w in range(max(end - case.prepo[set_id].reset_weeks + 1, 1), end + 1):
                    stays = logic.both(new, logic.no(logic.by(p.depart, w - 1)))
                    yield held_until(case, set_id, w, w), way.site, stays
                for d in (d for d in logic.domain(p.slot.depart) if end < d < self.end):
                    there, out = logic.by(p.depart, end - 1), logic.by(p.slot.depart, d - 1)
                    yield held_until(case, set_id, end, d), way.site, logic.both(new, logic.no(there), logic.no(out))
        for part in (part for part in self.parts if part.who.set_id == set_id):
            for (site, w), x in part.takes.items():
                over = w + part.run.exercise.weeks
                until = held_until(case, set_id, over, over)
                if until > end:
                    yield until, site, x

    def blocked(self, set_id: str, t: int) -> Any:
        """1 while the set is in a maintenance block in week ``t``: an expression."""
        return sum(b.on for b in self.blocks[set_id] if b.start <= t < b.end)

    def idle(self, set_id: str, t: int) -> Lit:
        """Whether the set is neither held, resetting nor in maintenance in week ``t``."""
        key = ("idle", set_id, t)
        if key not in self.memo:
            busy = [x for _, _, x in self.holders(set_id, t)]
            busy += [b.on for b in self.blocks[set_id] if b.start <= t < b.end]
            self.memo[key] = self.logic.both(*(self.logic.no(x) for x in busy))
        return self.memo[key]

    def built(self, upgrade: str, t: int) -> Any:
        """1 once the upgrade is finished by week ``t``: an expression."""
        done = t - self.case.upgrade[upgrade].weeks
        return sum(x for w, x in self.purchases[upgrade].items() if w <= done)

    # -- money ----------------------------------------------------------------------------

    def entries(self, line: str, start: int, end: int) -> list[tuple[int, Lit]]:
        """(money, literal) of everything a line is charged in weeks ``[start, end)``."""
        return list(entries(self, line, start, end))

    def spent(self, line: str, start: int, end: int) -> Any:
        """Money of a line in weeks ``[start, end)`` of the plan: an expression."""
        return sum(amount * x for amount, x in self.entries(line, start, end))

    # -- smallest of several sums ---------------------------------------------------------

    def lowest(self, sums: list[list[tuple[float, Any]]]) -> tuple[Any, float]:
        """(variable, its unit) for the smallest of sums of price × variable, to be maximised.

        Prices are rounded to the unit and the rounding is granted to the variable, so that it
        never falls short of the true minimum.
        """
        tops = [sum(price * self.top(x) for price, x in terms) for terms in sums]
        unit = 10.0 ** floor(log10(max(*tops, 1e-6)) - 12)  # a power of ten keeps decimal prices exact
        low = self.model.new_int_var(0, int(min(tops, default=0.0) / unit) + 1, "lowest")
        for terms in sums:
            whole = [(round(price / unit), x) for price, x in terms]
            slack = sum(abs(price / unit - n) * self.top(x) for (price, x), (n, _) in zip(terms, whole, strict=True))
            self.model.add(sum(n * x for n, x in whole) + int(slack) + 1 >= low)
        return low, unit

    def top(self, x: Any) -> int:
        """The largest value of a variable."""
        return x if isinstance(x, int) else max(self.model.proto.variables[max(x.index, -x.index - 1)].domain)
