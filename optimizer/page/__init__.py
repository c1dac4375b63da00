"""A plan as one page of HTML that needs nothing beside itself: no network, no fonts, and no script to be read.

Where scripts run, one inline script adds what pointers and keys can do; the page's policy names it by its hash and lets
no other run.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from optimizer.domain import Case, Plan
from optimizer.page import burn, schedule, shares, stands, tables, theatre
from optimizer.page.beside import beside_other
from optimizer.page.facets import Facets
from optimizer.page.weeks import NARROW, WIDE
from optimizer.report.answers import Answer
from optimizer.report.before import Other
from optimizer.report.brief import going
from optimizer.report.figures import figures
from optimizer.report.room import room_label
from optimizer.report.shortfalls import demand_gaps, exercises_missing, floor_gaps, needs_in_words
from optimizer.report.spending import lines_of, money, postings
from optimizer.report.transfers import in_words, transfers
from optimizer.report.utilisation import limits
from optimizer.rosters import lenient
from optimizer.verify import Mismatch, Verdict

MOST_BREACHES, MOST_GAPS, MOST_LIMITS = 40, 25, 12


@dataclass(frozen=True)
class Judged:
    """A plan as it was judged for this page: the verdict, what its workbook claims, and which of it is wrong.

    ``claimed`` counts the figures compared; ``bound`` is the workbook's, ``None`` if it states none;
    ``content`` is the hash of inputs and plan.
    """

    verdict: Verdict
    claimed: int = 0
    wrong: Sequence[Mismatch] = ()
    bound: float | None = None
    content: str = ""

    @property
    def room(self) -> float | str:
        """How much more a plan might score: a share of the score, or words where that tells nothing."""
        return room_label(self.verdict.score, self.bound)

    @property
    def ok(self) -> bool:
        """Whether every rule holds and every claim is true."""
        return self.verdict.ok and not self.wrong


def page(
    case: Case,
    plan: Plan,
    judged: Judged,
    week: int | None = None,
    other: Other | None = None,
    answers: Sequence[Answer] = (),
) -> str:
    """The whole page; the map shows ``week``, or the fullest one, ``other`` is a plan to stand beside this one, and
    ``answers`` are those to questions of the plan."""
    given, case = case, lenient(case, plan)  # a mode that nobody offers is the verdict's to tell; the rest can be drawn
    weeks, facets, script = stands.stands(case, plan), Facets(case, plan), _text("page.js")
    shown = stands.fullest_week(weeks) if week is None else week
    sites = weeks[shown] if weeks else []
    of_sites = [" ".join(facets.countries([s.id])) for s in case.sites]
    lines = lines_of(case, postings(case, plan))
    verdict = judged.verdict

    def monday(w: int) -> date:
        return case.calendar.monday(w)

    return _form().render(
        case=case, plan=plan, judged=judged, answers=answers, verdict=verdict, figures=figures(case, plan, verdict),
        style=Markup(_text("report.css")), script=Markup(script), facets=facets,
        allowed=b64encode(sha256(script.encode()).digest()).decode(), of_sites=of_sites,
        data=theatre.script_data(case, weeks, shown, of_sites), other=None if other is None else beside_other(
            (given, plan, verdict), other),
        monday=monday, last_day=monday(case.weeks) - timedelta(days=1), shown=shown, chosen=week is not None,
        coverage=tables.coverage(case, verdict), sites=sites, money_rows=tables.money_by_year(case, verdict, lines),
        rotations=sorted((g for part in going(case, plan) for g in part), key=lambda g: (g.start, g.who)),
        moves=[in_words(t) for t in transfers(case, verdict.spend_by_year)], held=tables.held(case, plan),
        missed=sorted(exercises_missing(case, plan), key=lambda x: (not x.mandatory, -x.value, x.id)),
        needs=needs_in_words, floors=sorted(floor_gaps(case, plan), key=lambda g: -g.missing),
        gaps=list(demand_gaps(case, plan)), most_gaps=MOST_GAPS, most_breaches=MOST_BREACHES,
        limits=limits(case, plan, dict(verdict.spend))[:MOST_LIMITS], home=schedule.at_home(case, plan),
        rules=sum(1 for f in verdict.findings if f.tested),
        over_time=_both(lambda w: [shares.over_time(case, plan, w)]),
        over_time_key=shares.over_time_legend(case),
        map=_both(lambda w: [m] if (m := theatre.theatre(case, weeks, shown, w)) else []),
        units=_both(lambda w: schedule.units(case, plan, w, facets)), units_key=schedule.units_legend(case),
        sets=_both(lambda w: schedule.sets(case, plan, w, facets)), sets_key=schedule.sets_legend(),
        exercises=_both(lambda w: schedule.exercises(case, plan, w, facets)), exercises_key=schedule.exercises_legend(),
        heat=shares.heat_maps(case, plan), heat_key=shares.heat_legend(),
        burns=burn.burn_ups(case, plan, lines), burn_key=burn.burn_legend(),
    )  # fmt: skip


@cache
def _form() -> Template:
    """The page's template, compiled once a process."""
    world = Environment(
        loader=PackageLoader("optimizer.page", "."), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    world.filters |= {"day": lambda d: f"{d:%d %b %Y}".lstrip("0"), "points": lambda x: f"{x:,.2f}",
                      "tenth": lambda x: f"{x:,.1f}", "count": lambda n: f"{n:,}", "money": money}  # fmt: skip
    return world.get_template("report.html")


def _text(name: str) -> str:
    return files("optimizer.page").joinpath(name).read_text(encoding="utf-8")


def _both(draw: Callable[[float], list[Markup]]) -> Markup:
    """A picture drawn twice: for screens and paper, and for telephones."""
    figure = Markup('<div class="{}">{}</div>')
    return Markup("").join(
        figure.format(name, Markup("").join(draw(width))) for name, width in (("wide", WIDE), ("narrow", NARROW))
    )


__all__ = ["Judged", "page"]
