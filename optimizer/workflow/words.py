"""A question in words → the question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from optimizer.domain import Case
from optimizer.errors import UsageError
from optimizer.insight.questions import Question
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT, UPGRADE
from optimizer.workflow.days import day_of

KINDS = (UNIT, EXERCISE, SET, DRAW, UPGRADE, DEMAND)
_PLACE, _FROM = re.compile(r"\b(?:at|in)\s+(\S+)", re.I), re.compile(r"\bfrom\s+(\S+)", re.I)
_TO, _UNTIL = re.compile(r"\b(?:to|till)\s+(\S+)", re.I), re.compile(r"\buntil\s+(\S+)", re.I)
_MEET = re.compile(r"^meet\s+(\S+?)['’]s\s+demand\s+for\s+(\S+)\s+up\s+to\b", re.I)
_DO = re.compile(rf"^(send|hold|keep|draw|buy)\b(?:\s+(?:{UNIT}|{EXERCISE}|{SET}|{UPGRADE})\b)?", re.I)
_DONE = {"send": UNIT, "hold": EXERCISE, "keep": SET, "draw": DRAW, "buy": UPGRADE}


def parse(case: Case, text: str) -> Question:
    """A question in words: ``[why not | without] [unit | exercise | set | draw | upgrade] ID [at SITE | in COUNTRY]
    [from DATE] [to DATE | until DATE]``, or ``demand COUNTRY CAPABILITY LEVEL from DATE``; ids in any case. ``to`` is
    the last day, ``until`` the day after it. The program's own words (``Question.words``) are understood too."""
    from optimizer.workbook.reading.asked import subjects

    rest = text.strip().rstrip("?").strip()
    wish = re.match(r"(?:what\s+if\s+not|without|not)\b\s*", rest, re.I) is None
    rest = re.sub(r"^(?:why\s+not|why|what\s+if\s+not|what\s+if|without|not)\b[\s:]*", "", rest, flags=re.I)
    rest = _MEET.sub(rf"{DEMAND} \1 \2", rest)
    rest = _DO.sub(lambda m: _DONE[m[1].lower()], rest)
    weeks: list[int | None] = []
    for pattern, back in ((_FROM, 0), (_TO, 0), (_UNTIL, 1)):
        found = pattern.search(rest)
        day = None if found is None else day_of(found.group(1)) - timedelta(days=back)
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
    start, to, until = weeks
    last = to if until is None else until
    end = None if last is None else last + 1
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
