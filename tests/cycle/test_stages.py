"""Stages taken up after a run ended anywhere: the same file, nothing half written, edits by hand never lost.

Whole runs are killed by ``python -m tests.cycle.kills``.
"""

from __future__ import annotations

import json

import pytest

from optimizer.cycle import manifest
from optimizer.errors import UsageError
from optimizer.workflow import stages as module
from optimizer.workflow.stages import LOG, Stages


class Killed(BaseException):
    """What ends a run in these tests."""


def writes(text: str):
    return lambda path: path.write_text(text)


def test_a_stage_is_made_once_and_again_for_another_key(tmp_path):
    made = []

    def work(path):
        made.append(1)
        path.write_text("a")

    for key in ("k1", "k1", "k2"):
        Stages(tmp_path).make("s", key, "f.txt", work)
    assert len(made) == 2


def test_killed_while_it_works_it_leaves_nothing_and_is_made_again(tmp_path):
    def work(path):
        path.write_text("ha")
        raise Killed

    with pytest.raises(Killed):
        Stages(tmp_path).make("s", "k", "f.txt", work)
    assert not (tmp_path / "f.txt").exists()
    Stages(tmp_path).make("s", "k", "f.txt", writes("half no more"))
    assert (tmp_path / "f.txt").read_text() == "half no more"


def test_killed_between_the_file_and_its_note_it_comes_to_the_same(tmp_path, monkeypatch):
    def killed(*_):
        raise Killed

    with monkeypatch.context() as m:
        m.setattr(module, "place", killed)
        with pytest.raises(Killed):
            Stages(tmp_path).make("s", "k", "f.txt", writes("a"), lambda _: {"engine": "x"})
    assert (tmp_path / "f.txt").read_text() == "a"
    again = Stages(tmp_path)
    again.make("s", "k", "f.txt", writes("a"), lambda _: {"engine": "x"})
    assert (again.facts("s"), again.edited("s", "f.txt")) == ({"engine": "x"}, False)


def test_an_edited_file_is_kept_or_stops_the_run_but_is_never_overwritten(tmp_path):
    Stages(tmp_path).make("s", "k", "f.txt", writes("a"))
    (tmp_path / "f.txt").write_text("by hand")
    again = Stages(tmp_path)
    again.make("s", "k", "f.txt", writes("a"))
    assert again.edited("s", "f.txt")
    with pytest.raises(UsageError, match="edited by hand"):
        again.make("s", "other", "f.txt", writes("b"))
    assert (tmp_path / "f.txt").read_text() == "by hand"


def test_an_unfinished_line_of_the_log_and_a_broken_note_do_no_harm(tmp_path):
    Stages(tmp_path).make("s", "k", "f.txt", writes("a"))
    with (tmp_path / LOG).open("a") as file:
        file.write('{"at": "20')
    (tmp_path / module.WORK / module.NOTED).write_text("{")
    Stages(tmp_path).make("s", "k", "f.txt", writes("a"))
    assert all(json.loads(line)["stage"] == "s" for line in (tmp_path / LOG).read_text().splitlines())


def test_a_manifest_is_there_whole_or_not_at_all(tmp_path, monkeypatch):
    manifest.place(tmp_path / "m.json", b"old")

    def killed(*_):
        raise Killed

    monkeypatch.setattr(manifest.os, "replace", killed)
    with pytest.raises(Killed):
        manifest.place(tmp_path / "m.json", b"new")
    assert (tmp_path / "m.json").read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["m.json"]
