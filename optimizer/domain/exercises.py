"""Exercises, where they may be held and whom they need."""

from __future__ import annotations

from dataclasses import dataclass

ORIGINS = ("theatre", "home", "either")  # where a need may want its elements from


@dataclass(frozen=True)
class Host:
    site: str
    cost: int = 0


@dataclass(frozen=True)
class Need:
    """``count`` elements of ``what`` (a unit type, or a capability: every element whose type
    has it as main capability), from ``theatre``, ``home`` or ``either``; those in theatre
    based within ``max_days`` (milli-days, ``None`` = any distance) of the host."""

    id: str
    what: str
    count: int
    origin: str = "either"
    max_days: int | None = None


@dataclass(frozen=True)
class Exercise:
    """Starts in a week of ``[earliest, latest]`` and runs ``weeks`` weeks inside the plan. ``every`` so many years it
    comes again (``None``: it does not); ``last_held`` is the week it last began before the plan, if known."""

    id: str
    name: str
    earliest: int
    latest: int
    weeks: int
    echelon: str
    value: float
    cost: int
    hosts: tuple[Host, ...]
    needs: tuple[Need, ...]
    mandatory: bool = False
    group: str | None = None
    spacing: int = 0
    every: int | None = None
    last_held: int | None = None
