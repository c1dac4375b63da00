"""The commands of a planner's desk: redraw a plan changed by hand, hand on its movements; options and answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import AsOf, Json, PlanBook
from optimizer.cli.root import app

if TYPE_CHECKING:
    from optimizer.workflow.refreshing import Refreshed


@app.command()
@ends_well
def refresh(
    book: PlanBook,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="OUT", help="Where it goes; default PLAN_refreshed.xlsx.", dir_okay=False),
    ] = None,
    against: Annotated[
        Path | None, typer.Option(metavar="PLAN", help="A plan to compare with on the Summary.", dir_okay=False)
    ] = None,
    rounding: Annotated[
        bool, typer.Option("--round", help="Days that are no Monday become the nearest one, with a warning.")
    ] = False,
    as_of: AsOf = None,
    as_json: Json = False,
) -> Exit:
    """Redraw a plan changed by hand: every figure and sheet anew, what breaks a rule marked at its row."""
    from optimizer.cli import commands, record, screen
    from optimizer.workflow.auditing import Audited
    from optimizer.workflow.refreshing import refresh as redraw

    target = commands.elsewhere(None if out is None else commands.workbook(out), commands.present(book))
    found = redraw(book, target, against=against and commands.present(against), rounding=rounding, as_of=as_of)
    if as_json:
        audited = Audited(found.case, found.plan, found.verdict)
        more = {"output": str(found.output), "score_before": found.before}
        warned = [screen.fault_record(f) for f in found.remarks]
        screen.print_json(record.of_audit(audited, claims=False) | more | {"warnings": warned})
    else:
        _show(found)
    return Exit.DONE if found.verdict.ok else Exit.UNVERIFIED


def _show(found: Refreshed) -> None:
    from optimizer.cli import screen, show
    from optimizer.workflow.auditing import Audited

    if found.remarks:
        screen.print_faults(found.remarks)
    show.audit(Audited(found.case, found.plan, found.verdict), claims=False)
    screen.note(show.changed(found.before, found.verdict))
    screen.note(f"plan: {found.output}")


@app.command()
@ends_well
def export(
    book: PlanBook,
    table: Annotated[
        Path | None, typer.Option("--movements", metavar="OUT.csv", help="Every movement, one a row.", dir_okay=False)
    ] = None,
    calendar: Annotated[
        Path | None,
        typer.Option("--calendar", metavar="OUT.ics", help="Movements and exercises as a calendar.", dir_okay=False),
    ] = None,
    as_json: Json = False,
) -> Exit:
    """Hand on what a plan decides, for other programs: movements as a table, dates as a calendar."""
    from optimizer.cli import commands, screen
    from optimizer.errors import UsageError
    from optimizer.workflow import exporting

    if table is None and calendar is None:
        raise UsageError("say what to export: --movements OUT.csv, --calendar OUT.ics, or both")
    for path, suffix in ((table, ".csv"), (calendar, ".ics")):
        if path is not None and path.suffix.lower() != suffix:
            raise UsageError(f"{path.name}: its name ends in {suffix}")
    done = exporting.export(commands.present(book), table, calendar)
    if as_json:
        screen.print_json({"status": "ok", "written": {str(path): n for path, n in done}})
    else:
        for path, n in done:
            screen.note(f"{path}: {n:,} rows" if path.suffix.lower() == ".csv" else f"{path}: {n:,} events")
    return Exit.DONE
