"""Coverage over the weeks: lines by level, heat maps by capability."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import numpy as np
from markupsafe import Markup

from optimizer.domain import Case, Plan
from optimizer.domain.supply import demand, supply
from optimizer.page.canvas import Canvas, fit
from optimizer.page.weeks import HEAD, NARROW, count, head, legend
from optimizer.report.colours import ACCENT, COUNTRY_COLOURS, PAPER, QUIET, RULE, heat, tint
from optimizer.report.coverage import MET, least_covered, percent, weights

BANDS = ((25.0, heat(0.05)), (50.0, heat(0.17)), (75.0, heat(0.31)), (MET, heat(0.45)))
NOTHING, ALL = tint(ACCENT, 0.35), heat(1.0)
MOST_COUNTRIES = 12  # in a heat map: the least covered ones
ROW = 12.0
LINES = (heat(1.0), COUNTRY_COLOURS[2], ACCENT, COUNTRY_COLOURS[4])
LEFT, RIGHT = 86.0, 34.0  # pixels for names and for percent of the whole plan


def over_time(case: Case, plan: Plan, width: float) -> Markup:
    """Percent of weighted demand met in all countries together, a line for each level."""
    wanted = weights(case) * demand(case)
    got = weights(case) * np.minimum(supply(case, plan)[:, :, None], demand(case))
    weekly = percent(got.sum((0, 1)), wanted.sum((0, 1)))
    left, height = 30.0, 190.0
    canvas = Canvas(f"levels-{width:.0f}", "Percent of weighted demand met, by level and week", width, height)
    step, top, bottom = head(canvas, case, left, height), HEAD + 6, height - 6
    for share in (0, 25, 50, 75, 100):
        y = bottom - (bottom - top) * share / 100
        canvas.line([(left, y), (width, y)], RULE, 0.5, layer=-1)
        canvas.text(left - 4, y + 3, str(share), QUIET, 8, ha="right")
    for i, row in enumerate(weekly):
        ys = bottom - (bottom - top) * row / 100
        points = [p for w, y in enumerate(ys) for p in ((left + w * step, y), (left + (w + 1) * step, y))]
        canvas.line(points, LINES[i % len(LINES)], 2.0, layer=2)
    for w in range(case.weeks):
        met = ", ".join(f"{x.id} {weekly[i, w]:.0f} %" for i, x in enumerate(case.levels) if np.isfinite(weekly[i, w]))
        canvas.say(
            left + w * step, top, step, bottom - top, f"Week of {case.calendar.monday(w):%d %b %Y}: {met or '–'}"
        )
    return canvas.svg()


def over_time_legend(case: Case) -> Markup:
    """What the lines mean."""
    return legend([(LINES[i % len(LINES)], x.id) for i, x in enumerate(case.levels)])


def heat_maps(case: Case, plan: Plan) -> list[Markup]:
    """For each capability the countries by week, one level below the other, percent of the plan at the right."""
    wanted, supplied = demand(case), supply(case, plan)
    picked = sorted(least_covered(case, supplied, wanted)[:MOST_COUNTRIES])
    shares = percent(np.minimum(supplied[:, :, None], wanted), wanted)
    whole = percent(np.minimum(supplied[:, :, None], wanted).sum(3), wanted.sum(3))
    return [_map(case, k, picked, shares[picked][:, k], whole[picked][:, k]) for k in range(len(case.capabilities))]


def heat_legend() -> Markup:
    """What the colours of the heat maps mean."""
    words = ("below 25", "below 50", "below 75", "below 100")
    bands = [(colour, f"{word} %") for word, (_, colour) in zip(words, BANDS, strict=True)]
    return legend([(NOTHING, "nothing there"), *bands, (ALL, "met in full")])


def band(share: float) -> str:
    """The colour of a percentage."""
    if share <= 0:
        return NOTHING
    return next((colour for limit, colour in BANDS if share < limit), ALL)


def _map(case: Case, k: int, picked: Sequence[int], shares: np.ndarray, whole: np.ndarray) -> Markup:
    name, levels = case.capabilities[k].name, len(case.levels)
    height = HEAD + levels * (15 + ROW * len(picked)) + 4
    canvas = Canvas(f"heat-{k}", f"{name}: percent of demand met, by country and week", NARROW, height)
    step = head(canvas, case, LEFT, height, RIGHT)
    canvas.facts["by"] = "ck"
    canvas.text(4, HEAD - 9, fit(name, LEFT - 8, 10), PAPER, 10, weight="bold")
    canvas.text(NARROW - 3, HEAD - 6, "plan", PAPER, 8, ha="right")
    y = HEAD
    for v, level in enumerate(case.levels):
        canvas.text(2, y + 11, level.id, QUIET, 8, weight="bold")
        canvas.row(y, 15, None)
        y += 15
        for i, j in enumerate(picked):
            canvas.row(y, ROW, f"c{j} k{k}")
            canvas.fitted(2, y + ROW - 3, LEFT - 5, case.countries[j].name, size=8)
            start = 0
            for colour, run in groupby(None if np.isnan(x) else band(float(x)) for x in shares[i, v]):
                n = len(list(run))
                if colour is not None:
                    part = shares[i, v, start : start + n]
                    days = f"{case.calendar.monday(start):%d %b %Y}, {count(n)}"
                    met = (
                        f"{part.min():.0f} to {part.max():.0f} %" if part.max() - part.min() > 1 else f"{part[0]:.0f} %"
                    )
                    told = f"{case.countries[j].name}, {name} {level.id}: {met} met, {days}"
                    canvas.say(LEFT + start * step, y + 0.5, n * step, ROW - 1, told)
                    canvas.rect(LEFT + start * step, y + 0.5, n * step, ROW - 1, colour, layer=1)
                start += n
            if np.isfinite(whole[i, v]):
                canvas.text(NARROW - 3, y + ROW - 3, f"{whole[i, v]:.0f} %", size=8, ha="right")
            y += ROW
    return canvas.svg()
