"""The region: sites, ways between them, closures, upgrades."""

from __future__ import annotations

from math import isqrt

from optimizer.domain import Closure, Country, Leg, Site, Upgrade
from optimizer.quantities import MILLI, MONEY
from optimizer.synthetic.catalogue import AREAS, BEYOND_CORRIDOR, FLOOR_UNITS, Area
from optimizer.synthetic.dice import Dice

DETOUR = 130  # per cent of the straight line
NEIGHBOURS = 8  # legs per site
DEPOT_EVERY = 8  # one site in so many is a store abroad
YEAR_END, THAW = (11, 13), (25, 27)  # weeks of a year in which ranges are closed


def countries(units: int, people: int) -> tuple[Country, ...]:
    """The demand areas; floors grow with the number of units, the one country cap with all their ``people``."""
    cap = people * 6 // 100 // 50 * 50
    return tuple(
        Country(
            a.id,
            a.name,
            a.weight,
            a.floor * units // FLOOR_UNITS,
            cap if a.capped else None,
            2 * cap if a.capped else None,
            1000,
        )
        for a in AREAS
    )


def sites(dice: Dice, count: int, people: int) -> tuple[Site, ...]:
    """``count`` sites, one in eight a store abroad; together places for six in ten ``people``."""
    abroad = max(1, count // DEPOT_EVERY)
    owners = _owners(count - abroad)
    made = []
    for n, area in enumerate(owners):
        nth = owners[:n].count(area)
        share = people * 60 * area.share // (10_000 * owners.count(area))
        places = max(dice.about(share, 50) // 50 * 50, 800 if nth == 0 else 300)
        echelon = _range(dice, area, nth)
        at_once = 2 if echelon == "brigade" else 1
        lat, lon = _off(dice, area.lat, 90), _off(dice, area.lon, 140)
        name = f"{area.name} {nth + 1}"
        ident = f"{area.id}_{nth + 1}"
        made.append(Site(ident, name, area.id, places, places * 5 // 4, 0, echelon, at_once, lat, lon))
    for n in range(abroad):
        made.append(Site(f"DEPOT_{n + 1}", f"Depot {n + 1}", None, lat=_off(dice, 50.5, 100), lon=_off(dice, 7.0, 140)))
    return tuple(made)


def _owners(count: int) -> list[Area]:
    """The area of each site: every area has one, the rest go where places are scarcest."""
    owners = list(AREAS)
    while len(owners) < count:
        owners.append(max(AREAS, key=lambda a: (a.share / owners.count(a), -AREAS.index(a))))
    return owners


def _range(dice: Dice, area: Area, nth: int) -> str:
    if nth == 0:
        return "brigade" if area.id in ("PLAIN", "DELTA") else "battalion"
    return dice.pick(("none", "company", "company", "battalion"))


def _off(dice: Dice, degrees: float, hundredths: int) -> float:
    return round(degrees + dice.whole(-hundredths, hundredths) / 100, 2)


def legs(places: tuple[Site, ...]) -> tuple[Leg, ...]:
    """Ways from each site to its nearest ones, and between the first sites of all areas and depots."""
    first = {f"{a.id}_1" for a in AREAS} | {"DEPOT_1"}
    wanted: set[tuple[int, int]] = set()
    for i, a in enumerate(places):
        near = sorted((j for j in range(len(places)) if j != i), key=lambda j: (_km(a, places[j]), j))
        core = [j for j in range(len(places)) if j != i and a.id in first and places[j].id in first]
        wanted |= {(min(i, j), max(i, j)) for j in near[:NEIGHBOURS] + core}
    return tuple(_leg(places[i], places[j]) for i, j in sorted(wanted))


def _leg(a: Site, b: Site) -> Leg:
    km = _km(a, b)
    heavy = 1000 if km <= 150 else 500 * -(-2 * (3 * 350 + 2 * km) // (2 * 350))
    inside = [s.country in BEYOND_CORRIDOR for s in (a, b)]
    routes = frozenset({"corridor"}) if inside[0] != inside[1] else frozenset[str]()
    return Leg(a.id, b.id, max(500, 500 * -(-2 * km // 250)), heavy, routes)


def _km(a: Site, b: Site) -> int:
    """Whole kilometres by road: a degree of latitude is 111 km, one of longitude 67."""
    (north, east), (to_north, to_east) = _at(a), _at(b)
    north, east = (north - to_north) * 111, (east - to_east) * 67
    return isqrt(north * north + east * east) * DETOUR // 10_000


def _at(site: Site) -> tuple[int, int]:
    """Latitude and longitude in hundredths of a degree."""
    return round((site.lat or 0.0) * 100), round((site.lon or 0.0) * 100)


def closures(dice: Dice, places: tuple[Site, ...], weeks: int) -> tuple[Closure, ...]:
    """Ranges closed at year end and in the thaw; from some week on others take beds at a few sites."""
    made = []
    for year in range(0, weeks, 52):
        for first, until in (YEAR_END, THAW):
            if year + first < weeks:
                made += [Closure(a.id, year + first, min(year + until, weeks), "range") for a in AREAS]
    camps = [s for s in places if s.country is not None]
    for s in dice.some(camps, max(1, len(camps) // 6)):
        start = dice.whole(weeks // 4, weeks // 2)
        made.append(Closure(s.id, start, weeks, "places", s.places * dice.whole(50, 70) // 100 // 10 * 10))
    return tuple(made)


def upgrades(dice: Dice, places: tuple[Site, ...], weeks: int) -> tuple[Upgrade, ...]:
    """Camps for about half of the sites; stores and ranges for a quarter each."""
    camps = [s for s in places if s.country is not None]
    latest = max(0, weeks * 3 // 4 - 1)
    made = []
    for s in dice.some(camps, len(camps) // 2 + 1):
        beds = dice.whole(3, 8) * 100
        weeks_to_build = dice.whole(10, 16)
        made.append(
            Upgrade(f"CAMP_{s.id}", s.id, beds * 15 * (MONEY // 1000), weeks_to_build, 0, latest, beds, beds * 5 // 4)
        )
    for s in dice.some(camps, max(1, len(camps) // 4)):
        slots = dice.whole(1, 4)
        made.append(
            Upgrade(f"STORE_{s.id}", s.id, slots * 3 * MONEY // 2, dice.whole(8, 12), 0, latest, slots=slots * MILLI)
        )
    larger = {"none": "company", "company": "battalion", "battalion": "brigade", "brigade": "none"}
    for s in dice.some(camps, max(1, len(camps) // 4)):
        more = larger[s.range_echelon]
        at_once = 1 if more == "none" else 0
        cost, building = dice.whole(6, 12) * MONEY // 2, dice.whole(8, 16)
        made.append(
            Upgrade(f"RANGE_{s.id}", s.id, cost, building, 0, latest, range_echelon=more, exercises_at_once=at_once)
        )
    return tuple(made)
