"""Plans come in one order, however senseless they are."""

from __future__ import annotations

from itertools import permutations

from optimizer.domain import Participant, Plan, Posting, Rotation, Run

POSTINGS = (
    Posting("a", "POZ", "set", "S1", 0, 4),
    Posting("a", "POZ", "set", None, 0, 4),
    Posting("a", "POZ", "set", None, 0, 4),
    Posting("b", "POZ", "air", None, 1, 4),
)
PEOPLE = (Participant("N", "a"), Participant("N", "a", "set", "S1"), Participant("N", "a", "set"))


def test_any_order_of_decisions_is_the_same_plan() -> None:
    """Posted twice on the same dates, with and without the set; in an exercise twice, with and without a mode."""
    tidied = [
        Plan(
            rotations=(Rotation("U", 0, 4, postings), Rotation("U", 0, 4, postings[1:]))[::way],
            runs=(Run("X", "POZ", 2, people), Run("X", "POZ", 2, people))[::way],
        ).tidy()
        for way in (1, -1)
        for postings in permutations(POSTINGS)
        for people in permutations(PEOPLE)
        if postings[0] == POSTINGS[0]
    ]
    assert len(tidied) == 72
    assert len(set(tidied)) == 1


def test_what_names_no_set_comes_first() -> None:
    (rotation,) = Plan((Rotation("U", 0, 4, POSTINGS),)).tidy().rotations
    assert [p.set_id for p in rotation.postings] == [None, None, "S1", None]
    assert sorted(PEOPLE) == [PEOPLE[0], PEOPLE[2], PEOPLE[1]]
    assert max(PEOPLE) == PEOPLE[1]
