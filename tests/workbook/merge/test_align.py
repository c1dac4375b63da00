"""Which row is which, worked by hand and against all assignments."""

from datetime import date
from itertools import permutations
from random import Random

import numpy as np
import pytest

from optimizer.workbook.merge.align import align, cheapest
from optimizer.workbook.schema import BY_NAME


def demand(start: date | None, end: date | None, points: float, country: str = "EE") -> dict[str, object]:
    return {"Country": country, "Capability": "armor", "From": start, "To": end, "Points assure": points}


D1, D2, D3 = date(2018, 1, 1), date(2018, 3, 5), date(2018, 6, 4)


def test_the_same_key_is_the_same_row_in_any_order() -> None:
    rows = [demand(D1, D2, 1), demand(D2, D3, 2)]
    got = align(BY_NAME["Demand"], rows, rows[::-1])
    assert (got.pairs, got.gone, got.added) == ([(0, 1), (1, 0)], [], [])


def test_a_date_moved_in_a_key_is_an_edit() -> None:
    got = align(BY_NAME["Demand"], [demand(D1, D2, 1)], [demand(D1, D3, 1)])
    assert got.pairs == [(0, 0)]


def test_rows_of_another_parent_are_never_the_same() -> None:
    got = align(BY_NAME["Demand"], [demand(D1, D2, 1)], [demand(D1, D3, 1, "LV")])
    assert (got.pairs, got.gone, got.added) == ([], [0], [0])


def test_both_of_two_surges_moved_by_a_month_are_found_again() -> None:
    old = [demand(date(2018, 1, 1), date(2018, 2, 4), 1), demand(date(2018, 7, 2), date(2018, 8, 5), 1)]
    new = [demand(date(2018, 7, 30), date(2018, 9, 2), 1), demand(date(2018, 1, 29), date(2018, 3, 4), 1)]
    assert align(BY_NAME["Demand"], old, new).pairs == [(0, 1), (1, 0)]


def test_a_tie_stays_apart_and_is_said() -> None:
    # a row split in two, either of which could be the old one
    middle, early, late = date(2018, 3, 5), date(2018, 3, 4), date(2018, 3, 6)
    got = align(BY_NAME["Demand"], [demand(middle, D3, 1)], [demand(early, D3, 1), demand(late, D3, 1)])
    assert (got.pairs, got.gone, got.added, len(got.ties)) == ([], [0], [0, 1], 1)


def test_a_leg_has_no_direction_and_its_routes_may_change() -> None:
    travel = BY_NAME["Travel"]
    one = {"From": "A", "To": "B", "Days wheeled": 1, "Routes": ("road",)}
    assert align(travel, [one], [one | {"From": "B", "To": "A"}]).pairs == [(0, 0)]
    assert align(travel, [one], [one | {"From": "B", "To": "A", "Routes": ("rail",)}]).pairs == [(0, 0)]


def test_rotations_are_found_by_who_and_when_not_by_number() -> None:
    row = {"Rotation": "R001", "Unit": "U", "Element": "Ua", "Site": "TAPA", "Arrive": D1, "Depart": D3}
    got = align(BY_NAME["Plan rotations"], [row], [row | {"Rotation": "R007", "Arrive": D2}])
    assert got.pairs == [(0, 0)]


@pytest.mark.parametrize("seed", range(20))
def test_only_pairs_of_every_cheapest_assignment_are_made(seed: int) -> None:
    r = Random(seed)
    tied = 0
    for _ in range(20):
        n, m = r.randint(1, 4), r.randint(1, 4)
        costs = np.array([[float(r.randint(0, 3)) for _ in range(m)] for _ in range(n)])
        ways = (
            [tuple(zip(range(n), p, strict=True)) for p in permutations(range(m), n)]
            if n <= m
            else [tuple(zip(p, range(m), strict=True)) for p in permutations(range(n), m)]
        )
        least = min(sum(costs[i, j] for i, j in w) for w in ways)
        best = [set(w) for w in ways if sum(costs[i, j] for i, j in w) == least]
        got, several = cheapest(costs)
        assert set(got) == set.intersection(*best)
        assert several == (len(best) > 1)
        tied += several
    assert tied > 3
