"""Comparing what planners typed with what is known: folding and "did you mean"."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches
from functools import lru_cache

BLANKS = "\u00a0\u2007\u2009\u202f\u200b\ufeff"  # spaces that do not look like one, or like nothing
DASHES = ("-", "–", "—", "−")  # typed alone, they mean "nothing"
PLACE = "…"  # in a template's header, the place of an id
_TO_SPACE = str.maketrans(dict.fromkeys(BLANKS, " ") | {"\t": " ", "\n": " ", "\r": " "})


def tidy(text: str) -> str:
    """``text`` with every kind of blank as one plain space, none at the ends."""
    return " ".join(text.translate(_TO_SPACE).split())


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """What two spellings of a header or a choice share: case, spaces, hyphens and underscores do not count."""
    plain = unicodedata.normalize("NFKC", tidy(text)).casefold()
    return "".join(c for c in plain if c not in " -_–—−")


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
