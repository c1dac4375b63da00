"""Solvers of a case; each takes a ``Case`` and ``Options`` and returns an ``Outcome``."""
