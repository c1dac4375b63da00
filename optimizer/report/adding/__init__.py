"""Why what a plan leaves out cannot just be added: it is added in a few of the likeliest ways, and the check of the
rules says what each breaks.

Nothing is searched and nothing gives way, so it takes a moment; what is told is true of the way that it names, the one
that breaks least. What it would cost to make room is another question (see ``optimizer.insight.why``).
"""

from optimizer.report.adding.bench import Bench, Tried

__all__ = ["Bench", "Tried"]
