"""The multipliers of a leaf by row, inside their boxes; whatever names no row, or lies outside, is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from optimizer.domain.certificate import Certificate, Leaf, Name
from optimizer.rules.budget.limits import limits
from optimizer.verify.bound.facts import CENT, ENDLESS, WORTH, Facts, Refused, down, exact
from optimizer.verify.bound.wishes import Wishes

MOST = 2.0**55  # units of worth that no life may reach: sums of a few fit 64 bits, and none is taken for impossible


class Rows:
    """The rows of a leaf as arrays by family, in units of worth (money: of 1/``CENT``)."""

    def __init__(self, f: Facts, c: Certificate, leaf: Leaf):
        self.f, self.case, self._certificate, self._leaf = f, f.case, c, leaf
        self._used: set[str] = set()
        if {"whole", "partly"} & set(c.digits):
            raise Refused("all rows of coverage have the decimals of cover")

    def digits(self, family: str) -> int:
        """Decimals of a family's multipliers."""
        most = 24 if family in ("cover", "year", "quarter", "resolution", "total") else 9
        found = self._certificate.decimals(family)
        if not (9 if family == "cover" else 0) <= found <= most:
            raise Refused(f"{family}: {found} decimals")
        return found

    def given(self, family: str) -> Mapping[Name, Mapping[int, int]]:
        """What the leaf says of a family; every family must be asked for."""
        self._used.add(family)
        return self._leaf.rows.get(family, {})

    def finished(self) -> None:
        """Refuse families that nobody asked for."""
        for family in set(self._leaf.rows) - self._used:
            raise Refused(f"there is no family {family}")

    def array(
        self, family: str, ids: Iterable[Name], there: np.ndarray, scale: int = WORTH, free: bool = False
    ) -> np.ndarray:
        """Multipliers [ids, weeks]; ``there`` says where a row is; ``free``: they may be negative."""
        at, unit = {name: i for i, name in enumerate(ids)}, scale // 10 ** self.digits(family)
        out = np.zeros(there.shape, dtype=object)
        for name, weeks in self.given(family).items():
            for week, n in weeks.items():
                if name not in at or not 0 <= week < there.shape[1] or (n and not there[at[name], week]):
                    raise Refused(f"{family} {name}, week {week}: there is no such row")
                if n < 0 and not free:
                    raise Refused(f"{family} {name}, week {week}: a multiplier below 0")
                out[at[name], week] = n * unit
        return out

    def single(self, family: str, ids: Iterable[Name], there: Iterable[bool], scale: int) -> np.ndarray:
        """Multipliers of rows that are about no week: [ids]."""
        return self.array(family, ids, np.array([[x] for x in there], dtype=np.bool_).reshape(-1, 1), scale)[:, 0]

    def shares(self, family: str, ids: list[str]) -> list[int]:
        """Weights that sum to 1, in units of worth; all 0 where there is nothing to weigh."""
        found = self.single(family, [(x,) for x in ids], [True] * len(ids), WORTH)
        if ids and not self.given(family):
            found[0] = WORTH  # nothing said: all on one
        if ids and found.sum() != WORTH:
            raise Refused(f"{family}: its weights do not sum to 1")
        return [int(x) for x in found]

    def area(self, name: Name) -> tuple[int, int]:
        """(area, level) of ids block, country, capability, level."""
        case = self.case
        try:
            block, country, capability, level = name
            b = [s.id for _, s in self.f.blocks].index(block)
            k = [x.id for x in case.capabilities].index(capability)
            a = (b * len(case.countries) + self.f.countries[country]) * len(case.capabilities) + k
            return a, [x.id for x in case.levels].index(level)
        except (ValueError, KeyError, TypeError) as e:
            raise Refused(f"{name}: there is no such demand") from e

    def area_week(self, name: Name) -> tuple[int, int, int]:
        """(area, level, week) of a row beyond a reference; its first id only tells rows of a week apart."""
        week = name[-1] if len(name) == 6 else None
        if not isinstance(week, int) or not 0 <= week < self.f.weeks:
            raise Refused(f"{name}: there is no such demand")
        return (*self.area(name[1:-1]), week)

    def by_area(self, family: str, shape: tuple[int, ...]) -> np.ndarray:
        """Multipliers of coverage [areas, levels, T], in their own decimals."""
        out = np.zeros(shape, dtype=object)
        for name, weeks in self.given(family).items():
            for week, n in weeks.items():
                if n < 0 or not 0 <= week < shape[2]:
                    raise Refused(f"{family} {name}, week {week}: below 0, or no such row")
                out[(*self.area(name), week)] = n
        return out

    # -- the families that have a row per site, country, set, host, line --------------------------

    def plain(self, w: Wishes) -> None:
        """Read them all."""
        f, case, t, hosts, needs = self.f, self.case, self.f.weeks, w.hosts, w.needs
        everywhere = np.ones((len(f.sites), t), dtype=np.bool_)
        sites = [(x,) for x in f.sites]
        self.settled, self.everyone, self.slots, self.range = (
            self.array(name, sites, everywhere) for name in ("settled", "everyone", "slots", "range")
        )
        countries = [(x,) for x in f.countries]
        self.hosted = {
            n: self.array(n, countries, f.caps(n) < ENDLESS) for n in ("host settled", "host everyone", "brigade")
        }
        floors = np.array([[c.floor > 0] for c in case.countries], dtype=np.bool_).reshape(-1, 1)
        self.floor = self.array("floor", countries, floors & np.ones((1, t), dtype=np.bool_))
        if not case.settings.floor_hard and self.floor.max(initial=0) > down(case.settings.floor_price):
            raise Refused("floor: a multiplier above the price of a floor")
        holds = [(q, s) for q in f.sets for s in f.sites]
        self.hold = self.array("hold", holds, np.ones((len(holds), t), dtype=np.bool_)).reshape(-1, len(sites), t)
        at = [(x.id, h.site) for x, h in hosts]
        self.echelon = self.array("echelon", at, w.wanting[:, None] & np.ones((1, t), dtype=np.bool_))
        groups = sorted({x.group for x in case.exercises if x.group is not None})
        self.group = dict(zip(groups, self.array("group", [(g,) for g in groups],
                                                 np.ones((len(groups), t), dtype=np.bool_)), strict=True))  # fmt: skip
        self.pairs = [(n, h) for n, (x, _) in enumerate(needs) for h, (y, _) in enumerate(hosts) if x is y]
        names = [(needs[n][0].id, needs[n][1].id, hosts[h][1].site) for n, h in self.pairs]
        self.needs = self.array("needs", names, np.ones((len(names), t), dtype=np.bool_), free=True)

    def settle(self, amounts: Mapping[str, float], weekly: float, once: float) -> None:
        """Go over to 64-bit integers; refuse numbers whose sums might not fit. ``amounts``: the most that one party
        uses in a week, by family; ``weekly``, ``once``: what else a week or a life may be worth. ``most``: what is left
        of that for supply."""
        plain = ("settled", "everyone", "slots", "range", "floor", "hold", "echelon", "needs")
        size = weekly + sum(amounts[n] * float(abs(getattr(self, n)).max(initial=0)) for n in plain)
        size += sum(amounts[n] * float(x.max(initial=0)) for n, x in self.hosted.items())
        size += sum(float(x.max(initial=0)) for x in self.group.values())
        size += amounts["money"] * float(self.price.max(initial=0)) / (CENT // WORTH)
        self.most = (MOST - once) / (self.f.weeks * amounts["elements"]) - size
        too_large(0.0, self.most)
        for n in plain:
            setattr(self, n, getattr(self, n).astype(np.int64))
        self.hosted = {n: x.astype(np.int64) for n, x in self.hosted.items()}
        self.group = {n: x.astype(np.int64) for n, x in self.group.items()}

    def money(self) -> None:
        """Read the rows of money: ``price[lines, T]`` in 1/``CENT``, and ``ceiling``, what they pay for, in worth."""
        f, case, cal = self.f, self.case, self.case.calendar
        found, fiscal = limits(case), [cal.fiscal(w) for w in range(f.weeks)]
        trace = exact(case.settings.cost_price) * CENT / 10**6
        self.price = np.full((len(f.lines), f.weeks), trace.numerator // trace.denominator, dtype=object)
        total: int = 0
        years: list[Name] = [(line, y) for line in f.lines for y in cal.fiscal_years]
        held = self.single("year", years, [found.lines is not None] * len(years), CENT)
        limit: dict[Name, int] = {(line, y): 0 if found.lines is None else found.lines[y, line] for line, y in years}
        quarters: list[Name] = [(line, *q) for line in f.lines for q in sorted(set(fiscal))]
        limit |= {(line, y, q): found.quarters.get((y, q, line), 0) for line, y, q in quarters}
        tops = self.single("quarter", quarters, [(y, q, line) in found.quarters for line, y, q in quarters], CENT)
        for name, n in [*zip(years, held, strict=True), *zip(quarters, tops, strict=True)]:
            i = f.lines.index(name[0])
            weeks = [w for w, (y, q) in enumerate(fiscal) if name[1:] in ((y,), (y, q))]
            self.price[i, weeks] += n
            total += n * (limit[name] - int(f.fixed[i, weeks].sum()))
        share = case.settings.transfer_limit
        for y in cal.fiscal_years:
            by_line = {line: n for (line, of), n in zip(years, held, strict=True) if of == y}
            top = max(by_line.values(), default=0)
            total += -(-sum((top - n) * share * limit[line, y] for line, n in by_line.items()) // 1000)
        stops = list(dict.fromkeys((line, r.weeks, r.rate) for r in found.resolutions for line in f.lines))
        early = self.single("resolution", stops, [line in found.rates for line, *_ in stops], CENT)
        for (line, until, rate), n in zip(stops, early, strict=True):
            i = f.lines.index(line)
            self.price[i, :until] += n
            total += n * (rate * found.rates.get(line, 0) * until // 52_000 - int(f.fixed[i, :until].sum()))
        whole = int(self.single("total", [()], [found.total is not None], CENT)[0])
        self.price += whole
        total += whole * ((found.total or 0) - int(f.fixed.sum()))
        self.ceiling = -(-total // (CENT // WORTH))


def too_large(size: float, most: float) -> None:
    """Refuse what 64 bits might not hold."""
    if size >= most:
        raise Refused("its numbers are too large for sums of 64 bits")
