"""The commands that question a plan: what if, why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Adopt, Json, Limit, PlanBook
from optimizer.cli.root import app

if TYPE_CHECKING:
    from optimizer.workflow.explaining import Explained


@app.command()
@ends_well
def whatif(
    book: PlanBook,
    edited: Annotated[
        Path, typer.Argument(metavar="EDITED", help="A copy of that workbook with cells changed.", dir_okay=False)
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", help="Write the plan found, as solve would.")
    ] = None,
    time_limit: Limit = None,
    ceiling_only: Annotated[bool, typer.Option("--ceiling", help="Only the proven ceiling, no search.")] = False,
    as_json: Json = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> Exit:
    """Say what an edit does: the score no plan can exceed now (proven), and the best plan found, with its changes."""
    from optimizer.cli import asked, commands, screen
    from optimizer.cli.progress import listening
    from optimizer.errors import UsageError
    from optimizer.workflow import whatif as story

    if out is not None and ceiling_only:
        raise UsageError("--ceiling searches for no plan: there would be none to write")
    target = None if out is None else commands.elsewhere(commands.workbook(out), commands.present(book))
    commands.elsewhere(target, commands.present(edited))
    with listening(quiet) as (reporter, interrupt):
        found = story.whatif(book, edited, target, reporter, interrupt.asked, time_limit, not ceiling_only)
    if as_json:
        screen.print_json(asked.of_whatif(found))
    else:
        asked.show_whatif(found)
    return Exit.INFEASIBLE if found.ceiling is None else Exit.DONE


Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


@app.command()
@ends_well
def ask(
    book: PlanBook,
    question: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION", help="Such as: why not unit 2-2CR in LT from 2017-05-01 to 2017-06-30"),
    ],
    adopt: Adopt = None,
    time_limit: Limit = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> Exit:
    """Ask a plan why not (or what without): unit, exercise, set, draw, upgrade, demand; found and proven cost."""
    from optimizer.cli import commands

    text, better = " ".join(question), _target(adopt, commands.present(book))
    return _told(lambda story, options: story.ask(book, text, options, better), better, time_limit, as_json, quiet)


@app.command()
@ends_well
def answer(
    book: PlanBook,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Where the answers go.")],
    adopt: Adopt = None,
    time_limit: Limit = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> Exit:
    """Answer the questions in the Ask sheet of a plan, beside them, in a copy."""
    from optimizer.cli import commands

    target, better = _target(out, commands.present(book)), _target(adopt, book)
    _apart(target, better)
    return _told(lambda story, options: story.answer(book, target, options, better), better, time_limit, as_json, quiet)


def why(
    book: Path, out: Path | None, html: Path | None, adopt: Path | None, time_limit: float | None, as_json: bool,
    quiet: bool,
) -> Exit:  # fmt: skip
    """``explain PLAN``: all that a plan leaves out, and how firm its decisions are."""
    target, better = _target(out, book), _target(adopt, book)
    _apart(target, better)
    return _told(
        lambda story, options: story.explain(book, target, options, html, better), better, time_limit, as_json, quiet
    )


def _target(out: Path | None, book: Path) -> Path | None:
    """A workbook to be written that is not the planner's own."""
    from optimizer.cli import commands

    return None if out is None else commands.elsewhere(commands.workbook(out), book)


def _apart(answers: Path | None, better: Path | None) -> None:
    from optimizer.errors import UsageError

    if answers is not None and better is not None and answers.resolve() == better.resolve():
        raise UsageError(f"{better}: answers are about the plan in hand, --adopt writes another: name two files")


def _told(
    tell: Callable[[Any, Any], Explained], adopt: Path | None, time_limit: float | None, as_json: bool, quiet: bool
) -> Exit:
    """Answer with progress and Ctrl-C, and show the answers; what there is to adopt, if ``adopt`` is given, even if
    there is nothing."""
    from optimizer.cli import asked, screen
    from optimizer.cli.progress import listening
    from optimizer.domain.outcome import Options
    from optimizer.workflow import explaining

    with listening(quiet) as (reporter, interrupt):
        options = Options(progress=reporter, stopped=interrupt.asked, time_limit=time_limit)
        found = tell(explaining, options)
    if as_json:
        screen.print_json(asked.of_answers(found))
    else:
        asked.show_answers(found, adopt)
    return Exit.STOPPED if options.must_stop else Exit.DONE
