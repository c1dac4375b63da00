"""What the benchmark writes down: medians, gaps, false bounds, broken plans, resumed runs."""

from __future__ import annotations

import json

import pytest

import benchmarks.__main__ as bench
from benchmarks import figures, report
from benchmarks.cases import Problem


def run(solver, plans, bounds, *, seed=1, problem="S", limit=60.0, status="feasible"):
    good = [p for p in plans if p[2]]
    return {
        "solver": solver, "problem": problem, "seed": seed, "limit": limit, "status": status, "plans": plans,
        "bounds": bounds, "score": max((p[1] for p in good), default=None), "bound": None, "memory": 100.0,
        "wall": 61.0, "breaches": ["too many people"],
    }  # fmt: skip


OURS = run("optimizer", [[1.0, 90.0, True], [9.0, 100.0, True]], [[2.0, 110.0], [8.0, 101.0]])
# its best plan breaks a rule, and its second bound is below what has been found
PEER = run("cp-sat", [[3.0, 80.0, True], [5.0, 120.0, False]], [[4.0, 150.0], [6.0, 95.0]])


def test_broken_plans_and_false_bounds_do_not_count():
    best = figures.best_scores([OURS, PEER])
    assert best == {("S", 1): 100.0}
    found = figures.figures(PEER, best)
    assert found["score"] == 80.0
    assert found["bound"] == 150.0
    assert found["gap"] == pytest.approx(70 / 80)
    assert found["near"] is None
    said = report.remarks([OURS, PEER], best)
    assert "1 plans break rules" in said
    assert "1 of 2 bounds lie below a verified plan" in said


def test_what_is_proven_anew_is_told_by_seed():
    proven = {**OURS, "proof": {"certified": 101.25, "seconds": 3.41, "numbers": 71_319}}
    assert report.proofs([proven, PEER]) == (
        "Bounds proven anew from their certificates: seed 1: 101.25 (71,319 numbers, 3.4 s)."
    )
    assert not report.proofs([OURS, PEER])


def test_times_and_the_course_of_the_gap():
    """90 at 1 s without a bound; 110/90 from 2 s, 101/90 from 8 s, 101/100 from 9 s."""
    best = figures.best_scores([OURS])
    found = figures.figures(OURS, best)
    assert (found["first"], found["near"]) == (1.0, 9.0)
    course = figures.gap_over_time(OURS, best)
    assert [t for t, _ in course] == [2.0, 8.0, 9.0]
    assert [g for _, g in course] == pytest.approx([20 / 90, 11 / 90, 1 / 100])


def test_medians_count_a_run_without_a_plan_as_the_worst():
    nothing = run("cp-sat", [], [[1.0, 200.0]], seed=2)
    other = run("optimizer", [[2.0, 50.0, True]], [], seed=2)
    runs = [OURS, PEER, nothing, other]
    line = next(x for x in report.table(runs, figures.best_scores(runs)).splitlines() if x.startswith("| cp-sat"))
    assert line.split(" | ")[1:6] == ["1 of 2", "–", "–", "175.0", "275.0 %"]  # bounds 150 of 100 and 200 of 50


def test_the_page_is_written_between_its_marks_and_pictures_are_the_same_each_time(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(report, "PICTURES", tmp_path / "pictures")
    monkeypatch.setattr(report, "RECORD", tmp_path / "pictures" / "runs.json")
    monkeypatch.setattr(report, "ROOT", tmp_path)
    monkeypatch.setattr(report, "results", lambda: [OURS, PEER, run("optimizer", [[2.0, 5.0, True]], [], problem="M")])
    report.PAGE.write_text("before\n<!-- results -->\nold\n<!-- end of results -->\nafter\n")
    pictures = []
    for _ in range(2):
        report.main()
        pictures.append({p.name: p.read_text() for p in report.PICTURES.iterdir()})
    assert set(pictures[0]) == {"gap_S_60s.svg", "growth.svg", "runs.json"}
    assert pictures[0] == pictures[1]
    text = report.PAGE.read_text()
    assert text.startswith("before\n<!-- results -->")
    assert text.endswith("<!-- end of results -->\nafter\n")
    assert "old" not in text
    assert "![gap over time on S](benchmarks/gap_S_60s.svg)" in text


def test_recorded_runs_fill_the_tables_that_were_not_run_again(tmp_path):
    """What was run again replaces the runs of its solver; peers that were not stay beside it, of the state
    that the page names. A bound that was no progress is not recorded."""
    stale, peer = run("optimizer", [[1.0, 1.0, True]], []), run("cp-sat", [[1.0, 1.0, True]], [])
    long = run("optimizer", [], [[1.0, 9.0], [2.0, 9.5], [3.0, 8.0]], limit=300.0)
    (tmp_path / "runs.json").write_text(json.dumps([stale, peer, figures.recorded(long)]))
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "S-1-optimizer-60s.json").write_text(json.dumps(OURS))
    found = figures.results(tmp_path / "new", tmp_path / "runs.json")
    assert [(r["solver"], r["limit"]) for r in found] == [("optimizer", 60.0), ("cp-sat", 60.0), ("optimizer", 300.0)]
    assert found[0]["plans"] == OURS["plans"]
    assert found[2]["bounds"] == [[1.0, 9.0], [3.0, 8.0]]


def test_finished_runs_are_not_repeated(tmp_path, monkeypatch):
    asked: list[str] = []

    def instead(problem: Problem, solver: str, *_: object) -> dict[str, object]:
        asked.append(solver)
        return run(solver, [], [], problem=problem.name)

    monkeypatch.setattr(bench, "RESULTS", tmp_path)
    monkeypatch.setattr(bench, "run", instead)
    wish = ["--classes", "S", "--solvers", "cp-sat", "pulp-cbc", "--limit", "5"]
    bench.main(wish)
    bench.main(wish)
    bench.main([*wish, "--again"])
    assert asked == ["cp-sat", "pulp-cbc"] * 2
    assert json.loads((tmp_path / "S-1-cp-sat-5s.json").read_text())["solver"] == "cp-sat"


def test_a_run_that_overruns_is_ended_with_all_it_started(tmp_path, monkeypatch):
    """A child that sleeps is stopped by force after the grace and said so."""
    monkeypatch.setattr(bench, "RESULTS", tmp_path)
    monkeypatch.setattr(bench.sys, "executable", "sleep" if bench.os.name == "posix" else "timeout")
    monkeypatch.setattr(Problem, "book", "30")
    real = bench.subprocess.Popen
    monkeypatch.setattr(bench.subprocess, "Popen", lambda command, **how: real([command[0], "30"], **how))
    found = bench.run(Problem("S", 1), "cp-sat", 0.1, "quick", 4.0, grace=0.2)
    assert found["status"] == "ended by force"
    assert found["wall"] < 10


def test_what_is_run_by_default_and_in_full():
    def ids(*words: str) -> list[str]:
        return [p.id for p in bench.problems(bench.wanted(list(words)))]

    assert ids() == ["S-1", "M-1"]
    assert ids("--real", "fy2017") == ["fy2017"]
    assert ids("--classes", "L", "--seeds", "2") == ["L-1", "L-2"]
    assert len(ids("--full")) == 2 + 5 + 5 + 3 + 1
