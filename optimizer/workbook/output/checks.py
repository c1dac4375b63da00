"""Checks: every rule with its count of conditions tested and broken, every term re-added beside the claim."""

from __future__ import annotations

from optimizer.goals import GOALS
from optimizer.rules import RULES
from optimizer.workbook.output.page import Column, Formula, Material, Page, cell

NAME = "Checks"
RULE_COLUMNS = (
    Column("Rule", 20),
    Column("Title", 26),
    Column("Tested", 12, ("cell", "int")),
    Column("Broken", 12, ("cell", "int")),
    Column("Verdict", 12),
    Column("What it says", 90, ("cell", "wrap")),
)
BREACH_COLUMNS = (
    Column("Rule", 20),
    Column("Who", 26),
    Column("Week of", 12, ("cell", "date")),
    Column("By", 12, ("cell", "number")),
    Column("Unit", 12),
    Column("What is wrong", 90),
)
MOST_BREACHES = 1_000


def write(m: Material) -> None:
    """Rules, breaches if any, score terms against the engine's claim."""
    note = "Recomputed from the inputs and the plan alone, by code that did not make the plan."
    page = m.page(NAME, "Checks", note, [c.width for c in RULE_COLUMNS])
    _score(page, m)
    page.section("Rules", len(RULE_COLUMNS))
    rows = []
    for f in m.verdict.findings:
        rule = RULES.get(f.rule)
        held = "holds" if not f.breaches else "BROKEN"
        held = held if f.tested or f.breaches else "nothing to test"
        rows.append(
            (f.rule, rule.title if rule else f.rule, f.tested, len(f.breaches), held, rule.statement if rule else "")
        )
    first, last = page.table(RULE_COLUMNS, rows)
    page.sheet.conditional_format(
        first,
        4,
        last,
        4,
        {
            "type": "cell",
            "criteria": "==",
            "value": '"BROKEN"',
            "format": page.style.bare(font_color="#C2491D", bold=True),
        },
    )
    tested, broken = m.verdict.tested, len(m.verdict.breaches)
    sums = [Formula(f"=SUM({cell(first, c)}:{cell(last, c)})", n) for c, n in ((2, tested), (3, broken))]
    page.line(
        ["All rules", None, *sums, "holds" if m.verdict.ok else "BROKEN", None],
        [("total",)] * 2 + [("total", "int")] * 2 + [("total",)] * 2,
    )
    page.row += 1
    if m.verdict.breaches:
        page.section(f"Breaches ({broken})", len(BREACH_COLUMNS))
        page.table(BREACH_COLUMNS, [
            (b.rule, ", ".join(b.parties), None if b.week is None else m.day(b.week), b.size, b.unit, b.text)
            for b in m.verdict.breaches[:MOST_BREACHES]
        ])  # fmt: skip
    page.sheet.freeze_panes(3, 1)


def _score(page: Page, m: Material) -> None:
    """Each term, their live sum, the engine's claim and the bound."""
    page.section("Score", len(RULE_COLUMNS))
    page.heads(["Term", "Title", "Recomputed", None, None, "What it says"], [False, False, True, False, False, False])
    first = page.row
    look = (("cell",), ("cell",), ("cell", "score"), ("cell",), ("cell",), ("cell", "wrap"))
    for name, value in m.verdict.terms.items():
        goal = GOALS.get(name)
        page.line([name, goal.title if goal else name, value, None, None, goal.statement if goal else ""], look)
    total = cell(page.row, 2)
    rows: list[tuple[str, float | Formula | None, str]] = [
        ("Score, re-added", Formula(f"=SUM({cell(first, 2)}:{cell(page.row - 1, 2)})", m.verdict.score), "total"),
        ("Score the engine claims", m.claim.score, "cell"),
    ]
    if m.claim.score is not None:
        rows.append(
            ("Difference", Formula(f"={total}-{cell(page.row + 1, 2)}", m.verdict.score - m.claim.score), "cell")
        )
    rows.append(("Proven upper bound", m.claim.bound, "cell"))
    if m.claim.bound is not None:
        at, above = cell(page.row + len(rows) - 1, 2), m.claim.bound - m.verdict.score
        rows.append(("Bound above score by", Formula(f"={at}-{total}", above), "cell"))
    for text, value, base in rows:
        page.line([text, None, value, None, None, None], [(base,), (base,), (base, "score"), (base,), (base,), (base,)])
    page.row += 1
