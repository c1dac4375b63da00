"""The multipliers of a bound as a certificate: integers by names (docs/certificate.md); ``verify.bound`` checks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

import numpy as np

from optimizer.domain import Case
from optimizer.domain.canonical import content_hash
from optimizer.domain.certificate import Certificate, Leaf, Name, Reference
from optimizer.engines.lagrangian.bound.branching import Split
from optimizer.engines.lagrangian.bound.lagrangian import Lagrangian
from optimizer.engines.lagrangian.bound.parts.records import COUNTS, LATE
from optimizer.engines.lagrangian.bound.pricing.partly import Partly
from optimizer.engines.lagrangian.bound.rows import Rows
from optimizer.engines.lagrangian.tables.build import names
from optimizer.engines.lagrangian.tables.supply import blocks
from optimizer.rules.budget.limits import limits

FINE, COARSE = 6, 5  # decimals of a family's multipliers beyond those of its scale: of one leaf, of many
COVERAGE, MONEY, SHARES = ("cover", "whole", "partly"), ("year", "quarter", "resolution", "total"), ("country", "block")
NEAR = 100  # micro-points to which references are rounded


Way = tuple[tuple[Split, bool], ...]


def certificate(case: Case, of: Lagrangian, theta: np.ndarray, rows: Partly) -> Certificate:
    """What ``theta`` with submodular rows ``rows`` proves of all plans; nothing is claimed before it is checked."""
    return made_of_leaves(case, of, [((), theta, rows)])


def made_of_leaves(
    case: Case, of: Lagrangian, leaves: Sequence[tuple[Way, np.ndarray, Partly]], part: int = FINE
) -> Certificate:
    """The same for leaves: the way to each, its multipliers and rows; ``part``: how finely multipliers are rounded."""
    digits, ids = _digits(of.rows, part), rows_by_name(case, of)
    made = tuple(
        replace(_leaf(case, of, theta, rows, digits, ids), decided=tuple(_decided(case, way)))
        for way, theta, rows in leaves
    )
    there = {name for leaf in made for name in leaf.rows}
    kept = {k: d for k, d in digits.items() if k == "cover" or (k in there and k not in COVERAGE)}
    return Certificate(content_hash(case), 0, kept, givers_by_name(case, of), made)


def _decided(case: Case, way: Way) -> Iterator[tuple[str, str, object, bool]]:
    """Decisions by names."""
    ids = names(case)
    of = {"held": ids.exercises, "start": ids.exercises, "base": ids.elements}
    for split, side in way:
        value = split.value
        if isinstance(value, np.ndarray):
            yield (
                split.kind,
                of[split.kind][split.subject],
                tuple(s for s, yes in zip(ids.sites, value, strict=True) if yes),
                side,
            )
        else:
            yield split.kind, of.get(split.kind, ids.units)[split.subject], None if value is None else int(value), side


def _digits(rows: Rows, part: int) -> dict[str, int]:
    """Decimals by family."""
    found = {}
    for name in rows.families:
        scale = rows.view(rows.scale, "cover" if name in COVERAGE else name)
        typical = float(np.median(scale[scale > 0])) if (scale > 0).any() else 1.0
        most, least = (24, 9) if name in COVERAGE else (24, 0) if name in MONEY else (9, 0)
        found[name] = 9 if name in SHARES else int(np.clip(np.ceil(part - np.log10(typical)), least, most))
    return found


def _leaf(
    case: Case,
    of: Lagrangian,
    theta: np.ndarray,
    partly: Partly,
    digits: Mapping[str, int],
    names_of: Mapping[str, list[Name]],
) -> Leaf:
    table: dict[str, dict[Name, dict[int, int]]] = {}
    for name, ids in names_of.items():
        values = np.rint(of.rows.view(theta, name) * 10.0 ** digits[name])
        values = values.reshape(len(ids), -1).astype(np.int64) if ids else np.zeros((0, 0), dtype=np.int64)
        if name in SHARES and len(ids):
            values[values.argmax()] += 10 ** digits[name] - values.sum()
        if name == "floor" and not case.settings.floor_hard:
            values = np.minimum(values, int(Fraction(str(case.settings.floor_price)) * 10 ** digits[name]))
        rows = {i: {int(w): int(v[w]) for w in np.flatnonzero(v)} for i, v in zip(ids, values, strict=True) if v.any()}
        if rows:
            table[name] = rows
    price = of.rows.view(theta, "partly")
    beyond = dict(_beyond(case, of, partly, price, 10.0 ** digits["cover"]))
    return Leaf((), table, beyond)


def areas_by_name(case: Case) -> list[tuple[str, str, str]]:
    """Scenario block, country and capability of every area."""
    return [(s.id, c.id, k.id) for _, s in blocks(case) for c in case.countries for k in case.capabilities]


def rows_by_name(case: Case, of: Lagrangian) -> dict[str, list[Name]]:
    """Names of the rows of every family, in their order."""
    n, p, cal, held = names(case), of.parts, case.calendar, limits(case)
    sites, countries = [(s,) for s in n.sites], [(c.id,) for c in case.countries]
    hosts = [(x.id, h.site) for x in case.exercises for h in x.hosts]
    groups = sorted({x.group for x in case.exercises if x.group is not None})
    need = [(x.id, i.id) for x in case.exercises for i in x.needs]
    coverage: list[Name] = [(*area, v.id) for area in areas_by_name(case) for v in case.levels]
    quarters = sorted({cal.fiscal(w) for w in range(case.weeks)})
    return {
        "cover": coverage,
        "whole": coverage,
        "country": [(case.countries[c].id,) for c in of.worst.counted],
        "block": [(s.id,) for _, s in blocks(case)],
        "settled": sites,
        "everyone": sites,
        "host settled": countries,
        "host everyone": countries,
        "brigade": countries,
        "floor": countries,
        "slots": sites,
        "hold": [(q, s) for q in n.sets for s in n.sites],
        "range": sites,
        "echelon": hosts,
        "group": [(g,) for g in groups],
        "needs": [(*need[i], hosts[h][1]) for i, h in zip(p.pair_need, p.visits.host, strict=True)],
        "cuts": list(_cuts(case, of, need)),
        "year": [(line, y) for line in n.lines for y in cal.fiscal_years],
        "quarter": [(line, *q) for line in n.lines for q in quarters],
        "resolution": [(line, r.weeks, r.rate) for r in held.resolutions for line in n.lines],
        "total": [()],
    }


def _cuts(case: Case, of: Lagrangian, need: list[tuple[str, str]]) -> Iterator[Name]:
    cu = of.parts.cuts
    needs: list[list[str]] = [[] for _ in cu.coef]
    out: list[list[str]] = [[] for _ in cu.coef]
    for i, k in zip(cu.of_row, cu.of_need, strict=True):
        needs[i].append(need[k][1])
    for i, u in zip(cu.out_row, cu.out_unit, strict=True):
        out[i].append(case.units[u].id)
    for i, x in enumerate(cu.exercise):
        yield case.exercises[x].id, tuple(needs[i]), tuple(out[i]), int(cu.start[i]), int(cu.end[i]) - 1


def givers_by_name(case: Case, of: Lagrangian) -> tuple[tuple[str, ...], ...]:
    """Profiles and sets by name: type, status by block, whether they count alone, unit, element."""
    ids, letters = names(case), {COUNTS: "C", LATE: "L"}
    found: list[tuple[str, ...]] = []
    for y, status, weeks, join, alone, unit in of.parts.profiles:
        late = "".join(letters.get(x, "V") for x in status)
        found.append((
            case.unit_types[y].id, late + (str(weeks) if "L" in late else ""), "alone" if alone else "part",
            ids.units[unit] if unit >= 0 else "", ids.elements[join] if join >= 0 else "",
        ))  # fmt: skip
    return (*found, *(("set", q) for q in ids.sets))


def _beyond(
    case: Case, of: Lagrangian, rows: Partly, price: np.ndarray, unit: float
) -> Iterator[tuple[Name, Reference]]:
    """Submodular rows with a multiplier."""
    g, areas = of.parts.grains, areas_by_name(case)
    for m in range(len(rows.area)):
        family, a, level, week = (int(x[m]) for x in (rows.family, rows.area, rows.level, rows.week))
        xi = int(np.rint(price[family, a, level, week] * unit))
        if xi > 0:
            grains = g.by_area[g.area_first[a] : g.area_first[a + 1]]
            less = rows.less[rows.first[m] : rows.first[m + 1]]
            given = {
                int(g.giver[i]): round(q / NEAR) * NEAR for i, q in zip(grains, less.tolist(), strict=True) if q > 0
            }
            yield (family, *areas[a], case.levels[level].id, week), Reference(xi, dict(sorted(given.items())))
