"""Workers that die: one task is done again, nothing else, here and on a real cluster."""

from __future__ import annotations

import hashlib
import multiprocessing
from functools import partial

import pytest

from optimizer.errors import EngineError, UsageError
from optimizer.insight.sweep import run as running
from optimizer.insight.sweep.cluster import Cluster
from optimizer.insight.sweep.local import Processes
from optimizer.insight.sweep.run import TRIES, Task, run
from tests.insight.clusters import cluster
from tests.insight.killing import Killer
from tests.insight.spoilt import FOLDER, deadly, slow, wrong

COUNT = 24
WANTED = {f"t{n}": hashlib.sha256(b"%d" % n).hexdigest() for n in range(COUNT)}


def tasks():
    return [Task(f"t{n}", partial(bytes, b"%d" % n)) for n in range(COUNT)]


@pytest.fixture
def marks(tmp_path, monkeypatch):
    folder = tmp_path / "marks"
    folder.mkdir()
    monkeypatch.setenv(FOLDER, str(folder))
    return folder


def through(workers, marks, kills):
    """All answers, with so many processes killed over their work meanwhile."""
    killer = Killer(marks, kills, 0.2)
    killer.start()
    found = {done.key: done.result["answer"] for done in run(workers, slow, tasks())}
    killer.over.set()
    killer.join()
    return found, killer.killed


def test_a_process_that_dies_costs_its_task_and_nothing_else(marks):
    with Processes(2) as workers:
        found, killed = through(workers, marks, 3)
        assert killed == 3
        assert found == WANTED
        assert workers.repeated() == killed


def test_a_process_that_dies_idle_costs_nothing(marks):
    with Processes(1) as workers:
        assert len(list(run(workers, slow, tasks()[:1]))) == 1
        (idle,) = multiprocessing.active_children()
        idle.kill()
        idle.join(5)
        found = {d.key: d.result["answer"] for d in run(workers, slow, tasks()[:3])}
        assert found == {f"t{n}": WANTED[f"t{n}"] for n in range(3)}
        assert workers.repeated() == 0


def test_what_kills_every_process_is_given_up(marks):
    with Processes(2) as workers:
        poison = Task("poison", partial(bytes, b"poison"))
        found = {d.key: d.result for d in run(workers, deadly, [poison, *tasks()[:4]])}
        assert found.pop("poison") is None
        assert {k: v["answer"] for k, v in found.items()} == {k: WANTED[k] for k in found}
        assert workers.repeated() == TRIES


def test_a_mistake_of_the_work_is_not_taken_for_a_death(marks):
    with Processes(1) as workers, pytest.raises(ValueError, match="a mistake in the work"):
        list(run(workers, wrong, tasks()[:2]))


def test_stopping_leaves_the_rest(marks):
    seen = []
    with Processes(2) as workers:
        for done in run(workers, slow, tasks(), stopped=lambda: len(seen) >= 3):
            seen.append(done.key)
    assert 3 <= len(seen) < 6


def test_nobody_to_work_is_said(monkeypatch):
    monkeypatch.setattr(running, "NOBODY", 0.1)
    monkeypatch.setattr(running, "LOOK", 0.05)

    class Nobody(Processes):
        def slots(self) -> int:
            return 0

    with Nobody(1) as workers, pytest.raises(EngineError, match="no worker left"):
        list(run(workers, slow, tasks()))


def test_a_cluster_loses_the_task_of_a_worker_that_dies_and_nothing_else(marks, tmp_path):
    with cluster(tmp_path, 2) as address, Cluster(address) as workers:
        found, killed = through(workers, marks, 2)
        assert killed == 2
        assert found == WANTED
        assert workers.repeated() == killed


def test_no_scheduler_is_a_sentence(monkeypatch):
    monkeypatch.setattr("optimizer.insight.sweep.cluster.REACH", 0.5)
    with pytest.raises(UsageError, match="no scheduler answers"):
        Cluster("tcp://127.0.0.1:9")
