"""Numbers as planners type them, read without guessing."""

from __future__ import annotations

import re
from decimal import Decimal

from optimizer.workbook.words import tidy

_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:([.,'’])\d{3})(?:\1\d{3})*(?:([.,])\d+)?")


class Unreadable(ValueError):
    """The text cannot be read; ``code`` and ``words`` name the message of the catalogue, ``hint`` what to type."""

    def __init__(self, code: str, hint: str = "", **words: object):
        self.code, self.hint, self.words = code, hint, words
        super().__init__(code)


def number(text: str) -> Decimal:
    """The number a text shows: ``1 000,50``, ``1.000,50``, ``12 %`` and the like.

    Raises Unreadable when it shows none, or (``1,000``) could be two.
    """
    shown = tidy(text).replace("−", "-").replace("–", "-")
    percent = shown.endswith("%")
    shown = shown.removesuffix("%").strip()
    if _GROUPED.fullmatch(shown):
        value = Decimal(shown.replace(" ", "").replace(",", "."))
    elif (found := _THOUSANDS.fullmatch(shown)) and found.group(1) != found.group(2):
        separators = [c for c in shown if c in ".,'’"]
        whole = Decimal(re.sub(r"[.,'’]", "", shown[: shown.rfind(found.group(2))] if found.group(2) else shown))
        if len(separators) == 1 and separators[0] in ".," and not shown.lstrip("+-").startswith("0"):
            raise Unreadable("ambiguous-number", one=whole, two=shown.replace(",", "."))
        if len(separators) == 1 and separators[0] in ".,":
            value = Decimal(shown.replace(",", "."))
        else:
            fraction = shown[shown.rfind(found.group(2)) + 1 :] if found.group(2) else "0"
            value = Decimal(f"{whole}.{fraction}")
    elif _PLAIN.fullmatch(shown):
        value = Decimal(shown.replace(",", "."))
    else:
        raise Unreadable("not-number")
    return value / 100 if percent else value
