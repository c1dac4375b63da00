"""Comparing what planners typed with what is known: folding and "did you mean"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

BLANKS = "\u00a0\u2007\u2009\u202f\u200b\ufeff"  # spaces that do not look like one, or like nothing
UNSEEN = "\u00ad\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HYPHENS = "\u2010\u2011\ufe63\uff0d"  # look like the one on the keyboard
DASHES = ("-", "–", "—", "−")  # typed alone, they mean "nothing"
PLACE = "…"  # in a template's header, the place of an id
_SUMS = """
total totals grandtotal sum sumtotal overall kokku kopā kopsumma išviso viso suma razem ogółem sumă totalgeneral
общо всичко summe gesamt insgesamt σ ∑
"""
TOTALS = frozenset(_SUMS.split())  # folded: what stands before the sum of a table
_CONTROL = [chr(n) for n in (*range(9), *range(14, 32), 127)]
_TIDY = str.maketrans(
    dict.fromkeys((*BLANKS, "\t", "\n", "\r", "\v", "\f"), " ") | dict.fromkeys((*UNSEEN, *_CONTROL), "")
)
# letters of other scripts that look like a Latin one
_ALIKE = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο" + "ı",
    "ABESIJKMHOPCTYXaesijopcyxdqw" + "ABEZHIKMNOPTYXo" + "i",
)


def tidy(text: str) -> str:
    """``text`` with every kind of blank as one plain space, none at the ends, and nothing that cannot be seen."""
    return " ".join(text.translate(_TIDY).split())


def composed(text: str) -> str:
    """``text`` tidy, its accents as one letter (a Mac may write two) and its hyphens as the keyboard has them."""
    return unicodedata.normalize("NFC", tidy(text)).translate(dict.fromkeys(map(ord, HYPHENS), "-"))


def look(text: str) -> str:
    """What two texts share that look the same although letters of theirs are of different scripts."""
    return fold(text.translate(_ALIKE))


def foreign(text: str) -> list[str]:
    """The letters of a text that look like Latin ones and are none, each with its script."""
    odd = dict.fromkeys(c for c in text if c.translate(_ALIKE) != c)
    return [f"{c} ({unicodedata.name(c).split()[0].capitalize()})" for c in odd]


_UNCOUNTED = frozenset(" -_–—−" + HYPHENS)


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """What two spellings of a header or a choice share: case, spaces, hyphens and underscores do not count."""
    plain = unicodedata.normalize("NFKC", tidy(text)).casefold()
    return "".join(c for c in plain if c not in _UNCOUNTED)


def distance(a: str, b: str) -> int:
    """Edits (insert, delete, replace, swap neighbours) that turn ``a`` into ``b``."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The one known word that ``word`` is clearly a misspelling of, else ``None``.

    Clear: at most one edit per four letters (two letters or fewer: none) and every other
    known word is at least one edit further away.
    """
    folded: dict[str, str] = {}
    for k in known:
        folded.setdefault(fold(k), k)
    want = fold(word)
    if want in folded:
        return folded[want]
    allowed = 0 if len(want) < 3 else max(1, len(want) // 4)
    alike = [k for k in folded if abs(len(k) - len(want)) <= allowed + 1]
    near = sorted((distance(want, k), k) for k in get_close_matches(want, alike, n=4, cutoff=0.6))
    if not near or near[0][0] > allowed or (len(near) > 1 and near[1][0] == near[0][0]):
        return None
    return folded[near[0][1]]
