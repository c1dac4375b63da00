"""Headers that are a known name with something to it: a unit, a bracket, a footnote mark, the word for an id.

``Presence floor (people)``, ``Week cost, USD million``, ``To (incl.)``, ``Places*``, ``Unit ID`` are the columns
Presence floor, Week cost, To, Places and Unit. What the addition says of the unit is kept, to be compared with the
column's own; an addition that is no unit (``Weight (old)``) leaves the header in doubt.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from optimizer.workbook.schema import Sheet
from optimizer.workbook.words import fold, tidy

_FOOTNOTE = re.compile(r"[\s*†‡§¶#:.¹²³⁰-⁹ⁱ]+$|\s*\(\d\)$|\s*\[\d\]$|\s+\d\)$")
_BRACKET = re.compile(r"(.+?)\s*[(\[{<](.*?)[)\]}>]?")
_AFTER = re.compile(r"(.+?)(?:\s*[,;/|:]\s*|\s+[-–—]\s+|\s+in\s+)(.+)")
_WORDS = re.compile(r"[^\s,;/()\[\].:–—-]+")
IDS = frozenset(("id", "ids", "code", "key", "no", "nr", "number", "#", "short", "shortname", "name"))
DAYS = frozenset(("date", "day", "dated"))
_PLAIN = """
people persons person pax soldiers heads headcount personnel troops beds bed places place week weeks wk wks w day days
d month months mth year years yr yrs hour hours h usd eur gbp pln sek nok dkk czk ron bgn huf chf cad dollar dollars
euro euros $ € £ zł million millions mio mln mill m mn thousand thousands tsd tys k ths billion billions bn mrd %
percent share ratio factor number no count pcs units unit elements element sets set slots slot points point pts coy
coys company companies brigades brigade bde deg degree degrees ° north east n e decimal km incl inclusive included
date dates iso yyyy mm dd monday mon id ids name text code list choice optional required mandatory yes y per and or of
in to from at each a the one separated by most least max min maximum minimum fy total money amount $m €m usdm eurm
musd meur
"""
PLAIN = frozenset(_PLAIN.split())  # words that say how to fill a column, or in what, and do not change what it means
SCALES = {
    **dict.fromkeys(("thousand", "thousands", "tsd", "tys", "ths", "k"), 1_000),
    **dict.fromkeys(
        ("million", "millions", "mio", "mln", "mill", "m", "mn", "$m", "€m", "usdm", "eurm", "musd", "meur"), 1_000_000
    ),
    **dict.fromkeys(("billion", "billions", "bn", "mrd"), 1_000_000_000),
}
TIMES = {
    **dict.fromkeys(("day", "days", "d"), "days"),
    **dict.fromkeys(("week", "weeks", "wk", "wks", "w"), "weeks"),
    **dict.fromkeys(("month", "months", "mth"), "months"),
    **dict.fromkeys(("year", "years", "yr", "yrs"), "years"),
    **dict.fromkeys(("hour", "hours", "h"), "hours"),
}


@dataclass(frozen=True)
class Kin:
    """The ``header`` that a text belongs to; ``unit`` is what it adds; ``sure`` whether that adds nothing else."""

    header: str
    unit: str = ""
    sure: bool = True


def kin(text: str, absent: Collection[str], sheet: Sheet | None) -> Kin | None:
    """The absent header that ``text`` is with something to it; ``None`` if it is none."""
    names = {fold(h): h for h in absent}
    shown = _FOOTNOTE.sub("", tidy(text))
    if fold(shown) in names:
        return Kin(names[fold(shown)])
    if (found := _noun(shown, names, sheet)) is not None:
        return Kin(found)
    for pattern in (_BRACKET, _AFTER):
        parts = pattern.fullmatch(shown)
        if parts is not None:
            stem = _FOOTNOTE.sub("", parts[1])
            found = names.get(fold(stem)) or _noun(stem, names, sheet)
            if found is not None:
                return Kin(found, parts[2], words_of(parts[2]) <= PLAIN)
    words = shown.split()
    for n in range(len(words) - 1, 0, -1):
        found = names.get(fold(" ".join(words[:n])))
        rest = " ".join(words[n:])
        if found is not None and words_of(rest) <= PLAIN | IDS | DAYS:
            return Kin(found, rest)
    return None


def words_of(text: str) -> set[str]:
    """The words of an addition; figures (0 to 1, 2018) say nothing of a unit."""
    return {w for w in map(str.casefold, _WORDS.findall(text)) if not w.replace("'", "").isdigit()} | _thousand(text)


def _thousand(text: str) -> set[str]:
    return {"thousand"} if re.search(r"'000|\b000s?\b", text) else set()


def _noun(text: str, names: dict[str, str], sheet: Sheet | None) -> str | None:
    """``Unit ID`` for Unit, ``Unit type`` for Type in Units: the row's own name before a header, or a word for ids
    after it."""
    words = text.split()
    if sheet is None or len(words) < 2 or not sheet.key:
        return None
    last = words[-1].casefold().strip(".")
    front = names.get(fold(" ".join(words[:-1])))
    if front is not None and last in IDS and front == sheet.key[0] and last != "name":
        return front
    noun = {fold(sheet.key[0]), fold(sheet.name).removesuffix("s"), fold(re.sub("ies$", "y", sheet.name))}
    for n in range(1, len(words)):
        if fold(" ".join(words[:n])) in noun:
            return names.get(fold(" ".join(words[n:])))
    return None
