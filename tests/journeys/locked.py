"""Random locks on a real case: ``python -m tests.journeys.locked BOOK PLAN PLAN [PLAN…] [--runs N] [--bad N]``.

Good ones: one to three musts that one of the plans keeps and forbids that it keeps too, so that this plan, re-checked,
is the witness that a plan exists. Each becomes a workbook of its own that ``optimizer solve`` answers in a process of
its own; the answer must be a verified plan that scores no less than the least of the plans given, but for a percent.
Bad ones: a line that cannot hold, or two that cannot hold together; each must be refused with its line named. What went
wrong is printed and makes the exit code 1.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl

from optimizer.domain import Case, Lock, Plan
from optimizer.rules.locks.check import check as kept_lines
from optimizer.verify import verify
from optimizer.workbook.reader import read_for_solving, read_for_verifying

OURS = ("TRY", "BAD")  # what the ids of the lines begin with
HEADS = ("Lock", "Rule", "Kind", "Subject", "Place", "Exercise", "From", "To")
Draw = Callable[[Random, Case, Plan], Lock | None]


def unit(r: Random, c: Case, p: Plan) -> Lock | None:
    """All of a unit, from the week its last element is there to the week its first one leaves."""
    x = r.choice(p.rotations)
    start, end = max(q.arrive for q in x.postings), min(q.depart for q in x.postings)
    start, end = max(0, start), min(end, c.weeks)
    return Lock("", "must", "unit", x.unit, start=start, end=end) if start < end else None


def element(r: Random, c: Case, p: Plan) -> Lock | None:
    """Part of an element's stay at its site, or somewhere in that country."""
    q = r.choice(r.choice(p.rotations).postings)
    weeks = range(max(0, q.arrive), min(c.weeks, q.depart))
    if not weeks:
        return None
    a, b = sorted((r.choice(weeks), r.choice(weeks)))
    return Lock("", "must", "element", q.element, r.choice((q.site, c.site[q.site].country)), start=a, end=b + 1)


def stored(r: Random, c: Case, p: Plan) -> Lock | None:
    """Part of a stay of a set."""
    if not p.stays:
        return None
    s = r.choice(p.stays)
    weeks = range(max(0, s.start), min(c.weeks, s.end))
    if not weeks:
        return None
    a, b = sorted((r.choice(weeks), r.choice(weeks)))
    return Lock("", "must", "set", s.set_id, s.site, start=a, end=b + 1)


def held(r: Random, c: Case, p: Plan) -> Lock | None:
    """An exercise at its site in its week or near it."""
    x = r.choice(p.runs)
    return Lock("", "must", "exercise", x.exercise, x.site, start=max(0, x.start - r.randint(0, 2)), end=x.start + 1)


def taking_part(r: Random, c: Case, p: Plan) -> Lock | None:
    """An element in an exercise."""
    x = r.choice(p.runs)
    if not x.participants:
        return None
    return Lock("", "must", "participant", r.choice(x.participants).element, exercise=x.exercise)


DRAWS: tuple[Draw, ...] = (unit, element, stored, held, taking_part)


def good(r: Random, c: Case, plans: list[Plan]) -> Case:
    """The case with one to three lines that one of the plans keeps, at least one of them drawn from it."""
    mine = r.randrange(len(plans))
    wanted, locks = r.randint(1, 3), []
    while len(locks) < wanted:
        forbids = bool(locks) and r.random() < 0.5
        source = plans[r.choice([i for i in range(len(plans)) if i != mine])] if forbids else plans[mine]
        lock = r.choice(DRAWS)(r, c, source)
        if lock is None:
            continue
        lock = replace(lock, id=f"TRY{len(locks) + 1}", rule="forbid" if forbids else "must")
        tried = replace(c, locks=(*c.locks, *locks, lock))
        if not kept_lines(tried, plans[mine]).breaches:
            locks.append(lock)
    made = replace(c, locks=(*c.locks, *locks))
    assert verify(made, plans[mine]).ok
    return made


def bad(r: Random, c: Case, p: Plan) -> Case:
    """The case with a line, or two, that no plan can keep."""
    kind = r.choice(("for ever", "against", "outside", "twice", "no rest", "sets"))
    one, two = Lock("BAD1", "must", "unit", ""), None
    under = {x.unit for x in c.underway}
    x = r.choice([x for x in p.rotations if x.unit not in under and c.unit_type(x.unit).rotation_max < c.weeks])
    q = r.choice(x.postings)
    weeks = (max(0, q.arrive), min(c.weeks, q.depart))
    if kind == "for ever":
        one = replace(one, subject=x.unit, start=0, end=c.weeks)
    elif kind == "against":
        one = replace(one, kind="element", subject=q.element, place=q.site, start=weeks[0], end=weeks[1])
        two = Lock("BAD2", "forbid", "unit", x.unit, start=weeks[0], end=weeks[1])
    elif kind == "outside":
        e = r.choice([e for e in c.exercises if e.earliest > 4])
        one = replace(one, kind="exercise", subject=e.id, start=0, end=e.earliest - 1)
    elif kind == "twice":
        other = r.choice([s.id for s in c.sites if s.id != q.site])
        one = replace(one, kind="element", subject=q.element, place=q.site, start=weeks[0], end=weeks[1])
        two = replace(one, id="BAD2", place=other, start=weeks[0], end=weeks[0] + 1)
    elif kind == "no rest":
        gone = c.weeks - 5
        one = replace(one, subject=x.unit, start=gone - 4, end=gone)
        two = Lock("BAD2", "forbid", "unit", x.unit, start=gone, end=gone + 1)
        return replace(
            c, locks=(*c.locks, one, two, Lock("BAD3", "must", "unit", x.unit, start=gone + 1, end=gone + 3))
        )
    else:
        s = r.choice(p.stays)
        other = r.choice([t.id for t in c.sites if t.id != s.site])
        one = replace(one, kind="set", subject=s.set_id, place=s.site, start=max(0, s.start), end=max(0, s.start) + 2)
        two = replace(one, id="BAD2", place=other)
    return replace(c, locks=(*c.locks, one, *(() if two is None else (two,))))


def typed(source: Path, case: Case, path: Path) -> Path:
    """The workbook with the lines of the case that it lacks typed into its Locks sheet."""
    book = openpyxl.load_workbook(source)
    page, day = book["Locks"], lambda week: None if week is None else case.calendar.start + timedelta(weeks=week)
    heads = {cell.value: cell.column for cell in page[1]}
    row = max((r for r in range(1, page.max_row + 1) if page.cell(r, heads["Lock"]).value), default=1)
    for lock in (x for x in case.locks if x.id.startswith(OURS)):
        row += 1
        until = None if lock.end is None else day(lock.end) - timedelta(days=1)
        values = (lock.id, lock.rule, lock.kind, lock.subject, lock.place, lock.exercise, day(lock.start), until)
        for head, value in zip(HEADS, values, strict=True):
            page.cell(row, heads[head]).value = value
    book.save(path)
    return path


def answer(source: Path, case: Case, folder: Path, *more: str) -> tuple[int, dict[str, Any], float, float]:
    """Exit code, record, seconds and processor seconds of ``optimizer solve`` on the workbook with the case's lines."""
    book, out = typed(source, case, folder / "try.xlsx"), folder / "plan.xlsx"
    out.unlink(missing_ok=True)
    began, busy = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "optimizer", "solve", str(book), "-o", str(out), "--json", "-q", *more]
    done = subprocess.run(command, capture_output=True, text=True)
    took, spent = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = spent.ru_utime + spent.ru_stime - busy.ru_utime - busy.ru_stime
    try:
        return done.returncode, json.loads(done.stdout), took, cpu
    except json.JSONDecodeError:
        return done.returncode, {"status": done.stdout[-300:] + done.stderr[-300:]}, took, cpu


def try_all(source: Path, cases: Iterator[tuple[int, Case]], judge: Callable[[Case, int, dict[str, Any]], bool]) -> int:
    """Answer every case, say how; the number of wrong answers."""
    wrong, seconds, spent = 0, [], []
    with TemporaryDirectory() as folder:
        for k, case in cases:
            code, told, took, cpu = answer(source, case, Path(folder), "--effort", "quick")
            right = judge(case, code, told)
            wrong += not right
            seconds.append(took)
            spent.append(cpu)
            lines = [x for x in case.locks if x.id.startswith(OURS)]
            what = (f"{x.rule} {x.kind} {x.subject} {x.place or x.exercise or ''} {x.start}-{x.end}" for x in lines)
            said = f"{'ok' if right else 'WRONG'} {told.get('status')} {took:.1f} s ({cpu:.1f} s of processors)"
            print(f"{k} {said} {told.get('score')} | {'; '.join(what)}", flush=True)
    if seconds:
        print(f"{len(seconds)} tried, {wrong} wrong; median {median(seconds):.1f} s, slowest {max(seconds):.1f} s; "
              f"of processors median {median(spent):.1f} s, most {max(spent):.1f} s")  # fmt: skip
    return wrong


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("book", type=Path)
    options.add_argument("plans", type=Path, nargs="+")
    options.add_argument("--runs", type=int, default=200)
    options.add_argument("--bad", type=int, default=100)
    options.add_argument("--first", type=int, default=0)
    given = options.parse_args()
    case = read_for_solving(given.book)
    plans = [read_for_verifying(path)[1] for path in given.plans]
    verdicts = [verify(case, p) for p in plans]
    assert all(v.ok for v in verdicts), "not all are plans of this workbook"
    least = min(v.score for v in verdicts)
    seeds = range(given.first, given.first + given.bad)
    wrong = try_all(
        given.book,
        ((k, bad(Random(k), case, plans[k % len(plans)])) for k in seeds),
        lambda c, code, told: code == 4 and any("Locks!" in str(row) for r in told["reasons"] for row in r["rows"]),
    )  # fmt: skip
    seeds = range(given.first, given.first + given.runs)
    wrong += try_all(
        given.book,
        ((k, good(Random(k), case, plans)) for k in seeds),
        lambda c, code, told: code in (0, 5) and not told["breaches"] and told["score"] > 0.99 * least,
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
