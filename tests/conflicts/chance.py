"""Tiny random cases with random lines on everybody: many can be kept, many cannot."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from optimizer.domain import Case, Lock
from tests.build import random_case


def locked(seed: int, weeks: int = 8) -> Case:
    """A random case with two or three random must and forbid lines instead of its own."""
    rng = Random(f"lines {seed}")
    made = random_case(seed, weeks=weeks)
    return replace(made, locks=tuple(_line(rng, made, f"L{n}") for n in range(1, rng.randint(2, 3) + 1)))


def _line(rng: Random, made: Case, name: str) -> Lock:
    rule = rng.choice(["must", "must", "forbid"])
    kind = rng.choice(["unit", "unit", "element", "set", "exercise", "participant", "upgrade"])
    start = rng.randint(0, made.weeks - 1)
    end = min(made.weeks, start + rng.choice([1, 2, 3, 6]))
    place = rng.choice([None, "PL", "LT", "POZ", "DRA", "RUK"])
    if kind == "participant":
        return Lock(name, rule, kind, rng.choice(made.elements).id, exercise=made.exercises[0].id)
    subjects = {"unit": made.units, "element": made.elements, "set": made.sets, "exercise": made.exercises}
    subject = rng.choice(subjects.get(kind, made.upgrades)).id
    return Lock(name, rule, kind, subject, place if kind != "upgrade" else None, start=start, end=end)
