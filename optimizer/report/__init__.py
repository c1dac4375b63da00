"""What people look at."""

from optimizer.report.figures import Figures, figures

__all__ = ["Figures", "figures"]
