"""Units that headers state against the units that columns are read in: a thousandfold error in a whole column."""

from __future__ import annotations

from optimizer.workbook.faults import fault
from optimizer.workbook.reading.kin import SCALES, TIMES, words_of
from optimizer.workbook.reading.tables import Tables
from optimizer.workbook.schema import Column


def check(tables: Tables) -> None:
    money = str(tables.settings.get("money_unit") or "")
    for table in tables.by_name.values():
        columns = {c.header: c for c in table.columns}
        for header, (cell, said) in table.units.items():
            column = columns[header]
            unit = money if column.kind == "money" else column.unit
            if not _agree(column, said, unit):
                hint = f"head it {header} and give its figures in {unit or 'plain numbers'}"
                tables.faults.append(
                    fault("column-unit", table.title, cell, said, hint, said=said, unit=unit or "ones")
                )


def _agree(column: Column, said: str, unit: str) -> bool:
    """Whether a stated unit is that of the column, as far as it speaks of scale, currency, time or percent."""
    words, own = words_of(said), words_of(unit)
    if column.kind in ("int", "decimal", "money", "price"):
        if _scale(words) != _scale(own) and (_scale(words) != 1 or _currency(words)):
            return False
        if _currency(words) and _currency(own) and _currency(words) != _currency(own):
            return False
        if words & {"%", "percent"}:
            return bool(own & {"%", "percent"})
    times, mine = _times(words), _times(own)
    return column.kind not in ("int", "decimal") or not times or not mine or bool(times & mine)


def _scale(words: set[str]) -> int:
    return max((SCALES[w] for w in words if w in SCALES), default=1)


_SIGNS = {
    **dict.fromkeys(("$", "dollar", "dollars"), "usd"),
    **dict.fromkeys(("€", "euro", "euros"), "eur"),
    "£": "gbp",
    "zł": "pln",
}
_CURRENCIES = frozenset(("usd", "eur", "gbp", "pln", "sek", "nok", "dkk", "czk", "ron", "bgn", "huf", "chf", "cad"))


def _currency(words: set[str]) -> set[str]:
    return {_SIGNS.get(w, w) for w in words if _SIGNS.get(w, w) in _CURRENCIES}


def _times(words: set[str]) -> set[str]:
    return {TIMES[w] for w in words if w in TIMES}
