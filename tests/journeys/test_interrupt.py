"""Ctrl-C as a planner presses it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from optimizer.cli.interrupt import Interrupt, Overrun, aside
from optimizer.errors import EngineError
from tests.build import budget, case
from tests.journeys.books import book_of

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are sent the POSIX way")


class Command:
    """A command under way; what it says on stderr goes to a file, so that nothing is lost or blocks."""

    def __init__(self, folder, *args):
        self.said = folder / "stderr.txt"
        with self.said.open("w") as out:
            line = [sys.executable, "-m", "optimizer", *map(str, args)]
            self.run = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=out, text=True)

    def wait_for(self, text, seconds=200):
        """Until it has said ``text``; fails if it ends before."""
        end = time.monotonic() + seconds
        while text not in self.said.read_text():
            assert self.run.poll() is None, self.said.read_text()
            assert time.monotonic() < end, self.said.read_text()
            time.sleep(0.05)

    def ctrl_c(self):
        self.run.send_signal(signal.SIGINT)

    def end(self, seconds=60):
        """(exit code, stdout)."""
        out, _ = self.run.communicate(timeout=seconds)
        return self.run.returncode, out


@pytest.fixture
def book(tmp_path):
    """Big enough that a thorough search takes much longer than this test."""
    lines = (("presence", 30), ("exercises", 10), ("prepositioning", 10), ("infrastructure", 1))
    made = case(
        26,
        units={f"U{i}": "TANK ART INF?" for i in range(5)},
        sets={"S1": {}, "S2": {}},
        exercises={"X0": {}, "X1": {"value": 6.0}},
        budgets=tuple(budget(money, line) for line, money in lines),
    )
    return book_of(made, tmp_path / "book.xlsx")


def test_ctrl_c_once_writes_the_best_plan_and_it_verifies(book, tmp_path):
    out = tmp_path / "plan.xlsx"
    options = ("--engine", "lagrangian", "--effort", "thorough", "--time-limit", "240")
    run = Command(tmp_path, "solve", book, "-o", out, *options, "--json")
    run.wait_for("first plan: ")
    run.ctrl_c()
    code, said = run.end()
    assert code == 5, run.said.read_text()
    found = json.loads(said)
    assert (found["stop_reason"], found["repeatable"], found["breaches"]) == ("interrupted", False, [])
    assert Command(tmp_path, "verify", out).end()[0] == 0


def test_ctrl_c_twice_leaves_at_once_and_writes_nothing(book, tmp_path):
    out = tmp_path / "plan.xlsx"
    run = Command(tmp_path, "solve", book, "-o", out, "--engine", "lagrangian", "--effort", "thorough")
    run.wait_for("read book.xlsx")
    run.ctrl_c()
    run.wait_for("stopping")
    time.sleep(0.5)  # signals closer together count as one
    run.ctrl_c()
    assert run.end(20)[0] == 130, run.said.read_text()
    assert not out.exists()


def test_signals_close_together_are_one():
    said = []
    interrupt = Interrupt(said.append)
    with interrupt.listening():
        assert not interrupt.asked()
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
    assert interrupt.asked()
    assert len(said) == 1
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_work_aside_returns_and_raises_as_if_it_ran_here():
    assert aside(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 // 0)


def test_an_engine_deaf_to_ctrl_c_is_left():
    with pytest.raises(KeyboardInterrupt):
        aside(lambda: time.sleep(5), Overrun(lambda: True, None, patience=0.2))


def test_an_engine_deaf_to_its_time_limit_is_left():
    with pytest.raises(EngineError, match="time limit"):
        aside(lambda: time.sleep(5), Overrun(lambda: False, 0.1, patience=0.2))
