"""One palette for the workbook and the page: a dark band, one accent, a colour for each country."""

from __future__ import annotations

from optimizer.domain import Case

BAND = "#1B2A41"  # the dark header band
ACCENT = "#C2491D"  # look here: unmet, over, breached
PLANNER = "#FFF9D6"  # cells planners may change
PAPER = "#FFFFFF"
INK, QUIET, RULE = "#1B2A41", "#6B7785", "#D5DAE1"
SHADE = "#EEF1F5"  # section rows, derived columns
AWAY = "#E3E7EC"  # weeks in which a unit is not available
BEFORE = QUIET  # where somebody was in a plan compared with
FULL = "#2F6690"  # the deep end of heat maps

# told apart by lightness and by blue against yellow, so that they stay apart without red and green
COUNTRY_COLOURS = (
    "#1F89EB",
    "#E3CA5F",
    "#651A5E",
    "#A3D7C6",
    "#1648A0",
    "#D46C7F",
    "#A08B46",
    "#CAB5E9",
    "#484214",
    "#7E72A8",
    "#D6CF98",
    "#683845",
)
MODE_COLOURS = {"sea": "#1648A0", "air": "#CAB5E9", "set": "#A08B46"}
SET_COLOURS = {"stored": "#DDE5D2", "drawn": "#6E8B3D", "maintenance": "#8C96A3", "road": "#F0D9A8"}
OUTSIDE_COLOUR = "#8C96A3"  # sites outside the demand areas


def tint(colour: str, share: float) -> str:
    """``colour`` mixed with white: 1 keeps it, 0 is white."""
    parts = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - p) * share):02X}" for p in parts)


def on(colour: str) -> str:
    """The colour of letters that can be read on ``colour``."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return INK if 0.299 * red + 0.587 * green + 0.114 * blue > 160 else PAPER


def heat(share: float) -> str:
    """The heat-map colour of a share of 0 to 1."""
    return tint(FULL, 0.06 + 0.74 * max(0.0, min(share, 1.0)))


def country_colours(countries: list[str]) -> dict[str, str]:
    """A colour for each country, in the order given; they repeat after a dozen."""
    return {c: COUNTRY_COLOURS[i % len(COUNTRY_COLOURS)] for i, c in enumerate(countries)}


def colours_of(case: Case) -> dict[str | None, str]:
    """Colours by country id; ``None`` (outside the demand areas) has its own."""
    colours: dict[str | None, str] = {None: OUTSIDE_COLOUR}
    colours.update(country_colours([c.id for c in case.countries]))
    return colours
