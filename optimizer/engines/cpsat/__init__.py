"""The whole problem as one CP-SAT model: exact on small cases, truthful about its limits on large ones."""

from optimizer.engines.cpsat.engine import challenge, holds, solve

__all__ = ["challenge", "holds", "solve"]
