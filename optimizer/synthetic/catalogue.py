"""What synthetic cases are made of: areas, capabilities, levels, kinds of units and sets.

Magnitudes are those of the real case (``docs/data.md``): people, points, costs and lengths of its
commonest types; country and capability weights; level values. Names are notional.
"""

from __future__ import annotations

from dataclasses import dataclass

from optimizer.domain import Capability, Level, Mode, UnitType
from optimizer.quantities import MILLI, MONEY

CAPABILITIES = (
    Capability("armor", "Armor", 0.28),
    Capability("infantry", "Infantry", 0.16),
    Capability("fires", "Fires", 0.16),
    Capability("engineer", "Engineers", 0.08),
    Capability("airdefence", "Air defence", 0.14),
    Capability("sustainment", "Sustainment", 0.08),
)
LEVELS = (Level("assure", 1.0), Level("mid", 0.6), Level("full", 0.3))
LEVEL_SHARES = (140, 430, 1000)  # milli: cumulative demand of each level against full demand


@dataclass(frozen=True)
class Area:
    """A demand area: ``share`` (per cent) of all demand and places; ``lat``, ``lon`` of its middle."""

    id: str
    name: str
    weight: float
    share: int
    lat: float
    lon: float
    floor: int  # people, for a force of the real case's size
    capped: bool = False


AREAS = (
    Area("NORTH", "North", 18.0, 16, 59.0, 25.5, 150),
    Area("BAY", "Bay", 18.0, 16, 57.0, 25.0, 150),
    Area("LAKES", "Lakes", 20.0, 18, 55.0, 24.5, 150),
    Area("PLAIN", "Plain", 22.0, 24, 52.5, 18.0, 150),
    Area("DELTA", "Delta", 13.0, 15, 45.0, 26.5, 0),
    Area("COAST", "Coast", 9.0, 11, 42.5, 26.5, 0, True),
)
FLOOR_UNITS = 44  # units of the real case
BEYOND_CORRIDOR = ("NORTH", "BAY", "LAKES")  # by land only through the corridor


def _money(millions: float) -> int:
    return round(millions * MILLI) * (MONEY // MILLI)


def _kind(
    name: str,
    title: str,
    echelon: str,
    main: str,
    movement: str,
    people: int,
    points: str,
    week: float,
    modes: dict[str, tuple[int, int, float]],
    lengths: tuple[int, int, int],
    brigades: int = 0,
    set_type: str | None = None,
    dwell: int = 2000,
    stagger: int = 0,
) -> UnitType:
    worth = {k: int(p) for k, p in (x.split(":") for x in points.split())}
    terms = {m: Mode(lead, rsoi, _money(cost)) for m, (lead, rsoi, cost) in modes.items()}
    shortest, standard, longest = lengths
    return UnitType(
        name, title, echelon, main, movement, people, worth, terms, _money(week), shortest, standard, longest,
        dwell, brigades, set_type, stagger,
    )  # fmt: skip


HEAVY, LIGHT, SHORT = (12, 39, 48), (8, 26, 48), (4, 26, 48)

# id, name, echelon, capability, movement, people, milli-points, million a week,
# modes: weeks of lead, weeks of RSOI, million there and back; shortest, standard, longest rotation
UNIT_TYPES = (
    _kind("ABCT", "Armored brigade", "brigade", "armor", "heavy", 3700, "armor:5000 infantry:3000", 10.1,
          {"sea": (10, 3, 119.0)}, HEAVY, 1000, stagger=1),
    _kind("IBCT", "Light brigade", "brigade", "infantry", "wheeled", 1690, "infantry:6000 fires:1000", 3.5,
          {"sea": (9, 2, 22.0)}, LIGHT, 600, stagger=1),
    _kind("CAB_ARM", "Combined arms battalion, tank-heavy", "battalion", "armor", "heavy", 600,
          "armor:2000 infantry:1000 sustainment:200", 1.74, {"sea": (10, 3, 20.4), "set": (2, 1, 6.0)},
          HEAVY, 200, "BN_SET"),
    _kind("CAB_MECH", "Combined arms battalion, mechanised", "battalion", "armor", "heavy", 650,
          "armor:1000 infantry:2000 sustainment:200", 1.885, {"sea": (10, 3, 22.1), "set": (2, 1, 6.5)},
          HEAVY, 200, "BN_SET"),
    _kind("CAV_SQN", "Armored cavalry squadron", "battalion", "armor", "heavy", 500, "armor:1000", 1.45,
          {"sea": (10, 3, 17.0), "set": (2, 1, 5.0)}, HEAVY, 130, "BN_SET"),
    _kind("FA_BN", "Self-propelled artillery battalion", "battalion", "fires", "heavy", 450,
          "fires:3000 sustainment:300", 1.215, {"sea": (10, 3, 12.6), "set": (2, 1, 4.05)}, HEAVY, 180, "FA_SET"),
    _kind("INF_BN", "Infantry battalion", "battalion", "infantry", "wheeled", 650,
          "infantry:3000 sustainment:200", 1.3, {"sea": (9, 2, 7.15), "air": (1, 1, 4.55)}, LIGHT, 190),
    _kind("WHL_SQN", "Wheeled squadron", "battalion", "infantry", "wheeled", 800,
          "armor:200 infantry:3000 fires:300 sustainment:500", 1.92, {"sea": (9, 2, 19.2), "air": (2, 1, 3.2)},
          LIGHT, 210),
    _kind("ENG_BN", "Engineer battalion", "battalion", "engineer", "wheeled", 450,
          "engineer:2000 sustainment:200", 0.99, {"sea": (10, 2, 9.0)}, HEAVY, 120),
    _kind("ADA_BN", "Air defence battalion", "battalion", "airdefence", "wheeled", 550,
          "airdefence:3500 sustainment:700", 1.54, {"sea": (9, 2, 13.2), "air": (4, 2, 8.8)}, HEAVY, 220),
    _kind("SUST_BN", "Support battalion", "battalion", "sustainment", "wheeled", 700, "sustainment:4000", 1.4,
          {"sea": (9, 2, 7.7), "air": (3, 2, 5.6)}, HEAVY, 200),
    _kind("TANK_COY", "Tank company", "company", "armor", "heavy", 100, "armor:1000 sustainment:100", 0.29,
          {"sea": (10, 3, 3.4)}, HEAVY, 60),
    _kind("ARM_TM", "Armored company team", "company", "armor", "heavy", 150, "armor:300 infantry:1000 sustainment:100",
          0.435, {"sea": (10, 3, 5.1), "set": (2, 1, 1.5)}, HEAVY, 70, "COY_SET"),
    _kind("INF_COY", "Infantry company", "company", "infantry", "wheeled", 150, "infantry:1000 sustainment:100", 0.3,
          {"sea": (9, 2, 1.65), "air": (1, 1, 1.05)}, LIGHT, 60),
    _kind("FA_BTY", "Field artillery battery", "company", "fires", "wheeled", 120, "fires:1000 sustainment:100", 0.324,
          {"sea": (10, 2, 3.36), "air": (2, 2, 1.92)}, SHORT, 60),
    _kind("ENG_COY", "Engineer company", "company", "engineer", "wheeled", 120, "engineer:1000 sustainment:100", 0.264,
          {"sea": (9, 2, 2.4)}, SHORT, 60, dwell=4000),
    _kind("ADA_BTY", "Air defence battery", "company", "airdefence", "wheeled", 100, "airdefence:1000 sustainment:100",
          0.28, {"sea": (9, 2, 2.4), "air": (2, 2, 1.6)}, SHORT, 60),
    _kind("SUST_COY", "Support company", "company", "sustainment", "wheeled", 130, "sustainment:1000", 0.26,
          {"sea": (9, 2, 1.43), "air": (2, 2, 1.04)}, HEAVY, 50),
)  # fmt: skip

BRIGADES = {  # elements of a brigade; ? marks those that may stay home
    "ABCT": ("CAB_ARM", "CAB_MECH", "CAV_SQN?", "FA_BN", "ENG_COY?", "SUST_BN", "ARM_TM"),
    "IBCT": ("INF_BN", "INF_BN", "FA_BTY", "ENG_COY?", "SUST_COY"),
}
BATTALIONS = ("CAB_ARM", "WHL_SQN", "INF_BN", "FA_BN", "ADA_BN", "ENG_BN", "SUST_BN", "CAB_MECH")
COMPANIES = ("INF_COY", "ARM_TM", "FA_BTY", "ENG_COY", "ADA_BTY", "SUST_COY", "TANK_COY", "INF_COY", "ARM_TM")


@dataclass(frozen=True)
class SetKind:
    """A kind of set: milli-points while stored, milli-slots, weeks, and money."""

    id: str
    worth: dict[str, int]
    slots: int
    reset: int
    maintenance: int
    week_cost: int
    move_cost: int


SET_KINDS = (
    SetKind("COY_SET", {"armor": 360, "fires": 330}, 1000, 2, 4, _money(0.09), _money(1.5)),
    SetKind("BN_SET", {"armor": 2000, "fires": 1000}, 3000, 4, 6, _money(0.24), _money(4.0)),
    SetKind("FA_SET", {"fires": 3000}, 2000, 4, 6, _money(0.2), _money(3.0)),
)
