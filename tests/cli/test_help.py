"""The command starts without its heavy parts."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

HEAVY = ("numpy", "scipy", "pandas", "numba", "openpyxl", "xlsxwriter", "pulp", "highspy", "ortools")
COMMANDS = ("solve", "check", "verify", "score", "explain", "schema", "template", "pack", "unpack")
PROBE = """
import sys
from typer.testing import CliRunner
from optimizer.cli.app import app
found = CliRunner().invoke(app, {args!r})
assert found.exit_code == 0, found.output
print(found.output)
print("HEAVY", sorted(m for m in {heavy!r} if m in sys.modules))
"""


def probe(*args: str) -> str:
    code = PROBE.format(args=list(args), heavy=HEAVY)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_help_imports_nothing_heavy_and_names_every_command():
    said = probe("--help")
    assert said.rstrip().endswith("HEAVY []")
    for name in COMMANDS:
        assert name in said


@pytest.mark.parametrize("name", ["solve", "verify"])
def test_the_help_of_a_command_imports_nothing_heavy(name):
    assert probe(name, "--help").rstrip().endswith("HEAVY []")


def test_python_dash_m_is_the_command():
    done = subprocess.run([sys.executable, "-m", "optimizer", "--version"], capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, "optimizer 0.1.0\n")


def test_short_help_and_the_words_people_try():
    assert probe("-h") == probe("--help")
    assert "--markup" in probe("help", "check")
    assert "optimizer 0.1.0" in probe("version")


def test_completion_offers_commands_and_options():
    """What a shell asks for once ``--install-completion`` has told it how."""

    def offered(words: str) -> set[str]:
        env = os.environ | {"_OPTIMIZER_COMPLETE": "complete_bash", "COMP_WORDS": words}
        env["COMP_CWORD"] = str(len(words.split()) - 1)
        code = "from optimizer.cli.app import app; app(prog_name='optimizer')"
        return set(subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True).stdout.split())

    assert offered("optimizer re") == {"replan", "report", "refresh"}
    assert "--markup" in offered("optimizer check --m")


@pytest.mark.parametrize(
    "words",
    [
        ("solve", "x.xlsx", "--effort", "medium"),
        ("generate", "x.xlsx", "--class", "q"),
        ("solve", "x", "--engine", "z"),
    ],
)
def test_a_wrong_choice_is_told_the_right_ones(words):
    done = subprocess.run([sys.executable, "-m", "optimizer", *words], capture_output=True, text=True)
    assert done.returncode == 2
    assert "known: " in done.stderr
    assert "Value error" not in done.stderr


def test_every_command_lives_in_the_room_of_its_kind():
    """Help lists the rooms one after the other: plan, replan, judge, question, make books, between planners, the desk,
    the years, questions beyond one plan, the machine."""
    rooms = {
        "planning": ("solve", "check", "explain"),
        "replanning": ("replan",),
        "judging": ("verify", "score", "report"),
        "asking": ("whatif", "ask", "answer"),
        "pricing": ("prices", "ledger"),
        "books": ("schema", "template", "unpack", "pack", "generate"),
        "between": ("compare", "merge"),
        "desk": ("refresh", "export"),
        "years": ("cycle", "sign-off"),
        "exploring": ("sweep", "frontier", "stress", "alternatives"),
        "machine": ("warm",),
    }
    from optimizer.cli.app import app

    shown = [c for c in app.registered_commands if not c.hidden]
    found = [(c.callback.__module__.rpartition(".")[2], c.name or c.callback.__name__) for c in shown]
    assert found == [(room, name) for room, names in rooms.items() for name in names]
