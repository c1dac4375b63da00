"""Write up what has been run: tables into ``docs/benchmarks.md``, pictures into ``docs/benchmarks/``.

``python -m benchmarks.report`` reads every result in ``outputs/bench``.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.cases import CLASSES, RESULTS, ROOT
from benchmarks.child import OURS
from benchmarks.peers import PEERS

Run = dict[str, Any]
PAGE = ROOT / "docs" / "benchmarks.md"
PICTURES = ROOT / "docs" / "benchmarks"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"
SOLVERS = (OURS, *PEERS)
COLOURS = dict(zip(SOLVERS, ("#1b4f72", "#b9770e", "#7d6608", "#922b21", "#117a65"), strict=True))
NEAR = 0.01  # within 1 % of the best plan anyone found
TRUE = 1e-6  # relative: a bound below a verified plan by more than this is false


def results(folder: Path = RESULTS) -> list[Run]:
    """Every kept run."""
    return [json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))]


def groups(runs: Iterable[Run]) -> dict[tuple[str, float], list[Run]]:
    """Runs by (class or real case, limit), in the order of the page."""
    found: defaultdict[tuple[str, float], list[Run]] = defaultdict(list)
    for r in runs:
        found[r["problem"], r["limit"]].append(r)
    order = {name: n for n, name in enumerate(CLASSES, 1)}
    return dict(sorted(found.items(), key=lambda item: (order.get(item[0][0], 0), item[0])))


def best_scores(runs: Iterable[Run]) -> dict[tuple[str, int], float]:
    """The best verified score of each case, over all solvers and limits."""
    found: dict[tuple[str, int], float] = {}
    for r in runs:
        if r["score"] is not None:
            key = r["problem"], r["seed"]
            found[key] = max(r["score"], found.get(key, -math.inf))
    return found


def true_bounds(run: Run, best: dict[tuple[str, int], float]) -> list[list[float]]:
    """The bounds of a run that no verified plan contradicts."""
    least = best.get((run["problem"], run["seed"]), -math.inf)
    return [b for b in run["bounds"] if b[1] >= least - TRUE * max(1.0, abs(least))]


def figures(run: Run, best: dict[tuple[str, int], float]) -> dict[str, float | None]:
    """Score, bound, gap, first plan, near (seconds until within 1 % of the best), memory."""
    bound = min((b[1] for b in true_bounds(run, best)), default=None)
    score = run["score"]
    top = best.get((run["problem"], run["seed"]))
    good = [p for p in run["plans"] if p[2]]
    near = None
    if top is not None:
        near = min((p[0] for p in good if p[1] >= top - NEAR * abs(top)), default=None)
    return {
        "score": score,
        "to best": None if score is None or not top else score / top,
        "bound": bound,
        "gap": gap(score, bound),
        "first": min((p[0] for p in good), default=None),
        "near": near,
        "memory": run["memory"],
    }


def gap(score: float | None, bound: float | None) -> float | None:
    """(bound − score) / |score|, as everywhere in this project."""
    if score is None or bound is None:
        return None
    return max(0.0, bound - score) / max(abs(score), 1e-9)


def middle(values: Sequence[float | None]) -> float | None:
    """The median, runs without a value counting as infinitely bad; ``None`` if that is what it is."""
    found = median(math.inf if v is None else v for v in values)
    return None if math.isinf(found) else found


def table(runs: list[Run], best: dict[tuple[str, int], float]) -> str:
    """One class as a table in Markdown: a row per solver, medians over the seeds."""
    lines = [
        "| solver | cases with a plan | score, of the best | bound, of the best plan | gap | first plan, s "
        "| within 1 % of best, s | peak memory, MB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for solver in SOLVERS:
        mine = [r for r in runs if r["solver"] == solver]
        if not mine:
            continue
        if all(r["status"].startswith("refused") for r in mine):
            lines.append(f"| {solver} | {mine[0]['status']} | | | | | | |")
            continue
        f = [figures(r, best) for r in mine]
        bound_share = [
            None if x["bound"] is None or not best.get((r["problem"], r["seed"])) else x["bound"] / best[key(r)]
            for x, r in zip(f, mine, strict=True)
        ]
        planned = sum(x["score"] is not None for x in f)
        cells = [
            f"{planned} of {len(mine)}",
            percent(worst(x["to best"] for x in f)),
            percent(middle(bound_share)),
            percent(middle([x["gap"] for x in f])),
            seconds(middle([x["first"] for x in f])),
            seconds(middle([x["near"] for x in f])),
            "–" if (m := middle([x["memory"] for x in f])) is None else f"{m:,.0f}",
        ]
        lines.append(f"| {solver} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def key(run: Run) -> tuple[str, int]:
    return run["problem"], run["seed"]


def worst(values: Iterable[float | None]) -> float | None:
    """The median share of the best score, where higher is better."""
    found = median(-math.inf if v is None else v for v in values)
    return None if math.isinf(found) else found


def percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def remarks(runs: list[Run], best: dict[tuple[str, int], float]) -> str:
    """What went wrong: plans that break rules, false bounds, runs that crashed or overran."""
    said = []
    for r in runs:
        who = f"{r['solver']} on {r['problem']}" + (f", seed {r['seed']}" if r["seed"] else "")
        broken = [p for p in r["plans"] if not p[2]]
        if broken:
            said.append(f"{who}: {len(broken)} plans break rules ({'; '.join(r.get('breaches', [])[:2])})")
        false = len(r["bounds"]) - len(true_bounds(r, best))
        if false:
            said.append(f"{who}: {false} of {len(r['bounds'])} bounds lie below a verified plan")
        if r["status"].startswith(("crashed", "ended by force", "out of memory")):
            said.append(f"{who}: {r['status']}")
        elif r["wall"] > 1.2 * r["limit"] + 10:
            said.append(f"{who}: took {r['wall']:.0f} s in all")
    if not said:
        return "Every plan held every rule, and no bound lay below a verified plan."
    return "\n".join(["Remarks:", "", *(f"* {s}" for s in said)])


def step(points: Iterable[tuple[float, float]], better: Any) -> list[tuple[float, float]]:
    """The best so far over time."""
    out: list[tuple[float, float]] = []
    for t, v in sorted(points):
        if not out or better(v, out[-1][1]) != out[-1][1]:
            out.append((t, v))
    return out


def gap_over_time(run: Run, best: dict[tuple[str, int], float]) -> list[tuple[float, float]]:
    """(seconds, gap) whenever plan or bound improved, from the moment there are both."""
    scores = step(((p[0], p[1]) for p in run["plans"] if p[2]), max)
    bounds = step(((b[0], b[1]) for b in true_bounds(run, best)), min)
    out = []
    for t in sorted({t for t, _ in scores + bounds}):
        score = max((v for s, v in scores if s <= t), default=None)
        bound = min((v for s, v in bounds if s <= t), default=None)
        now = gap(score, bound)
        if now is not None:
            out.append((t, now))
    return out


def pictures(found: dict[tuple[str, float], list[Run]], best: dict[tuple[str, int], float]) -> list[str]:
    """Draw everything; the names of the files in ``PICTURES``."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "optimizer", "font.size": 9, "axes.spines.top": False})
    mpl.rcParams.update({"axes.spines.right": False, "svg.fonttype": "none"})
    PICTURES.mkdir(parents=True, exist_ok=True)
    for old in PICTURES.glob("*.svg"):
        old.unlink()
    names = [_gaps(name, limit, runs, best) for (name, limit), runs in found.items()]
    return [n for n in [*names, _growth(found, best)] if n]


def _save(figure: Any, name: str) -> str:
    figure.savefig(PICTURES / name, metadata={"Date": None, "Creator": None}, bbox_inches="tight")
    text = (PICTURES / name).read_text(encoding="utf-8")
    (PICTURES / name).write_text("\n".join(line.rstrip() for line in text.splitlines()) + "\n", encoding="utf-8")
    return name


def _plain(value: float, _: Any = None) -> str:
    """A tick of a logarithmic axis: 1, 2 and 5 of each decade."""
    return f"{value:g}" if f"{value:.0e}"[0] in "125" else ""


def _gaps(name: str, limit: float, runs: list[Run], best: dict[tuple[str, int], float]) -> str | None:
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
    return _save(figure, f"gap_{name}_{limit:g}s.svg")


def _growth(found: dict[tuple[str, float], list[Run]], best: dict[tuple[str, int], float]) -> str | None:
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
            points = []
            for x, runs in enumerate(longest.values()):
                mine = [figures(r, best)[what] for r in runs if r["solver"] == solver]
                value = middle(mine) if mine else None
                if value is not None:
                    points.append((x, max(value * (100 if what == "gap" else 1), 0.01)))
            if points:
                axes.plot(*zip(*points, strict=True), "o-", color=COLOURS[solver], label=solver, lw=1.3, ms=4)
        axes.set(yscale="log", xticks=range(len(longest)), xticklabels=list(longest))
        axes.set_title(title, loc="left", fontsize=10)
        axes.grid(True, axis="y", lw=0.3)
        if n == 0:
            axes.legend(frameon=False, fontsize=7)
    figure.tight_layout()
    return _save(figure, "growth.svg")


def machines(runs: list[Run]) -> str:
    """What it ran on, as one line for each machine and set of versions."""
    lines = set()
    for r in runs:
        if "machine" in r:
            m, v = r["machine"], r["versions"]
            libraries = ", ".join(f"{n} {x}" for n, x in v.items())
            lines.add(f"{m['cpu']}, {m['cores']} cores, {m['memory GB']} GB, {m['system']}; {libraries}.")
    return "\n".join(f"* {line}" for line in sorted(lines))


def written(runs: list[Run]) -> str:
    """The generated part of the page."""
    if not runs:
        return "Nothing has been run yet."
    found, best = groups(runs), best_scores(runs)
    drawn = pictures(found, best)
    parts = ["Machines and versions:\n", machines(runs), ""]
    for (name, limit), some in found.items():
        seeds = len({r["seed"] for r in some})
        many = f", medians of {seeds} seeds" if seeds > 1 else ""
        parts += [f"### {name}, {limit:g} seconds{many}", "", table(some, best), "", remarks(some, best), ""]
        picture = f"gap_{name}_{limit:g}s.svg"
        if picture in drawn:
            parts += [f"![gap over time on {name}](benchmarks/{picture})", ""]
    if "growth.svg" in drawn:
        parts += ["### Growth with size", "", "![growth with size](benchmarks/growth.svg)", ""]
    return "\n".join(parts).rstrip()


def main() -> None:
    runs = results()
    page = PAGE.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN, 1)
    tail = rest.split(END, 1)[1]
    PAGE.write_text(f"{head}{BEGIN}\n{written(runs)}\n{END}{tail}", encoding="utf-8")
    print(f"{len(runs)} runs written up in {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
