"""A plan judged by code that did not make it: every rule checked, every term re-added."""

from optimizer.verify.claims import Mismatch, compare_claims
from optimizer.verify.verdict import Verdict, verify

__all__ = ["Mismatch", "Verdict", "compare_claims", "verify"]
