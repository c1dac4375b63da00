"""Ten thousand random triples of edits: ``python -m tests.workbook.merge.long [--runs N] [--from SEED]``."""

from __future__ import annotations

import argparse
import sys
import traceback
from collections import Counter

from tests.workbook.merge.test_random import triple


def main() -> int:
    """Run them all; the seeds that fail are told, and the exit code is 1 if any does."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=10_000)
    options.add_argument("--from", type=int, default=0, dest="first")
    given = options.parse_args()
    found: Counter[str] = Counter()
    failed = []
    for seed in range(given.first, given.first + given.runs):
        try:
            found += triple(seed)
        except Exception:
            traceback.print_exc()
            failed.append(seed)
    print(dict(found), f"{len(failed)} failed: {failed[:40]}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
