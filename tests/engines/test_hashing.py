"""The order in which sets of words are gone through differs from process to process; models and plans must not."""

from __future__ import annotations

import os
import subprocess
import sys
from hashlib import sha256

from optimizer.domain.outcome import Options
from optimizer.engines import cpsat, lagrangian, linear
from tests.chance import random_case
from tests.engines.lagrangian.brief import brief

SEEDS = range(2)


def told() -> list[str]:
    """What this process makes of some cases, a line each: the models in every detail, and the plan of each engine."""
    from optimizer.engines.cpsat.model import build

    out = []
    for seed in SEEDS:
        case = random_case(seed, weeks=6)
        model = linear.model_of(case)
        arrays = (model.index, model.value, model.lower, model.upper, model.low, model.high)
        columns, rows = repr(list(model.columns)), repr([*zip(model.owner, model.about, strict=True)])
        said = sha256(b"".join(a.tobytes() for a in arrays) + columns.encode() + rows.encode())
        out.append(f"{seed} linear model {said.hexdigest()}")
        proto = str(build(case).model.Proto())
        out.append(f"{seed} cpsat model {sha256(proto.encode()).hexdigest()}")
        for engine in (linear, cpsat, lagrangian):
            with brief():
                found = engine.solve(case, Options("quick"))
            out.append(f"{seed} {found.engine} {found.status} {found.score} {found.bound} {found.plan}")
    return out


def of_process(hashing: int) -> list[str]:
    more = {**os.environ, "PYTHONHASHSEED": str(hashing)}
    code = "from tests.engines.test_hashing import told; print(*told(), sep='\\n')"
    run = subprocess.run([sys.executable, "-c", code], env=more, capture_output=True, text=True, timeout=900)
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


def test_models_and_plans_are_the_same_whatever_the_hashing():
    one, other = of_process(1), of_process(2)
    assert len(one) == 5 * len(SEEDS)
    assert sum("feasible" in line or "optimal" in line for line in one) >= 3  # there are plans to differ
    assert [a for a, b in zip(one, other, strict=True) if a != b] == []
