"""Pictures of the benchmark: gap over time, growth with size."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.cases import CLASSES
from benchmarks.figures import SOLVERS, Run, figures, gap_over_time, middle

COLOURS = dict(zip(SOLVERS, ("#1b4f72", "#b9770e", "#7d6608", "#922b21", "#117a65"), strict=True))


def pictures(found: dict[tuple[str, float], list[Run]], best: dict[tuple[str, int], float], folder: Path) -> list[str]:
    """Draw everything into ``folder``; the names of the files."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "optimizer", "font.size": 9, "axes.spines.top": False})
    mpl.rcParams.update({"axes.spines.right": False, "svg.fonttype": "none"})
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    names = [_gaps(name, limit, runs, best, folder) for (name, limit), runs in found.items()]
    return [n for n in [*names, _growth(found, best, folder)] if n]


def _save(figure: Any, path: Path) -> str:
    figure.savefig(path, metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    text = path.read_text(encoding="utf-8")
    path.write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", encoding="utf-8")
    return path.name


def _plain(value: float, _: Any = None) -> str:
    """A tick of a logarithmic axis: 1, 2 and 5 of each decade."""
    return f"{value:g}" if f"{value:.0e}"[0] in "125" else ""


def _gaps(name: str, limit: float, runs: list[Run], best: dict[tuple[str, int], float], folder: Path) -> str | None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6.4, 3.4))
    axes = figure.add_subplot()
    shown = set()
    for r in runs:
        line = [(t, 100 * g) for t, g in gap_over_time(r, best)]
        if line:
            line.append((max(limit, line[-1][0]), line[-1][1]))
            label = r["solver"] if r["solver"] not in shown else None
            shown.add(r["solver"])
            xs, ys = [max(t, 0.1) for t, _ in line], [max(g, 0.01) for _, g in line]
            axes.step(xs, ys, where="post", color=COLOURS[r["solver"]], label=label, lw=1.4, alpha=0.85)
    if not shown:
        return None
    axes.set(xscale="log", yscale="log", xlabel="seconds", ylabel="proven gap, %")
    axes.set_title(f"{name}: gap over time, one line per seed", loc="left", fontsize=10)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(_plain)
        axis.set_minor_formatter(_plain)
    axes.grid(True, which="major", lw=0.3)
    axes.legend(frameon=False)
    return _save(figure, folder / f"gap_{name}_{limit:g}s.svg")


def _growth(found: dict[tuple[str, float], list[Run]], best: dict[tuple[str, int], float], folder: Path) -> str | None:
    from matplotlib.figure import Figure

    longest: dict[str, list[Run]] = {}
    for (name, _), runs in found.items():  # limits ascend
        if name in CLASSES:
            longest[name] = runs
    if len(longest) < 2:
        return None
    figure = Figure(figsize=(9, 3.0))
    for n, (what, title) in enumerate((("gap", "proven gap, %"), ("first", "first plan, s"), ("memory", "memory, MB"))):
        axes = figure.add_subplot(1, 3, n + 1)
        for solver in SOLVERS:
            line = []
            for x, runs in enumerate(longest.values()):
                mine = [figures(r, best)[what] for r in runs if r["solver"] == solver]
                value = middle(mine) if mine else None
                if value is not None:
                    line.append((x, max(value * (100 if what == "gap" else 1), 0.01)))
            if line:
                axes.plot(*zip(*line, strict=True), "o-", color=COLOURS[solver], label=solver, lw=1.3, ms=4)
        axes.set(yscale="log", xticks=range(len(longest)), xticklabels=list(longest))
        axes.set_title(title, loc="left", fontsize=10)
        axes.grid(True, axis="y", lw=0.3)
        if n == 0:
            axes.legend(frameon=False, fontsize=7)
    figure.tight_layout()
    return _save(figure, folder / "growth.svg")
