"""What stands at every site in every week, for the map, its table and its slider."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from optimizer.domain import Case, Plan, Site
from optimizer.domain.presence import deployments, people, places
from optimizer.page.canvas import fit, wide

BADGE = 7.0  # radius of a site's number
LABEL = 150.0  # pixels of a site's name
SMALLEST = 2.5  # radius of the circle of a site with anybody there
Spot = tuple[float, float]


@dataclass(frozen=True)
class Standing:
    """What is at a site in one week; ``who`` and ``sets`` in words. ``places`` and ``handover`` (room while units
    relieve each other) are those of the week, after upgrades and closures."""

    number: int
    site: Site
    people: int
    places: int
    handover: int
    who: str
    sets: tuple[str, ...]

    @property
    def room(self) -> str:
        """Its places; those for hand-over too where more people are there than it has places."""
        if not self.places and not self.people:
            return ""
        return f"{self.places:,}" + (f" (hand-over {self.handover:,})" if self.people > self.places else "")


def stands(case: Case, plan: Plan) -> list[list[Standing]]:
    """By week, every site in the order of the case, numbered from 1."""
    everyone, (room, more) = people(case, plan)[1], places(case, plan)
    spans: dict[str, list[tuple[int, int, str]]] = {s.id: [] for s in case.sites}
    for r in plan.rotations:
        for p in r.postings:
            spans[p.site].append((p.arrive, p.depart, r.unit))
    for d in deployments(case, plan):
        spans[d.site].append((d.arrive, d.depart, case.element[d.element].unit))
    stored: dict[str, list[tuple[int, int, str]]] = {s.id: [] for s in case.sites}
    for stay in plan.stays:
        stored[stay.site].append((stay.start, stay.end, case.prepo[stay.set_id].name))

    def at(n: int, site: Site, week: int) -> Standing:
        units = Counter(unit for start, end, unit in spans[site.id] if start <= week < end)
        who = "; ".join(_unit(case, unit, here) for unit, here in units.items())
        sets = tuple(name for start, end, name in stored[site.id] if start <= week < end)
        return Standing(n + 1, site, int(everyone[n, week]), int(room[n, week]), int(more[n, week]), who, sets)

    return [[at(n, site, week) for n, site in enumerate(case.sites)] for week in range(case.weeks)]


def _unit(case: Case, unit: str, here: int) -> str:
    own = len(case.elements_of[unit])
    return case.unit[unit].name + ("" if own == 1 else f" ({here} of {own} elements)")


def fullest_week(weeks: Sequence[Sequence[Standing]]) -> int:
    """The first week with the most people present."""
    return max(range(len(weeks)), key=lambda w: (sum(s.people for s in weeks[w]), -w), default=0)


def fullest(weeks: Sequence[Sequence[Standing]]) -> int:
    """The most people at one site in one week, at least 1."""
    return max((s.people for week in weeks for s in week), default=0) or 1


def radius(here: int, most: int, large: float) -> float:
    """Of the circle of so many people: its area goes with them, up to ``large`` pixels."""
    return max(large * (here / most) ** 0.5, SMALLEST) if here else 0.0


def in_words(case: Case, s: Standing) -> str:
    """What a pointer on a site is told."""
    country = case.country[s.site.country].name if s.site.country in case.country else "outside"
    here = f"{s.people:,} people, places {s.room or '0'}" if s.people else "nobody there"
    return " · ".join(x for x in (f"{s.number} {s.site.name} ({country})", here, s.who, "; ".join(s.sets)) if x)


@dataclass(frozen=True)
class Label:
    """A site's name beside its badge; ``whole`` unless it was cut."""

    right: bool
    text: str
    whole: bool


def labels(week: Sequence[Standing], badges: Sequence[Spot], width: float) -> dict[int, Label]:
    """By place among the sites on the map, the names that find room beside their badges, on the freer side; a name
    that would cover something is left out."""
    taken, out = list(badges), {}
    sites = [s for s in week if s.site.lat is not None and s.site.lon is not None]
    for n, (s, at) in enumerate(zip(sites, badges, strict=True)):
        if not s.people:
            continue
        (x, y), text, away = at, f"{s.people:,} {s.site.name}", BADGE + (9 if s.sets else 3)
        right, left = fit(text, min(LABEL, width - x - away), 8), fit(text, min(LABEL, x - away), 8)
        ways = [(True, x + away, right), (False, x - BADGE - 3 - wide(left, 8), left)]
        crowds = [_crowd(start, shown, text, at, taken) for _, start, shown in ways]
        side, start, shown = ways[crowds[1] < crowds[0]]
        if shown and min(crowds) <= (shown != text):
            out[n] = Label(side, shown, shown == text)
            taken += [(start + d, y) for d in range(0, int(wide(shown, 8)), 10)]
    return out


def _crowd(start: float, shown: str, text: str, at: Spot, taken: Sequence[Spot]) -> int:
    """How much a name would cover, and whether it had to be cut."""
    end = start + wide(shown, 8)
    near = [s for s in taken if s != at and start - BADGE < s[0] < end + BADGE and abs(s[1] - at[1]) < BADGE + 4]
    return len(near) + (shown != text)


def of_script(case: Case, weeks: Sequence[Sequence[Standing]], badges: Sequence[Spot], width: float, shown: int,
              facets: Sequence[str]) -> dict[str, Any]:  # fmt: skip
    """All weeks for the page's slider: by site the weeks in which anything changes, words and sets by their number."""
    words: dict[str, int] = {}

    def number(text: str) -> int:
        return words.setdefault(text, len(words))

    sites = []
    for i, site in enumerate(case.sites):
        runs: list[list[Any]] = []
        for w, week in enumerate(weeks):
            s = week[i]
            now = [s.people, s.places, s.handover, number(s.who), [number(x) for x in s.sets]]
            if not runs or runs[-1][1:] != now:
                runs.append([w, *now])
        country = case.country[site.country].name if site.country in case.country else "outside"
        placed = int(site.lat is not None and site.lon is not None)
        sites.append({"name": site.name, "country": country, "placed": placed, "by": facets[i], "runs": runs})
    beside = [[[n, int(x.right)] + ([] if x.whole else [x.text]) for n, x in labels(week, badges, width).items()]
              for week in weeks] if badges else []  # fmt: skip
    mondays = [f"{case.calendar.monday(w):%d %b %Y}".lstrip("0") for w in range(len(weeks))]
    return {"weeks": mondays, "shown": shown, "fullest": fullest_week(weeks), "most": fullest(weeks),
            "words": list(words), "sites": sites, "labels": beside}  # fmt: skip
