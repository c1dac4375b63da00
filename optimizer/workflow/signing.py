"""Sign a planned year, and check the chain of signed years by gluing them together."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from optimizer.cycle import manifest
from optimizer.cycle.glue import Year
from optimizer.cycle.judging import judge
from optimizer.cycle.manifest import Manifest
from optimizer.domain.canonical import comparable, content_hash
from optimizer.errors import UsageError
from optimizer.rules import Breach
from optimizer.workflow.auditing import audit
from optimizer.workflow.cycling import PLAN, ROOT, alone


@dataclass(frozen=True)
class Link:
    """One year of the chain. ``wrong`` says in sentences what does not hold of it by itself."""

    manifest: Manifest
    folder: Path
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Chain:
    """The signed years, and what the rules say of all of them as one: ``breaches`` in weeks of the first year's
    calendar, ``tested`` conditions over ``weeks`` weeks."""

    links: tuple[Link, ...]
    breaches: tuple[Breach, ...]
    tested: int
    weeks: int

    @property
    def ok(self) -> bool:
        """Whether every year is as signed, and all of them together hold the rules."""
        return not self.breaches and not any(link.wrong for link in self.links)


def sign_off(year: int, by: str, note: str = "", root: Path = ROOT, at: str | None = None) -> Manifest:
    """Freeze a planned year; one that is signed stays as it is.

    ``at`` is the time (UTC), by default now. Raises ``Busy``, ``UsageError`` where there is nothing to sign, the files
    are not those that were planned, the plan breaks a rule or was made under a scenario.
    """
    root = root.resolve()
    if not by.strip():
        raise UsageError("say who signs: --by NAME")
    with alone(root):
        folder = root / str(year)
        found = manifest.read(folder)
        if found is None:
            raise UsageError(f"there is no planned year {year} under {root}: optimizer cycle {year}")
        if found.signed is not None:
            return found
        wrong = manifest.changed(found, folder)
        if wrong:
            raise UsageError(f"{', '.join(wrong)} changed since it was planned: run optimizer cycle {year} again first")
        _signable(folder)
        made = manifest.with_signature(
            found, by.strip(), at or time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), note
        )
        manifest.write(made, folder)
        return made


def _signable(folder: Path) -> None:
    judged = audit(folder / PLAN)
    if judged.case.under:
        raise UsageError(f"the plan was made under scenario {judged.case.under}: it cannot be signed")
    if not judged.verdict.ok:
        first = judged.verdict.breaches[0]
        raise UsageError(f"the plan breaks rules and cannot be signed: {first.rule}: {first.text}")


def chain(root: Path = ROOT) -> Chain:
    """Every signed year under ``root`` checked by itself, and all of them glued together by the ordinary rules."""
    root = root.resolve()
    found = sorted(int(p.name) for p in root.iterdir() if p.is_dir() and p.name.isdigit()) if root.is_dir() else []
    signed = [(y, m) for y in found if (m := manifest.read(root / str(y))) is not None and m.signed is not None]
    if not signed:
        raise UsageError(f"there is no signed year under {root}")
    links, years = [], []
    for y, m in signed:
        judged = audit(root / str(y) / PLAN)
        years.append(Year(y, judged.case, judged.plan, m.signed_weeks))
        links.append(Link(m, root / str(y), tuple(_wrong(m, root, judged, signed[0][0]))))
    case, findings = judge(_following(years))
    breaches = tuple(b for f in findings for b in f.breaches)
    return Chain(tuple(links), breaches, sum(f.tested for f in findings), case.weeks)


def _following(years: Sequence[Year]) -> list[Year]:
    for a, b in pairwise(years):
        if b.year != a.year + 1:
            raise UsageError(f"year {a.year + 1} is missing between {a.year} and {b.year}: they cannot be glued")
    return [replace(y) for y in years]


def _wrong(m: Manifest, root: Path, judged: object, first: int) -> list[str]:
    folder = root / str(m.year)
    out = [f"{name} was changed after it was signed" for name in manifest.changed(m, folder)]
    if m.year != first:
        parent = root / str(m.year - 1)
        if not (parent / manifest.NAME).exists() or manifest.hash_of(parent) != m.parent:
            out.append(f"it was planned from another {m.year - 1} than the one that is signed")
    case, plan, verdict = judged.case, judged.plan, judged.verdict  # type: ignore[attr-defined]
    if comparable(m.content) and content_hash(case, plan) != m.content:
        out.append("its content is not what was signed")
    if case.under:
        out.append(f"it was made under scenario {case.under}")
    if not verdict.ok:
        out.append(f"its plan breaks {len(verdict.breaches)} rule(s) by itself")
    return out
