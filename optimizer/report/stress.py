"""One plan in every scenario as records that workbook, screen and JSON show alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from optimizer.domain import Plan

AS_IS = "none"  # the row without a scenario


@dataclass(frozen=True)
class Stress:
    """One scenario. ``kept``: what the plan as it is would score, and ``breaches`` by rule that it then has; what
    falls in on a lost set is out. ``mended``: the score of the plan changed as little as it takes to hold the rules;
    ``replanned``: of the best plan found by a search from there, the same for every scenario; ``bound``: no plan under
    the scenario scores more. ``changed``: decisions that the replanned one has otherwise. ``error``: why the scenario
    cannot be looked at. ``None`` where there is none."""

    scenario: str
    name: str
    kept: float | None = None
    breaches: Mapping[str, int] = field(default_factory=dict)
    mended: float | None = None
    replanned: float | None = None
    bound: float | None = None
    changed: int | None = None
    coverage: Mapping[str, float | None] = field(default_factory=dict)
    error: str | None = None
    plan: Plan | None = field(default=None, repr=False)

    @property
    def knowing(self) -> float | None:
        """What planning anew gains over mending the plan (found)."""
        return None if self.mended is None or self.replanned is None else self.replanned - self.mended

    @property
    def knowing_at_most(self) -> float | None:
        """What it could gain at most (proven)."""
        return None if self.mended is None or self.bound is None else self.bound - self.mended


@dataclass(frozen=True)
class StressTest:
    """All scenarios, the case as it is first: what a search with the same effort finds there too is no effect of any
    scenario."""

    rows: tuple[Stress, ...]
    seconds: float = 0.0

    def effect(self, row: Stress) -> float | None:
        """What the scenario does to the best plan found: replanned under it, less replanned without one."""
        first = self.rows[0].replanned
        return None if first is None or row.replanned is None else row.replanned - first


HEADS = (
    "scenario", "name", "this plan as is", "breaks rules", "mended (found)", "replanned (found)",
    "no plan above (proven)", "effect (found)", "value of knowing (found)", "at most (proven)", "decisions changed", "",
)  # fmt: skip


def lines(test: StressTest) -> list[list[object]]:
    """The table, one row a scenario, under ``HEADS``; a plan that breaks rules has its score all the same."""
    return [
        [r.scenario, r.name, r.kept, sum(r.breaches.values()) if r.kept is not None else None, r.mended, r.replanned,
         r.bound, test.effect(r), r.knowing, r.knowing_at_most, r.changed,
         r.error or ", ".join(f"{rule} {n}" for rule, n in r.breaches.items())]
        for r in test.rows
    ]  # fmt: skip
