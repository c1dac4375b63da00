"""Read a plan somebody changed by hand → judge it → redraw it with all its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from optimizer.domain import Case, Plan
from optimizer.domain.canonical import content_hash
from optimizer.domain.certificate import Certificate, Malformed
from optimizer.domain.outcome import Status
from optimizer.errors import FaultsFound
from optimizer.verify import Verdict, verify
from optimizer.workflow.answered import still
from optimizer.workflow.days import day_of
from optimizer.workflow.solving import write


@dataclass(frozen=True)
class Hand:
    """What is claimed of a plan made or changed by hand: its score, and a bound if one still holds."""

    score: float
    bound: float | None = None
    engine: str = "by hand"
    status: str = Status.feasible
    stop_reason: str = "by hand"
    seed: int = 1
    effort: str = "none"
    repeatable: bool = True
    certificate: Certificate | None = None
    unproven: str = "the plan was redrawn from a workbook that carries no proof of these inputs"


@dataclass(frozen=True)
class Refreshed:
    """The plan redrawn: its verdict, where it landed, the score that its workbook claimed before (``None``: none),
    and ``remarks``, warnings of what had to be put right."""

    case: Case
    plan: Plan
    verdict: Verdict
    output: Path
    before: float | None
    remarks: tuple[Any, ...]


def refresh(
    book: Path,
    out: Path | None = None,
    *,
    against: Path | None = None,
    rounding: bool = False,
    as_of: str | None = None,
) -> Refreshed:
    """Judge the plan in ``book`` and write it anew to ``out`` (default ``<book>_refreshed.xlsx`` beside it).

    Participants of exercises whose rows are gone go with them, with a warning; with ``rounding`` days inside a week
    become the nearest Monday. A bound that the workbook claims is kept as long as the inputs are those it was proven
    for; where nothing at all has changed, the rest of what the engine claimed too. ``against`` is a plan to compare
    with. Raises ``FaultsFound``, ``WorkbookError`` and ``UsageError``; a plan that breaks rules is written, with the
    breaches at their rows.
    """
    from optimizer.workbook.mending import mended
    from optimizer.workbook.output import Made
    from optimizer.workbook.reader import read_book
    from optimizer.workbook.reading.grid import load
    from optimizer.workbook.schema import SHEET_NAMES
    from optimizer.workbook.words import fold

    loaded, said = mended(load(book, lambda title: fold(title) in SHEET_NAMES), rounding=rounding)
    try:
        reading = read_book(loaded, verifying=True)
    except FaultsFound as error:
        raise FaultsFound((*said, *error.faults)) from error
    case = reading.case
    if as_of is not None:
        case = replace(case, settings=replace(case.settings, as_of=day_of(as_of)))
    verdict = verify(case, reading.plan)
    claim, before = claimed(book, case, reading.plan, verdict)
    other = None if against is None else other_plan(against)
    made = Made(reading.tables, book, True, other, **still(book, case, reading.plan))
    landed = write(out or book.with_name(f"{book.stem}_refreshed.xlsx"), case, reading.plan, made, claim, verdict)
    return Refreshed(case, reading.plan, verdict, landed, before, (*said, *reading.warnings))


def other_plan(book: Path) -> Any:
    """The plan in another workbook, under that plan's name."""
    from optimizer.report.before import Other
    from optimizer.workbook.reader import read_for_verifying

    case, plan = read_for_verifying(book)
    return Other(case.settings.name or book.stem, case, plan)


def claimed(book: Path, case: Case, plan: Plan, verdict: Verdict) -> tuple[Hand, float | None]:
    """What still holds of what the workbook claimed, and the score it claimed."""
    from optimizer.quantities import same
    from optimizer.workbook import labels
    from optimizer.workbook.reading.claims import read_run

    told, score = read_run(book), verdict.score
    before = _number(told.get(labels.SCORE))
    bound = _number(told.get(labels.BOUND)) if told.get(labels.INPUT_HASH) == content_hash(case) else None
    if bound is not None and bound < score:
        bound = score if same(bound, score) else None  # a bound that a plan beats was none
    proof = _proof(book, case, bound)
    if told.get(labels.CONTENT_HASH) != content_hash(case, plan) or not verdict.ok:
        return Hand(score, bound, certificate=proof), before
    named = {k: str(told[v]) for k, v in RUN.items() if told.get(v) is not None}
    seed = _number(told.get("Seed"))
    repeatable = str(told.get("Repeatable", "yes")).startswith("yes")
    hand = Hand(score, bound, seed=int(seed or 1), repeatable=repeatable, certificate=proof)
    return replace(hand, **named), before  # type: ignore[arg-type]


def _proof(book: Path, case: Case, bound: float | None) -> Certificate | None:
    """The proof that the workbook carries, as long as the inputs are those it is about."""
    from optimizer.workbook.reading.proof import read_certificate

    try:
        found = read_certificate(book) if bound is not None else None
    except Malformed:
        return None
    return found if found is not None and found.case == content_hash(case) else None


RUN = {"engine": "Engine", "status": "Status", "stop_reason": "Stop reason", "effort": "Effort"}


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
