"""The value of the relaxation at the multipliers of one leaf: all parts priced from the case alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np

from optimizer.domain import Case
from optimizer.domain.certificate import Certificate, Leaf
from optimizer.domain.supply import demand
from optimizer.quantities import MICRO, MILLI
from optimizer.verify.bound.coverage import Coverage, Givers
from optimizer.verify.bound.cuts import Cuts
from optimizer.verify.bound.elements import Elements
from optimizer.verify.bound.events import Events
from optimizer.verify.bound.facts import CENT, ENDLESS, WORTH, Facts, Refused, exact, up
from optimizer.verify.bound.leaves import Kept, kept
from optimizer.verify.bound.multipliers import Rows
from optimizer.verify.bound.paths import HOPELESS
from optimizer.verify.bound.sets import Sets
from optimizer.verify.bound.units import Units
from optimizer.verify.bound.wishes import Wishes


class Relaxation:
    """What does not depend on multipliers is worked out once for all leaves."""

    def __init__(self, case: Case):
        if case.settings.floor_price < 0:
            raise Refused("a floor price below 0 is not certified")
        self.case, self.facts = case, Facts(case)
        self.wishes = Wishes(self.facts)
        self.base = self._base()

    def value(self, c: Certificate, leaf: Leaf) -> int | None:
        """No plan of the leaf scores more, in units of worth; ``None`` if it holds no plan."""
        f, w = self.facts, self.wishes
        rows = Rows(f, c, leaf)
        rows.plain(w)
        rows.money()
        givers, cuts = Givers(f, c.givers), Cuts(f, w, rows)
        steps = self._steps(rows)
        rows.settle(*self._size(cuts))
        coverage = Coverage(f, rows, leaf, givers, steps)
        rows.finished()
        el = Elements(f, w, rows, coverage, cuts)
        units, sets, events = Units(el), Sets(el), Events(el)
        of_units, of_runs = kept(f, leaf)
        parts = [units.value(u.id, of_units.get(u.id, Kept())) for u in self.case.units]
        parts += [sets.value(i) for i in range(len(self.case.sets))]
        parts += [events.run(x.id, of_runs.get(x.id, Kept())) for x in self.case.exercises]
        parts += [events.buy(i) for i in range(len(self.case.upgrades))]
        if any(x < HOPELESS for x in parts):
            return None
        spent = up(-exact(self.case.settings.cost_price) / MICRO * int(f.fixed.sum()))
        own = units.under_way() + cuts.under_way + coverage.value + rows.ceiling + self._places(rows)
        return sum(parts) + own + w.constant + spent

    def _base(self) -> list[list[list[Fraction]]]:
        """Price of a micro-point by country, capability and level."""
        case = self.case
        unit = exact(case.settings.coverage_price) / MICRO
        return [
            [
                [unit * exact(c.weight) * exact(k.weight) * exact(v.value) for v in case.levels]
                for k in case.capabilities
            ]
            for c in case.countries
        ]

    def _steps(self, rows: Rows) -> np.ndarray:
        """Falls of the price from level to level, none below 0: [areas, levels], in 1/``CENT``, rounded up."""
        case, f, s = self.case, self.facts, self.case.settings
        d = np.diff(demand(case).sum(axis=3), axis=2, prepend=0)
        full = [
            sum((p * int(n) for ps, ns in zip(of, d[c], strict=True) for p, n in zip(ps, ns, strict=True)), Fraction(0))
            for c, of in enumerate(self.base)
        ]
        counted = (
            [c.id for c, x in zip(case.countries, full, strict=True) if x > 0] if s.worst_country_price > 0 else []
        )
        country = dict(zip(counted, rows.shares("country", counted), strict=True))
        block = rows.shares("block", [x.id for _, x in f.blocks])
        omega = Fraction(s.worst_scenario_weight, MILLI) if len(f.blocks) > 1 else Fraction(0)
        out = []
        for b, (share, _) in enumerate(f.blocks):
            for c, x in enumerate(case.countries):
                factor = share * (1 - omega) + omega * Fraction(block[b], WORTH)
                if b == 0 and x.id in country:
                    factor += Fraction(country[x.id], WORTH) * 100 * exact(s.worst_country_price) / full[c]
                for prices in self.base[c]:
                    p = [factor * y * CENT for y in prices] + [Fraction(0)]
                    out.append([max(-((low - high) // 1), 0) for high, low in pairwise(p)])
        return np.array(out, dtype=object).reshape(-1, len(case.levels))

    def _places(self, rows: Rows) -> int:
        """What rows of places, floors, slots and ranges pay for."""
        f, case = self.facts, self.case
        total = sum(int((getattr(rows, name) * f.room[name]).sum()) for name in ("settled", "everyone"))
        for name, price in rows.hosted.items():
            cap = f.caps(name)
            total += int((price * np.where(cap == ENDLESS, 0, cap)).sum())
        floors = np.array([c.floor for c in case.countries], dtype=np.int64).reshape(-1, 1)
        total += int((rows.floor * (f.by_country(f.people) - floors)).sum())
        total += int((rows.slots * np.array([s.slots for s in case.sites]).reshape(-1, 1)).sum())
        total += int((rows.range * np.array([s.exercises_at_once for s in case.sites]).reshape(-1, 1)).sum())
        return total + sum(int(x.sum()) for x in rows.group.values())

    def _size(self, cuts: Cuts) -> tuple[dict[str, float], float, float]:
        """See ``Rows.settle``."""
        case, w = self.case, self.wishes

        def most(values: list[int]) -> float:
            return float(max(values, default=0))

        people = most([y.people for y in case.unit_types]) + most([b.places + b.handover_places for b in case.upgrades])
        slots = most([q.slots for q in case.sets]) + most([b.slots for b in case.upgrades])
        costs = [y.week_cost for y in case.unit_types] + [m.cost for y in case.unit_types for m in y.modes.values()]
        costs += (
            [x.cost + h.cost for x, h in w.hosts] + [q.move_cost for q in case.sets] + [b.cost for b in case.upgrades]
        )
        asked = most([n.count for _, n in w.needs])
        amounts = dict.fromkeys(("settled", "everyone", "host settled", "host everyone", "floor"), people)
        amounts |= {"brigade": most([y.brigades for y in case.unit_types]), "slots": slots, "needs": asked}
        amounts |= {
            "hold": 2.0,
            "range": 1.0 + most([b.exercises_at_once for b in case.upgrades]),
            "echelon": 1.0,
            "money": most(costs),
        }
        amounts["elements"] = most([len(x) for x in case.elements_of.values()]) + 4.0
        once = sum(float(x.price) for x in cuts.rows) * asked + sum(float(abs(up(x.value))) for x in case.exercises)
        masks = (*w.sets, w.runs, w.buys, *w.elements.values())
        weekly = sum(float(abs(x.gain).max(initial=0)) for x in masks) + float(up(case.settings.over_length_price))
        return amounts, weekly, once * case.weeks
