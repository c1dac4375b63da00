"""Money spent so far, week by week, against the money of the fiscal years begun."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from optimizer.domain import Case, Plan
from optimizer.domain.ledger import ledger
from optimizer.page.canvas import Canvas
from optimizer.page.weeks import HEAD, NARROW, head, legend
from optimizer.report.colours import ACCENT, FULL, QUIET, RULE, tint
from optimizer.report.spending import ALL, ceiling, money

HEIGHT, LEFT = 170.0, 40.0


def burn_ups(case: Case, plan: Plan, lines: list[str]) -> list[Markup]:
    """One drawing for all lines together and one for each of ``lines``, which name all that something is spent from."""
    weekly = {line: np.zeros(case.weeks) for line in (ALL, *lines)}
    for entry in ledger(case, plan):
        for line in (ALL, entry.line) if entry.amount else ():  # what is free may be posted to a line not shown
            weekly[line][entry.week] += money(entry.amount)
    return [_drawn(case, n, line, spent.cumsum()) for n, (line, spent) in enumerate(weekly.items())]


def burn_legend() -> Markup:
    """What the lines mean."""
    return legend([(FULL, "spent so far"), (ACCENT, "money of the fiscal years begun")])


def _drawn(case: Case, n: int, line: str, spent: np.ndarray) -> Markup:
    given = [ceiling(case, line, case.calendar.fiscal(w)[0]) for w in range(case.weeks)]
    most = nice(max([float(spent[-1]), *(x for x in given if x is not None)]))
    title = f"{line}: spent so far and money there is, {case.settings.money_unit}"
    canvas = Canvas(f"burn-{n}", title, NARROW, HEIGHT + 16)
    canvas.text(2, HEIGHT + 11, f"{line}: {spent[-1]:,.1f} {case.settings.money_unit} spent", weight="bold")
    step = head(canvas, case, LEFT, HEIGHT)
    top, bottom = HEAD + 6, HEIGHT - 4

    def y(amount: float) -> float:
        return bottom - (bottom - top) * amount / most

    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        canvas.line([(LEFT, y(share * most)), (NARROW, y(share * most))], RULE, 0.5, layer=-1)
        canvas.text(LEFT - 4, y(share * most) + 3, f"{share * most:,.4g}", QUIET, 8, ha="right")
    for w, so_far in enumerate(spent):
        canvas.rect(LEFT + w * step, y(so_far), step, bottom - y(so_far), tint(FULL, 0.25))
        of = "" if given[w] is None else f" of {given[w]:,.1f}"
        told = f"{line}, week of {case.calendar.monday(w):%d %b %Y}: {so_far:,.1f}{of} {case.settings.money_unit} spent"
        canvas.say(LEFT + w * step, top, step, bottom - top, told)
    edges = [(LEFT, y(0.0)), *((LEFT + (w + 1) * step, y(x)) for w, x in enumerate(spent))]
    canvas.line(edges, FULL, 2.0, layer=2)
    steps = [(LEFT + (w + side) * step, y(x)) for w, x in enumerate(given) if x is not None for side in (0, 1)]
    if steps:
        canvas.line(steps, ACCENT, 1.5, layer=3, dashed=True)
    return canvas.svg()


def nice(most: float) -> float:
    """A round figure a little above ``most``, whose quarters are round too."""
    if most <= 0:
        return 1.0
    unit = 10.0 ** np.floor(np.log10(most))
    return float(
        next(x * unit for x in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 5, 6, 8, 10) if x * unit >= most * 1.02 or x == 10)
    )
