"""Questions to a plan in a workbook → answers: one in words, those of its Ask sheet, or all that it leaves out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimizer.domain import Case, Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.errors import UsageError, WorkbookError
from optimizer.insight.ledger import Ledger, ledger
from optimizer.insight.prices import edits, prices
from optimizer.insight.proving import Prover
from optimizer.insight.questions import Question, decided, left_out
from optimizer.insight.why import Asker
from optimizer.report.answers import DEMAND, DRAW, EXERCISE, SET, UNIT, UPGRADE, Answer
from optimizer.report.prices import Price
from optimizer.verify import Verdict, verify
from optimizer.workflow.days import day_of
from optimizer.workflow.whatif import stored

if TYPE_CHECKING:
    from optimizer.workbook.reader import Reading

GAPS = 20
KINDS = (UNIT, EXERCISE, SET, DRAW, UPGRADE, DEMAND)
_PLACE, _FROM = re.compile(r"\b(?:at|in)\s+(\S+)", re.I), re.compile(r"\bfrom\s+(\S+)", re.I)
_TO = re.compile(r"\b(?:to|until|till)\s+(\S+)", re.I)


@dataclass(frozen=True)
class Explained:
    """The answers about a plan, what it scores, the bound of all plans, and where they were written."""

    case: Case
    answers: tuple[Answer, ...]
    score: float
    bound: float
    output: Path | None = None
    seconds: float = 0.0


@dataclass(frozen=True)
class _Open:
    """A plan that can be questioned, as it was read."""

    book: Path
    reading: Reading
    options: Options
    verdict: Verdict = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "verdict", verify(self.case, self.plan))
        if self.plan.empty:
            raise UsageError(f"{self.book.name} holds no plan to question")
        if not self.verdict.ok:
            raise UsageError(f"the plan in {self.book.name} breaks rules: see optimizer verify; nothing can be weighed")

    @property
    def case(self) -> Case:
        return self.reading.case

    @property
    def plan(self) -> Plan:
        return self.reading.plan

    def asker(self) -> Asker:
        from optimizer.workbook.sense.impossible import rows_of

        self.options.progress(Progress(self.options.elapsed, "what no plan can exceed", self.verdict.score, None))
        cells = partial(rows_of, self.reading.tables)
        return Asker(self.case, self.plan, self.options, cells, self.prover())

    def prover(self) -> Prover:
        """From the multipliers in the workbook, if it holds a certificate."""
        return Prover(self.case, self.options, given=stored(self.book))


def _open(book: Path, options: Options) -> _Open:
    from optimizer.workbook.reader import read_case

    return _Open(book, read_case(book, verifying=True), options)


def ask(book: Path, text: str, options: Options) -> Explained:
    """The answer to a question in words, such as ``why not unit 2-2CR in LT from 2017-05-01 to 2017-06-30`` or
    ``without exercise SABER_STRIKE``. Raises ``UsageError`` for what cannot be understood."""
    seen = _open(book, options)
    question = parse(seen.case, text)
    asker = seen.asker()
    answer, _ = asker.one(question)
    return Explained(seen.case, (answer,), asker.score, asker.prover.bound, None, options.elapsed)


def explain(book: Path, out: Path | None, options: Options, html: Path | None = None) -> Explained:
    """All that a plan leaves out and how firm its decisions are; with ``out`` a workbook with its Why sheet, with
    ``html`` the page of the plan with the answers."""
    from optimizer.workflow.reporting import report

    seen = _open(book, options)
    _check(out)
    asker = seen.asker()
    answers = asker.all([*left_out(seen.case, seen.plan, GAPS), *decided(seen.case, seen.plan)])
    landed = None if out is None else _write(seen, out, answers=answers)
    if html is not None:
        report(book, html, answers=answers)
    return Explained(seen.case, answers, asker.score, asker.prover.bound, landed, options.elapsed)


def answer(book: Path, out: Path, options: Options) -> Explained:
    """The questions of the Ask sheet, answered beside them in ``out``."""
    from optimizer.workbook.output.ask import Asked
    from optimizer.workbook.reading.asked import read_asked

    seen = _open(book, options)
    _check(out)
    rows = read_asked(book, seen.case)
    asker = seen.asker()
    told = [
        asker.one(Question(r.kind, r.subject, r.wish, r.place, r.start, r.end, r.capability, r.level))[0] for r in rows
    ]
    landed = _write(seen, out, asked=[Asked(r.cells, a) for r, a in zip(rows, told, strict=True)])
    return Explained(seen.case, tuple(told), asker.score, asker.prover.bound, landed, options.elapsed)


@dataclass(frozen=True)
class Priced:
    """What changes of the inputs are worth to a plan of ``score``."""

    prices: tuple[Price, ...]
    score: float
    bound: float
    seconds: float


def priced(book: Path, options: Options, kinds: Sequence[str], money: int, places: int) -> Priced:
    """Prices of ``kinds`` (all if none are named), by ``money`` (scaled) and ``places`` more or less."""
    seen = _open(book, options)
    wanted = [e for e in edits(seen.case, money, places) if not kinds or e.kind in kinds]
    if not wanted:
        raise UsageError(f"{book.name} has nothing of the kind {', '.join(kinds)} that could have a price")
    prover = seen.prover()
    found = prices(seen.case, seen.plan, options, wanted, prover)
    return Priced(found, seen.verdict.score, prover.bound, options.elapsed)


def gap_of(book: Path, options: Options) -> tuple[Ledger, float]:
    """Where the gap between the plan and the bound lies, and the seconds that took."""
    seen = _open(book, options)
    prover = seen.prover()
    return ledger(seen.case, seen.plan, seen.verdict.score, prover.dual), options.elapsed


def _check(out: Path | None) -> None:
    from optimizer.workbook.sheets.files import check_target

    if out is not None:
        check_target(out)


def _write(seen: _Open, out: Path, **more: Any) -> Path:
    """The plan's workbook once more, with answers."""
    from optimizer.report import figures
    from optimizer.workbook.output import Made, write_plan
    from optimizer.workflow.refreshing import claimed

    claim, _ = claimed(seen.book, seen.case, seen.plan, seen.verdict)
    made = Made(seen.reading.tables, seen.book, True, **more)
    drawn = figures(seen.case, seen.plan, seen.verdict)
    try:
        return write_plan(out, seen.case, seen.plan, claim, seen.verdict, drawn, made)
    except WorkbookError as error:
        raise UsageError(str(error)) from error


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
