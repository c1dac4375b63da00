"""What the Timefold model answers, as a plan."""

from __future__ import annotations

import json
from typing import Any

from benchmarks.peers.timefold_tables import SCORE
from optimizer.domain import Case, Maintenance, Participant, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.domain.forces import MODES


def plan(case: Case, text: str) -> Plan:
    """The plan of one line of ``timefold_java/Answer.java``; rotations under way are added."""
    found: dict[str, Any] = json.loads(text)
    sites, sets = [s.id for s in case.sites], [q.id for q in case.sets]

    def means(mode: int, set_at: int) -> tuple[str | None, str | None]:
        return (MODES[mode] if mode >= 0 else None), (sets[set_at] if set_at >= 0 else None)

    rotations = list(case.underway)
    for unit, arrive, depart, who in found["rotations"]:
        postings = []
        for e, site, mode, set_at, first, last in who:
            by, on = means(mode, set_at)
            assert by is not None
            postings.append(Posting(case.elements[e].id, sites[site], by, on, first, last))
        rotations.append(Rotation(case.units[unit].id, arrive, depart, tuple(postings)))
    runs = []
    for x, site, week, who in found["runs"]:
        exercise = case.exercises[x]
        serving = tuple(
            Participant(exercise.needs[n].id, case.elements[e].id, *means(mode, set_at)) for n, e, mode, set_at in who
        )
        runs.append(Run(exercise.id, sites[site], week, serving))
    return Plan(
        tuple(rotations),
        tuple(Stay(sets[q], sites[site], first, last) for q, site, first, last in found["stays"]),
        tuple(Maintenance(sets[q], first, last) for q, first, last in found["blocks"]),
        tuple(runs),
        tuple(Purchase(case.upgrades[b].id, week) for b, week in found["purchases"]),
    ).tidy()


def stated(text: str) -> float:
    """The score Timefold gives the plan of a line."""
    soft: int = json.loads(text)["soft"]
    return soft / SCORE
