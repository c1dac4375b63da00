"""Ctrl-C as a planner presses it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from optimizer.cli.interrupt import Interrupt, Overrun, aside
from optimizer.cli.progress import Reporter
from optimizer.domain import Plan
from optimizer.domain.outcome import Options, Progress
from optimizer.errors import Overran
from optimizer.workflow.asking import Heard
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


def test_signals_close_together_are_one(monkeypatch):
    monkeypatch.setattr("optimizer.cli.interrupt.TOGETHER", 60.0)  # a busy machine may pause between the two
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell ignores it for what runs in its background
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
    with pytest.raises(Overran):
        aside(lambda: time.sleep(5), Overrun(lambda: True, None, patience=lambda: 0.2))


def test_an_engine_deaf_to_its_time_limit_is_left():
    with pytest.raises(Overran):
        aside(lambda: time.sleep(5), Overrun(lambda: False, 0.1, patience=lambda: 0.2))


FY2017 = Path(__file__).parents[2] / "inputs" / "fy2017.xlsx"


@pytest.mark.parametrize("seconds", [0.1, 0.3, 0.6])
def test_ctrl_c_while_the_program_loads_is_no_traceback(tmp_path, seconds):
    """Loading takes about a second; whenever the key comes, the code is 130 and stdout holds one object or nothing
    (Python itself is not up in the first hundredth of a second)."""
    run = Command(tmp_path, "solve", FY2017, "-o", tmp_path / "plan.xlsx", "--engine", "linear", "--json")
    time.sleep(seconds)
    run.ctrl_c()
    code, said = run.end()
    assert code == 130
    assert "Traceback" not in run.said.read_text()
    assert json.loads(said)["status"] in ("interrupted", "unknown")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_request_to_end_is_one_ctrl_c(tmp_path, name):
    """While a model of 700,000 columns is being built: over within two seconds, and the JSON says so."""
    run = Command(tmp_path, "solve", FY2017, "-o", tmp_path / "plan.xlsx", "--engine", "linear", "--json")
    run.wait_for("read fy2017.xlsx")
    time.sleep(2)
    run.run.send_signal(getattr(signal, name))
    pressed = time.monotonic()
    code, said = run.end()
    assert time.monotonic() - pressed < 10  # two on a machine of one's own
    assert (code, json.loads(said)["stop_reason"]) == (130, "interrupted")


def test_the_time_limit_holds_while_a_model_is_built(tmp_path):
    began = time.monotonic()
    run = Command(tmp_path, "solve", FY2017, "-o", tmp_path / "plan.xlsx", "--engine", "linear", "--time-limit", 2)
    assert run.end()[0] == 7, run.said.read_text()
    assert time.monotonic() - began < 30  # loading and reading included, on a busy machine


def test_an_engine_left_behind_leaves_its_best_plan_and_bound():
    told = []
    heard = Heard("x", Options(time_limit=0.0, progress=told.append))
    for report in (Progress(1, "a", 3.0, 9.0, Plan()), Progress(2, "b", 2.0, 8.0, Plan()), Progress(3, "c", 5.0, None)):
        heard(report)
    found = heard.outcome()
    assert len(told) == 3
    assert (found.plan, found.score, found.bound) == (Plan(), 3.0, 8.0)
    assert (found.status, found.stop_reason, found.repeatable) == ("feasible", "time limit", False)
    assert Heard("x", Options(stopped=lambda: True)).outcome().stop_reason == "interrupted"


def test_an_engine_that_owes_a_plan_is_waited_for_longer():
    reporter = Reporter(None, quiet=True)
    short = reporter.patience()
    reporter(Progress(1, "a", 5.0, None))
    assert reporter.patience() > short
    reporter(Progress(2, "a", 5.0, None, Plan()))
    assert reporter.patience() == short
