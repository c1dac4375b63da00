"""Claimed figures against re-computed ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from optimizer.errors import UsageError
from optimizer.quantities import same
from optimizer.verify.verdict import Verdict

CLAIMS = ("score", "terms", "coverage", "country_coverage", "spend", "spent", "floor_shortfall", "held")


@dataclass(frozen=True)
class Mismatch:
    """A claim that the re-computation does not bear out (``found`` ``None``: there is no such figure)."""

    what: str
    claimed: Any
    found: Any


def compare_claims(verdict: Verdict, claims: Mapping[str, Any]) -> tuple[Mismatch, ...]:
    """The claims that are wrong, in the order given.

    Claims, each optional: ``score``; ``terms`` by goal; ``coverage`` percent by level;
    ``country_coverage`` percent by country and level; ``spend`` money by line and ``spent`` in
    all (integers, compared exactly); ``floor_shortfall`` person-weeks by country; ``held`` the
    exercises. Scores and percentages agree where ``same`` says so.
    Raises ``UsageError`` for any other claim.
    """
    unknown = [name for name in claims if name not in CLAIMS]
    if unknown:
        raise UsageError(f"nothing can be compared with a claim called {unknown[0]!r} (known: {', '.join(CLAIMS)})")
    found = dict(_flat("", _figures(verdict)))
    wrong = []
    for what, claimed in _flat("", claims):
        actual = found.get(what)
        if not _agree(claimed, actual):
            wrong.append(Mismatch(what, claimed, actual))
    return tuple(wrong)


def _figures(v: Verdict) -> dict[str, Any]:
    return {
        "score": v.score,
        "terms": v.terms,
        "coverage": v.tally.coverage,
        "country_coverage": v.tally.country_coverage,
        "spend": v.spend_by_line,
        "spent": v.spent,
        "floor_shortfall": {c: short for c, (short, _) in v.tally.floor_shortfall.items()},
        "held": tuple(sorted(v.tally.held)),
    }


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    """Single figures with a name each: ``coverage assure``, ``spend presence``."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(f"{name} {key}".strip(), inner)
    else:
        yield name, tuple(sorted(value)) if isinstance(value, (list, tuple, set, frozenset)) else value


def _agree(claimed: Any, found: Any) -> bool:
    if isinstance(claimed, float) or isinstance(found, float):
        if claimed is None or found is None:
            return claimed is found
        return same(claimed, found)
    return bool(claimed == found)
