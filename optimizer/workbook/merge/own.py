"""The planners' own sheets and comments: kept, and merged cell by cell."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.utils import get_column_letter

from optimizer.workbook.merge.align import spelt
from optimizer.workbook.merge.conflicts import BASE, Chosen, Conflict
from optimizer.workbook.merge.content import Cells, plain

Sheets = Mapping[str, Cells]


def fold_sheets(base: Sheets, copies: Mapping[str, Sheets], chosen: Chosen) -> tuple[dict[str, Cells], list[Conflict]]:
    """Every own sheet with the edits of all copies. A sheet that a copy does not have is one it did not touch."""
    sheets: dict[str, Cells] = {}
    conflicts: list[Conflict] = []
    for title in dict.fromkeys([*base, *sorted({t for c in copies.values() for t in c})]):
        mine = {name: c[title] for name, c in sorted(copies.items()) if title in c}
        sheets[title] = dict(base.get(title, {}))
        for at in sorted({*sheets[title], *(at for cells in mine.values() for at in cells)}):
            old = sheets[title].get(at)
            new = {n: c.get(at) for n, c in mine.items() if _text(c.get(at)) != _text(old)}
            value = next(iter(new.values()), old)
            if len({_text(v) for v in new.values()}) > 1:
                value, conflict = _choice(title, at, old, new, chosen)
                conflicts.append(conflict)
            if value is None:
                sheets[title].pop(at, None)
            else:
                sheets[title][at] = value
    return sheets, conflicts


def _choice(
    title: str, at: tuple[int, int], old: object, new: Mapping[str, object], chosen: Chosen
) -> tuple[object, Conflict]:
    place = f"{get_column_letter(at[1])}{at[0]}"
    said = chosen.get((title, place, ""))
    if said is None or said not in (BASE, *new):
        return old, Conflict(title, place, "", old, dict(new))
    return (old if said == BASE else new[said]), Conflict(title, place, "", old, dict(new), said)


def _text(value: object) -> str:
    return spelt(plain(value))


def fold_notes(base: Sheets, copies: Mapping[str, Sheets]) -> dict[str, Cells]:
    """The comments of own sheets; several new ones in one cell are kept below one another."""
    out: dict[str, Cells] = {}
    for title in dict.fromkeys([*base, *sorted({t for c in copies.values() for t in c})]):
        out[title] = dict(base.get(title, {}))
        mine = [c[title] for _, c in sorted(copies.items()) if title in c]
        for at in {at for cells in mine for at in cells}:
            new = {str(c.get(at, "")) for c in mine} - {str(out[title].get(at, ""))}
            if new:
                out[title][at] = "\n".join(sorted(n for n in new if n))
    return out
