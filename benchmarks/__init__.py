"""The benchmark: synthetic and real cases, this project's engine and its peers on the same machine.

Not part of the package. ``python -m benchmarks --help`` runs it; ``python -m benchmarks.report`` writes
``docs/benchmarks.md`` from what has been run.
"""
