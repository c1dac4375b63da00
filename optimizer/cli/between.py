"""The commands between planners and between years: compare, merge, cycle, sign-off; options and answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optimizer.cli.exits import Exit, ends_well
from optimizer.cli.options import Json
from optimizer.cli.root import app

if TYPE_CHECKING:
    from optimizer.workflow.comparing import Comparison
    from optimizer.workflow.merging import Effect, MergedBooks

SHOWN = 60  # decisions and rows on screen; JSON and the workbook have them all

Books = Annotated[list[Path], typer.Argument(metavar="A B [C…]", help="Workbooks: inputs or plans.", dir_okay=False)]


@app.command()
@ends_well
def compare(
    books: Books,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="OUT", help="Also write it as a workbook.", dir_okay=False)
    ] = None,
    as_json: Json = False,
) -> Exit:
    """Say what differs between the first workbook and the others: rows, decisions, figures."""
    from optimizer.cli import commands, screen
    from optimizer.workflow import comparing

    for book in books:
        commands.present(book)
        commands.elsewhere(out, book)
    found = comparing.compare(books)
    landed = None if out is None else comparing.write(found, commands.workbook(out))
    if as_json:
        screen.print_json(of_comparison(found) | {"output": None if landed is None else str(landed)})
    else:
        show_comparison(found)
        if landed is not None:
            screen.note(f"comparison: {landed}")
    return Exit.DONE


@app.command()
@ends_well
def merge(
    base: Annotated[Path, typer.Argument(metavar="BASE", help="The workbook all copies were made from.")],
    copies: Annotated[list[Path], typer.Argument(metavar="COPY…", help="Copies, each with somebody's edits.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="OUT", help="Where the merged workbook goes.")],
    ceiling: Annotated[
        bool, typer.Option("--ceiling", help="Also prove what no plan can exceed with each copy's edits.")
    ] = False,
    as_json: Json = False,
) -> Exit:
    """Make one workbook of several edited copies; what they say differently is to choose in its Conflicts sheet."""
    from optimizer.cli import commands, screen
    from optimizer.workflow import merging

    for book in (base, *copies):
        commands.present(book)
        commands.elsewhere(out, book)
    target = commands.workbook(out)
    prove = None
    if ceiling:
        from optimizer.workflow.whatif import ceilings

        prove = ceilings(base)
    found = merging.merge(base, copies, target, prove)
    if as_json:
        screen.print_json(of_merge(found))
    else:
        show_merge(found)
    return Exit.FAULTS if found.open or found.faults else Exit.DONE


def of_comparison(found: Comparison) -> dict[str, Any]:
    """A comparison as one object: rows and decisions against the first workbook, figures of all."""
    return {
        "status": "ok",
        "versions": [v.name for v in found.versions],
        "rows": [{"in": a.name, **vars(r)} for a in found.against for r in a.rows],
        "decisions": [
            {"in": a.name, **vars(c), "start": c.start.isoformat()} for a in found.against for c in a.decisions
        ],
        "figures": [
            {"topic": f.topic, "name": f.name, "unit": f.unit or None,
             "values": dict(zip((v.name for v in found.versions), f.values, strict=True))}
            for f in found.figures
        ],
    }  # fmt: skip


def show_comparison(found: Comparison) -> None:
    """A comparison on the screen: figures that differ, decisions that changed, rows."""
    from optimizer.cli import screen

    names = [v.name for v in found.versions]
    rows = [(f.topic, f.name, *(_number(v) for v in f.values)) for f in found.figures if len(set(f.values)) > 1]
    if rows:
        screen.table("figures that differ", ("", "", *names), rows, len(names))
    elif found.figures:
        screen.note("all figures are the same")
    for a in found.against:
        made = [c for c in a.decisions if c.change != "kept"]
        kept = len(a.decisions) - len(made)
        lines = [(c.kind, c.subject, c.text, c.before, c.after) for c in made[:SHOWN]]
        title = f"{a.name} against {names[0]}: {kept} decisions kept, {len(made)} not"
        if made:
            screen.table(title, ("", "who", "how", "before", "after"), lines)
            _more(len(made))
        elif a.decisions:
            screen.note(title)
        changed = [(r.sheet, r.row, r.column or r.change, r.before, r.after) for r in a.rows[:SHOWN]]
        title = f"{a.name} against {names[0]}: {len(a.rows)} rows and cells of the input tables differ"
        if a.rows:
            screen.table(title, ("sheet", "row", "column", "before", "after"), changed)
            _more(len(a.rows))
        else:
            screen.note(f"{a.name}: the input tables say the same as those of {names[0]}")


def _more(count: int) -> None:
    from optimizer.cli import screen

    if count > SHOWN:
        screen.note(f"… and {count - SHOWN:,} more: --json and -o have them all")


def _number(value: float | int | None) -> str:
    return "–" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def of_merge(found: MergedBooks) -> dict[str, Any]:
    """A merge as one object."""
    from optimizer.cli import screen
    from optimizer.workbook.merge.align import spelt

    conflicts = [
        {"sheet": c.sheet, "row": c.row or None, "column": c.column or None, "base": spelt(c.base),
         "versions": {n: spelt(v) for n, v in c.versions.items()}, "chosen": c.chosen}
        for c in found.conflicts
    ]  # fmt: skip
    return {
        "status": "conflicts" if found.open else "faults" if found.faults else "merged",
        "merged": {
            "copies": {name: vars(e) for name, e in found.edits.items()},
            "effects": [vars(e) for e in found.effects],
            "notes": found.notes,
            "faults": [screen.fault_record(f) for f in found.faults],
        },
        "conflicts": conflicts,
        "output": str(found.output),
    }


def _show_effects(effects: Sequence[Effect]) -> None:
    from optimizer.cli import screen

    first = next((e.score for e in effects if e.name == "base"), None)
    if first is None:
        return
    asked = any(e.ceiling is not None or e.impossible for e in effects)
    told = [
        (e.name, _number(e.score), "" if e.score is None else f"{e.score - first:+,.2f}",
         *(("no plan" if e.impossible else _number(e.ceiling),) if asked else ()),
         e.unread or ("" if not e.breaches else f"{e.breaches} breach(es)"))
        for e in effects
    ]  # fmt: skip
    heads = ("", "score", "", *(("no plan above (proven)",) if asked else ()), "")
    screen.table("the plan in the books under each copy's edits", heads, told)


def show_merge(found: MergedBooks) -> None:
    """A merge on the screen: what each copy changed and does to the score, conflicts, notes, faults."""
    from optimizer.cli import screen
    from optimizer.workbook.merge.align import spelt

    rows = [(n, e.cells, e.added, e.gone, e.renamed) for n, e in found.edits.items()]
    screen.table("edits", ("copy", "cells", "rows added", "rows gone", "renamed"), rows, 4)
    _show_effects(found.effects)
    for note in found.notes:
        screen.note(f"note: {note}")
    if found.conflicts:
        lines = [
            (c.sheet, c.row, c.column, spelt(c.base), "; ".join(f"{n}: {spelt(v)}" for n, v in c.versions.items()),
             c.chosen or "OPEN")
            for c in found.conflicts[:SHOWN]
        ]  # fmt: skip
        title = f"{len(found.conflicts)} conflict(s), {len(found.open)} open: choose in the Conflicts sheet"
        screen.table(title, ("sheet", "row", "column", "base", "copies", "chosen"), lines)
        _more(len(found.conflicts))
    if found.faults:
        screen.print_faults(found.faults)
    screen.note(f"merged: {found.output}")
