"""Measure the 2016 posture against the optimizer and write the table in README.md.

    python scripts/posture_table.py [--effort standard] [--time-limit 150]

Every row is re-computed from its plan by the independent check. The optimizer plans once with no
more money than the posture spends in all, once with FY2016 money and once with FY2017 money. Below
stand the rotations of three years as the record has them, with the rules that they break.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from optimizer import __version__
from optimizer.domain import Case
from optimizer.domain.outcome import EFFORTS, Progress
from optimizer.report import Figures, figures
from optimizer.workflow import Wishes, judge, solve

ROOT = Path(__file__).parent.parent
README, INPUTS = ROOT / "README.md", ROOT / "inputs"
EXECUTED = (2017, 2018, 2019)
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
    rows: list[tuple[str, Case, Figures, float | None]] = [("the posture of 2016", posture.case, base, None)]
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
    rows += [_executed(f"executed_fy{year}.xlsx", f"as executed, FY{year}") for year in EXECUTED]
    note = (
        f"Effort {asked.effort}, seed 1, optimizer {__version__}, stopped after {asked.time_limit:.0f} s at the latest."
    )
    _insert(f"{_table(rows)}\n\n{note}")


def _executed(book: str, what: str) -> tuple[str, Case, Figures, None]:
    told = judge(INPUTS / book)
    broken = sorted({b.rule for b in told.verdict.breaches})
    what += f" ({len(told.verdict.breaches)} breaches: {', '.join(broken)})" if broken else ""
    return what, told.case, figures(told.case, told.plan, told.verdict), None


def _tell(report: Progress) -> None:
    if report.score is None:
        print(f"  {report.seconds:6.1f} s  {report.stage}", file=sys.stderr)


def _table(rows: list[tuple[str, Case, Figures, float | None]]) -> str:
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
