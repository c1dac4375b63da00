"""Bound: the proof that no plan scores more, as whole numbers that ``verify`` prices anew from the inputs."""

from __future__ import annotations

from optimizer.domain.certificate import lines
from optimizer.quantities import figure
from optimizer.verify.bound.judge import as_score
from optimizer.workbook import labels
from optimizer.workbook.sheets.material import Material
from optimizer.workbook.sheets.page import Link

NAME = labels.PROOF
WIDTHS = (8, 16, 64, 110)
WITHOUT = "it is not carried here"
LARGEST = 10**15  # whole numbers up to here are exact in a spreadsheet


def certified_of(m: Material) -> float | None:
    """The bound that the certificate proves; ``None`` without one."""
    return None if m.claim.certificate is None else as_score(m.claim.certificate.claimed)


def unproved_of(m: Material) -> float | None:
    """The bound on the Summary where the certificate proves only a larger one, or there is none."""
    certified, bound = certified_of(m), m.claim.bound
    return bound if bound is not None and (certified is None or bound < certified) else None


def reproved(m: Material) -> str | Link:
    """Under the bound on the Summary: what of it anybody can check."""
    certified, bound = certified_of(m), m.claim.bound
    if bound is None:
        return "no bound is known"
    if certified is None:
        return Link(NAME, "no plan can score more; not re-proved")
    if certified <= bound:
        return Link(NAME, "bound re-proved: no plan can score more")
    return Link(NAME, f"the engine's; {figure(certified)} is re-proved")


def _said(m: Material) -> str:
    certified, bound = certified_of(m), m.claim.bound
    if bound is None:
        return "No bound is known."
    if certified is None:
        return f"Not re-proved: {m.claim.unproven or 'no certificate was written'}."
    told = (
        f"No plan scores above {figure(certified, 6)}: optimizer verify proves it anew from the inputs and this sheet"
    )
    if certified <= bound:
        return f"{told}, without a solver (docs/certificate.md)."
    return f"{told}. The engine's bound of {figure(bound, 2)} is its own word: {m.claim.unproven or WITHOUT}."


def write(m: Material) -> None:
    """The sheet; with a certificate its lines, else why there is none."""
    page = m.page(NAME, "Bound", _said(m), WIDTHS)
    if m.claim.certificate is None:
        return
    page.heads(labels.PROOF_TITLES, (True, False, False, False))
    page.sheet.freeze_panes(page.row, 0)
    page.sheet.repeat_rows(page.row - 1)
    looks = (("cell", "plain"), ("cell",), ("cell",), ("cell",))
    for leaf, kind, ids, numbers in lines(m.claim.certificate):
        whole = numbers.lstrip("-").isdigit() and abs(int(numbers)) < LARGEST
        page.line((leaf, kind, ids, int(numbers) if whole else numbers), looks, align="left")
