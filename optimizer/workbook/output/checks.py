"""Checks: every rule with its count of conditions tested and broken, every term re-added beside the claim."""

from __future__ import annotations

from optimizer.goals import GOALS
from optimizer.quantities import SAME
from optimizer.report.colours import ACCENT
from optimizer.rules import RULES
from optimizer.workbook import labels
from optimizer.workbook.output.bound import certified_of, unproved_of
from optimizer.workbook.output.terms import Term, terms
from optimizer.workbook.sheets.material import Material, cell, on
from optimizer.workbook.sheets.page import LINE, Column, Formula, Page, lines_of

NAME = labels.CHECKS
RULE_COLUMNS = (
    Column("Rule", 24),
    Column("Title", 28),
    Column("Tested", 13, ("cell", "int")),
    Column("Broken", 16, ("cell", "int")),
    Column("Verdict", 20),
    Column("What it says", 90, ("cell", "wrap")),
)
BREACH_COLUMNS = (
    Column("Rule", 24),
    Column("Who", 28),
    Column("Week of", 13, ("cell", "date")),
    Column("By", 16, ("cell", "number")),
    Column("Unit", 20),
    Column("What is wrong", 90),
)
MOST_BREACHES = 1_000


def write(m: Material) -> None:
    """Score terms against the sheets and the engine's claim, rules, breaches if any."""
    note = "Recomputed from the inputs and the plan alone, by code that did not make the plan."
    page = m.page(NAME, "Checks", note, [c.width for c in RULE_COLUMNS])
    _score(page, m)
    page.section("Rules", len(RULE_COLUMNS))
    m.places["rules"] = cell(page.row - 1, 0)
    rows = []
    for f in m.verdict.findings:
        rule = RULES.get(f.rule)
        held = "holds" if not f.breaches else "BROKEN"
        held = held if f.tested or f.breaches else "nothing to test"
        rows.append(
            (f.rule, rule.title if rule else f.rule, f.tested, len(f.breaches), held, rule.statement if rule else "")
        )
    first, last = page.table(RULE_COLUMNS, rows)
    loud = page.style.bare(font_color=ACCENT, bold=True)
    broken_rule = {"type": "cell", "criteria": "==", "value": '"BROKEN"', "format": loud}
    page.sheet.conditional_format(first, 4, last, 4, broken_rule)
    tested, broken = m.verdict.tested, len(m.verdict.breaches)
    sums = [Formula(f"=SUM({cell(first, c)}:{cell(last, c)})", n) for c, n in ((2, tested), (3, broken))]
    page.line(
        ["All rules", None, *sums, "holds" if m.verdict.ok else "BROKEN", None],
        [("total",)] * 2 + [("total", "int")] * 2 + [("total", "apart"), ("total",)],
    )
    page.row += 1
    if m.verdict.breaches:
        page.section(f"Breaches ({broken})", len(BREACH_COLUMNS))
        page.table(BREACH_COLUMNS, [
            (b.rule, ", ".join(b.parties), None if b.week is None else m.day(b.week), b.size, b.unit, b.text)
            for b in m.verdict.breaches[:MOST_BREACHES]
        ])  # fmt: skip
    page.sheet.freeze_panes(3, 1)


_FIGURES = (("cell",), ("cell",), ("cell", "score"), ("cell", "score"), ("cell", "link", "apart"), ("cell", "wrap"))


def _score(page: Page, m: Material) -> None:
    """Each term as recomputed and as added up from the sheets, their sums, the engine's claim and the bound."""
    page.section("Score", len(RULE_COLUMNS))
    titles = ["Term", "Title", "Recomputed", "From the sheets", "Comes from", "What it says"]
    page.heads(titles, [False, False, True, True, False, False])
    first = page.row
    found = terms(m)
    for name, value in m.verdict.terms.items():
        goal, term = GOALS.get(name), found.get(name, Term())
        live = term.live or Formula(f"={cell(page.row, 2)}", value)
        m.places[f"term {name}"] = on(NAME, cell(page.row, 2))
        row = [name, goal.title if goal else name, value, live, term.where, goal.statement if goal else ""]
        page.sheet.set_row(page.row, LINE * lines_of(row[-1], RULE_COLUMNS[-1].width) + 1.5)
        page.line(row, _FIGURES)
    total, last = page.row, page.row - 1
    m.places["score"] = cell(total, 2)
    sums = [Formula(f"=SUM({cell(first, c)}:{cell(last, c)})", m.verdict.score) for c in (2, 3)]
    page.line([labels.READDED, None, *sums, None, None], [("total",)] * 2 + [("total", "score")] * 2 + [("total",)] * 2)
    parts = (f"ABS({cell(r, 2)}-{cell(r, 3)})<={SAME:f}*MAX(1,ABS({cell(r, 2)}))" for r in range(first, total + 1))
    agree = Formula(f'=IF(AND({",".join(parts)}),"all agree","SEE ABOVE")', "all agree")
    lines: list[tuple[str, float | Formula | None, Formula | None]] = [("Recomputed and sheets", None, agree)]
    lines.append((labels.CLAIMED, m.claim.score, None))
    claimed = total + len(lines)
    if m.claim.score is not None:
        apart = Formula(f"={cell(total, 2)}-{cell(claimed, 2)}", m.verdict.score - m.claim.score)
        lines.append(("Difference", apart, None))
    bound = total + 1 + len(lines)
    lines.append((labels.UPPER, m.claim.bound, None))
    if m.claim.bound is not None:
        m.places["bound"] = cell(bound, 2)
        above = Formula(f"={cell(bound, 2)}-{cell(total, 2)}", m.claim.bound - m.verdict.score)
        lines.append(("Bound above score by", above, None))
    if (certified := certified_of(m)) is not None:
        lines.append((labels.REPROVED, certified, None))
    if (unproved := unproved_of(m)) is not None:
        lines.append((labels.UNPROVED, unproved, None))
    for text, value, beside in lines:
        page.line([text, None, value, beside, None, None], _FIGURES)
    page.row += 1
