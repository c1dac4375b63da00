"""The looks of a cell that are the planner's and not the program's: colours, letters, formats."""

from __future__ import annotations

import colorsys
import re
from typing import Any

from optimizer.report import colours as house
from optimizer.workbook.sheets.style import STYLES

# what the program's own cells look like, in answers and in templates
FILLS = frozenset(
    str(v).lstrip("#").upper() for s in STYLES.values() for k, v in s.items() if k in ("bg_color", "fg_color")
) | {house.PAPER.lstrip("#"), "FFFFFF", "000000"}
INKS = frozenset(str(v).lstrip("#").upper() for s in STYLES.values() for k, v in s.items() if k == "font_color") | {
    "000000",
    "FFFFFF",
}
FORMATS = frozenset(str(s["num_format"]) for s in STYLES.values() if "num_format" in s) | {"General"}
ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{n}" for n in range(1, 7)), "hlink", "folHlink")


class Looks:
    """The looks of one workbook's cells, theme colours resolved."""

    def __init__(self, book: Any):
        self.theme = _theme(book.loaded_theme)

    def of(self, cell: Any, *, alone: bool) -> dict[str, Any]:
        """What sets a cell apart, as XlsxWriter names it; ``alone`` in a sheet of the planner's, where all counts."""
        if not cell.has_style:
            return {}
        out: dict[str, Any] = {}
        fill = self.colour(cell.fill.fgColor) if cell.fill.patternType == "solid" else None
        if fill and (alone or fill.lstrip("#") not in FILLS):
            out["bg_color"] = fill
        ink = self.colour(cell.font.color)
        if ink and (alone or ink.lstrip("#") not in INKS):
            out["font_color"] = ink
        out |= {k: True for k, on in (("italic", cell.font.i), ("font_strikeout", cell.font.strike)) if on}
        if cell.font.b and (alone or cell.row > 1):
            out["bold"] = True
        if cell.number_format not in FORMATS and not (not alone and cell.is_date):
            out["num_format"] = cell.number_format
        if alone:
            out |= {k: v for k, v in (("align", cell.alignment.horizontal), ("font_size", cell.font.sz)) if v}
            out |= {"text_wrap": True} if cell.alignment.wrap_text else {}
        return out

    def colour(self, colour: Any) -> str | None:
        """``#RRGGBB``; ``None`` for automatic ones."""
        if colour is None:
            return None
        if colour.type == "rgb" and isinstance(colour.rgb, str) and colour.rgb != "00000000":
            return f"#{colour.rgb[-6:].upper()}"
        if colour.type == "theme" and 0 <= colour.theme < len(self.theme):
            return _tinted(self.theme[colour.theme], float(colour.tint or 0))
        return None


def _theme(xml: bytes | str | None) -> list[str]:
    """The colours of a theme in the order in which cells count them."""
    text = xml.decode("utf-8", "replace") if isinstance(xml, bytes) else xml or ""
    found = {}
    for name in ORDER:
        block = re.search(rf"<a:{name}>(.*?)</a:{name}>", text, re.DOTALL)
        value = re.search(r'(?:lastClr|srgbClr val)="([0-9A-Fa-f]{6})"', block[1]) if block else None
        found[name] = value[1].upper() if value else "000000"
    return [found[n] for n in ORDER] if text else []


def _tinted(colour: str, tint: float) -> str:
    """A colour made lighter (``tint`` above 0) or darker."""
    hue, light, full = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (0, 2, 4)))
    light = light * (1 + tint) if tint < 0 else light + (1 - light) * tint
    return "#" + "".join(f"{round(255 * x):02X}" for x in colorsys.hls_to_rgb(hue, light, full))
