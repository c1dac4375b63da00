"""Answers of the commands that ask beyond one plan: as objects, and on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimizer.cli.exits import Exit

if TYPE_CHECKING:
    from optimizer.report.alternatives import Alternatives
    from optimizer.report.frontier import Frontier
    from optimizer.report.stress import StressTest
    from optimizer.report.sweeps import Sweep

SHOWN = 60  # results on screen; JSON and the workbook have them all


def exit_of_sweep(found: Sweep) -> Exit:
    """How a sweep ended."""
    from optimizer.report.sweeps import FAILED, LOST

    if not found.complete:
        return Exit.STOPPED if found.results else Exit.INTERRUPTED
    broken = any(r.status == LOST or (r.status == FAILED) for r in found.results)
    return Exit.CRASH if broken else Exit.DONE


def of_sweep(found: Sweep, landed: Path | None) -> dict[str, Any]:
    """A sweep as one object."""
    return {
        "status": "ok" if found.complete else "not complete",
        "axes": found.axes,
        "seeds": found.seeds,
        "results": [vars(r) for r in found.results],
        "kept": found.kept,
        "repeated": found.repeated,
        "output": None if landed is None else str(landed),
    }


def show_sweep(found: Sweep) -> None:
    """A sweep on the screen: the table, and how it went."""
    from optimizer.cli import screen
    from optimizer.report.sweeps import heads, rows

    titles = heads(found)
    lines = [["–" if v is None else f"{v:,.2f}" if isinstance(v, float) else v for v in line] for line in rows(found)]
    screen.table(f"{len(found.results):,} solves", titles, lines[:SHOWN], len(titles) - len(found.axes) - 2)
    if len(lines) > SHOWN:
        screen.note(f"… and {len(lines) - SHOWN:,} more: --json and the workbook have them all")
    for r in [r for r in found.results if r.error or r.reasons][:SHOWN]:
        where = ", ".join(f"{a} {v}" for a, v in r.values.items())
        screen.note(f"{where or 'the case'}, seed {r.seed}: {r.status}: {r.error or '; '.join(r.reasons)}")
    again = f"; {found.repeated} tasks begun again because a process died" if found.repeated else ""
    screen.note(f"{found.kept:,} results were there already{again}")
    if not found.complete:
        screen.complain("not complete: the same command goes on with the rest")


def of_frontier(found: Frontier, landed: Path | None) -> dict[str, Any]:
    """A frontier as one object; the plans themselves are not part of it."""
    points = [{name: value for name, value in vars(p).items() if name != "plan"} for p in found.points]
    return {
        "status": "ok",
        "points": points,
        "knees": [asdict(k) | {"text": k.text} for k in found.knees],
        "reaches": [asdict(r) | {"text": r.text} for r in found.reaches],
        "wall_seconds": round(found.seconds, 3),
        "output": None if landed is None else str(landed),
    }


def show_frontier(found: Frontier) -> None:
    """A frontier on the screen."""
    from optimizer.cli import screen

    levels = list(dict.fromkeys(level for p in found.points for level in p.coverage))
    titles = ("times", "money", "score (found)", "no plan above (proven)", "spent", *(f"{lv} %" for lv in levels))
    lines = [(f"{p.factor:g}", *(_number(v) for v in (p.money, p.score, p.bound, p.spent)),
              *(_number(p.coverage.get(lv)) for lv in levels)) for p in found.points]  # fmt: skip
    screen.table("what money buys", titles, lines, len(titles))
    for p in found.points:
        if p.impossible:
            screen.note(f"{p.factor:g} times the money: no plan (proven) {p.why}".rstrip())
    for text in (*(k.text for k in found.knees), *(r.text for r in found.reaches)):
        screen.note(text)


def of_stress(found: StressTest, landed: Path | None) -> dict[str, Any]:
    """One plan in every scenario as one object."""
    rows = [
        {name: value for name, value in vars(r).items() if name != "plan"}
        | {"effect": found.effect(r), "knowing": r.knowing, "knowing_at_most": r.knowing_at_most}
        for r in found.rows
    ]
    return {
        "status": "ok",
        "scenarios": rows,
        "wall_seconds": round(found.seconds, 3),
        "output": None if landed is None else str(landed),
    }


def show_stress(found: StressTest) -> None:
    """One plan in every scenario on the screen."""
    from optimizer.cli import screen
    from optimizer.report.stress import HEADS, lines

    told = [[_number(v) if isinstance(v, float) else "–" if v is None else v for v in line] for line in lines(found)]
    screen.table("this plan in each scenario", HEADS, told)


def of_alternatives(found: Alternatives, landed: Path | None, written: Sequence[Path]) -> dict[str, Any]:
    """Alternatives as one object; the plans themselves are in the workbooks written of them."""
    return {
        "status": "ok" if len(found.plans) >= found.asked else "fewer",
        "plans": [{"score": a.score, "share": a.share, "unlike": a.unlike} for a in found.plans],
        "shared": [asdict(s) for s in found.shared],
        "floor": found.floor,
        "bound": found.bound,
        "spends": found.spends,
        "wall_seconds": round(found.seconds, 3),
        "output": None if landed is None else str(landed),
        "written": [str(path) for path in written],
    }


def show_alternatives(found: Alternatives) -> None:
    """Alternatives on the screen."""
    from optimizer.cli import screen

    rows = [
        (i, _number(a.score), _number(100 * a.share), _number(100 * a.unlike)) for i, a in enumerate(found.plans, 1)
    ]
    screen.table("plans", ("", "score", "% of the first", "% unlike the likest other"), rows, 3)
    if len(found.plans) < found.asked:
        screen.note(f"{found.asked} were asked for; no more were found")
    every = [s for s in found.shared if s.count == len(found.plans)]
    screen.note(f"all {len(found.plans)} share (found): {'; '.join(s.text for s in every) or 'nothing'}")
    proven = [s.text for s in every if s.proven]
    screen.note(f"proven of every plan that scores {found.floor:,.2f}: {'; '.join(proven) or 'none of these'}")
    if found.spends is not None:
        screen.note(f"every such plan spends {found.spends:,.1f} or more (proven)")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:,.2f}"
