"""A question in words → the question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from optimizer.domain import Case
from optimizer.errors import UsageError
from optimizer.insight.questions import Question
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT, UPGRADE
from optimizer.workflow.days import day_of

KINDS = (UNIT, EXERCISE, SET, DRAW, UPGRADE, DEMAND)
_PLACE, _FROM = re.compile(r"\b(?:at|in)\s+(\S+)", re.I), re.compile(r"\bfrom\s+(\S+)", re.I)
_TO = re.compile(r"\b(?:to|until|till)\s+(\S+)", re.I)


def parse(case: Case, text: str) -> Question:
    """A question in words: ``[why not | without] [unit | exercise | set | draw | upgrade] ID [at SITE | in COUNTRY]
    [from DATE] [to DATE]``, or ``demand COUNTRY CAPABILITY LEVEL from DATE``; ids in any case."""
    from optimizer.workbook.reading.asked import subjects

    rest = text.strip().rstrip("?").strip()
    wish = re.match(r"(?:what\s+if\s+not|without|not)\b\s*", rest, re.I) is None
    rest = re.sub(r"^(?:why\s+not|why|what\s+if\s+not|what\s+if|without|not)\b\s*", "", rest, flags=re.I)
    weeks: list[int | None] = []
    for pattern in (_FROM, _TO):
        found = pattern.search(rest)
        day = None if found is None else day_of(found.group(1))
        weeks.append(None if day is None else (day - case.calendar.start).days // 7)
        rest = pattern.sub("", rest)
    place = None
    if found := _PLACE.search(rest):
        place = _called(found.group(1), [*case.site, *case.country], "site or country")
        rest = _PLACE.sub("", rest)
    words = rest.split()
    kinds = [words.pop(0).lower()] if words and words[0].lower() in KINDS else [*KINDS[:3], UPGRADE]
    if not words:
        raise UsageError(f"'{text}' names nothing: ask about a unit, exercise, set, upgrade or demand by its id")
    known = subjects(case)
    start, end = weeks[0], None if weeks[1] is None else weeks[1] + 1
    if start is not None and end is None:
        end = start + 1
    if end is not None and start is None:
        start = 0
    if start is not None and not 0 <= start < min(end or case.weeks, case.weeks + 1):
        raise UsageError(f"'{text}': these are no weeks of the plan")
    if kinds == [DEMAND]:
        if len(words) != 3 or start is None:
            raise UsageError(f"'{text}': demand is asked about as: demand COUNTRY CAPABILITY LEVEL from DATE")
        names = zip(words, (case.country, [k.id for k in case.capabilities], [v.id for v in case.levels]), strict=True)
        country, capability, level = (_called(w, list(ids), "name") for w, ids in names)
        return Question(DEMAND, country, wish, None, start, end, capability, level)
    name = " ".join(words)
    at = {kind: {i.lower(): i for i in known[kind]} for kind in kinds}
    for kind in kinds:
        if name.lower() in at[kind]:
            return Question(kind, at[kind][name.lower()], wish, place, start, end)
    _called(name, [i for kind in kinds for i in known[kind]], kinds[0] if len(kinds) == 1 else "name")
    raise AssertionError


def _called(name: str, ids: Sequence[str], what: str) -> str:
    """The id of that name, in whatever case; ``UsageError`` with the nearest one."""
    from optimizer.workbook.words import nearest

    for i in ids:
        if i.lower() == name.lower():
            return i
    guess = nearest(name, ids)
    raise UsageError(f"there is no {what} '{name}'" + (f": did you mean {guess}?" if guess else ""))
