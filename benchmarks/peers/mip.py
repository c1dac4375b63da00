"""One mixed-integer model in PuLP, solved by HiGHS or CBC.

The textbook formulation: a binary per rotation of a unit (arrive, depart), whose rest is part of a clique row per week;
per element, base, mode and set a binary for its arrival and its presence week by week; a network flow per set; a
binary per run of an exercise and per participant (with the base it comes from, so that its points move with it);
coverage as one variable per country, capability, level and week. Money in millions, points in whole points.
"""

from __future__ import annotations

import re
import tempfile
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import pulp

from benchmarks.peers import Answer, Clock, Unsupported
from benchmarks.peers.facts import MICRO, RANK, Facts, Option, Start
from optimizer.domain import (
    Case,
    Element,
    Maintenance,
    Participant,
    Plan,
    Posting,
    Purchase,
    Rotation,
    Run,
    Stay,
    Unit,
)
from optimizer.quantities import MILLI, MONEY

Terms = list[tuple[Any, float]]
THREADS = 2


class Mip:
    """The model of a case. Each method adds one part of it."""

    def __init__(self, facts: Facts):
        self.f, self.case = facts, facts.case
        self.weeks = facts.weeks
        self.problem = pulp.LpProblem("plan", pulp.LpMaximize)
        self.score: Terms = []
        self.constant = 0.0  # of the score: PuLP does not hand it to HiGHS
        self.vars = self.rows = 0
        self.whole: list[Any] = []
        self.rotate: dict[tuple[str, int, int], Any] = {}
        self.start: dict[tuple[str, Option, int], Any] = {}
        self.there: dict[tuple[str, Option, int], Any] = {}
        self.leave: dict[tuple[str, Option, int], Any] = {}
        self.of: defaultdict[str, list[Option]] = defaultdict(list)  # options of an element
        self.run: dict[tuple[str, Start], Any] = {}
        self.join: dict[tuple[str, str, str, Start, int], Any] = {}  # element, exercise, need, run, base
        self.fly: dict[tuple[str, Any], Any] = {}  # exercise, flight
        self.stand: dict[tuple[str, int, int], Any] = {}
        self.move: dict[tuple[str, int, int, int], Any] = {}  # set, from, to, leaves in week
        self.block: dict[tuple[str, int], Any] = {}
        self.buy: dict[tuple[str, int], Any] = {}
        # weekly sums: a type's elements present and ready at a site; terms of spending; points moved by exercises
        self.present: defaultdict[tuple[str, int, int], Terms] = defaultdict(list)
        self.ready: defaultdict[tuple[str, int, int], Terms] = defaultdict(list)
        self.spend: defaultdict[tuple[str, int], Terms] = defaultdict(list)
        self.fixed_spend: defaultdict[tuple[str, int], float] = defaultdict(float)
        self.spent: defaultdict[tuple[int, str], Terms] = defaultdict(list)
        self.moved: defaultdict[tuple[str, int, int], Terms] = defaultdict(list)  # type, site, week: ± visitors
        self.flown: defaultdict[tuple[int, int], Terms] = defaultdict(list)  # site, week: people
        self.could: dict[str, dict[int, set[int]]] = {}
        self.idle: dict[tuple[str, int, int], Any] = {}
        for part in (
            self.purchases,
            self.units,
            self.elements,
            self.counts,
            self.exercises,
            self.sets,
            self.places,
            self.money,
        ):
            part()
        self.coverage()
        self.floors()
        self.problem += pulp.LpAffineExpression(_merged(self.score))

    # the toolbox

    def binary(self) -> Any:
        v = self.real(0, 1, pulp.LpInteger)
        self.whole.append(v)
        return v

    def real(self, low: float = 0.0, high: float | None = None, kind: str = pulp.LpContinuous) -> Any:
        self.vars += 1
        return pulp.LpVariable(f"x{self.vars}", low, high, kind)

    def row(self, terms: Terms, sense: int, right: float) -> None:
        if not terms:
            if (sense == EQ and right != 0) or (sense == GE and right > 0) or (sense == LE and right < 0):
                self.problem += pulp.LpConstraint(
                    pulp.LpAffineExpression([(self.real(0, 0), 1)]), sense, f"r{self.rows}", right
                )
                self.rows += 1
            return
        self.rows += 1
        self.problem += pulp.LpConstraint(pulp.LpAffineExpression(_merged(terms)), sense, f"r{self.rows}", right)

    # decisions

    def purchases(self) -> None:
        s = self.case.settings
        for u in self.case.upgrades:
            for w in self.f.buy_weeks(u):
                self.buy[u.id, w] = v = self.binary()
                self.spend[s.line_upgrade, w].append((v, u.cost / MONEY))
            self.row([(self.buy[u.id, w], 1) for w in self.f.buy_weeks(u)], LE, 1)

    def finished(self, upgrade: Any, week: int) -> Terms:
        return [(self.buy[upgrade.id, w], 1) for w in self.f.buy_weeks(upgrade) if w + upgrade.weeks <= week]

    def units(self) -> None:
        price = self.case.settings.over_length_price
        for u in self.case.units:
            for a, d in self.f.intervals(u):
                self.rotate[u.id, a, d] = v = self.binary()
                over = d - a - self.case.types[u.type].rotation_std
                if over > 0:
                    self.score.append((v, -price * over))

    def elements(self) -> None:
        by_unit: defaultdict[str, list[tuple[int, int, Any]]] = defaultdict(list)
        for (u, a, d), v in self.rotate.items():
            by_unit[u].append((a, d, v))
        for u in self.case.units:
            self._unit(u, by_unit[u.id])

    def _unit(self, u: Unit, rotations: list[tuple[int, int, Any]]) -> None:
        k = self.case.types[u.type].stagger
        if not rotations:
            return
        begun: defaultdict[int, Terms] = defaultdict(list)
        ended: defaultdict[int, Terms] = defaultdict(list)
        busy: defaultdict[int, Terms] = defaultdict(list)
        for a, d, v in rotations:
            begun[a].append((v, 1))
            ended[d].append((v, 1))
            for t in range(a, min(d + self.f.rest(u, d - a), self.weeks)):
                busy[t].append((v, 1))
        first = min(begun)
        arrive, out = {t: self._sum_of(begun[t]) for t in begun}, {}
        depart = {t: self._sum_of(ended[t]) if t < self.weeks else ended[t] for t in ended}
        for terms in busy.values():  # out or resting: once at a time
            self.row(terms, LE, 1)
        out_before: Terms = []
        for t in range(first, self.weeks):
            out[t] = [(self.real(0, 1), 1.0)]
            came = _minus(arrive.get(t, []))
            self.row(out[t] + _minus(out_before) + came + depart.get(t, []), EQ, 0)
            out_before = out[t]
        core: dict[int, Terms] = {}
        for t in out:
            late = [x for a in range(t - k + 1, t + 1) for x in arrive.get(a, [])]
            early = [x for d in range(t + 1, t + k + 1) for x in depart.get(d, [])]
            core[t] = out[t] + _minus(late) + _minus(early)
        members = self.case.elements_of[u.id]
        for e in members:
            self._element(u, e, arrive, depart, out, core, k)
        if k or all(e.optional for e in members):
            everyone = [(e.id, o) for e in members for o in self.of[e.id]]
            for t, units in arrive.items():
                self.row(self._sum(self.start, everyone, t) + _minus(units), GE, 0)
            for t, units in depart.items():
                if t < self.weeks:
                    self.row(self._sum(self.leave, everyone, t) + _minus(units), GE, 0)
            last = [x for t, units in depart.items() if t >= self.weeks for x in units]
            if last:
                self.row(self._sum(self.there, everyone, self.weeks - 1) + _minus(last), GE, 0)

    def _sum_of(self, terms: Terms) -> Terms:
        """A variable that equals a sum, as a term."""
        v = self.real(None)
        self.row([*terms, (v, -1)], EQ, 0)
        return [(v, 1.0)]

    @staticmethod
    def _sum(table: dict[tuple[str, Option, int], Any], who: list[tuple[str, Option]], week: int) -> Terms:
        return [(table[e, o, week], 1) for e, o in who if (e, o, week) in table]

    def _element(
        self,
        u: Unit,
        e: Element,
        arrive: dict[int, Terms],
        depart: dict[int, Terms],
        out: dict[int, Terms],
        core: dict[int, Terms],
        k: int,
    ) -> None:
        kind = self.case.types[e.type]
        firsts = sorted({t for a in arrive for t in range(a, a + k + 1) if t < self.weeks})
        if not firsts:
            return
        at_start: defaultdict[int, Terms] = defaultdict(list)
        at_end: defaultdict[int, Terms] = defaultdict(list)
        in_week: defaultdict[int, Terms] = defaultdict(list)
        line = self.case.settings.line_rotation
        for o in self.f.options(e):
            allowed = range(self.weeks) if o.set_id is None else self.f.standing(o.set_id)[o.site]
            begins = [t for t in firsts if t >= o.first and t in allowed]
            if not begins:
                continue
            self.of[e.id].append(o)
            for t in begins:
                self.start[e.id, o, t] = v = self.binary()
                at_start[t].append((v, 1))
                self.spend[line, t].append((v, o.cost / MONEY))
            for t in (t for t in out if t >= begins[0] and t in allowed):
                self.there[e.id, o, t] = v = self.real(0, 1)
                in_week[t].append((v, 1))
                self.present[kind.id, o.site, t].append((v, 1))
            for t in range(begins[0], self.weeks):
                here, before = self.there.get((e.id, o, t)), self.there.get((e.id, o, t - 1))
                flow = [(here, 1)] if here is not None else []
                if before is not None:
                    self.leave[e.id, o, t] = v = self.real(0, 1)
                    at_end[t].append((v, 1))
                    flow += [(before, -1), (v, 1)]
                if (begun := self.start.get((e.id, o, t))) is not None:
                    flow.append((begun, -1))
                self.row(flow, EQ, 0)
                if here is not None:
                    ready = self.ready_terms(e.id, o, t)
                    self.ready[kind.id, o.site, t] += ready
        for t in sorted({*out, *arrive, *firsts}):
            if t >= self.weeks:
                continue
            began = [x for a in range(t - k, t + 1) for x in arrive.get(a, [])]
            exact = EQ if not k and not e.optional else LE
            self.row(at_start[t] + _minus(began), exact, 0)
            self.row(in_week[t] + _minus(out.get(t, [])), exact, 0)
            if k and not e.optional:
                self.row(in_week[t] + _minus(core.get(t, [])), GE, 0)
        for a in range(self.weeks - k, self.weeks) if not e.optional else ():  # it comes before the plan ends
            if a in arrive:
                self.row([x for t in range(a, self.weeks) for x in at_start[t]] + _minus(arrive[a]), GE, 0)
        for t, terms in at_end.items():
            if t < self.weeks and (k or e.optional):
                ended = [x for d in range(t, t + k + 1) for x in depart.get(d, [])]
                self.row(terms + _minus(ended), LE, 0)

    def counts(self) -> None:
        """One variable for the elements of a type present, and one for those ready, at a site in a week."""
        for table in (self.present, self.ready):
            for key, terms in table.items():
                table[key] = self._sum_of(terms)

    def ready_terms(self, e: str, o: Option, t: int) -> Terms:
        """Whether it is there and past RSOI."""
        terms: Terms = [(self.there[e, o, t], 1)] if (e, o, t) in self.there else []
        early = (self.start.get((e, o, s)) for s in range(t - o.rsoi + 1, t + 1))
        return terms + [(v, -1) for v in early if v is not None]

    def exercises(self) -> None:
        case, line = self.case, self.case.settings.line_exercise
        busy: defaultdict[tuple[str, int], Terms] = defaultdict(list)  # element, week
        based: defaultdict[tuple[str, int, int], Terms] = defaultdict(list)  # element, base, week
        for x in case.exercises:
            starts = self.f.starts(x)
            extra = {self.f.at[h.site]: h.cost for h in reversed(x.hosts)}
            for st in starts:
                self.run[x.id, st] = v = self.binary()
                self.score.append((v, x.value))
                self.spend[line, st.week].append((v, (x.cost + extra[st.site]) / MONEY))
            self.row([(self.run[x.id, st], 1) for st in starts], EQ if x.mandatory else LE, 1)
            serving: defaultdict[tuple[str, Start], Terms] = defaultdict(list)
            once: defaultdict[str, Terms] = defaultdict(list)
            for n in x.needs:
                for e in self.f.able(n) if n.origin != "home" else []:
                    near = {s: set(self.f.near(e, n, s)) for s in {st.site for st in starts}}
                    for st in starts:
                        for b, weeks in self._counts_at(e.id).items():
                            if b not in near[st.site] or not weeks.issuperset(range(st.week, st.week + x.weeks)):
                                continue
                            self.join[e.id, x.id, n.id, st, b] = v = self.binary()
                            serving[n.id, st].append((v, 1))
                            once[e.id].append((v, 1))
                            for t in range(st.week, st.week + x.weeks):
                                based[e.id, b, t].append((v, 1))
                                if b != st.site:
                                    self.moved[e.type, st.site, t].append((v, 1))
                                    self.moved[e.type, b, t].append((v, -1))
            for g in self.f.flights(x):
                self.fly[x.id, g] = v = self.binary()
                serving[g.need, g.start].append((v, 1))
                once[g.element].append((v, 1))
                kind = case.element_type(g.element)
                for t in range(max(g.arrive, 0), g.end):
                    busy[g.element, t].append((v, 1))
                    self.flown[g.start.site, t].append((v, kind.people))
                    paid = kind.week_cost + (kind.modes[g.mode].cost if t == g.arrive else 0)
                    self.spend[line, t].append((v, paid / MONEY))
                for t in range(g.start.week, g.end):
                    self.moved[kind.id, g.start.site, t].append((v, 1))
            for n in x.needs:
                for st in starts:
                    self.row([*serving[n.id, st], (self.run[x.id, st], -n.count)], EQ, 0)
            for terms in once.values():
                self.row(terms, LE, 1)
        for (e, b, t), terms in based.items():
            have = [x for o in self.of[e] if o.site == b for x in self.ready_terms(e, o, t)]
            given = self.f.under_way.get(e)
            here = given is not None and self.f.at[given.site] == b and self._ready_given(given) <= t < given.depart
            self.row(terms + _minus(have), LE, int(here))
        for (e, t), terms in busy.items():
            away = [(self.there[e, o, t], 1) for o in self.of[e] if (e, o, t) in self.there]
            given = self.f.under_way.get(e)
            self.row(terms + away, LE, int(given is None or not t < given.depart))
        self._apart()
        self._ranges()

    def _counts_at(self, e: str) -> dict[int, set[int]]:
        """By base, the weeks in which an element could be ready there."""
        if e not in self.could:
            found: defaultdict[int, set[int]] = defaultdict(set)
            for o in self.of[e]:
                begun = min(t for t in range(self.weeks) if (e, o, t) in self.start)
                found[o.site] |= {t for t in range(begun + o.rsoi, self.weeks) if (e, o, t) in self.there}
            if (given := self.f.under_way.get(e)) is not None:
                found[self.f.at[given.site]] |= set(range(max(self._ready_given(given), 0), given.depart))
            self.could[e] = dict(found)
        return self.could[e]

    def _ready_given(self, p: Posting) -> int:
        terms = self.case.element_type(p.element).modes[p.mode]
        draw = self.case.prepo[p.set_id].draw_weeks if p.set_id else 0
        return p.arrive + max(terms.rsoi_weeks, draw)

    def _apart(self) -> None:
        """Exercises of a group keep their spacing."""
        grouped: defaultdict[str, list[Any]] = defaultdict(list)
        for x in self.case.exercises:
            if x.group:
                grouped[x.group].append(x)
        for members in grouped.values():
            for x, y in combinations(members, 2):
                gap = max(x.spacing, y.spacing)
                for w in sorted({st.week for st in self.f.starts(x)}):
                    one = [(self.run[x.id, st], 1) for st in self.f.starts(x) if st.week == w]
                    close = [st for st in self.f.starts(y) if w - y.weeks - gap < st.week < w + x.weeks + gap]
                    if close:
                        self.row(one + [(self.run[y.id, st], 1) for st in close], LE, 1)

    def _ranges(self) -> None:
        using: defaultdict[tuple[int, int], Terms] = defaultdict(list)
        for x in self.case.exercises:
            for st in self.f.starts(x):
                if x.echelon == "none":
                    continue
                for t in range(st.week, st.week + x.weeks):
                    using[st.site, t].append((self.run[x.id, st], 1))
                if RANK[self.case.sites[st.site].range_echelon] < RANK[x.echelon]:
                    large = [u for u in self.f.upgrades_at(st.site) if RANK[u.range_echelon] >= RANK[x.echelon]]
                    done = [y for u in large for y in self.finished(u, st.week)]
                    self.row([(self.run[x.id, st], 1), *_minus(done)], LE, 0)
        for (s, t), terms in using.items():
            more: Terms = []
            for u in self.f.upgrades_at(s):
                more += [(v, -c * u.exercises_at_once) for v, c in self.finished(u, t)]
            self.row(terms + more, LE, self.case.sites[s].exercises_at_once)

    def sets(self) -> None:
        case, s = self.case, self.case.settings
        held: defaultdict[tuple[str, int, int], Terms] = defaultdict(list)
        for (_, o, t), v in self.there.items():
            if o.set_id is not None:
                held[o.set_id, o.site, t].append((v, 1))
        for (_, o, t), v in self.leave.items():
            if o.set_id is not None:
                for w in range(t, min(t + case.prepo[o.set_id].reset_weeks, self.weeks)):
                    held[o.set_id, o.site, w].append((v, 1))
        for (_, g), v in self.fly.items():
            if g.set_id is not None:
                for t in range(max(g.arrive, 0), min(g.end + case.prepo[g.set_id].reset_weeks, self.weeks)):
                    held[g.set_id, g.start.site, t].append((v, 1))
        given: set[tuple[str, int, int]] = set()
        for p in self.f.under_way.values():
            if p.set_id is not None:
                for t in range(min(p.depart + case.prepo[p.set_id].reset_weeks, self.weeks)):
                    given.add((p.set_id, self.f.at[p.site], t))
        stored: defaultdict[tuple[int, int], Terms] = defaultdict(list)
        for q in case.sets:
            first = max(q.available, 0)
            for t in range(first, self.weeks):
                self.fixed_spend[s.line_set, t] += q.week_cost / MONEY
            if first >= self.weeks:
                continue
            standing = self.f.standing(q.id)
            for i, weeks in standing.items():
                for t in weeks:
                    self.stand[q.id, i, t] = v = self.real(0, 1)
                    stored[i, t].append((v, q.slots))
            blocks = self._maintenance(q)
            leaving: defaultdict[tuple[int, int], Terms] = defaultdict(list)
            coming: defaultdict[tuple[int, int], Terms] = defaultdict(list)
            for i, weeks in standing.items():
                for j, goal in standing.items():
                    way = int(self.f.move_weeks[i, j])
                    if i == j or way < 0:
                        continue
                    for t in range(weeks.start + 1, weeks.stop + 1):
                        if t + way in goal:
                            self.move[q.id, i, j, t] = v = self.binary()
                            leaving[i, t].append((v, 1))
                            coming[j, t + way].append((v, 1))
                            self.spend[s.line_set, t].append((v, q.move_cost / MONEY))
            begin = [(self.stand[q.id, i, first], 1) for i in standing if (q.id, i, first) in self.stand]
            self.row(begin, EQ, 1)
            if q.start_site is not None:
                here = self.stand.get((q.id, self.f.at[q.start_site], first))
                self.row([(here, 1)] if here is not None else [], EQ, 1)
            for i in standing:
                for t in range(first + 1, self.weeks):
                    now, before = self.stand.get((q.id, i, t)), self.stand.get((q.id, i, t - 1))
                    flow = [(now, 1)] if now is not None else []
                    flow += [(before, -1)] if before is not None else []
                    self.row(flow + leaving[i, t] + _minus(coming[i, t]), EQ, 0)
                    if leaving[i, t] and before is not None:  # no passing through
                        self.row([*leaving[i, t], (before, -1)], LE, 0)
            for t in range(first, self.weeks):
                places = [i for i in standing if (q.id, i, t) in self.stand]
                idle, use = [], []
                for i in standing:
                    using = held[q.id, i, t]
                    fixed = int((q.id, i, t) in given)
                    here = self.stand.get((q.id, i, t))
                    if here is None:
                        self.row(using, LE, -fixed)
                        continue
                    self.idle[q.id, i, t] = v = self.real(0, 1)
                    idle.append((v, 1))
                    use += using
                    self.row([(v, 1), *using, (here, -1)], LE, -fixed)
                fixed = sum((q.id, i, t) in given for i in places)
                standing_now = [(self.stand[q.id, i, t], -1) for i in places]
                self.row(idle + use + blocks[t] + standing_now, LE, -fixed)
        for (i, t), terms in stored.items():
            more: Terms = []
            for u in self.f.upgrades_at(i):
                more += [(v, -c * u.slots / MILLI) for v, c in self.finished(u, t)]
            self.row([(v, c / MILLI) for v, c in terms] + more, LE, case.sites[i].slots / MILLI)

    def _maintenance(self, q: Any) -> defaultdict[int, Terms]:
        """The blocks of a set, by week."""
        covering: defaultdict[int, Terms] = defaultdict(list)
        if q.interval <= 0:
            return covering
        first = max(q.available, 0)
        for w in range(first, self.weeks):
            self.block[q.id, w] = v = self.binary()
            for t in range(w, min(w + q.maintenance_weeks, self.weeks)):
                covering[t].append((v, 1))
        due = max(q.last_maintenance + q.interval, first)
        if due < self.weeks:
            self.row([(self.block[q.id, w], 1) for w in range(first, due + 1)], GE, 1)
        for w in range(first, self.weeks):
            end = min(w + q.maintenance_weeks, self.weeks)
            if end + q.interval < self.weeks:
                after = [(self.block[q.id, n], 1) for n in range(end, end + q.interval + 1)]
                self.row([*after, (self.block[q.id, w], -1)], GE, 0)
        for terms in covering.values():
            self.row(terms, LE, 1)
        return covering

    # limits

    def places(self) -> None:
        settled: defaultdict[tuple[int, int], Terms] = defaultdict(list)
        everyone: defaultdict[tuple[int, int], Terms] = defaultdict(list)
        for (k, i, t), terms in self.ready.items():
            settled[i, t] += [(v, c * self.case.types[k].people) for v, c in terms]
        for (k, i, t), terms in self.present.items():
            everyone[i, t] += [(v, c * self.case.types[k].people) for v, c in terms]
        for key, terms in self.flown.items():
            everyone[key] += terms
        self.everyone = everyone
        fixed: defaultdict[tuple[str, int, int], int] = defaultdict(int)
        for p in self.f.under_way.values():
            people, i = self.case.element_type(p.element).people, self.f.at[p.site]
            for t in range(min(p.depart, self.weeks)):
                fixed["all", i, t] += people
                if t >= self._ready_given(p):
                    fixed["settled", i, t] += people
        self.fixed_people = fixed
        for what, table, beds in (("settled", settled, "places"), ("all", everyone, "handover_places")):
            for (i, t), terms in table.items():
                more: Terms = []
                for u in self.f.upgrades_at(i):
                    more += [(v, -c * getattr(u, beds)) for v, c in self.finished(u, t)]
                room, taken = getattr(self.case.sites[i], beds), fixed[what, i, t]
                if taken > room:  # forgiven
                    if more:
                        raise Unsupported("not modelled: an upgrade of a site that is too full when the plan begins")
                    room = taken
                self.row(terms + more, LE, room - taken)
                left = int(self.f.closed_places[i, t])
                if left < 10**9:
                    self.row(terms, LE, max(left, taken) - taken)
        for c in self.case.countries:
            inside = self.f.country_sites[c.id]
            for what, table, cap in (("settled", settled, c.cap), ("all", everyone, c.handover_cap)):
                if cap is not None:
                    for t in range(self.weeks):
                        taken = sum(fixed[what, i, t] for i in inside)
                        self.row([x for i in inside for x in table[i, t]], LE, max(cap, taken) - taken)

    def money(self) -> None:
        case, s = self.case, self.case.settings
        for (k, _, t), terms in self.present.items():
            cost = case.types[k].week_cost / MONEY
            self.spend[s.line_rotation, t] += [(v, c * cost) for v, c in terms]
        for p in self.f.under_way.values():
            for t in range(min(p.depart, self.weeks)):
                self.fixed_spend[s.line_rotation, t] += case.element_type(p.element).week_cost / MONEY
        total: Terms = []
        for (year, quarter), weeks in self.f.periods.items():
            for line in self.f.lines:
                v = self.real()
                fixed = sum(self.fixed_spend[line, t] for t in weeks)
                self.row([x for t in weeks for x in self.spend[line, t]] + [(v, -1)], EQ, -fixed)
                total.append((v, 1))
                for b in case.budgets:
                    ceiling = b.quarters[quarter - 1]
                    if (b.year, b.line) == (year, line) and ceiling is not None:
                        self.row([(v, 1)], LE, ceiling / MONEY)
                self.spent[year, line].append((v, 1))
        if case.budgets:
            self._years()
        if s.total_cap is not None:
            self.row(total, LE, s.total_cap / MONEY)
        self.score += [(v, -s.cost_price * c) for v, c in total]

    def _years(self) -> None:
        share = self.case.settings.transfer_limit / MILLI
        for year in self.case.calendar.fiscal_years:
            given: Terms = []
            for line in self.f.lines:
                have = self.f.amounts.get((year, line), 0) / MONEY
                into, out = self.real(), self.real(0, share * have)
                given += [(into, 1), (out, -1)]
                self.row([*self.spent[year, line], (into, -1), (out, 1)], LE, have)
            self.row(given, EQ, 0)

    # score

    def coverage(self) -> None:
        case, f = self.case, self.f
        counts: dict[tuple[str, int, int], Any] = {}
        for key in {*self.ready, *self.moved}:  # ready elements of a type that count at a site
            [(counts[key], _)] = self._sum_of(self.ready.get(key, []) + self.moved.get(key, []))
        given: defaultdict[tuple[int, int, int], float] = defaultdict(float)
        for p in f.under_way.values():
            worth = f.worth[case.element[p.element].type][f.at[p.site]]
            for t in range(max(self._ready_given(p), 0), min(p.depart, self.weeks)):
                for c, k in zip(*worth.nonzero(), strict=True):
                    given[int(c), int(k), t] += float(worth[c, k]) / MICRO
        supply: defaultdict[tuple[int, int, int], Terms] = defaultdict(list)
        for (kind, i, t), v in counts.items():
            worth = f.worth[kind][i]
            for c, k in zip(*worth.nonzero(), strict=True):
                supply[int(c), int(k), t].append((v, float(worth[c, k]) / MICRO))
        for (q, i, t), v in self.idle.items():
            worth = f.stored[q][i]
            for c, k in zip(*worth.nonzero(), strict=True):
                supply[int(c), int(k), t].append((v, float(worth[c, k]) / MICRO))
        values: defaultdict[int, Terms] = defaultdict(list)
        for c, k, lv, t in zip(*f.demand.nonzero(), strict=True):
            price = float(f.prices[c, k, lv]) * MICRO
            if price:
                v = self.real(0, float(f.demand[c, k, lv, t]) / MICRO)
                supply[int(c), int(k), int(t)].append((v, -1))
                values[int(c)].append((v, price))
        for key, terms in supply.items():
            self.row(terms, GE, -given[key])
        for terms in values.values():
            self.score += terms
        price = case.settings.worst_country_price
        if price and f.full_value:
            worst = self.real(0, 100)
            self.score.append((worst, price))
            for c, country in enumerate(case.countries):
                if country.id in f.full_value:
                    scale = 100 / f.full_value[country.id]
                    self.row([(v, x * scale) for v, x in values[c]] + [(worst, -1)], GE, 0)

    def floors(self) -> None:
        s = self.case.settings
        for c in self.case.countries:
            for t in range(self.weeks) if c.floor > 0 else ():
                inside = self.f.country_sites[c.id]
                terms = [x for i in inside for x in self.everyone.get((i, t), [])]
                if not s.floor_hard:
                    short = self.real()
                    terms = [*terms, (short, 1)]
                    self.score.append((short, -s.floor_price))
                self.row(terms, GE, c.floor - sum(self.fixed_people["all", i, t] for i in inside))

    # the answer

    def at_home(self) -> list[tuple[Any, int]]:
        """Values of the binaries in the plan in which nobody goes; exercises are left open where one is mandatory."""
        open_to = any(x.mandatory for x in self.case.exercises)
        free = {id(v) for t in (self.run, self.join, self.fly) for v in t.values()} if open_to else set()
        due = {id(self.block[q.id, w]) for q in self.case.sets for w in self.f.due_blocks(q) if (q.id, w) in self.block}
        return [(v, int(id(v) in due)) for v in self.whole if id(v) not in free]

    def plan(self, value: Any) -> Plan:
        """The plan of a solution; ``value`` gives the value of a variable."""

        def on(table: dict[Any, Any]) -> list[Any]:
            return [key for key, v in table.items() if value(v) > 0.5]

        sites = self.case.sites
        starts: defaultdict[str, list[tuple[int, Option]]] = defaultdict(list)
        for e, o, t in on(self.start):
            starts[e].append((t, o))
        there, rotations = set(on(self.there)), list(self.case.underway)
        for u, a, d in on(self.rotate):
            k = self.case.unit_type(u).stagger
            postings = []
            for e in self.case.elements_of[u]:
                for t, o in starts[e.id]:
                    if a <= t <= a + k:
                        end = next((w for w in range(t + 1, min(d, self.weeks)) if (e.id, o, w) not in there), d)
                        postings.append(Posting(e.id, sites[o.site].id, o.mode, o.set_id, t, end))
                        break
            rotations.append(Rotation(u, a, d, tuple(postings)))
        stays, blocks = [], []
        standing = set(on(self.stand))
        for q in self.case.sets:
            weeks = [(t, i) for t in range(self.weeks) for i in range(len(sites)) if (q.id, i, t) in standing]
            for t, i in weeks:
                if stays and stays[-1].set_id == q.id and stays[-1].site == sites[i].id and stays[-1].end == t:
                    stays[-1] = Stay(q.id, sites[i].id, stays[-1].start, t + 1)
                else:
                    stays.append(Stay(q.id, sites[i].id, t, t + 1))
        for name, w in on(self.block):
            blocks.append(Maintenance(name, w, min(w + self.case.prepo[name].maintenance_weeks, self.weeks)))
        who: defaultdict[str, list[Participant]] = defaultdict(list)
        for e, x, n, _, _ in on(self.join):
            who[x].append(Participant(n, e))
        for x, g in on(self.fly):
            who[x].append(Participant(g.need, g.element, g.mode, g.set_id))
        runs = tuple(Run(x, sites[st.site].id, st.week, tuple(who[x])) for x, st in on(self.run))
        purchases = tuple(Purchase(u, w) for u, w in on(self.buy))
        return Plan(tuple(rotations), tuple(stays), tuple(blocks), runs, purchases).tidy()


LE, EQ, GE = pulp.LpConstraintLE, pulp.LpConstraintEQ, pulp.LpConstraintGE


def _minus(terms: Terms) -> Terms:
    return [(v, -c) for v, c in terms]


def _merged(terms: Terms) -> list[tuple[Any, float]]:
    """One term per variable."""
    out: dict[Any, float] = {}
    for v, c in terms:
        out[v] = out.get(v, 0.0) + c
    return list(out.items())


def solve(case: Case, limit: float, clock: Clock, variant: str) -> Answer:
    """Build the model and let HiGHS or CBC solve it."""
    model = Mip(Facts(case))
    answer = Answer(built=clock(), size={"variables": model.vars, "rows": model.rows, "binaries": len(model.whole)})
    if clock() < limit:
        (_highs if variant == "HiGHS" else _cbc)(model, limit, clock, answer)
    else:
        answer.status = "time limit while the model was built"
    return answer


def _highs(model: Mip, limit: float, clock: Clock, answer: Answer) -> None:
    import highspy

    kinds = highspy.cb.HighsCallbackType

    def tell(kind: Any, _message: str, out: Any, _in: Any, _data: Any) -> None:
        if kind == kinds.kCallbackMipImprovingSolution:
            x = out.mip_solution
            answer.plans.append((clock(), model.plan(lambda v: x[v.index])))
        if kind in (kinds.kCallbackMipImprovingSolution, kinds.kCallbackMipLogging) and abs(out.mip_dual_bound) < 1e30:
            answer.bounds.append((clock(), model.constant - out.mip_dual_bound))

    class Timed(pulp.HiGHS):  # PuLP hands the model over column by column: that counts as well
        def callSolver(self, lp: Any) -> None:
            answer.built = clock()
            start = model.at_home()
            lp.solverModel.setSolution(
                len(start),
                np.array([v.index for v, _ in start], dtype=np.int32),
                np.array([float(x) for _, x in start]),
            )
            highspy.Highs.resetGlobalScheduler(True)  # else it refuses other threads than this process used before
            lp.solverModel.setOptionValue("time_limit", max(limit - clock(), 0.1))
            super().callSolver(lp)

    solver = Timed(
        msg=False,
        threads=THREADS,
        callbackTuple=(tell, None),
        callbacksToActivate=[kinds.kCallbackMipImprovingSolution, kinds.kCallbackMipLogging],
    )
    model.problem.solve(solver)
    highs = model.problem.solverModel
    answer.status = highs.modelStatusToString(highs.getModelStatus())
    info = highs.getInfo()
    if info.primal_solution_status == 2:
        answer.plans.append((clock(), model.plan(lambda v: v.varValue or 0.0)))
    if abs(info.mip_dual_bound) < 1e30:
        answer.bounds.append((clock(), model.constant - info.mip_dual_bound))
    answer.bounds = _standing(answer.bounds)


def _standing(bounds: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Bounds that no later one is weaker than: while HiGHS completes a start it reports that of a smaller model."""
    kept: list[tuple[float, float]] = []
    for t, b in reversed(bounds):
        if not kept or b >= kept[-1][1]:
            kept.append((t, b))
    return kept[::-1]


def _cbc(model: Mip, limit: float, clock: Clock, answer: Answer) -> None:
    folder = Path(tempfile.mkdtemp(prefix="cbc"))
    log = folder / "log"
    began = clock()
    left = max(limit - began, 0.1)
    # no start: given one by PuLP, CBC 2.10 calls it optimal when it is not
    solver = pulp.PULP_CBC_CMD(msg=False, threads=THREADS, timeLimit=left, logPath=str(log), timeMode="elapsed")
    solver.tmpDir = str(folder)
    model.problem.solve(solver)
    text = log.read_text() if log.exists() else ""
    for line in text.splitlines():
        if found := re.search(r"best possible (-?[\d.e+]+)\)?[ ,].*\(([\d.]+) seconds\)", line):
            answer.bounds.append((began + float(found[2]), model.constant - float(found[1])))
    # CBC minimises the negative score, but states the result in the model's own sense
    best = re.search(r"^Upper bound:\s+(-?[\d.e+]+)", text, re.M)
    value = re.search(r"^Objective value:\s+(-?[\d.e+]+)", text, re.M)
    said = re.search(r"^Result - (.*)$", text, re.M)
    answer.status = said[1] if said else "no result in the log"
    proven = best or (value if "Optimal solution found" in answer.status else None)
    if proven:
        answer.bounds.append((clock(), model.constant + float(proven[1])))
    if model.problem.sol_status in (pulp.LpSolutionOptimal, pulp.LpSolutionIntegerFeasible):
        answer.plans.append((clock(), model.plan(lambda v: v.varValue or 0.0)))
