"""Random triples of edits: nothing lost, nothing invented, and exactly what the edits say where they are clear."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import permutations
from random import Random

import pytest

from optimizer.workbook.merge.merge import merge
from tests.workbook.merge.edits import base, copy_of, edits
from tests.workbook.merge.model import check_nothing_lost, expected, lines

BLOCKS, EACH = 6, 35  # python -m tests.workbook.merge.long runs ten thousand


def triple(seed: int) -> Counter[str]:
    """Merge three people's random edits and compare with what must come out; counts what kind of case it was."""
    r = Random(seed)
    people = [edits(name, r) for name in ("ann", "bob", "cem")]
    copies = [copy_of(p, r) for p in people]
    result = merge(base(), copies)
    check_nothing_lost(people, copies, result)
    for order in permutations(copies) if seed % 5 == 0 else [copies[::-1]]:
        again = merge(base(), order)
        assert (again.content, again.conflicts) == (result.content, result.conflicts)
    found = Counter({"all": 1, "conflicts": bool(result.conflicts)})
    want = None if any(p.vague for p in people) else expected(people)
    if want is not None:
        tables, conflicts = want
        assert {(c.sheet, c.column) for c in result.conflicts if c.sheet in tables} == conflicts
        if not conflicts:
            assert lines(result.content) == tables
        found += Counter({"clear": 1, "exact": not conflicts, "renamed": any(p.names for p in people)})
    one = merge(base(), copies[:1])
    twin = merge(base(), [copies[0], replace(copies[0], name="twin")])
    assert not one.conflicts
    assert twin.content == one.content
    untouched = merge(base(), [replace(base(), name="idle"), copies[0]])
    assert untouched.content == one.content
    if not people[0].vague:
        assert lines(one.content) == lines(copies[0])
    return found


@pytest.mark.parametrize("block", range(BLOCKS))
def test_random_triples(block: int) -> None:
    found: Counter[str] = Counter()
    for seed in range(block * EACH, (block + 1) * EACH):
        found += triple(seed)
    assert found["exact"] > EACH / 4
    assert found["conflicts"] > EACH / 8
    assert found["renamed"] > EACH / 10
