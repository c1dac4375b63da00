"""A Timefold model in Java, as its users write one: planning entities, an incremental score, own moves.

Entities (``timefold_java/Roster.java``): a fixed number of rotations per unit (arrive and depart as one choice), base,
mode and set of each of their elements, weeks of stagger, moves and maintenance of sets, runs, seats of exercises,
purchases. Rules are hard points, goals soft ones. A construction heuristic (first fit) sends unit after unit; then
simulated annealing, which cools until the limit, changes single variables or makes composite moves (``Moves.java``).
Late acceptance, Timefold's default, is not used: as it comes it is stuck within a minute, and a size that is not would
have to be found for every limit. No bounds: Timefold proves none.

Restricted, never wrong: a unit makes at most six rotations, a set moves at most once in half a year and once more, the
rotations to choose from are those of ``Facts.intervals``. The classes are in Java, as the score is asked for tens of
thousands of times a second; they are compiled once, against the archives that the package for Python brings along.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading
from pathlib import Path

from benchmarks.cases import RESULTS
from benchmarks.peers import Answer, Clock, Unsupported
from benchmarks.peers.facts import Facts
from benchmarks.peers.timefold_plan import plan
from benchmarks.peers.timefold_tables import Tables
from optimizer.domain import Case

SOURCE = Path(__file__).parent / "timefold_java"
UNUSED = ("logback", "junit", "mockito", "assertj", "byte-buddy", "python", "jpyinterpreter", "-test", "opentest4j")
JAVA = 17
LATE = 5  # seconds past the limit until it is stopped by force


def _java() -> tuple[str, str]:
    java, compiler = shutil.which("java"), shutil.which("javac")
    if java is None or compiler is None:
        raise Unsupported(f"{'java' if java is None else 'javac'} is not installed (Java {JAVA} or later, with javac)")
    try:
        said = subprocess.run([compiler, "-version"], capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        raise Unsupported(f"javac does not run: {error}") from error
    version = re.search(r"javac (\d+)", said.stdout + said.stderr)
    if version is None or int(version[1]) < JAVA:
        raise Unsupported(f"Java {JAVA} or later is needed")
    return java, compiler


def tools() -> tuple[str, str, list[Path]]:
    """Java, its compiler and Timefold's archives. Raises Unsupported."""
    java, compiler = _java()
    try:
        found = importlib.util.find_spec("timefold.solver")
    except ImportError:
        found = None
    if found is None or not found.submodule_search_locations:
        raise Unsupported("the package timefold is not installed")
    archives = sorted(a for folder in found.submodule_search_locations for a in Path(folder).glob("jars/*.jar"))
    archives = [a for a in archives if not any(word in a.name for word in UNUSED)]
    if not any(a.name.startswith("timefold-solver-core") for a in archives):
        raise Unsupported("the package timefold brings no solver along")
    return java, compiler, archives


def compiled(compiler: str, archives: list[Path]) -> Path:
    """The folder with the model's classes, compiled if its sources or archives are new."""
    sources = sorted(SOURCE.glob("*.java"))
    mark = hashlib.sha256("".join(a.name for a in archives).encode())
    for s in sources:
        mark.update(s.read_bytes())
    folder = RESULTS / "timefold" / mark.hexdigest()[:16]
    if not (folder / "peer" / "Main.class").exists():
        shutil.rmtree(folder, ignore_errors=True)  # emptied by a clean-up
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent))
        command = [compiler, "-nowarn", "-d", str(fresh), "-cp", os.pathsep.join(map(str, archives))]
        done = subprocess.run([*command, *map(str, sources)], capture_output=True, text=True, timeout=300)
        if done.returncode:
            shutil.rmtree(fresh, ignore_errors=True)
            raise Unsupported(f"the model does not compile with this version: {done.stderr.strip()[:300]}")
        try:
            fresh.rename(folder)
        except OSError:  # someone else was faster
            shutil.rmtree(fresh, ignore_errors=True)
    return folder


def solve(case: Case, limit: float, clock: Clock, variant: str, mode: str = "NO_ASSERT") -> Answer:
    """Build the tables, let Timefold search until the limit, read what it finds on the way."""
    java, compiler, archives = tools()
    classes = compiled(compiler, archives)
    text = "\n".join(Tables(Facts(case)).lines()) + "\n"
    answer = Answer(built=clock(), status="time limit while the model was built")
    left = limit - clock()
    if left <= 0:
        return answer
    path = os.pathsep.join(map(str, [classes, *archives]))
    command = [java, "-Xmx4g", "-XX:+UseParallelGC", "-cp", path, "peer.Main", f"{left:.3f}", "1", mode]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as wrong:
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=wrong, text=True) as run:
            stop = threading.Timer(left + LATE, run.kill)
            stop.start()
            try:
                lines = _talk(run, text, clock)
            finally:
                stop.cancel()
                run.kill()
        wrong.seek(0)
        _read(answer, case, lines, (run.returncode or 0) > 0, wrong.read())
    return answer


def _talk(run: subprocess.Popen[str], text: str, clock: Clock) -> list[tuple[float, str]]:
    """Hands over the case; everything said, with its time."""
    assert run.stdin is not None
    assert run.stdout is not None
    with contextlib.suppress(BrokenPipeError):  # it ended before: what it said tells why
        run.stdin.write(text)
    with contextlib.suppress(BrokenPipeError):
        run.stdin.close()
    lines = [(clock(), line) for line in run.stdout]
    run.wait()
    return lines


def _read(answer: Answer, case: Case, lines: list[tuple[float, str]], failed: bool, wrong: str) -> None:
    answer.status = "stopped by force"
    for seconds, line in lines:
        said = json.loads(line) if line.startswith("{") and line.endswith("}\n") else {}
        if "entities" in said:
            answer.built, answer.size = seconds, said
        elif "score" in said:
            answer.status = "feasible" if said["score"].startswith("0hard") else "infeasible"
        elif "soft" in said:
            answer.plans.append((seconds, plan(case, line)))
    if failed and "OutOfMemory" in wrong:
        raise MemoryError
    if failed and not answer.plans:
        raise RuntimeError(f"Timefold: {wrong.strip()[-2000:]}")
    if failed:
        answer.status = f"failed: {wrong.strip().splitlines()[-1][:200] if wrong.strip() else 'no reason given'}"


__all__ = ["compiled", "plan", "solve", "tools"]
