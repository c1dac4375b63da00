"""Decisions paired by who they are about, worked by hand."""

from itertools import combinations
from random import Random

from optimizer.domain import Maintenance, Plan, Posting, Purchase, Rotation, Run, Stay
from optimizer.domain.differences import NEVER, differences, later, paired
from optimizer.domain.whereabouts import bases


def turn(unit: str, arrive: int, depart: int, site: str = "POZ") -> Rotation:
    return Rotation(unit, arrive, depart, (Posting(f"{unit}a", site, "sea", None, arrive, depart),))


def told(before: Plan, after: Plan) -> list[tuple[str, str, str, int | None, int | None]]:
    return [(d.kind, d.subject, d.change, d.weeks, d.longer) for d in differences(before, after)]


def test_a_rotation_that_comes_later_and_stays_longer_is_one_that_moved() -> None:
    assert told(Plan((turn("U1", 2, 8),)), Plan((turn("U1", 5, 14),))) == [("rotation", "U1", "moved", 3, 3)]


def test_another_site_in_the_same_weeks_is_a_move_of_no_weeks() -> None:
    assert told(Plan((turn("U1", 2, 8),)), Plan((turn("U1", 2, 8, "RUK"),))) == [("rotation", "U1", "moved", 0, 0)]


def test_of_two_rotations_the_nearer_one_is_paired() -> None:
    # 2-8 and 20-26 against 21-26: the second moved by a week, the first was dropped
    got = told(Plan((turn("U1", 2, 8), turn("U1", 20, 26))), Plan((turn("U1", 21, 26),)))
    assert got == [("rotation", "U1", "dropped", None, None), ("rotation", "U1", "moved", 1, -1)]


def test_a_rotation_of_another_year_is_another_rotation() -> None:
    got = told(Plan((turn("U1", 0, 8),)), Plan((turn("U1", 52, 60),)))
    assert [g[2] for g in got] == ["dropped", "new"]


def test_sets_blocks_exercises_and_upgrades() -> None:
    before = Plan((), (Stay("S", "POZ", 0, 52),), (Maintenance("S", 10, 14),), (Run("X", "POZ", 5, ()),), ())
    after = Plan(
        (),
        (Stay("S", "POZ", 0, 20), Stay("S", "DRA", 21, 52)),
        (Maintenance("S", 10, 14),),
        (Run("X", "DRA", 9, ()),),
        (Purchase("U", 3),),
    )
    assert told(before, after) == [
        ("set", "S", "moved", 0, -32),
        ("set", "S", "new", None, None),
        ("maintenance", "S", "kept", 0, 0),
        ("exercise", "X", "moved", 4, 0),
        ("upgrade", "U", "new", None, None),
    ]


def test_later_moves_every_week_and_comes_back() -> None:
    plan = Plan((turn("U1", 2, 8),), (Stay("S", "POZ", 0, 52),), (Maintenance("S", 1, 2),), (Run("X", "POZ", 5, ()),))
    assert later(later(plan, 52), -52) == plan.tidy()
    assert bases(later(plan, 3), range(99)) == {(e, w + 3): s for (e, w), s in bases(plan, range(99)).items()}


def _best(old: list[int], new: list[int], far: int) -> tuple[int, int]:
    """(pairs, distance) by trying every choice of pairs in order."""
    ways = [(0, 0)]
    for k in range(1, min(len(old), len(new)) + 1):
        for a, b in ((a, b) for a in combinations(old, k) for b in combinations(new, k)):
            if all(abs(x - y) < far for x, y in zip(a, b, strict=True)):
                ways.append((k, -sum(abs(x - y) for x, y in zip(a, b, strict=True))))
    return max(ways)


def test_pairs_are_as_many_and_as_close_as_any() -> None:
    r = Random(5)
    both = 0
    for _ in range(300):
        old, new = (sorted(r.sample(range(60), r.randint(0, 4))) for _ in range(2))
        got = list(paired(old, new, lambda a, b: abs(a - b) if abs(a - b) < 20 else NEVER))
        pairs = [(a, b) for a, b in got if a is not None and b is not None]
        assert (len(pairs), -sum(abs(a - b) for a, b in pairs)) == _best(old, new, 20)
        assert [a for a, _ in got if a is not None] == old
        assert [b for _, b in got if b is not None] == new
        both += 0 < len(pairs) < max(len(old), len(new))
    assert both > 60
