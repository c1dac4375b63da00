"""Progress on stderr: a clock that goes on by itself on a terminal, plain lines that do not move elsewhere."""

from __future__ import annotations

import io
import os
import re
import sys
import time

import pytest
from rich.console import Console

from optimizer.cli.progress import PLAIN_EVERY, Clock, Reporter
from optimizer.domain.outcome import Progress

SECONDS = re.compile(r"(\d+\.\d) s · (\w+)")
LINE = r"""
import time
from rich.console import Console
from optimizer.cli.progress import Reporter
from optimizer.domain.outcome import Progress
import sys
with Reporter(Console(stderr=True, width=100), False) as tell:
    tell(Progress(3.0, "search", 807.2, 1102.0))
    time.sleep(1.2)
"""


def test_the_clock_goes_on_between_reports():
    """Read at 0; a report at second 5 says that 3 s of work are done; two seconds later it is 5 s of work."""
    now = [0.0]
    clock = Clock(lambda: now[0])
    now[0] = 1.5
    assert clock.__rich__().plain == "   1.5 s · reading"
    now[0] = 5.0
    clock.tell(Progress(3.0, "search", 100.0, 110.0))
    now[0] = 7.0
    assert clock.__rich__().plain == "   5.0 s · search · plan 100.0 · bound 110.0 · gap 10.0%"
    clock.tell(Progress(5.5, "bound", 100.0, 110.0))
    assert clock.__rich__().plain.startswith("   5.5 s · bound")


def test_names_with_brackets_stay_as_they_are():
    clock = Clock(lambda: 0.0)
    clock.tell(Progress(1.0, "search [bold]", None, None))
    assert "search [bold]" in clock.__rich__().plain


def shown(console: Console, out: io.StringIO, wait: float) -> list[tuple[float, str]]:
    with Reporter(console, quiet=False) as tell:
        tell(Progress(3.0, "search", 807.2, 1102.0))
        time.sleep(wait)
    return [(float(s), stage) for s, stage in SECONDS.findall(out.getvalue())]


def test_on_a_terminal_time_passes_without_any_report():
    out = io.StringIO()
    seen = shown(Console(file=out, force_terminal=True, width=100), out, 0.9)
    times = sorted({s for s, stage in seen if stage == "search"})
    assert len(times) >= 4  # a handful of frames, each later than the one before
    assert times[0] == 3.0
    assert 3.4 <= times[-1] <= 9.0


def test_elsewhere_a_log_has_a_line_for_each_news_and_none_in_between():
    out = io.StringIO()
    seen = shown(Console(file=out, force_terminal=False, width=100), out, 0.9)
    assert seen == [(3.0, "search")]
    assert "\r" not in out.getvalue()
    assert "\x1b" not in out.getvalue()
    assert PLAIN_EVERY == 5.0


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals of POSIX")
def test_in_a_real_terminal():
    import pty

    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        os.execv(sys.executable, [sys.executable, "-c", LINE])
    said = b""
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:  # the other end is gone
            break
        if not part:
            break
        said += part
    assert os.waitpid(child, 0)[1] == 0
    times = sorted({float(s) for s, stage in SECONDS.findall(said.decode()) if stage == "search"})
    assert len(times) >= 4
    assert times[-1] - times[0] >= 0.5
