"""Corrupt one decision of a clean plan, and exactly the rules it breaks are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from optimizer.domain import Maintenance, Posting, Purchase, Stay
from optimizer.rules import RULES
from optimizer.verify import verify
from tests.verify.medium import CLEAN, exercise, medium, participant, posting, rotation

OFF = {"turnaround", "exercise-load"}  # rules that this case does not switch on; tests/rules/cases break them
U4 = Posting("U4a", "RUK", "air", None, 6, 11)

# rule meant → (corrupted plan, every breach as (rule, week, parties, size))
CORRUPTIONS = {
    # batteries do not come by mule
    "availability": (posting("U1b", mode="mule"), [("availability", 2, ("U1", "U1b"), 1)]),
    # six weeks where five are allowed
    "rotation-length": (
        rotation("U4", depart=12, postings=(replace(U4, depart=12),)),
        [("rotation-length", 6, ("U4",), 1)],
    ),
    # free from week 6; nobody is left in Lithuania in week 10
    "dwell": (
        rotation("U4", arrive=5, depart=10, postings=(replace(U4, arrive=5, depart=10),)),
        [("dwell", 5, ("U4",), 1), ("presence-floor", 10, ("LT",), 80)],
    ),
    "together": (posting("U1a", depart=5), [("together", 2, ("U1", "U1a"), 1)]),
    # flown in by sea during [1, 5) although posted during [2, 6): 3.0 and 0.4 over budget, 200 people in Poland
    "one-place": (
        participant("X1", mode="sea"),
        [
            ("one-place", 2, ("U1a",), 3),
            ("host-cap", 2, ("PL", "U1"), 50),
            ("exercise-needs", 3, ("X1", "N1", "U1a"), 1),
            ("budget", 0, ("exercises",), 3.4),
        ],
    ),
    # without the new places: 200 where 130 fit in week 2; settled 80 in weeks 3-5 and 120 in 6-10 where 50 fit
    "site-capacity": (
        replace(CLEAN, purchases=()),
        [
            ("site-capacity", 2, ("RUK", "U1", "U3"), 70),
            ("site-capacity", 3, ("RUK", "U1", "U4"), 70),
            ("locks", 0, ("B1",), 1),
        ],
    ),
    # 180 people and 0.35 brigades in Poland, and no one in Lithuania once U3 has left
    "host-cap": (
        posting("U1b", site="POZ"),
        [
            ("host-cap", 2, ("PL", "U1"), 30),
            ("host-cap", 2, ("PL", "U1"), 0.1),
            ("host-cap", 3, ("PL", "U1"), 80),
            ("presence-floor", 3, ("LT",), 80),
        ],
    ),
    # S2 stands at DRA
    "set-custody": (posting("U1a", set_id="S2"), [("set-custody", 2, ("S2", "U1a"), 5)]),
    "set-location": (
        replace(CLEAN, stays=(Stay("S1", "POZ", 0, 9), Stay("S1", "DRA", 9, 11), Stay("S2", "DRA", 0, 11))),
        [("set-location", 9, ("S1", "POZ", "DRA"), 1)],
    ),
    # reset lasts through week 6; the same week breaks custody
    "set-maintenance": (
        replace(CLEAN, maintenance=(Maintenance("S1", 6, 8),)),
        [("set-custody", 6, ("S1", "U1a"), 1), ("set-maintenance", 6, ("S1", "U1a"), 1)],
    ),
    "exercise-window": (exercise("X2", start=10), [("exercise-window", 10, ("X2",), 1)]),
    # a battery where tanks are wanted, by way of Poznan 3.5 days away where two are allowed
    "exercise-needs": (
        participant("X1", element="U1b"),
        [("exercise-needs", 3, ("X1", "N1", "U1b"), 1), ("exercise-needs", 3, ("X1", "U1b"), 1.5)],
    ),
    # a brigade on a battalion range, and its set is elsewhere during [7, 11)
    "range-capacity": (
        exercise("X2", site="POZ"),
        [("set-custody", 7, ("S2", "U2a"), 4), ("range-capacity", 8, ("X2", "POZ"), 1)],
    ),
    # by sea: 3.0 instead of 1.0, and a week of 0.1 more
    "budget": (participant("X2", mode="sea", set_id=None), [("budget", 0, ("exercises",), 2.1)]),
    # 120 in Poland where 100 may settle, 220 with the exercise where 150 may be
    "presence-floor": (
        posting("U4a", site="POZ"),
        [
            ("host-cap", 6, ("PL", "U4"), 20),
            ("host-cap", 7, ("PL", "U2", "U4"), 70),
            ("presence-floor", 6, ("LT",), 80),
        ],
    ),
    # a week late and not in the frozen week; ready in week 6: as without it until then
    "upgrades": (
        replace(CLEAN, purchases=(Purchase("B1", 4),)),
        [
            ("site-capacity", 2, ("RUK", "U1", "U3"), 70),
            ("site-capacity", 3, ("RUK", "U1"), 30),
            ("upgrades", 4, ("B1",), 1),
            ("locks", 0, ("B1",), 1),
        ],
    ),
    "locks": (exercise("X1", site="POZ"), [("locks", 0, ("L1", "X1"), 1)]),
}


def test_the_clean_plan_is_clean_and_every_rule_tested() -> None:
    verdict = verify(medium(), CLEAN)
    assert verdict.ok, [b.text for b in verdict.breaches]
    assert {f.rule for f in verdict.findings if not f.tested} == OFF


def test_every_rule_is_broken_in_turn() -> None:
    assert list(CORRUPTIONS) == [rule for rule in RULES if rule not in OFF]
    assert all(rule in {b[0] for b in breaches} for rule, (_, breaches) in CORRUPTIONS.items())


@pytest.mark.parametrize("rule", CORRUPTIONS)
def test_verify_names_rule_parties_week_and_size(rule: str) -> None:
    corrupted, expected = CORRUPTIONS[rule]
    found = [(b.rule, b.week, b.parties, round(b.size, 9)) for b in verify(medium(), corrupted).breaches]
    assert sorted(found) == sorted((r, w, p, float(s)) for r, w, p, s in expected)


def test_texts_are_sentences_with_date_and_names() -> None:
    text = next(b.text for b in verify(medium(), CORRUPTIONS["together"][0]).breaches)
    assert text == "U1a leaves 1 week too early or late for the departure of U1, week of 2017-10-16."
