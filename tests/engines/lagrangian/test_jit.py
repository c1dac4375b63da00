"""Compiled code is never older than the sources it was made from, whatever room they are in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from optimizer.engines.lagrangian.kernels import jit

USES = "from toy.kernels.jit import kernel\n"
CALLEE = USES + "\n\n@kernel\ndef low():\n    return {value}\n"
MIDDLE = USES + "from toy.low.callee import low\n\n\n@kernel\ndef middle():\n    return low()\n"
CALLER = USES + "from toy.middle.calls import (\n    middle,\n)\n\n\n@kernel\ndef high():\n    return middle()\n"


def _called(root: Path) -> tuple[int, set[str]]:
    """What the caller returns in a process of its own, and the folders of compiled code of it."""
    code = "from toy.high.caller import high; print(high())"
    env = os.environ | {"OPTIMIZER_CACHE": str(root / "cache"), "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=root, capture_output=True, text=True, check=True)
    return int(done.stdout), {p.name for p in (root / "cache").iterdir() if p.name.startswith("high.caller")}


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    for room in ("kernels", "low", "middle", "high"):
        (tmp_path / "toy" / room).mkdir(parents=True)
        (tmp_path / "toy" / room / "__init__.py").write_text("")
    (tmp_path / "toy" / "__init__.py").write_text("")
    shutil.copy(jit.__file__, tmp_path / "toy" / "kernels" / "jit.py")
    (tmp_path / "toy" / "low" / "callee.py").write_text(CALLEE.format(value=1))
    (tmp_path / "toy" / "middle" / "calls.py").write_text(MIDDLE)
    (tmp_path / "toy" / "high" / "caller.py").write_text(CALLER)
    return tmp_path


def test_an_edited_callee_two_rooms_down_is_compiled_anew(toy: Path):
    """Numba looks at the caller's own file only, and would go on returning 1."""
    first, before = _called(toy)
    (toy / "toy" / "low" / "callee.py").write_text(CALLEE.format(value=2))
    second, after = _called(toy)
    assert (first, second) == (1, 2)
    assert len(after) == len(before) + 1


def test_what_nobody_calls_changes_nothing(toy: Path):
    _, before = _called(toy)
    (toy / "toy" / "low" / "other.py").write_text("x = 1\n")
    assert _called(toy) == (1, before)


def test_the_search_knows_every_room_its_kernels_are_in():
    rooms = {name.removeprefix(jit.PACKAGE).split(".")[1] for name in jit.needed(f"{jit.PACKAGE}.search.anneal")}
    assert rooms == {"kernels", "search", "tables"}
    assert f"{jit.PACKAGE}.search.insert.worth" in jit.needed(f"{jit.PACKAGE}.search.moves.choose")


def test_how_a_case_becomes_tables_is_no_matter_of_compiled_code():
    """Or every change of a rule's reading would cost minutes of compilation."""
    needed = jit.needed(f"{jit.PACKAGE}.search.anneal") | jit.needed(f"{jit.PACKAGE}.bound.pricing.units")
    assert not {n for n in needed if ".tables." in n} - {f"{jit.PACKAGE}.tables.records"}


@jit.kernel
def _twice(x, sign):
    if x < 0:
        raise ValueError("of something, please")
    return 2 * x * sign


@jit.kernel
def _four_times(x):
    return _twice(_twice(x, 1), 1) + 0 * _twice(x, -1)


def test_what_other_kernels_call_is_lowered_once_and_optimised_with_its_caller_only():
    assert _four_times(3) == 12
    (lowered,) = _twice.callee.overloads.values()  # the constants 1 and -1 are whole numbers like others
    assert isinstance(lowered.library, jit._Lowered)
    assert _twice.entry.signatures == []  # Python has not called it
    (whole,) = _four_times.entry.overloads.values()
    assert not isinstance(whole.library, jit._Lowered)


def test_python_calls_the_same_kernels_and_meets_their_errors():
    assert _twice(5, 1) == 10
    with pytest.raises(ValueError, match="of something, please"):
        _four_times(-1)


def test_a_kernel_knows_whether_it_was_compiled_before(toy: Path):
    """Which decides whether a planner is told to wait."""
    code = "from toy.high.caller import high; print(high.known); high(); print(high.known)"
    env = os.environ | {"OPTIMIZER_CACHE": str(toy / "cache"), "PYTHONPATH": str(toy), "PYTHONDONTWRITEBYTECODE": "1"}
    said = [
        subprocess.run(
            [sys.executable, "-c", code], env=env, cwd=toy, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert said == ["False\nTrue\n", "True\nTrue\n"]
