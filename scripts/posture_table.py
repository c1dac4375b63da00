"""Measure the 2016 posture against the optimizer and write the table in README.md.

    python scripts/posture_table.py [--effort standard] [--time-limit 150]

Every row is re-computed from its plan by the independent check. The optimizer plans once with no
more money than the posture spends in all, once with FY2016 money and once with FY2017 money. Below
stand the rotations of three years as the record has them, with the rules that they break, each beside
the optimizer with the same money: no more in all than they spent, on no line less than they spent on it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from optimizer import __version__
from optimizer.domain import Case
from optimizer.domain.outcome import EFFORTS, Options, Progress
from optimizer.engines.auto import engine
from optimizer.quantities import MONEY
from optimizer.report import Figures, figures
from optimizer.workflow import Wishes, judge, solve
from optimizer.workflow.asking import ask

ROOT = Path(__file__).parent.parent
README, INPUTS = ROOT / "README.md", ROOT / "inputs"
EXECUTED = (2017, 2018, 2019)
EQUAL = "quick"  # effort of the rows at equal money
Row = tuple[str, Case, Figures, float | None]
BEGIN, END = "<!-- posture table -->", "<!-- end of posture table -->"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--effort", choices=EFFORTS, default="standard")
    parser.add_argument("--time-limit", type=float, default=150.0)
    asked = parser.parse_args()

    posture = judge(INPUTS / "posture_2016.xlsx")
    if not posture.ok:
        sys.exit(f"the posture breaks {len(posture.verdict.breaches)} rules; nothing to compare with")
    base = figures(posture.case, posture.plan, posture.verdict)
    rows: list[Row] = [("the posture of 2016", posture.case, base, None)]
    for what, book, cap in (
        ("optimizer, the posture's spend", "fy2016.xlsx", f"{base.spent:f}"),
        ("optimizer, FY2016 money", "fy2016.xlsx", None),
        ("optimizer, FY2017 money", "fy2017.xlsx", None),
    ):
        print(what, file=sys.stderr)
        wishes = Wishes(effort=asked.effort, time_limit=asked.time_limit, total_cap=cap)
        with tempfile.TemporaryDirectory() as folder:
            found = solve(INPUTS / book, Path(folder) / "plan.xlsx", wishes, _tell)
        if found.outcome.plan is None or found.verdict is None:
            sys.exit(f"{what}: no plan ({found.outcome.status}, {found.outcome.stop_reason})")
        rows.append((what, found.case, figures(found.case, found.outcome.plan, found.verdict), found.outcome.gap))
    for year in EXECUTED:
        rows += executed(year)
    limit = f"stopped after {asked.time_limit:.0f} s at the latest"
    note = f"Effort {asked.effort}, seed 1, optimizer {__version__}, {limit}. With what a year spent: effort {EQUAL}."
    _insert(f"{_table(rows)}\n\n{note}")


def executed(year: int) -> list[Row]:
    """The rows of a year: as executed, and the optimizer with the same money."""
    told = judge(INPUTS / f"executed_fy{year}.xlsx")
    broken = sorted({b.rule for b in told.verdict.breaches})
    what = f"as executed, FY{year}"
    what += f" ({len(told.verdict.breaches)} breaches: {', '.join(broken)})" if broken else ""
    was = figures(told.case, told.plan, told.verdict)
    print(f"{what}: the same money", file=sys.stderr)
    case = with_money(told.case, was)
    found = ask(engine("auto"), case, Options(EQUAL, seed=1, progress=_tell))
    if found.plan is None:
        sys.exit(f"FY{year} with the same money: no plan ({found.status}, {found.stop_reason})")
    made = figures(case, found.plan)
    if not made.ok:
        sys.exit(f"FY{year} with the same money: a plan that breaks {made.breaches} rules")
    return [(what, told.case, was, None), (f"optimizer, what FY{year} spent", case, made, found.gap)]


def with_money(case: Case, was: Figures) -> Case:
    """The case with the money that a plan spent: in all, and on each line in each year what it had or spent, whichever
    is more, in quarters without ceilings."""
    spent = {(y, line): v for line, years in was.spend_by_year.items() for y, v in years.items()}
    budgets = tuple(
        replace(b, amount=max(b.amount, _stored(spent.get((str(b.year), b.line), 0.0))), quarters=(None,) * 4)
        for b in case.budgets
    )
    return replace(case, budgets=budgets, settings=replace(case.settings, total_cap=_stored(was.spent)))


def _stored(money: float) -> int:
    return round(money * MONEY)


def _tell(report: Progress) -> None:
    if report.score is None:
        print(f"  {report.seconds:6.1f} s  {report.stage}", file=sys.stderr)


def _table(rows: list[Row]) -> str:
    levels = [x.id for x in rows[0][1].levels]
    unit = rows[0][1].settings.money_unit
    heads = ["", *levels, "worst country", "weeks below floor", "exercises held", f"spend, {unit}", "score", "gap"]
    lines = ["| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
    for what, case, f, gap in rows:
        worst = "–" if f.worst_country is None else f"{case.country[f.worst_country].name} {f.worst_covered:.1f} %"
        cells = [
            what,
            *("–" if f.coverage[x] is None else f"{f.coverage[x]:.1f} %" for x in levels),
            worst,
            str(sum(f.floor_weeks.values())),
            f"{f.exercises_held} of {f.exercises_offered}",
            f"{f.spent:,.1f}",
            f"{f.score:,.0f}",
            "–" if gap is None else f"{gap:.1%}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _insert(table: str) -> None:
    text = README.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    README.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")
    print(table)


if __name__ == "__main__":
    main()
