"""The command that replans: options and answers."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import AsOf, Effort, Engine, Json, Limit, PlanBook, engine_of
from optimizer.cli.root import app

if TYPE_CHECKING:
    from optimizer.workflow.replanning import Replanned

SHOWN = 40  # changes on screen; JSON and the Compare sheet have them all


@app.command()
@ends_well
def replan(
    plan: PlanBook,
    inputs: Annotated[
        Path | None,
        typer.Option("--with", metavar="NEW", help="What holds now; default: PLAN.", dir_okay=False),
    ] = None,
    freeze: Annotated[
        str | None, typer.Option(metavar="DATE", help="What begins before this day stands as it is.")
    ] = None,
    curve: Annotated[bool, typer.Option("--curve", help="Also score against the number of changes.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="OUT", help="Where it goes; default outputs/PLAN_replanned.xlsx."),
    ] = None,
    engine: Annotated[
        Engine, typer.Option(help="Which solver.", parser=engine_of, metavar=f"[{'|'.join(Engine)}]")
    ] = Engine.auto,
    effort: Annotated[Effort | None, typer.Option(help="How long to search; default: as the workbook says.")] = None,
    time_limit: Limit = None,
    seed: Annotated[int | None, typer.Option(metavar="N", min=0, help="Default: as the workbook says.")] = None,
    as_of: AsOf = None,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> Exit:
    """Change a plan in force as little as need be for what holds now, and say why of each change."""
    from optimizer.cli import commands, record, screen
    from optimizer.cli.interrupt import Overrun, aside
    from optimizer.cli.progress import listening
    from optimizer.workflow import Wishes, replanning
    from optimizer.workflow.solving import Talk

    for book in (plan, inputs):
        if book is not None:
            commands.elsewhere(out, commands.present(book))
    target = None if out is None else commands.workbook(out)
    wishes = Wishes(engine.value, effort.value if effort else None, time_limit, seed, as_of=as_of)
    with listening(quiet) as (reporter, interrupt):
        run = partial(aside, overrun=Overrun(interrupt.asked, time_limit, reporter.patience))
        order = replanning.Order(plan, inputs, freeze, curve)
        found = replanning.replan(order, target, wishes, Talk(reporter, interrupt.asked, run))
    if as_json:
        screen.print_json(of_replan(found))
    elif not quiet or found.solved.outcome.plan is None:
        show_replan(found)
    return record.exit_of(found.solved.outcome)


def of_replan(found: Replanned) -> dict[str, Any]:
    """A replan as one object: a solve's, with the changes one by one, and the curve."""
    from optimizer.cli import record

    told = [
        {**vars(x.change), "start": x.change.start.isoformat(), "how": x.how, "rule": x.rule, "rows": x.rows,
         "because": x.because, "gain": x.gain, "with": x.others, "keeping": x.keeping}
        for x in found.changes
    ]  # fmt: skip
    counted = {"element_weeks": found.element_weeks, "events": found.events, "list": told}
    drawn = None if found.curve is None else {
        "points": [{"changes": p.changes, "element_weeks": p.element_weeks, "events": p.events, "score": p.score,
                    "ceiling": p.ceiling} for p in found.curve.points],
        "bounds": [{"price": price, "bound": bound} for price, bound in found.curve.bounds],
    }  # fmt: skip
    return record.of_solve(found.solved) | {"changes": counted, "curve": drawn}


def show_replan(found: Replanned) -> None:
    """A replan on the screen: the answer, the changes with their reasons, the curve."""
    from optimizer.cli import screen, show
    from optimizer.quantities import figure

    show.outcome(found.solved)
    if found.solved.outcome.plan is None:
        return
    rows = [(x.change.kind, x.change.subject, x.change.text, x.because, x.keeping) for x in found.changes[:SHOWN]]
    if rows:
        heads = ("", "who", "change", "because", "leaving it as it was")
        screen.table(f"{len(found.changes)} decisions changed", heads, rows)
    else:
        screen.note("nothing changed: the plan in force stands")
    if len(found.changes) > SHOWN:
        screen.note(f"… and {len(found.changes) - SHOWN:,} more: sheet Compare has them all")
    if found.curve is not None:
        lines = [(str(p.changes), figure(p.score), "–" if p.ceiling is None else figure(p.ceiling))
                 for p in found.curve.points]  # fmt: skip
        screen.table("score against the number of changes", ("changes", "found", "at most, proven"), lines, 3)
    show.warnings(found.solved.warnings)
    if found.solved.elsewhere:
        screen.complain(found.solved.elsewhere)
