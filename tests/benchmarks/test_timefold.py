"""The Timefold peer: plans that hold every rule with the scores it states; refused where its tools are missing."""

from __future__ import annotations

import time

import pytest

from benchmarks.peers import Unsupported, solve, timefold
from benchmarks.peers.timefold_plan import stated
from optimizer.verify import verify
from optimizer.workbook.reader import read_for_solving
from tests.benchmarks.test_peers import NAMES, TEACHING, case_of, optimum

SECONDS = 4


def missing() -> str | None:
    """Why the peer cannot run here."""
    try:
        timefold.tools()
    except Unsupported as error:
        return str(error)
    return None


LACK = missing()
needs_timefold = pytest.mark.skipif(LACK is not None, reason=str(LACK))


@needs_timefold
@pytest.mark.parametrize("name", NAMES)
def test_every_plan_holds_and_scores_what_timefold_says(name, monkeypatch):
    said: list[float] = []
    read = timefold.plan

    def listen(case, text):
        said.append(stated(text))
        return read(case, text)

    monkeypatch.setattr(timefold, "plan", listen)
    began = time.monotonic()
    # FULL_ASSERT: Timefold itself compares the incremental score with one reckoned from scratch after every move
    answer = timefold.solve(case_of(name), SECONDS, lambda: time.monotonic() - began, "", "FULL_ASSERT")
    assert time.monotonic() - began < SECONDS * 1.2 + 10
    verdicts = [verify(case_of(name), plan) for _, plan in answer.plans]
    assert verdicts
    assert [v.breaches for v in verdicts] == [()] * len(verdicts)
    assert [v.score for v in verdicts] == pytest.approx(said, abs=1e-5)
    best = optimum(name)
    assert verdicts[0].score <= verdicts[-1].score <= best + 1e-5  # how near depends on the clock
    assert answer.bounds == []
    assert [t for t, _ in answer.plans] == sorted(t for t, _ in answer.plans)


def test_without_java_or_the_package_it_is_refused(monkeypatch):
    case, clock = case_of("teaching"), time.monotonic
    monkeypatch.setattr(timefold.shutil, "which", lambda name: None)
    with pytest.raises(Unsupported, match="java is not installed"):
        solve("timefold", case, 5, clock)
    monkeypatch.setattr(timefold.shutil, "which", lambda name: None if name == "javac" else name)
    with pytest.raises(Unsupported, match="javac is not installed"):
        solve("timefold", case, 5, clock)


def test_without_the_package_it_is_refused(monkeypatch):
    monkeypatch.setattr(timefold, "_java", lambda: ("java", "javac"))
    monkeypatch.setattr(timefold.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Unsupported, match="package timefold is not installed"):
        timefold.tools()


@needs_timefold
def test_what_is_not_modelled_is_refused():
    with pytest.raises(Unsupported, match="locks"):
        solve("timefold", read_for_solving(TEACHING), 5, time.monotonic)
