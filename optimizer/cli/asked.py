"""Answers about a plan, as one object and on the screen."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from optimizer.workflow.explaining import Explained
    from optimizer.workflow.whatif import WhatIf

SHOWN = 40  # changed decisions on screen; JSON has them all


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
            "ranges": [vars(r) for r in a.ranges],
        }
        for a in found.answers
    ]  # fmt: skip
    better = found.better
    return {
        "status": "ok", "score": found.score, "bound": found.bound, "answers": answers,
        "better": None if better is None else {
            "score": better.score, "question": better.question,
            "output": None if better.output is None else str(better.output),
        },
        "output": None if found.output is None else str(found.output),
        "wall_seconds": round(found.seconds, 3), "versions": versions(),
    }  # fmt: skip


def show_answers(found: Explained, adopt: Path | None) -> None:
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
        if a.ranges and few:
            screen.note(f"  stays, of the plans found, while: {a.stays}")
    screen.note(f"the plan in hand scores {figure(found.score)}, no plan more than {figure(found.bound)} (proven)")
    if found.better is not None:
        better, gain = found.better, found.better.score - found.score
        where = "--adopt FILE writes it" if better.output is None else f"it is in {better.output}"
        screen.note(f"a plan that gains {figure(gain, 2)} points was met ({better.question}): {where}")
    elif adopt is not None:
        screen.note(f"no plan that beats the one in hand was met: {adopt} is not written")
    if found.output is not None:
        screen.note(f"answers: {found.output}")
