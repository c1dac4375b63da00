"""What the paths of the sets need of a case."""

from __future__ import annotations

import numpy as np

from optimizer.engines.lagrangian.bound.parts.records import Limits, SetParts, Under
from optimizer.engines.lagrangian.tables.records import Tables


def set_parts(t: Tables, limit: Limits, under: Under) -> SetParts:
    """What the set paths need of a case."""
    ok, busy = limit.set_ok.copy(), under.held >= 0
    for q, s, w in [(q, s, w) for q, row in enumerate(under.held) for w, s in enumerate(row) if s >= 0]:
        ok[q, :, w] = False
        ok[q, s, w] = True

    def until(weeks: np.ndarray) -> np.ndarray:
        return np.concatenate([np.zeros((len(weeks), 1), dtype=np.int64), np.cumsum(weeks, axis=1)], axis=1)

    interval = np.where(t.maint > 0, t.interval, 0)
    due = np.where((interval > 0) & (t.last_maint + interval < t.weeks), t.last_maint + interval, t.weeks)
    return SetParts(
        ok,
        np.logical_or.reduce(ok, axis=2),
        until(limit.set_must | busy),
        until(busy),
        t.move_weeks,
        t.move_cost,
        interval,
        t.maint,
        np.where(due < t.weeks, np.maximum(due, t.available), due),
        t.available,
        t.start_site,
        limit.set_gain,
    )
