"""Write up what has been run: tables into ``docs/benchmarks.md``, pictures into ``docs/benchmarks/``.

``python -m benchmarks.report`` reads every result in ``outputs/bench``, and what ``docs/benchmarks/runs.json`` has
of tables that were not run again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from textwrap import fill

from benchmarks.cases import ROOT
from benchmarks.figures import (
    PICTURES,
    RECORD,
    SOLVERS,
    Run,
    best_scores,
    figures,
    groups,
    key,
    middle,
    recorded,
    results,
    true_bounds,
    worst,
)
from benchmarks.pictures import pictures

WIDE = 118
PAGE = ROOT / "docs" / "benchmarks.md"
BEGIN, END = "<!-- results -->", "<!-- end of results -->"


def table(runs: list[Run], best: dict[tuple[str, int], float]) -> str:
    """One class as a table in Markdown: a row per solver, medians over the seeds."""
    lines = [
        "| solver | cases with a plan | score | of the best | bound | of the best plan | gap | first plan, s "
        "| within 1 % of best, s | peak memory, MB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for solver in SOLVERS:
        mine = [r for r in runs if r["solver"] == solver]
        if not mine:
            continue
        if all(r["status"].startswith("refused") for r in mine):
            lines.append(f"| {solver} | {mine[0]['status']} | | | | | | | | |")
            continue
        f = [figures(r, best) for r in mine]
        bound_share = [
            None if x["bound"] is None or not best.get((r["problem"], r["seed"])) else x["bound"] / best[key(r)]
            for x, r in zip(f, mine, strict=True)
        ]
        planned = sum(x["score"] is not None for x in f)
        cells = [
            f"{planned} of {len(mine)}",
            points(worst(x["score"] for x in f)),
            percent(worst(x["to best"] for x in f)),
            points(middle([x["bound"] for x in f])),
            percent(middle(bound_share)),
            percent(middle([x["gap"] for x in f])),
            seconds(middle([x["first"] for x in f])),
            seconds(middle([x["near"] for x in f])),
            "–" if (m := middle([x["memory"] for x in f])) is None else f"{m:,.0f}",
        ]
        lines.append(f"| {solver} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def points(value: float | None) -> str:
    return "–" if value is None else f"{value:,.1f}"


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


def proofs(runs: list[Run]) -> str:
    """What certificates were found to prove by the check, which knows nothing of engines; nothing without any."""
    said = []
    for r in runs:
        if (of := r.get("proof")) is not None and of["certified"] is not None:
            who = f"seed {r['seed']}: " if r["seed"] else ""
            said.append(f"{who}{of['certified']:,.2f} ({of['numbers']:,} numbers, {of['seconds']:.1f} s)")
    return fill(f"Bounds proven anew from their certificates: {'; '.join(said)}.", WIDE) if said else ""


def machines(runs: list[Run]) -> str:
    """What it ran on, a line for each machine and state of the project."""
    versions: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for r in runs:
        if "machine" in r:
            m = r["machine"]
            on = f"{m['cpu']}, {m['cores']} cores, {m['memory GB']} GB, {m['system']}; project at {r.get('commit')}"
            versions[on] |= r["versions"]
    told = (f"{on}; {', '.join(f'{n} {x}' for n, x in sorted(v.items()))}." for on, v in sorted(versions.items()))
    return "\n\n".join(fill(x, WIDE) for x in told)


def written(runs: list[Run]) -> str:
    """The generated part of the page."""
    if not runs:
        return "Nothing has been run yet."
    found, best = groups(runs), best_scores(runs)
    drawn = pictures(found, best, PICTURES)
    parts: list[str] = []
    for (name, limit), some in found.items():
        seeds = len({r["seed"] for r in some})
        many = f", medians of {seeds} seeds" if seeds > 1 else ""
        parts += [f"### {name}, {limit:g} seconds{many}", "", table(some, best), "", remarks(some, best), ""]
        parts += [x for told in (proofs(some), machines(some)) if told for x in (told, "")]
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
    runs.sort(key=lambda r: (*key(r), r["limit"], r["solver"]))
    lines = (json.dumps(recorded(r), sort_keys=True) for r in runs)
    RECORD.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"{len(runs)} runs written up in {PAGE.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
