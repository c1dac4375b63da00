"""The commands that question a plan: what if, why not; options and answers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Json, Limit, PlanBook
from optimizer.cli.root import app

if TYPE_CHECKING:
    from optimizer.workflow.explaining import Explained
    from optimizer.workflow.whatif import WhatIf

SHOWN = 40  # changed decisions on screen; JSON has them all


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
    from optimizer.cli import commands, screen
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
        screen.print_json(of_whatif(found))
    else:
        show_whatif(found)
    return Exit.INFEASIBLE if found.ceiling is None else Exit.DONE


def of_whatif(found: WhatIf) -> dict[str, Any]:
    """What an edit does as one object."""
    from optimizer.workflow import versions

    return {
        "status": "infeasible" if found.ceiling is None else "optimal" if found.proven_best else "feasible",
        "ceiling": found.ceiling,
        "score": found.score,
        "score_before": found.score_before,
        "score_kept": found.kept,
        "broken": found.broken,
        "changes": [{**vars(c), "start": c.start.isoformat()} for c in found.changes if c.change != "kept"],
        "kept": sum(c.change == "kept" for c in found.changes),
        "reasons": [{"rule": r.rule, "rows": r.rows, "text": r.text} for r in found.reasons],
        "seconds_to_ceiling": round(found.effect.seconds_to_ceiling, 3),
        "wall_seconds": round(found.seconds, 3),
        "output": None if found.output is None else str(found.output),
        "versions": versions(),
    }


def show_whatif(found: WhatIf) -> None:
    """The same on the screen."""
    from optimizer.cli import screen
    from optimizer.quantities import figure

    if found.ceiling is None:
        screen.note("No plan of this workbook holds all the rules (proven).")
        for r in found.reasons:
            screen.note(f"  - {r.text} [{r.rule}: {', '.join(r.rows)}]")
        return
    took = found.effect.seconds_to_ceiling
    screen.note(f"no plan of this workbook scores above {figure(found.ceiling)} (proven; {took:.1f} s)")
    say = partial(figure, digits=2)
    if found.kept is None:
        screen.note("the plan in hand no longer holds every rule:")
        for text in found.broken[:6]:
            screen.note(f"  - {text}")
        if len(found.broken) > 6:
            screen.note(f"  … and {len(found.broken) - 6} more")
    else:
        screen.note(f"the plan in hand as it is: {say(found.kept)} (before the edit {say(found.score_before)})")
    if found.score is None:
        screen.note("no plan was found; one may exist")
        return
    since = found.score_before if found.kept is None else found.kept
    made = [c for c in found.changes if c.change != "kept"]
    gain = found.score - since
    what = f"one that gains {say(gain)}" if gain >= 0 else f"the best found loses {say(-gain)}"
    best = "the best there is (proven)" if found.proven_best else "found; a better one may exist"
    screen.note(f"here is {what}, {say(found.score)} ({best}); {len(made)} decision(s) change")
    rows = [(c.kind, c.subject, c.text, c.before, c.after) for c in made[:SHOWN]]
    if rows:
        screen.table("what changes", ("", "who", "how", "before", "after"), rows)
    if len(made) > SHOWN:
        screen.note(f"… and {len(made) - SHOWN:,} more: --json has them all")
    if found.output is not None:
        screen.note(f"plan: {found.output}")


Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]


@app.command()
@ends_well
def ask(
    book: PlanBook,
    question: Annotated[
        list[str],
        typer.Argument(metavar="QUESTION", help="Such as: why not unit 2-2CR in LT from 2017-05-01 to 2017-06-30"),
    ],
    time_limit: Limit = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> Exit:
    """Ask a plan why not (or what without): unit, exercise, set, draw, upgrade, demand; found and proven cost."""
    from optimizer.cli import commands

    commands.present(book)
    return _told(lambda story, options: story.ask(book, " ".join(question), options), time_limit, as_json, quiet)


@app.command()
@ends_well
def answer(
    book: PlanBook,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Where the answers go.")],
    time_limit: Limit = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> Exit:
    """Answer the questions in the Ask sheet of a plan, beside them, in a copy."""
    from optimizer.cli import commands

    target = commands.elsewhere(commands.workbook(out), commands.present(book))
    return _told(lambda story, options: story.answer(book, target, options), time_limit, as_json, quiet)


def why(book: Path, out: Path | None, html: Path | None, time_limit: float | None, as_json: bool, quiet: bool) -> Exit:
    """``explain PLAN``: all that a plan leaves out, and how firm its decisions are."""
    return _told(lambda story, options: story.explain(book, out, options, html), time_limit, as_json, quiet)


def _told(tell: Callable[[Any, Any], Explained], time_limit: float | None, as_json: bool, quiet: bool) -> Exit:
    """Answer with progress and Ctrl-C, and show the answers."""
    from optimizer.cli import screen
    from optimizer.cli.progress import listening
    from optimizer.domain.outcome import Options
    from optimizer.workflow import explaining

    with listening(quiet) as (reporter, interrupt):
        options = Options(progress=reporter, stopped=interrupt.asked, time_limit=time_limit)
        found = tell(explaining, options)
    if as_json:
        screen.print_json(of_answers(found))
    else:
        show_answers(found)
    return Exit.STOPPED if options.must_stop else Exit.DONE


def of_answers(found: Explained) -> dict[str, Any]:
    """Answers as one object."""
    from optimizer.workflow import versions

    answers = [
        {
            "kind": a.kind, "wish": a.wish, "subject": a.subject, "place": a.place,
            "from": None if a.start is None else a.start.isoformat(),
            "to": None if a.end is None else a.end.isoformat(),
            "question": a.question, "answer": a.sentence, "found": a.found, "proven": a.proven,
            "displaces": a.displaces, "blocked_by": [vars(b) for b in a.blocked_by], "impossible": a.impossible,
        }
        for a in found.answers
    ]  # fmt: skip
    return {
        "status": "ok", "score": found.score, "bound": found.bound, "answers": answers,
        "output": None if found.output is None else str(found.output),
        "wall_seconds": round(found.seconds, 3), "versions": versions(),
    }  # fmt: skip


def show_answers(found: Explained) -> None:
    """The same on the screen."""
    from optimizer.cli import screen
    from optimizer.quantities import figure

    few = len(found.answers) <= 8
    for a in found.answers:
        screen.note(a.question)
        screen.note(f"  {a.sentence}")
        for b in a.blocked_by if few else a.blocked_by[:1]:
            screen.note(f"  blocked now by {b.rule}: {b.text}" + (f" [{', '.join(b.rows)}]" if b.rows else ""))
        if a.displaces and few:
            screen.note(f"  what gives way: {'; '.join(a.displaces)}")
    screen.note(f"the plan in hand scores {figure(found.score)}, no plan more than {figure(found.bound)} (proven)")
    if found.output is not None:
        screen.note(f"answers: {found.output}")
