"""Read → verify → compare with what the workbook claims."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isclose
from pathlib import Path
from typing import Any

from optimizer.domain import Case, Plan
from optimizer.domain.canonical import comparable, content_hash
from optimizer.domain.certificate import Malformed
from optimizer.domain.scenarios import facing
from optimizer.quantities import same
from optimizer.verify import Mismatch, Verdict, compare_claims, verify
from optimizer.verify.bound.judge import Proof, prove


@dataclass(frozen=True)
class Audited:
    """A plan as found in a workbook, judged. ``wrong`` are its claims that do not hold,
    ``claimed`` how many figures it claims (0 for a plan made by hand)."""

    case: Case
    plan: Plan
    verdict: Verdict
    claimed: int = 0
    wrong: tuple[Mismatch, ...] = ()
    bound: float | None = None
    seconds: float = 0.0
    proof: Proof | None = None  # of its bound, if it carries one and that was asked for
    changed: float | None = None  # the score claimed, where the plan is not the one that the figures were written for

    @property
    def ok(self) -> bool:
        """Whether the plan holds every rule and every claim is true."""
        return self.verdict.ok and not self.wrong


def judge(book: Path, scenario: str | None = None) -> Audited:
    """The plan in a workbook, re-checked and re-added, whatever the workbook claims; if asked for as it would be
    under a scenario of the workbook (``UsageError`` for one it does not have)."""
    from optimizer.workbook.reader import read_for_verifying

    started = time.perf_counter()
    case, plan = read_for_verifying(book)
    if scenario is not None:
        case, plan = facing(case, plan, scenario)
    verdict = verify(case, plan)
    return Audited(case, plan, verdict, seconds=time.perf_counter() - started)


def audit(book: Path, *, proving: bool = False) -> Audited:
    """The plan in a workbook judged, and every figure the workbook states compared with the re-computed one; on request
    the proof of its bound checked, too."""
    from optimizer.workbook import labels
    from optimizer.workbook.reading.claims import read_claims

    found = judge(book)
    claims = read_claims(book, found.case)
    wrong = tuple(replace(m, what=f"{sheet}: {m.what}") for sheet in claims for m in _wrong(found, claims[sheet]))
    proof, untrue = _proven(book, found, claims) if proving else (None, ())
    wrong += untrue
    bounds = [c["bound"] for c in claims.values() if "bound" in c]
    return replace(found, claimed=_count(claims), wrong=wrong, proof=proof, bound=min(bounds) if bounds else None,
                   changed=_changed(found, claims.get(labels.RUN, {})))  # fmt: skip


def _proven(book: Path, found: Audited, claims: Mapping[str, Any]) -> tuple[Proof | None, tuple[Mismatch, ...]]:
    """What the certificate of the workbook proves, and what is claimed of that and is not so."""
    from optimizer.workbook import labels
    from optimizer.workbook.reading.proof import read_certificate

    told = claims.get(labels.CHECKS, {})
    stated, unproved = told.get("certified bound"), told.get("unproved bound")
    what = f"{labels.PROOF}: certified bound"
    try:
        certificate = read_certificate(book)
    except Malformed as error:
        return None, (Mismatch(what, stated, f"none: {error}"),)
    if certificate is None:
        return None, () if stated is None else (Mismatch(what, stated, "none: there is no certificate"),)
    proof = prove(found.case, certificate)
    if proof.certified is None:
        return proof, (Mismatch(what, proof.claimed, f"none: {proof.why}"),)
    said = [proof.claimed] if stated is None else [proof.claimed, stated]
    if found.verdict.ok and proof.certified < found.verdict.score and not same(proof.certified, found.verdict.score):
        return proof, (Mismatch(f"{what} (a plan that holds scores more)", proof.certified, found.verdict.score),)
    low = [Mismatch(what, x, proof.certified) for x in said[:1] if x < proof.certified]
    low = low or [Mismatch(what, x, proof.certified) for x in said[1:] if _below(x, proof.certified)]
    for sheet, stating in claims.items():
        bound = stating.get("bound", proof.certified)
        if _below(bound, proof.certified) and not bound == unproved == claims.get(labels.RUN, {}).get("unproved bound"):
            low.append(Mismatch(f"{sheet}: bound (more than is re-proved)", bound, proof.certified))
    return proof, tuple(low)


def _below(stated: float, certified: float) -> bool:
    """Whether a figure is lower by more than the last digit that a spreadsheet keeps."""
    return stated < certified and not isclose(stated, certified, rel_tol=1e-14)


def _changed(found: Audited, told: Mapping[str, Any]) -> float | None:
    """The score of the plan that the workbook's figures were written for, if that is not the plan it holds."""
    content, score = told.get("content"), told.get("score")
    if score is None:
        return None
    if content is None or not comparable(content):  # nothing but the figure itself can tell
        return None if same(score, found.verdict.score) else float(score)
    return None if content == content_hash(found.case, found.plan) else float(score)


def _wrong(found: Audited, claims: Mapping[str, Any]) -> Iterator[Mismatch]:
    """The claims of one sheet that do not hold."""
    rest = dict(claims)
    score = found.verdict.score
    for told in ("certified bound", "unproved bound"):  # the proof itself tells
        rest.pop(told, None)
    bound, engines = rest.pop("bound", None), rest.pop("claimed score", None)
    if bound is not None and bound < score and not same(bound, score):
        yield Mismatch("bound (no plan may score above it)", bound, score)
    if engines is not None:
        yield from compare_claims(found.verdict, {"score": engines})
    verified, content = rest.pop("verified", None), rest.pop("content", None)
    if verified is not None and (verified.lower() == "yes") != found.verdict.ok:
        yield Mismatch("verified", verified, "yes" if found.verdict.ok else "no")
    if content is not None and comparable(content) and content != (now := content_hash(found.case, found.plan)):
        yield Mismatch("content hash of inputs and plan", content, now)
    if "spend" in rest:  # a line on which nothing is spent has no figure to be compared with
        rest["spend"] = {k: v for k, v in rest["spend"].items() if v != 0 or k in found.verdict.spend_by_line}
    yield from compare_claims(found.verdict, rest)


def _count(claims: object) -> int:
    return sum(map(_count, claims.values())) if isinstance(claims, Mapping) else 1
