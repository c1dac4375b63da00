"""What each command does once its options are known: call a story, show the answer."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from optimizer.cli import record, screen, show
from optimizer.cli.exits import Exit
from optimizer.cli.interrupt import Overrun, aside
from optimizer.cli.progress import listening
from optimizer.errors import UsageError, WorkbookError

if TYPE_CHECKING:
    from optimizer.workflow import Wishes


def present(path: Path) -> Path:
    """The path, if there is something; ``UsageError`` otherwise."""
    try:
        there = path.exists()
    except OSError as error:  # a name longer than any file's
        raise UsageError(f"{str(path)[:60]}… cannot be opened: {error.strerror}") from error
    if not there:
        raise UsageError(f"there is no {path}")
    return path


def elsewhere(out: Path | None, book: Path) -> Path | None:
    """Where to write, which must not be the planner's own file."""
    if out is not None and book.exists() and out.resolve() == book.resolve():
        raise UsageError(f"{out} is the workbook itself: it is never overwritten")
    return out


def workbook(out: Path) -> Path:
    """Where a workbook is to be written: its name must say so, or no program opens it."""
    if out.suffix.lower() != ".xlsx" and not out.is_dir():
        named = "" if out.name in ("-", "") else f" ({out.with_suffix('.xlsx')}?)"
        raise UsageError(f"{str(out)[:200]}: the name of a workbook ends in .xlsx{named}")
    return out


def solve(book: Path, out: Path | None, wishes: Wishes, as_json: bool, quiet: bool) -> Exit:
    """Plan, with progress and Ctrl-C."""
    from optimizer import workflow

    with listening(quiet) as (reporter, interrupt):
        run = partial(aside, overrun=Overrun(interrupt.asked, wishes.time_limit, reporter.patience))
        target = elsewhere(None if out is None else workbook(out), present(book))
        found = workflow.solve(book, target, wishes, reporter, interrupt.asked, run)
    with screen.to_somebody():
        if as_json:
            screen.print_json(record.of_solve(found))
        elif not quiet or found.outcome.plan is None:
            show.outcome(found)
        if not (as_json or quiet):
            show.warnings(found.warnings)
        if found.elsewhere:
            screen.complain(found.elsewhere)
        sys.stdout.flush()
    return record.exit_of(found.outcome)


def verify(book: Path, as_json: bool) -> Exit:
    """Judge a plan and the claims beside it."""
    from optimizer import workflow

    found = workflow.audit(present(book), proving=True)
    if as_json:
        screen.print_json(record.of_audit(found, claims=True))
    else:
        show.audit(found, claims=True)
    return Exit.DONE if found.ok else Exit.UNVERIFIED


def score(book: Path, scenario: str | None, as_json: bool) -> Exit:
    """Report on a plan; breaches are news, not failure."""
    from optimizer import workflow

    found = workflow.judge(present(book), scenario)
    if as_json:
        screen.print_json(record.of_audit(found, claims=False))
    else:
        show.audit(found, claims=False)
    return Exit.DONE


def report(book: Path, out: Path | None, week: str | None, against: Path | None, as_json: bool) -> Exit:
    """A page of a plan; it is written even if the plan fails its check, and says so."""
    from optimizer import workflow

    other = None if against is None else present(against)
    if other is not None:
        elsewhere(out, other)
    found, landed = workflow.report(present(book), elsewhere(out, book), week, other)
    if as_json:
        screen.print_json(record.of_audit(found, claims=True) | {"output": str(landed)})
    else:
        verdict = "verified" if found.ok else "NOT verified: the page says what is wrong"
        screen.note(f"report: {landed} ({verdict})")
    return Exit.DONE if found.ok else Exit.UNVERIFIED


def check(books: Sequence[Path], markup: Path | None, as_json: bool) -> Exit:
    """Faults, warnings and notes of workbooks, and on request a marked-up copy of one."""
    from optimizer import workflow

    if markup is not None and len(books) > 1:
        raise UsageError("--markup marks one workbook: check them one by one")
    worst, records = Exit.DONE, []
    for book in books:
        out = elsewhere(None if markup is None else workbook(markup), book)
        try:
            case, findings = workflow.check(present(book))
        except (WorkbookError, UsageError) as error:
            if len(books) == 1:
                raise
            from optimizer.workbook.faults import Fault

            case, findings = None, (Fault("", "", str(error)),)
        marked = None if out is None else workflow.mark(book, findings, out)
        worst = Exit.FAULTS if case is None else worst
        if as_json:
            status = "faults" if case is None else "ok"
            record = {"status": status, "faults": [screen.fault_record(f) for f in findings]}
            records.append(record | ({} if marked is None else {"markup": str(marked)}))
            continue
        if len(books) > 1:
            screen.note(f"{book}:")
        if case is not None:
            show.case(case)
        if findings:
            screen.print_faults(findings)
        else:
            screen.note("no faults")
        if marked is not None:
            screen.note(f"marked-up copy: {marked}")
    if as_json and len(books) == 1:
        screen.print_json(records[0])
    elif as_json:
        named = [{"book": str(b)} | r for b, r in zip(books, records, strict=True)]
        screen.print_json({"status": "faults" if worst else "ok", "books": named})
    return worst


def planned(book: Path) -> bool:
    """Whether a workbook holds a plan: more in its Plan sheets than what was under way. One with faults does not."""
    from optimizer.errors import FaultsFound
    from optimizer.workflow.comparing import version

    try:
        return version(present(book)).planned
    except FaultsFound:
        return False


def explain(book: Path, model: bool, as_json: bool) -> Exit:
    """What a case is made of: its counts; with ``model`` each rule and term with its rows in this case."""
    from optimizer import workflow

    if not model:
        case = workflow.case_of(present(book))
        if as_json:
            screen.print_json({"status": "ok", "case": {"name": case.settings.name, **show.counts(case)}})
        else:
            show.case(case)
            screen.note("--model prints every rule and term in words and symbols, with its rows in this case")
        return Exit.DONE
    parts = workflow.model_of(present(book))
    if as_json:
        screen.print_json({"status": "ok", "model": [vars(p) for p in parts]})
    else:
        for part in parts:
            count = "" if part.rows is None else f"  [{part.rows:,} rows]"
            screen.note(f"{part.id} ({part.kind}){count}\n  {part.statement}\n  {part.maths}")
            screen.note(f"  search, by {part.kept}: {part.search}")
    return Exit.DONE


def schema(as_json: bool) -> Exit:
    """Sheets and columns of a workbook."""
    from dataclasses import asdict

    from optimizer.workbook.schema import SETTINGS, SHEETS

    if as_json:
        sheets = [asdict(s) for s in SHEETS]
        screen.print_json({"status": "ok", "sheets": sheets, "settings": [asdict(c) for c in SETTINGS]})
        return Exit.DONE
    for sheet in SHEETS:
        columns = SETTINGS if sheet.name == "Settings" else sheet.columns
        rows = [(c.header, c.kind, c.meaning_of_blank, c.help) for c in columns]
        screen.table(f"{sheet.name}: one row is {sheet.row}", ("column", "kind", "blank means", "meaning"), rows)
        screen.note("")
    return Exit.DONE


def template(out: Path, source: str | None, year: int | None) -> Exit:
    """A workbook to fill in, empty or filled."""
    from optimizer.workbook.forms.filled import template as write

    screen.note(f"template: {write(out, source, year, warn=screen.complain)}")
    return Exit.DONE


def unpack(book: Path, folder: Path, ordered: bool) -> Exit:
    """A workbook as a folder of CSV files."""
    from optimizer.workbook.forms.folder import unpack as to_folder

    screen.note(f"{len(to_folder(present(book), folder, ordered=ordered))} tables in {folder}")
    return Exit.DONE


def pack(folder: Path, out: Path) -> Exit:
    """A folder of CSV files as a workbook."""
    from optimizer.workbook.forms.folder import pack as to_workbook

    screen.note(f"workbook: {to_workbook(present(folder), workbook(out))}")
    return Exit.DONE


def generate(out: Path, size: str, changes: Mapping[str, int], seed: int) -> Exit:
    """A synthetic case as a workbook."""
    from optimizer import workflow

    screen.note(f"workbook: {workflow.generate(workbook(out), size, changes, seed)}")
    return Exit.DONE
