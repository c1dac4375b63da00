"""What of a workbook's styles bears on its values: which formats show dates, and which texts are struck through."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

from optimizer.errors import WorkbookError
from optimizer.workbook.reading.package import Package, local

EAST_ASIAN = frozenset((*range(27, 32), 36, *range(50, 55), 57, 58))  # built-in dates that only some languages show


@dataclass
class Looks:
    """Numbers of the cell styles that show dates, that show durations, and that strike their text through."""

    dates: set[int] = field(default_factory=set)
    durations: set[int] = field(default_factory=set)
    struck: set[int] = field(default_factory=set)


def looks_of(package: Package, part: str | None) -> Looks:
    """The looks in the styles part. Whatever is odd there, values must not suffer: what cannot be made out is plain."""
    found = Looks()
    try:
        root = None if part is None else package.tree(part)
    except WorkbookError:
        return found
    if root is None:
        return found
    sections = {local(e.tag): e for e in root}
    formats = {number(e, "numFmtId"): e.get("formatCode") or "" for e in sections.get("numFmts", ())}
    struck = [_struck(e) for e in sections.get("fonts", ())]
    for i, style in enumerate(sections.get("cellXfs", ())):
        shown, font = number(style, "numFmtId"), number(style, "fontId")
        code = formats.get(shown, BUILTIN_FORMATS.get(shown, ""))
        if code and is_timedelta_format(code):
            found.durations.add(i)
        elif shown in EAST_ASIAN or (code and is_date_format(code)):
            found.dates.add(i)
        if 0 <= font < len(struck) and struck[font]:
            found.struck.add(i)
    return found


def number(element: Element, name: str) -> int:
    """A whole-numbered attribute, -1 where it is none."""
    text = element.get(name) or ""
    return int(text) if text.isascii() and text.isdigit() else -1


def _struck(font: Element) -> bool:
    marks = (e.get("val", "1") for e in font if local(e.tag) == "strike")
    return any(v in ("1", "true") for v in marks)
