"""The terms of the score once more, as formulas over the sheets they come from."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose

from optimizer.report.spending import money
from optimizer.rosters import is_underway
from optimizer.workbook.output.coverage_rows import EVERYONE
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Formula, Link

CLOSE = 1e-9  # relative
MOST_COUNTRIES = 12  # beyond, the formula of the worst one is too long to read


@dataclass(frozen=True)
class Term:
    """A term as a formula, where there is one, and a jump to where it comes from."""

    live: Formula | None = None
    where: Link | None = None


def terms(m: Material) -> dict[str, Term]:
    """By goal. A formula is given only where it comes to the recomputed value: with scenarios
    weighed, say, coverage is a mixture that no sheet shows."""
    s, case = m.case.settings, m.case
    beyond = sum(
        max(0, r.depart - r.arrive - case.unit_type(r.unit).rotation_std)
        for r in m.plan.rotations
        if not is_underway(case, r)
    )
    missing = sum(short for short, _ in m.verdict.tally.floor_shortfall.values())
    values = sum(x.value for x in case.exercises if x.id in m.verdict.tally.held)
    found = {
        "coverage": Term(_coverage(m), Link("Coverage", "Coverage")),
        "exercise-value": Term(_sum(m, "Plan exercises", "Value", values), Link("Plan exercises", "Plan exercises")),
        "preferences": Term(None, Link("Locks", "Locks")),
        "worst-country": Term(_worst(m), Link("Coverage", "Coverage")),
        "floor-shortfall": Term(
            _priced(m, "Floor price", s.floor_price, m.places.get("floors missing"), missing),
            Link("Shortfalls", "Shortfalls", m.places.get("floors", "A1")),
        ),
        "over-length": Term(
            _priced(m, "Over-length price", s.over_length_price, over_length(m), beyond),
            Link("Plan rotations", "Plan rotations"),
        ),
        "plan-changes": Term(None, Link("Last rotations", "Last rotations") if not case.last.empty else None),
        "cost-trace": Term(
            _priced(m, "Cost price", s.cost_price, m.places["spent"], money(m.verdict.spent)), Link("Money", "Money")
        ),
    }
    return {name: Term(_true(m, name, term.live), term.where) for name, term in found.items()}


def over_length(m: Material) -> str | None:
    """Weeks beyond standard length, each rotation once and none that is under way, as part of a formula."""
    over, rotation = m.span("Plan rotations", "Over standard"), m.span("Plan rotations", "Rotation")
    out = m.span("Plan rotations", "Under way")
    return f'SUMPRODUCT(({out}<>"yes")*{over}/COUNTIF({rotation},{rotation}))' if over else None


def _true(m: Material, name: str, live: Formula | None) -> Formula | None:
    if live is None or not isclose(float(live.value), m.verdict.terms[name], rel_tol=CLOSE, abs_tol=CLOSE):
        return None
    return live


def _sum(m: Material, sheet: str, heading: str, value: float) -> Formula | None:
    span = m.span(sheet, heading)
    return Formula(f"=SUM({span})", value) if span else None


def _priced(m: Material, setting: str, price: float, amount: str | None, value: float) -> Formula | None:
    return Formula(f"=-{m.places[f'setting {setting}']}*{amount}", -price * value) if amount else None


def _coverage(m: Material) -> Formula | None:
    if f"points 0 0 {EVERYONE}" not in m.places:
        return None
    text = f"={m.places['setting Coverage price']}*({_worth(m, 0, EVERYONE)})"
    return Formula(text, m.verdict.terms["coverage"])


def _worst(m: Material) -> Formula | None:
    """Price × percent of the value of its full demand, in the country where that is least."""
    wanted = [j for j, c in enumerate(m.case.countries) if c.id in m.verdict.tally.value_covered]
    if not wanted or len(wanted) > MOST_COUNTRIES or f"points 0 0 {EVERYONE}" not in m.places:
        return None
    shares = ",".join(f"({_worth(m, 0, j)})/({_worth(m, 1, j)})" for j in wanted)
    text = f"={m.places['setting Worst country price']}*100*MIN({shares})"
    return Formula(text, m.verdict.terms["worst-country"])


def _worth(m: Material, what: int, j: int) -> str:
    """Value of the weighted points met (``what`` 0) or wanted (1) in country ``j``: each level's value × what lies
    beyond the level below."""
    parts = []
    for v in range(len(m.case.levels)):
        here, below = (f"SUM({m.places[f'points {what} {x} {j}']})" if x >= 0 else "0" for x in (v, v - 1))
        parts.append(f"{m.at('Levels', 'Value', v)}*({here}-{below})" if v else f"{m.at('Levels', 'Value', v)}*{here}")
    return "+".join(parts)
