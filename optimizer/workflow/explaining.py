"""Questions to a plan in a workbook → answers: one in words, those of its Ask sheet, or all that it leaves out.

A search for an answer may meet a plan that beats the one in hand: it is told of, and written where that is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from optimizer.domain import Case
from optimizer.domain.outcome import Options, Outcome, Status, StopReason
from optimizer.insight.finding import Found
from optimizer.insight.questions import Question, decided, left_out
from optimizer.insight.replan.undo import undo
from optimizer.insight.rounds import ALONE, MANY
from optimizer.insight.trying import Try
from optimizer.insight.why import Asker
from optimizer.quantities import same
from optimizer.report.answers import Answer
from optimizer.verify import verify
from optimizer.workflow.opening import Opened, opened
from optimizer.workflow.proving import agreed, proven
from optimizer.workflow.solving import write
from optimizer.workflow.words import parse

GAPS = 20
Told = Sequence[tuple[Answer, Try]]


@dataclass(frozen=True)
class Better:
    """A plan that scores more than the one in hand, met while ``question`` was searched; ``output``: where it is."""

    question: str
    score: float
    output: Path | None = None


@dataclass(frozen=True)
class Explained:
    """The answers about a plan, what it scores, the bound of all plans, where they were written, and a better plan if
    one was met."""

    case: Case
    answers: tuple[Answer, ...]
    score: float
    bound: float
    output: Path | None = None
    seconds: float = 0.0
    better: Better | None = None


def ask(book: Path, text: str, options: Options, adopt: Path | None = None) -> Explained:
    """The answer to a question in words, such as ``why not unit 2-2CR in LT from 2017-05-01 to 2017-06-30`` or
    ``without exercise SABER_STRIKE``; a better plan goes to ``adopt``. Raises ``UsageError`` for what cannot be
    understood."""
    seen = opened(book, options)
    _check(adopt)
    question = parse(seen.case, text)
    asker = seen.asker()
    return _explained(seen, asker, asker.tried([question], ALONE), None, adopt)


def explain(
    book: Path, out: Path | None, options: Options, html: Path | None = None, adopt: Path | None = None
) -> Explained:
    """All that a plan leaves out and how firm its decisions are; with ``out`` a workbook with its Why sheet, with
    ``html`` the page of the plan with the answers; a better plan goes to ``adopt``."""
    from optimizer.workbook.output.why import sections
    from optimizer.workflow.reporting import report

    seen = opened(book, options)
    _check(out, adopt)
    asker = seen.asker()
    told = asker.tried([*left_out(seen.case, seen.plan, GAPS), *decided(seen.case, seen.plan)], MANY)
    answers = tuple(a for a, _ in told)
    landed = None if out is None else _write(seen, out, why=sections(answers))
    if html is not None:
        report(book, html, answers=answers)
    return _explained(seen, asker, told, landed, adopt)


def answer(book: Path, out: Path, options: Options, adopt: Path | None = None) -> Explained:
    """The questions of the Ask sheet, answered beside them in ``out``; a better plan goes to ``adopt``."""
    from optimizer.workbook.output.ask import Asked, cells
    from optimizer.workbook.reading.asked import read_asked

    seen = opened(book, options)
    _check(out, adopt)
    rows = read_asked(book, seen.case)
    asker = seen.asker()
    told = [asker.tried([Question(*r.asks)], ALONE)[0] for r in rows]
    landed = _write(seen, out, asked=[Asked(r.cells, cells(a)) for r, (a, _) in zip(rows, told, strict=True)])
    return _explained(seen, asker, told, landed, adopt)


def _explained(seen: Opened, asker: Asker, told: Told, landed: Path | None, adopt: Path | None) -> Explained:
    better = _better(seen, asker, told, adopt)
    return Explained(
        seen.case, tuple(a for a, _ in told), asker.score, asker.prover.bound, landed, seen.options.elapsed, better
    )


def _better(seen: Opened, asker: Asker, told: Told, adopt: Path | None) -> Better | None:
    """The best plan met, if it beats the one in hand, without the changes that gain nothing; written to ``adopt``."""
    found = [(t.found, a.question) for a, t in told if t.found is not None]
    best, question = max(found, key=lambda f: f[0].score, default=(Found(seen.plan, asker.score), ""))
    if best.score <= asker.score or same(best.score, asker.score):
        return None
    plan = undo(seen.case, seen.plan, best.plan, lambda: seen.options.must_stop)
    verdict = verify(seen.case, plan)
    better = Better(question, verdict.score)
    if adopt is None:
        return better
    from optimizer.workbook.output import Made

    outcome = Outcome(
        "questions", Status.feasible, StopReason.effort, plan, verdict.score, asker.prover.bound,
        seen.options.elapsed, seen.options.seed, repeatable=not seen.options.must_stop,
        certificate=asker.prover.certificate,
    )  # fmt: skip
    outcome = proven(seen.case, agreed(outcome, verdict), seen.options)
    made = Made(seen.reading.tables, seen.book, True)
    return replace(better, output=write(adopt, seen.case, plan, made, outcome, verdict))


def _check(*targets: Path | None) -> None:
    from optimizer.workbook.sheets.files import check_target

    for target in targets:
        if target is not None:
            check_target(target)


def _write(seen: Opened, out: Path, **more: Any) -> Path:
    """The plan's workbook once more, with answers; those to other questions that still hold stay."""
    from optimizer.workbook.output import Made
    from optimizer.workflow.answered import still
    from optimizer.workflow.refreshing import claimed

    claim, _ = claimed(seen.book, seen.case, seen.plan, seen.verdict)
    made = Made(seen.reading.tables, seen.book, True, **{**still(seen.book, seen.case, seen.plan), **more})
    return write(out, seen.case, seen.plan, made, claim, seen.verdict)
