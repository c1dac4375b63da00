"""The stories a planner lives through: read, solve, verify, write; and verify what others wrote."""

from optimizer.workflow.auditing import Audited, audit, judge
from optimizer.workflow.generating import generate
from optimizer.workflow.looking import Part, case_of, check, mark, model_of, versions
from optimizer.workflow.proving import agreed
from optimizer.workflow.reporting import report
from optimizer.workflow.solving import Solved, Wishes, default_output, prepare, solve

__all__ = [
    "Audited",
    "Part",
    "Solved",
    "Wishes",
    "agreed",
    "audit",
    "case_of",
    "check",
    "default_output",
    "generate",
    "judge",
    "mark",
    "model_of",
    "prepare",
    "report",
    "solve",
    "versions",
]
