"""The best weeks of one element: disjoint exercises on a path through its weeks, none of them twice."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

NONE = -(1 << 58)  # no way at all; sums of a few stay inside 64 bits
HOPELESS = NONE >> 1
LABELS = 200  # sets of exercises met that are told apart in a week

Arcs = Mapping[tuple[int, int, str], int]  # (start, end, exercise): worth against doing nothing


def sums(weekly: np.ndarray) -> np.ndarray:
    """Sums over the weeks before each, along the last axis."""
    return np.concatenate([np.zeros((*weekly.shape[:-1], 1), dtype=weekly.dtype), np.cumsum(weekly, axis=-1)], axis=-1)


def plus(*tables: np.ndarray) -> np.ndarray:
    """The sum of worths, ``NONE`` staying so."""
    total = tables[0]
    for table in tables[1:]:
        total = np.maximum(total + table, NONE)
    return total


def best_paths(arcs: Arcs, weeks: int) -> tuple[np.ndarray, np.ndarray] | None:
    """``[a, d]``: the most that arcs inside [a, d), disjoint and no exercise twice, are worth; and where the last of
    them need only begin before d. ``None`` without arcs.

    In every week d and for every a at once, by the set of exercises met that may still come: worth so far. With more
    than ``LABELS`` sets two become their intersection, which only allows more.
    """
    use = {key: worth for key, worth in arcs.items() if worth > 0}
    if not use:
        return None
    last: dict[str, int] = {}
    soon: dict[str, int] = {}
    ending: dict[int, list[tuple[int, str, int]]] = {}
    for (start, end, x), worth in use.items():
        last[x], soon[x] = max(last.get(x, 0), start), min(soon.get(x, weeks), end)
        ending.setdefault(end, []).append((start, x, worth))
    twice = [x for x in sorted(last) if last[x] >= soon[x]]  # that one path could meet twice
    bit = {x: 1 << i for i, x in enumerate(twice)}
    labels: list[dict[int, np.ndarray]] = [{0: np.zeros(weeks + 1, dtype=np.int64)}]
    best = np.zeros((weeks + 1, weeks + 1), dtype=np.int64)
    starting = np.zeros((weeks + 1, weeks + 1), dtype=np.int64)
    for d in range(1, weeks + 1):
        best[:, d] = best[:, d - 1]
        if d not in ending:
            labels.append(labels[-1])
            continue
        open_ = sum(bit[x] for x in twice if last[x] >= d)
        now: dict[int, np.ndarray] = {}
        for met, so_far in labels[-1].items():
            keep = met & open_
            now[keep] = np.maximum(now[keep], so_far) if keep in now else so_far.copy()
        for start, x, gain in ending[d]:
            mine = bit.get(x, 0)
            for met, so_far in labels[start].items():
                if met & mine:
                    continue
                sure, keep = so_far[: start + 1] + gain, (met | mine) & open_
                if keep not in now:
                    now[keep] = np.full(weeks + 1, NONE, dtype=np.int64)
                np.maximum(now[keep][: start + 1], sure, out=now[keep][: start + 1])
                np.maximum(best[: start + 1, d], sure, out=best[: start + 1, d])
                np.maximum(starting[: start + 1, start + 1], sure, out=starting[: start + 1, start + 1])
        labels.append(fewer(now))
    return best, np.maximum.accumulate(starting, axis=1)


def fewer(labels: dict[int, np.ndarray]) -> dict[int, np.ndarray]:
    """Without those that another beats from every week with fewer exercises met; at most ``LABELS``."""
    if len(labels) > 4:
        order = sorted(labels, key=lambda m: bin(m).count("1"))
        kept: list[int] = []
        for met in order:
            if not any(k & met == k and (labels[k] >= labels[met]).all() for k in kept):
                kept.append(met)
        labels = {k: labels[k] for k in kept}
    while len(labels) > LABELS:
        a, b = sorted(labels, key=lambda m: int(labels[m].max()))[:2]
        both = np.maximum(labels.pop(a), labels.pop(b))
        labels[a & b] = np.maximum(labels[a & b], both) if a & b in labels else both
    return labels
