"""The commands between planners and between years: compare, merge, cycle, sign-off; options and answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from optimizer.cli.app import Json, app
from optimizer.cli.exits import Exit, ends_well

if TYPE_CHECKING:
    from optimizer.workflow.comparing import Comparison

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
