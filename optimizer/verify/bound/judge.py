"""What a certificate proves."""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import inf, nextafter

from optimizer.domain import Case
from optimizer.domain.canonical import content_hash
from optimizer.domain.certificate import Certificate
from optimizer.verify.bound.facts import WORTH, Refused
from optimizer.verify.bound.leaves import check_cover
from optimizer.verify.bound.relaxation import Relaxation


@dataclass(frozen=True)
class Proof:
    """``certified``: no plan scores more, ``-inf`` if there is none; ``None`` if the certificate proves nothing, and
    ``why``. ``claimed`` is what it says of itself; ``worth`` the value in units of worth, as it should say."""

    claimed: float
    certified: float | None
    seconds: float
    why: str = ""
    worth: int | None = None

    @property
    def ok(self) -> bool:
        """Whether it proves at least what it claims."""
        return self.certified is not None and self.certified <= self.claimed


def prove(case: Case, certificate: Certificate) -> Proof:
    """Price every leaf anew from the case alone; the largest value holds for all plans."""
    began, claimed = time.perf_counter(), as_score(certificate.claimed)
    try:
        if certificate.case != content_hash(case):
            raise Refused("it is about another case")
        check_cover(certificate.leaves)
        relaxation = Relaxation(case)
        values = [relaxation.value(certificate, leaf) for leaf in certificate.leaves]
        proven = max((x for x in values if x is not None), default=None)
        return Proof(claimed, as_score(proven), time.perf_counter() - began, worth=proven)
    except OverflowError:
        return Proof(claimed, None, time.perf_counter() - began, "its numbers are too large for sums of 64 bits")
    except Refused as e:
        return Proof(claimed, None, time.perf_counter() - began, str(e))


def as_score(worth: int | None) -> float:
    """Units of worth as a score, rounded up; ``-inf`` for no plan at all."""
    if worth is None:
        return -inf
    score = worth / WORTH
    return score if score * WORTH >= worth else nextafter(score, inf)
