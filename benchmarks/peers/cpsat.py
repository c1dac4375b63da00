"""One CP-SAT model: optional intervals for rotations, set use and maintenance, literals by week for the sums.

A unit has as many optional rotations as fit one after the other; each element of a rotation chooses one option (base,
mode, set); who is where in which week are literals tied to arrivals and departures by linear flows; sets move along a
network of literals; runs, participants and purchases are literals. Integers throughout: money in millionths,
points in millionths divided by their greatest common divisor, the score in billionths.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.peers import Answer, Clock, Unsupported
from benchmarks.peers.facts import RANK, Facts, Option, Start
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

SCORE = 10**9  # integer score per point of score
WORST = 10**5  # steps of the least covered country's share
WORKERS = 8  # the smallest portfolio its makers recommend


@dataclass
class Stint:
    """When a unit or one of its elements is out in one rotation."""

    present: Any
    arrive: Any
    depart: Any
    begins: dict[int, Any]  # literals by week
    ends: dict[int, Any]  # literals by week of the plan
    out: dict[int, Any]
    bases: dict[Option, Any] = field(default_factory=dict)


class Model:
    """The model of a case. Each method adds one part of it."""

    def __init__(self, facts: Facts):
        self.f, self.case, self.weeks = facts, facts.case, facts.weeks
        self.m = cp_model.CpModel()
        self.score: list[tuple[Any, int]] = []
        self.lits: list[Any] = []
        self.shorts: list[tuple[Any, int]] = []
        self.units: dict[tuple[str, int], Stint] = {}
        self.elements: dict[tuple[str, int], Stint] = {}
        self.present: defaultdict[tuple[str, int, int], list[Any]] = defaultdict(list)  # element, site, week
        self.ready: defaultdict[tuple[str, int, int], list[Any]] = defaultdict(list)
        self.run: dict[tuple[str, Start], Any] = {}
        self.join: dict[tuple[str, str, str, Start], Any] = {}
        self.fly: dict[tuple[str, Any], Any] = {}
        self.stand: dict[tuple[str, int, int], Any] = {}
        self.idle: dict[tuple[str, int, int], Any] = {}
        self.block: dict[tuple[str, int], Any] = {}
        self.buy: dict[tuple[str, int], Any] = {}
        self.counted: defaultdict[tuple[str, int, int], list[Any]] = defaultdict(list)  # type, site, week
        self.spend: defaultdict[tuple[str, int], list[tuple[Any, int]]] = defaultdict(list)
        self.fixed_spend: defaultdict[tuple[str, int], int] = defaultdict(int)
        self.purchases()
        for u in self.case.units:
            self.unit(u)
        self.exercises()
        self.sets()
        self.people()
        self.money()
        self.coverage()
        self.at_home()
        self.m.maximize(self.total(self.score))

    # the toolbox

    def lit(self) -> Any:
        self.lits.append(v := self.m.new_bool_var(""))
        return v

    def whole(self, low: int, high: int) -> Any:
        return self.m.new_int_var(low, high, "")

    @staticmethod
    def total(terms: list[tuple[Any, int]]) -> Any:
        return cp_model.LinearExpr.weighted_sum([v for v, _ in terms], [c for _, c in terms])

    # rotations

    def unit(self, u: Unit) -> None:
        kind, pairs = self.case.types[u.type], self.f.intervals(u)
        if not pairs:
            return
        before: Stint | None = None
        rest_before: Any = None
        for slot in range(self._slots(u, pairs)):
            s = self._stint(sorted({a for a, _ in pairs}), max(a for a, _ in pairs) + kind.rotation_max, None)
            self.units[u.id, slot] = s
            size = self.whole(kind.rotation_min, kind.rotation_max)
            self.m.new_optional_interval_var(s.arrive, size, s.depart, s.present, "")
            inside = []
            for w in self.case.windows_of[u.id]:
                inside.append(chosen := self.lit())
                self.m.add(s.arrive >= w.start).only_enforce_if(chosen)
                self.m.add(s.depart <= w.end).only_enforce_if(chosen)
            self.m.add(sum(inside) == s.present)
            rest = self.whole(0, self.f.rest(u, kind.rotation_max))
            self.m.add(1000 * rest >= kind.dwell_ratio * size)
            if before is not None:
                self.m.add_implication(s.present, before.present)
                self.m.add(s.arrive >= before.depart + rest_before).only_enforce_if(s.present)
            before, rest_before = s, rest
            if kind.rotation_max > kind.rotation_std:
                over = self.whole(0, kind.rotation_max - kind.rotation_std)
                self.m.add(over >= size - kind.rotation_std).only_enforce_if(s.present)
                self.score.append((over, -round(self.case.settings.over_length_price * SCORE)))
            self._members(u, slot, s, kind.stagger)

    def _slots(self, u: Unit, pairs: list[tuple[int, int]]) -> int:
        """The most rotations that fit one after the other."""
        count, free = 0, -1
        for _, a, rested in sorted((d + self.f.rest(u, d - a), a, d + self.f.rest(u, d - a)) for a, d in pairs):
            if a >= free:
                count, free = count + 1, rested
        return count

    def _stint(self, arrivals: list[int], latest: int, of: Stint | None, stagger: int = 0) -> Stint:
        """Weeks of being out, tied to arrival and departure; with ``of`` those of an element of that rotation."""
        present = self.lit()
        s = Stint(present, self.whole(arrivals[0], arrivals[-1]), self.whole(0, latest), {}, {}, {})
        for t in arrivals:
            s.begins[t] = v = self.lit()
            self.m.add(s.arrive == t).only_enforce_if(v)
        self.m.add_exactly_one([*s.begins.values(), ~present])
        for t in range(arrivals[0] + 1, self.weeks):
            s.ends[t] = v = self.lit()
            self.m.add(s.depart == t).only_enforce_if(v)
        stays = self.lit()
        self.m.add(s.depart >= self.weeks).only_enforce_if(stays)
        self.m.add_exactly_one([*s.ends.values(), stays, ~present])
        for t in range(arrivals[0], self.weeks):
            s.out[t] = self.lit()
            flow = [(s.out[t], 1)]
            flow += [(s.out[t - 1], -1)] if t - 1 in s.out else []
            flow += [(s.begins[t], -1)] if t in s.begins else []
            flow += [(s.ends[t], 1)] if t in s.ends else []
            self.m.add(self.total(flow) == 0)
        if of is not None:
            self.m.add_implication(present, of.present)
            for low, high in ((of.arrive, s.arrive), (s.depart, of.depart)):
                self.m.add(high >= low).only_enforce_if(present)
                self.m.add(high <= low + stagger).only_enforce_if(present)
        return s

    def _members(self, u: Unit, slot: int, unit: Stint, stagger: int) -> None:
        members, own = self.case.elements_of[u.id], []
        last = max(unit.begins) + self.case.types[u.type].rotation_max
        for e in members:
            if stagger or e.optional:
                arrivals = sorted({t + k for t in unit.begins for k in range(stagger + 1) if t + k < self.weeks})
                s = self._stint(arrivals, last, unit, stagger)
                if not e.optional:
                    self.m.add(s.present == unit.present)
                own.append(s)
            else:
                s = Stint(unit.present, unit.arrive, unit.depart, unit.begins, unit.ends, unit.out)
            self.elements[e.id, slot] = s
            self._element(e, s)
        if stagger or all(e.optional for e in members):
            for ends in (("arrive", "arrive"), ("depart", "depart")):
                some = []
                for s in own:
                    some.append(same := self.lit())
                    self.m.add_implication(same, s.present)
                    self.m.add(getattr(s, ends[0]) == getattr(unit, ends[1])).only_enforce_if(same)
                self.m.add_bool_or([*some, ~unit.present])

    def _element(self, e: Element, s: Stint) -> None:
        kind, line = self.case.types[e.type], self.case.settings.line_rotation
        for o in self.f.options(e):
            s.bases[o] = v = self.lit()
            self.m.add(s.arrive >= o.first).only_enforce_if(v)
        self.m.add_exactly_one([*s.bases.values(), ~s.present])
        at: dict[int, Any] = {}
        for site in sorted({o.site for o in s.bases}):
            at[site] = v = self.lit()
            self.m.add(sum(x for o, x in s.bases.items() if o.site == site) == v)
        settled = self._settled(s)
        for table, weekly in ((self.present, s.out), (self.ready, settled)):
            for t, there in weekly.items():
                here = []
                for site, base in at.items():
                    here.append(v := self.lit())
                    self.m.add_implication(v, base)
                    table[e.id, site, t].append(v)
                self.m.add(sum(here) == there)
        for t, v in s.out.items():
            self.spend[line, t].append((v, kind.week_cost))
        costs: defaultdict[int, list[Any]] = defaultdict(list)
        for o, v in s.bases.items():
            costs[o.cost].append(v)
        for cost, chosen in costs.items():
            for weeks in self.f.periods.values():
                begins = [s.begins[t] for t in weeks if t in s.begins]
                if begins and cost:
                    paid = self.lit()
                    self.m.add(paid >= sum(begins) + sum(chosen) - 1)
                    self.spend[line, weeks[0]].append((paid, cost))

    def _settled(self, s: Stint) -> dict[int, Any]:
        """Literals of being past RSOI, by week."""
        found: dict[int, Any] = {}
        by_rsoi: defaultdict[int, list[Any]] = defaultdict(list)
        for o, v in s.bases.items():
            by_rsoi[o.rsoi].append(v)
        for t in s.out:
            found[t] = r = self.lit()
            self.m.add_implication(r, s.out[t])
            for rsoi, chosen in by_rsoi.items():
                early = [s.begins[w] for w in range(t - rsoi + 1, t + 1) if w in s.begins]
                same = self.m.add(r == s.out[t] - sum(early))
                if len(by_rsoi) > 1:
                    same.only_enforce_if(self._any(chosen))
        return found

    def _any(self, literals: list[Any]) -> Any:
        v = self.lit()
        self.m.add(sum(literals) == v)
        return v

    # the rest

    def purchases(self) -> None:
        for u in self.case.upgrades:
            for w in self.f.buy_weeks(u):
                self.buy[u.id, w] = v = self.lit()
                self.spend[self.case.settings.line_upgrade, w].append((v, u.cost))
            self.m.add_at_most_one(self.buy[u.id, w] for w in self.f.buy_weeks(u))

    def finished(self, site: int, week: int, what: str) -> list[tuple[Any, int]]:
        return [
            (self.buy[u.id, w], getattr(u, what))
            for u in self.f.upgrades_at(site)
            for w in self.f.buy_weeks(u)
            if w + u.weeks <= week and getattr(u, what)
        ]

    def exercises(self) -> None:
        busy: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
        joined: defaultdict[tuple[str, int], list[tuple[Any, int]]] = defaultdict(list)
        flying: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
        line = self.case.settings.line_exercise
        for x in self.case.exercises:
            starts = self.f.starts(x)
            extra = {self.f.at[h.site]: h.cost for h in reversed(x.hosts)}
            for st in starts:
                self.run[x.id, st] = v = self.lit()
                self.score.append((v, round(x.value * SCORE)))
                self.spend[line, st.week].append((v, x.cost + extra[st.site]))
            held = [self.run[x.id, st] for st in starts]
            if x.mandatory:
                self.m.add_exactly_one(held)
            else:
                self.m.add_at_most_one(held)
            serving: defaultdict[tuple[str, Start], list[Any]] = defaultdict(list)
            once: defaultdict[str, list[Any]] = defaultdict(list)
            for n in x.needs:
                for e in self.f.able(n) if n.origin != "home" else []:
                    for st in starts:
                        near, weeks = self.f.near(e, n, st.site), range(st.week, st.week + x.weeks)
                        here = [[v for b in near for v in self.ready.get((e.id, b, t), [])] for t in weeks]
                        given = [self._given_at(e.id, near, t) for t in weeks]
                        if not all(h or g for h, g in zip(here, given, strict=True)):
                            continue
                        self.join[e.id, x.id, n.id, st] = v = self.lit()
                        for h, g in zip(here, given, strict=True):
                            if not g:
                                self.m.add_bool_or([~v, *h])
                        serving[n.id, st].append(v)
                        once[e.id].append(v)
                        for t in weeks:
                            busy[e.id, t].append(v)
                            joined[e.id, t].append((v, st.site))
            for g in self.f.flights(x):
                self.fly[x.id, g] = v = self.lit()
                kind = self.case.element_type(g.element)
                serving[g.need, g.start].append(v)
                once[g.element].append(v)
                for t in range(max(g.arrive, 0), g.end):
                    flying[g.element, t].append(v)
                    busy[g.element, t].append(v)
                    paid = kind.week_cost + (kind.modes[g.mode].cost if t == g.arrive else 0)
                    self.spend[line, t].append((v, paid))
                for t in range(g.start.week, g.end):
                    self.counted[kind.id, g.start.site, t].append(v)
            for n in x.needs:
                for st in starts:
                    self.m.add(sum(serving[n.id, st]) == n.count * self.run[x.id, st])
            for some in once.values():
                self.m.add_at_most_one(some)
        for literals in busy.values():
            self.m.add_at_most_one(literals)
        out: defaultdict[tuple[str, int], list[Any]] = defaultdict(list)
        for (e, _), s in self.elements.items():
            for t, v in s.out.items():
                out[e, t].append(v)
        for (e, t), literals in flying.items():
            given = self.f.under_way.get(e)
            if given is not None and t < given.depart:
                self.m.add(sum(literals) == 0)
            else:
                self.m.add_at_most_one([*literals, *out[e, t]])
        self._counted(joined)
        self._apart()
        self._ranges()

    def _given_at(self, e: str, sites: list[int], t: int) -> bool:
        p = self.f.under_way.get(e)
        return p is not None and self.f.at[p.site] in sites and self.ready_given(p) <= t < p.depart

    def ready_given(self, p: Posting) -> int:
        terms = self.case.element_type(p.element).modes[p.mode]
        draw = self.case.prepo[p.set_id].draw_weeks if p.set_id else 0
        return p.arrive + max(terms.rsoi_weeks, draw)

    def _counted(self, joined: dict[tuple[str, int], list[tuple[Any, int]]]) -> None:
        """Points count where the element exercises, else at its base."""
        for (e, base, t), literals in self.ready.items():
            kind = self.case.element[e].type
            away = [v for v, _ in joined.get((e, t), [])]
            for v in literals:
                if away:
                    home = self.lit()
                    self.m.add_implication(home, v)
                    for j in away:
                        self.m.add_implication(home, ~j)
                    v = home
                self.counted[kind, base, t].append(v)
        for (e, t), visits in joined.items():
            for v, site in visits:
                self.counted[self.case.element[e].type, site, t].append(v)
        for e, p in self.f.under_way.items():
            for t in range(max(self.ready_given(p), 0), min(p.depart, self.weeks)):
                home = self.lit()
                for v, _ in joined.get((e, t), []):
                    self.m.add_implication(home, ~v)
                self.counted[self.case.element[e].type, self.f.at[p.site], t].append(home)

    def _apart(self) -> None:
        grouped: defaultdict[str, list[Any]] = defaultdict(list)
        for x in self.case.exercises:
            if x.group:
                grouped[x.group].append(x)
        for members in grouped.values():
            for x, y in combinations(members, 2):
                gap = max(x.spacing, y.spacing)
                for st in self.f.starts(x):
                    close = (o for o in self.f.starts(y) if st.week - y.weeks - gap < o.week < st.week + x.weeks + gap)
                    self.m.add_at_most_one([self.run[x.id, st], *(self.run[y.id, o] for o in close)])

    def _ranges(self) -> None:
        using: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
        for x in self.case.exercises:
            for st in self.f.starts(x) if x.echelon != "none" else []:
                for t in range(st.week, st.week + x.weeks):
                    using[st.site, t].append(self.run[x.id, st])
                if RANK[self.case.sites[st.site].range_echelon] < RANK[x.echelon]:
                    done = [
                        self.buy[u.id, w]
                        for u in self.f.upgrades_at(st.site)
                        if RANK[u.range_echelon] >= RANK[x.echelon]
                        for w in self.f.buy_weeks(u)
                        if w + u.weeks <= st.week
                    ]
                    self.m.add_bool_or([*done, ~self.run[x.id, st]])
        for (s, t), literals in using.items():
            more = self.total(self.finished(s, t, "exercises_at_once"))
            self.m.add(sum(literals) <= self.case.sites[s].exercises_at_once + more)

    def sets(self) -> None:
        case, line = self.case, self.case.settings.line_set
        uses: defaultdict[str, list[Any]] = defaultdict(list)  # intervals
        needs: defaultdict[tuple[str, int, int], list[list[Any]]] = defaultdict(list)  # all true: held there then
        for s in self.elements.values():
            for o, v in s.bases.items():
                if o.set_id is None:
                    continue
                reset = case.prepo[o.set_id].reset_weeks
                size = self.whole(1, self.weeks * 3)
                uses[o.set_id].append(self.m.new_optional_interval_var(s.arrive, size, s.depart + reset, v, ""))
                for t, out in s.out.items():
                    needs[o.set_id, o.site, t].append([v, out])
                for t, end in s.ends.items():
                    for w in range(t, min(t + reset, self.weeks)):
                        needs[o.set_id, o.site, w].append([v, end])
        for (_, g), v in self.fly.items():
            if g.set_id is not None:
                end = g.end + case.prepo[g.set_id].reset_weeks
                uses[g.set_id].append(self.m.new_optional_fixed_size_interval_var(g.arrive, end - g.arrive, v, ""))
                for t in range(max(g.arrive, 0), min(end, self.weeks)):
                    needs[g.set_id, g.start.site, t].append([v])
        for p in self.f.under_way.values():
            if p.set_id is not None:
                end = p.depart + case.prepo[p.set_id].reset_weeks
                uses[p.set_id].append(self.m.new_fixed_size_interval_var(0, end, ""))
                for t in range(min(end, self.weeks)):
                    needs[p.set_id, self.f.at[p.site], t].append([])
        stored: defaultdict[tuple[int, int], list[tuple[Any, int]]] = defaultdict(list)
        for q in case.sets:
            first = max(q.available, 0)
            for t in range(first, self.weeks):
                self.fixed_spend[line, t] += q.week_cost
            if first >= self.weeks:
                continue
            standing = self.f.standing(q.id)
            self._stands(q, standing, first)
            covering = self._maintenance(q, uses[q.id])
            for i, weeks in standing.items():
                for t in weeks:
                    stored[i, t].append((self.stand[q.id, i, t], q.slots))
                    self.idle[q.id, i, t] = v = self.lit()
                    self.m.add_implication(v, self.stand[q.id, i, t])
                    for b in covering[t]:
                        self.m.add_implication(b, ~v)
            for t in range(first, self.weeks):
                places = [self.stand[q.id, i, t] for i in standing if (q.id, i, t) in self.stand]
                for b in covering[t]:
                    self.m.add_bool_or([~b, *places])
            if uses[q.id]:
                self.m.add_no_overlap(uses[q.id])
        for (name, i, t), ways in needs.items():
            here, idle = self.stand.get((name, i, t)), self.idle.get((name, i, t))
            for way in ways:
                no = [~v for v in way]
                self.m.add_bool_or(no if here is None else [*no, here])
                if idle is not None:
                    self.m.add_bool_or([*no, ~idle])
        for (i, t), terms in stored.items():
            self.m.add(self.total(terms) <= case.sites[i].slots + self.total(self.finished(i, t, "slots")))

    def _stands(self, q: Any, standing: dict[int, range], first: int) -> None:
        for i, weeks in standing.items():
            for t in weeks:
                self.stand[q.id, i, t] = self.lit()
        leaving: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
        coming: defaultdict[tuple[int, int], list[Any]] = defaultdict(list)
        for i, weeks in standing.items():
            for j, goal in standing.items():
                way = int(self.f.move_weeks[i, j])
                for t in range(weeks.start + 1, weeks.stop + 1):
                    if i != j and way >= 0 and t + way in goal:
                        v = self.lit()
                        self.m.add_implication(v, self.stand[q.id, i, t - 1])  # no passing through
                        leaving[i, t].append(v)
                        coming[j, t + way].append(v)
                        self.spend[self.case.settings.line_set, t].append((v, q.move_cost))
        self.m.add_exactly_one(self.stand[q.id, i, first] for i in standing if (q.id, i, first) in self.stand)
        if q.start_site is not None:
            self.m.add(self.stand[q.id, self.f.at[q.start_site], first] == 1)
        for i in standing:
            for t in range(first + 1, self.weeks):
                now, before = self.stand.get((q.id, i, t), 0), self.stand.get((q.id, i, t - 1), 0)
                self.m.add(now == before + sum(coming[i, t]) - sum(leaving[i, t]))

    def _maintenance(self, q: Any, uses: list[Any]) -> defaultdict[int, list[Any]]:
        covering: defaultdict[int, list[Any]] = defaultdict(list)
        if q.interval <= 0:
            return covering
        first = max(q.available, 0)
        for w in range(first, self.weeks):
            self.block[q.id, w] = v = self.lit()
            end = min(w + q.maintenance_weeks, self.weeks)
            uses.append(self.m.new_optional_fixed_size_interval_var(w, end - w, v, ""))
            for t in range(w, end):
                covering[t].append(v)
        due = max(q.last_maintenance + q.interval, first)
        if due < self.weeks:
            self.m.add_bool_or([self.block[q.id, w] for w in range(first, due + 1)])
        for w in range(first, self.weeks):
            end = min(w + q.maintenance_weeks, self.weeks)
            if end + q.interval < self.weeks:
                after = [self.block[q.id, n] for n in range(end, end + q.interval + 1)]
                self.m.add_bool_or([*after, ~self.block[q.id, w]])
        return covering

    def people(self) -> None:
        case = self.case
        tables: dict[str, defaultdict[tuple[int, int], list[tuple[Any, int]]]] = {
            "places": defaultdict(list),
            "handover_places": defaultdict(list),
        }
        for name, table in (("places", self.ready), ("handover_places", self.present)):
            for (e, i, t), literals in table.items():
                tables[name][i, t] += [(v, case.element_type(e).people) for v in literals]
        for (_, g), v in self.fly.items():
            for t in range(max(g.arrive, 0), g.end):
                tables["handover_places"][g.start.site, t].append((v, case.element_type(g.element).people))
        fixed: defaultdict[tuple[str, int, int], int] = defaultdict(int)
        for p in self.f.under_way.values():
            for t in range(min(p.depart, self.weeks)):
                n, i = case.element_type(p.element).people, self.f.at[p.site]
                fixed["handover_places", i, t] += n
                fixed["places", i, t] += n if t >= self.ready_given(p) else 0
        for name, table in tables.items():
            for (i, t), terms in table.items():
                room, taken, more = getattr(case.sites[i], name), fixed[name, i, t], self.finished(i, t, name)
                if taken > room and more:
                    raise Unsupported("not modelled: an upgrade of a site that is too full when the plan begins")
                left = int(self.f.closed_places[i, t])
                self.m.add(self.total(terms) <= max(room - taken, 0) + self.total(more))
                self.m.add(self.total(terms) <= max(left - taken, 0))
        for c in case.countries:
            inside = self.f.country_sites[c.id]
            for name, cap in (("places", c.cap), ("handover_places", c.handover_cap)):
                for t in range(self.weeks) if cap is not None else ():
                    taken = sum(fixed[name, i, t] for i in inside)
                    assert cap is not None
                    terms = [x for i in inside for x in tables[name].get((i, t), [])]
                    self.m.add(self.total(terms) <= max(cap - taken, 0))
            for t in range(self.weeks) if c.floor > 0 else ():
                taken = sum(fixed["handover_places", i, t] for i in inside)
                terms = [x for i in inside for x in tables["handover_places"].get((i, t), [])]
                if case.settings.floor_hard:
                    self.m.add(self.total(terms) >= c.floor - taken)
                else:
                    short = self.whole(0, c.floor)
                    self.shorts.append((short, max(0, c.floor - taken)))
                    self.m.add(self.total(terms) + short >= c.floor - taken)
                    self.score.append((short, -round(case.settings.floor_price * SCORE)))

    def money(self) -> None:
        case, s = self.case, self.case.settings
        for p in self.f.under_way.values():
            for t in range(min(p.depart, self.weeks)):
                self.fixed_spend[s.line_rotation, t] += case.element_type(p.element).week_cost
        year_spend: defaultdict[tuple[int, str], list[tuple[Any, int]]] = defaultdict(list)
        year_fixed: defaultdict[tuple[int, str], int] = defaultdict(int)
        for (year, quarter), weeks in self.f.periods.items():
            for line in self.f.lines:
                terms = [x for t in weeks for x in self.spend[line, t]]
                fixed = sum(self.fixed_spend[line, t] for t in weeks)
                year_spend[year, line] += terms
                year_fixed[year, line] += fixed
                for b in case.budgets:
                    ceiling = b.quarters[quarter - 1]
                    if (b.year, b.line) == (year, line) and ceiling is not None:
                        self.m.add(self.total(terms) <= ceiling - fixed)
        if case.budgets:
            for year in case.calendar.fiscal_years:
                given = []
                for line in self.f.lines:
                    have = self.f.amounts.get((year, line), 0)
                    out = self.whole(0, s.transfer_limit * have // 1000)
                    into = self.whole(0, 10**13)
                    given += [(into, 1), (out, -1)]
                    room = have - year_fixed[year, line] + into - out
                    self.m.add(self.total(year_spend[year, line]) <= room)
                self.m.add(self.total(given) == 0)
        everything = [x for terms in year_spend.values() for x in terms]
        if s.total_cap is not None:
            self.m.add(self.total(everything) <= s.total_cap - sum(year_fixed.values()))
        self.constant = -s.cost_price * sum(year_fixed.values()) / 10**6
        self.score += [(v, -round(s.cost_price * c * SCORE / 10**6)) for v, c in everything]

    def coverage(self) -> None:
        case, f = self.case, self.f
        worth = {**f.worth, **f.stored}
        unit = math.gcd(*(int(x) for w in worth.values() for x in w.ravel()), *(int(x) for x in f.demand.ravel())) or 1
        supply: defaultdict[tuple[int, int, int], list[tuple[Any, int]]] = defaultdict(list)
        counts: dict[tuple[str, int, int], Any] = {}
        for key, literals in self.counted.items():
            counts[key] = v = self.whole(0, len(literals))
            self.m.add(v == sum(literals))
        for (name, i, t), v in [*counts.items(), *self.idle.items()]:
            at = worth[name][i]
            for c, k in zip(*at.nonzero(), strict=True):
                supply[int(c), int(k), t].append((v, int(at[c, k]) // unit))
        values: defaultdict[int, list[tuple[Any, int, int]]] = defaultdict(list)
        asked: defaultdict[int, int] = defaultdict(int)
        for c, k, lv, t in zip(*f.demand.nonzero(), strict=True):
            price = float(f.prices[c, k, lv])
            if price:
                most = int(f.demand[c, k, lv, t]) // unit
                v = self.whole(0, most)
                supply[int(c), int(k), int(t)].append((v, -1))
                self.score.append((v, round(price * unit * SCORE)))
                share = round(case.capabilities[k].weight * case.levels[lv].value * 10_000)
                values[int(c)].append((v, share, most))
                asked[int(c)] += share * most
        for terms in supply.values():
            self.m.add(self.total(terms) >= 0)
        price = case.settings.worst_country_price
        if price and asked:
            worst = self.whole(0, WORST)
            self.score.append((worst, round(price * 100 * SCORE / WORST)))
            for c, steps in values.items():
                self.m.add(asked[c] * worst <= WORST * self.total([(v, share) for v, share, _ in steps]))

    def at_home(self) -> None:
        """Hint the plan in which nobody goes (to be repaired where an exercise is mandatory)."""
        true = {
            v.index for (q, i, _), v in self.stand.items() if self.case.prepo[q].start_site == self.case.sites[i].id
        }
        for q in self.case.sets:
            true |= {self.block[q.id, w].index for w in self.f.due_blocks(q) if (q.id, w) in self.block}
        for v in self.lits:
            self.m.add_hint(v, v.index in true)
        for v, value in self.shorts:
            self.m.add_hint(v, value)

    def plan(self, on: Any, value: Any) -> Plan:
        """The plan of a solution: ``on`` tells a literal's truth, ``value`` an integer's value."""
        sites, rotations = self.case.sites, list(self.case.underway)
        for (u, slot), s in self.units.items():
            if on(s.present):
                postings = []
                for e in self.case.elements_of[u]:
                    own = self.elements[e.id, slot]
                    if on(own.present):
                        o = next(o for o, v in own.bases.items() if on(v))
                        span = value(own.arrive), value(own.depart)
                        postings.append(Posting(e.id, sites[o.site].id, o.mode, o.set_id, *span))
                rotations.append(Rotation(u, value(s.arrive), value(s.depart), tuple(postings)))
        stays: list[Stay] = []
        for q in self.case.sets:
            for t in range(self.weeks):
                for i in range(len(sites)):
                    v = self.stand.get((q.id, i, t))
                    if v is None or not on(v):
                        continue
                    last = stays[-1] if stays else None
                    if last and (last.set_id, last.site, last.end) == (q.id, sites[i].id, t):
                        stays[-1] = Stay(q.id, last.site, last.start, t + 1)
                    else:
                        stays.append(Stay(q.id, sites[i].id, t, t + 1))
        blocks = [
            Maintenance(name, w, min(w + self.case.prepo[name].maintenance_weeks, self.weeks))
            for (name, w), v in self.block.items()
            if on(v)
        ]
        who: defaultdict[str, list[Participant]] = defaultdict(list)
        for (e, x, n, _), v in self.join.items():
            if on(v):
                who[x].append(Participant(n, e))
        for (x, g), v in self.fly.items():
            if on(v):
                who[x].append(Participant(g.need, g.element, g.mode, g.set_id))
        runs = tuple(Run(x, sites[st.site].id, st.week, tuple(who[x])) for (x, st), v in self.run.items() if on(v))
        purchases = tuple(Purchase(u, w) for (u, w), v in self.buy.items() if on(v))
        return Plan(tuple(rotations), tuple(stays), tuple(blocks), runs, purchases).tidy()


class _Keep(cp_model.CpSolverSolutionCallback):
    def __init__(self, model: Model, clock: Clock, answer: Answer):
        super().__init__()
        self.model, self.clock, self.answer = model, clock, answer

    def on_solution_callback(self) -> None:
        self.answer.plans.append((self.clock(), self.model.plan(self.boolean_value, self.value)))


def solve(case: Case, limit: float, clock: Clock, variant: str) -> Answer:
    """Build the model and let CP-SAT solve it."""
    model = Model(Facts(case))
    answer = Answer(built=clock())
    proto = model.m.proto
    answer.size = {"variables": len(proto.variables), "rows": len(proto.constraints)}
    if clock() >= limit:
        answer.status = "time limit while the model was built"
        return answer
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit - clock()
    solver.parameters.num_workers = WORKERS
    # the least covered country is counted in steps: the bound makes up for what rounding down may hide
    slack = case.settings.worst_country_price * 100 / WORST

    def bounded(bound: float) -> None:
        answer.bounds.append((clock(), bound / SCORE + model.constant + slack))

    solver.best_bound_callback = bounded
    status = solver.solve(model.m, _Keep(model, clock, answer))
    answer.status = solver.status_name(status)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        answer.plans.append((clock(), model.plan(solver.boolean_value, solver.value)))
        bounded(solver.best_objective_bound)
    return answer
